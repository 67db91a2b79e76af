"""Calls with the names of people in their texts masked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.redaction.document_text import change_texts
from recoverycli.session.transcript.model import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.session.other_people import OtherPeople
    from recoverycli.store.calls.transcript_file import Stored


def mask_others(calls: Iterable[Stored], others: OtherPeople) -> Iterator[Stored]:
    """Return the calls with other people masked."""
    for stored in calls:
        document, places = change_texts(stored.transcript.document, others.mask)
        if places:
            raw = msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
            yield stored._replace(transcript=decode(raw), raw=raw)
        else:
            yield stored
