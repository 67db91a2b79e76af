"""Which calls a filter selects, read from the transcript alone: what the index must answer as well."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from recoverycli.session.filters import OPEN, Filters
from recoverycli.session.transcript.amendments import current_call
from recoverycli.session.transcript.commitments import commitments
from recoverycli.text.tokens import fold_case, word_key
from recoverycli.times.wall_clock import with_offset

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.session.transcript.model import Call, TranscriptCustomer


def matches(wanted: Filters, call: Call) -> bool:
    """Whether the filters select a call as it is after its amendments; `limit` is left out."""
    began = with_offset(call.started_at)
    today = current_call(call)
    entered = (call.framework.id, *(switch.after for switch in call.switches))
    return (
        (wanted.since is None or _start(began, wanted.since) >= wanted.since)
        and (wanted.until is None or _start(began, wanted.until) <= wanted.until)
        and (wanted.framework is None or any(_same(wanted.framework, name) for name in entered))
        and (wanted.outcome is None or _same(wanted.outcome, today.outcome or OPEN))
        and (wanted.channel is None or _same(wanted.channel, call.channel))
        and _part(wanted.issue, today.issue, word_key)
        and _part(wanted.agent, call.agent, fold_case)
        and (wanted.customer is None or _is_customer(wanted, today.customer))
        and (wanted.mood is None or any(_same(wanted.mood, said.mood) for said in today.moods))
        and (wanted.remedy is None or any(_same(wanted.remedy, one.remedy) for one in today.offers))
        and (wanted.card is None or any(_same(wanted.card, card.id) for card in call.cards if card.opened_at))
        and (wanted.severity is None or _same(wanted.severity, today.severity))
        and (wanted.ours is None or wanted.ours == today.ours)
        and (wanted.repeated is None or wanted.repeated == today.repeated)
        and (not wanted.abandoned or call.state == "abandoned")
        and (wanted.overdue_at is None or any(one.is_overdue(wanted.overdue_at) for one in commitments(call)))
    )


def _is_customer(wanted: Filters, customer: TranscriptCustomer) -> bool:
    named, ref = customer.name not in {"[erased]", "[name]"} and customer.name, customer.ref
    words = [one for one in (wanted.customer, *wanted.spellings) if one is not None]
    return any(_same(one, ref) or (bool(named) and word_key(one) == word_key(str(named))) for one in words)


def _start(began: datetime, end: datetime | date) -> Any:
    """What a limit is compared with: a moment with the moment, a day with the day where the call was."""
    return began if isinstance(end, datetime) else began.date()


def _same(wanted: str | None, found: object) -> bool:
    return wanted is not None and isinstance(found, str) and fold_case(wanted) == fold_case(found)


def _part(wanted: str | None, found: str | None, plain: Callable[[str], str]) -> bool:
    return wanted is None or (found is not None and plain(wanted) in plain(found))
