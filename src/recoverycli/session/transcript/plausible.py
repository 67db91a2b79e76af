"""Whether a transcript from elsewhere can be of a call that was made: its numbers, and the order of its times."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.session.transcript.model import Call

# 31 days, as the team's database has it (`recovery.number_at` in its migrations); an open call may lie for weeks.
LONGEST = 2_678_400.0  # seconds
_HIGHEST = 1e12  # of an amount, in any currency
# A clock that is a day wrong is corrected during a call now and then, and calls travel between zones.
SLACK = timedelta(days=1)
AHEAD = "its id is dated in the future"
# Times that may lie ahead.
_PLANS = frozenset({"due"})


class _Dated(msgspec.Struct, frozen=True):
    """What every event has."""

    at: Annotated[datetime, msgspec.Meta(tz=True)]


def why_implausible(call: Call, now: datetime) -> str:
    """Return what no call can have, for users; empty if there is nothing of the kind. `now` is aware."""
    if is_ahead(call.id, now):
        return AHEAD
    for name, number in _numbers(call):
        if not 0 <= number <= (_HIGHEST if name == "value" else LONGEST):
            return f"its {name} cannot be {number:g}"
    for name, moment in _moments(call):
        if moment > now + SLACK:
            return f"it is dated in the future: {name} is {moment:%Y-%m-%d}"
    if call.ended_at < call.started_at - SLACK:
        return f"it ends on {call.ended_at:%Y-%m-%d}, before it begins on {call.started_at:%Y-%m-%d}"
    for step in call.steps:
        for visit in step.visits:
            if visit.left_at is not None and visit.left_at < visit.entered_at - SLACK:
                return f"step {step.id} is left on {visit.left_at:%Y-%m-%d}, before it is entered"
    return ""


def why_event_implausible(lines: Iterable[bytes], now: datetime) -> str:
    """Return what no journal can have in its `lines`, for users; empty if there is nothing of the kind.

    `now` is aware. A line that cannot be read is no finding.
    """
    for line in lines:
        try:
            event = msgspec.json.decode(line, type=_Dated)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if event.at > now + SLACK:
            return f"it is dated in the future: at is {event.at:%Y-%m-%d}"
    return ""


def is_ahead(call_id: str, now: datetime) -> bool:
    """Whether a valid id begins with a day that is still to come. `now` is aware."""
    return call_id[:8] > f"{now + SLACK:%Y%m%d}"


def _numbers(call: Call) -> Iterator[tuple[str, float]]:
    yield "seconds", call.seconds
    yield "redactions", call.redactions
    for step in call.steps:
        yield "seconds", step.seconds
    for offer in call.offers:
        if offer.value is not None:
            yield "value", offer.value


def _moments(value: Any, name: str = "") -> Iterator[tuple[str, datetime]]:
    """The times when something happened, with the names of their fields."""
    if isinstance(value, datetime):
        yield name, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            if field not in _PLANS:
                yield from _moments(getattr(value, field), field)
    elif isinstance(value, tuple):
        for one in value:
            yield from _moments(one, name)
