"""Which calls a filter selects, read from the transcript alone: what the index must answer as well."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from recoverycli.session.filters import OPEN, Filters
from recoverycli.session.transcript.amendments import newest_value
from recoverycli.session.transcript.commitments import commitments
from recoverycli.text.tokens import fold_case
from recoverycli.times.wall_clock import with_offset

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call


def matches(wanted: Filters, call: Call) -> bool:
    """Whether the filters select a call as it is after its amendments; `limit` is left out."""
    began = with_offset(call.started_at)
    outcome = newest_value(call.amendments, "outcome", call.outcome)
    entered = (call.framework.id, *(switch.after for switch in call.switches))
    return (
        (wanted.since is None or _start(began, wanted.since) >= wanted.since)
        and (wanted.until is None or _start(began, wanted.until) <= wanted.until)
        and (wanted.framework is None or any(_same(wanted.framework, name) for name in entered))
        and (wanted.outcome is None or _same(wanted.outcome, outcome or OPEN))
        and (wanted.channel is None or _same(wanted.channel, call.channel))
        and _part(wanted.issue, newest_value(call.amendments, "issue", call.issue))
        and _part(wanted.agent, call.agent)
        and (wanted.customer is None or _is_customer(wanted, call))
        and (wanted.mood is None or any(_same(wanted.mood, said.mood) for said in call.moods))
        and (wanted.remedy is None or any(_same(wanted.remedy, offer.remedy) for offer in call.offers))
        and (wanted.overdue_at is None or any(one.is_overdue(wanted.overdue_at) for one in commitments(call)))
    )


def _is_customer(wanted: Filters, call: Call) -> bool:
    names = (wanted.customer, *wanted.spellings)
    return any(_same(name, found) for name in names for found in (call.customer.name, call.customer.ref))


def _start(began: datetime, end: datetime | date) -> Any:
    """What a limit is compared with: a moment with the moment, a day with the day where the call was."""
    return began if isinstance(end, datetime) else began.date()


def _same(wanted: str | None, found: object) -> bool:
    return wanted is not None and isinstance(found, str) and fold_case(wanted) == fold_case(found)


def _part(wanted: str | None, found: object) -> bool:
    return wanted is None or (isinstance(found, str) and fold_case(wanted) in fold_case(found))
