"""The calls of a report, one after another, each with its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.redaction.document_text import texts_of
from recoverycli.review.masked_calls import mask_others
from recoverycli.review.report.people import known_people
from recoverycli.review.story import call_page
from recoverycli.session.transcript.amendments import current_call
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.transcript_file import Stored
from recoverycli.store.index.rows import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from recoverycli.pages.page import Section
    from recoverycli.session.filters import Filters
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.call_source import Calls

# Further calls are counted but not shown: the page must open on a phone.
MOST_CALLS = 200


class ReportedCall(NamedTuple):
    """A call of the report with the values of today, and its page."""

    call: Call
    sections: tuple[Section, ...]


def newest_calls(kept: Calls, wanted: Filters, now: datetime, *, names: bool) -> Iterator[ReportedCall]:
    """Yield the newest calls; without `names`, people are left out. Raises StoreProblem."""
    most = MOST_CALLS if wanted.limit is None else min(wanted.limit, MOST_CALLS)
    rows = kept.ask(lambda connection: page(connection, wanted, now, None, most)).rows
    stored = (read for read in kept.each([row.id for row in rows]) if isinstance(read, Stored))
    for call in (read.transcript.call for read in stored) if names else _without_people(stored, kept, wanted):
        yield ReportedCall(current_call(call), call_page(call))


def _without_people(calls: Iterable[Stored], kept: Calls, wanted: Filters) -> Iterator[Call]:
    """The calls without their customers and agents, and with known names masked in their texts."""
    read = list(calls)
    texts = (text for stored in read for text in texts_of(stored.transcript.document))
    for stored in mask_others(read, known_people(kept, wanted, texts)):
        yield msgspec.structs.replace(stored.transcript.call, customer=TranscriptCustomer(None, None), agent=None)
