"""The amendments for follow-ups: done, postponed, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.session.transcript.amendments import current_call, newest_value
from recoverycli.session.transcript.commitments import commitments
from recoverycli.store.calls.amend import Change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from recoverycli.session.transcript.model import Call

_HOW_IT_WENT = ("done_at", "satisfied", "note")


def complete(call: Call, item: str, at: datetime, satisfied: bool | None, note: str | None) -> tuple[Change, ...]:
    """Return the amendments that mark a follow-up as done; empty if nothing changes."""
    field, amendments = _field(call, item), call.amendments
    told = {"satisfied": satisfied, "note": note}
    wanted = {} if newest_value(amendments, f"{field}.done_at") else {"done_at": at.isoformat(timespec="seconds")}
    return _changes(call, field, {**wanted, **{name: value for name, value in told.items() if value is not None}})


def reopen(call: Call, item: str) -> tuple[Change, ...]:
    """Return the amendments that open a follow-up again; empty if it is open."""
    return _changes(call, _field(call, item), dict.fromkeys(_HOW_IT_WENT))


def postpone(call: Call, item: str, until: datetime) -> tuple[Change, ...]:
    """Return the amendment that moves a due time; empty if nothing changes."""
    before = _times(call, item)[-1]
    return () if before == until else (_move(call, item, before, until),)


def undo_postpone(call: Call, item: str) -> tuple[Change, ...]:
    """Return the amendment that undoes the last change of a due time; empty if there was none."""
    times = _times(call, item)
    return (_move(call, item, times[-1], times[-2]),) if len(times) > 1 else ()


def _field(call: Call, item: str) -> str:
    return f"promises.{item}" if any(promise.id == item for promise in current_call(call).promises) else f"tasks.{item}"


def _changes(call: Call, field: str, wanted: dict[str, Any]) -> tuple[Change, ...]:
    changes = (
        Change(f"{field}.{name}", newest_value(call.amendments, f"{field}.{name}"), new) for name, new in wanted.items()
    )
    return tuple(change for change in changes if change.old != change.new)


def _times(call: Call, item: str) -> Sequence[datetime | None]:
    return next(bound.dues for bound in commitments(current_call(call)) if bound.entry.id == item)


def _move(call: Call, item: str, old: datetime | None, new: datetime | None) -> Change:
    return Change(f"{_field(call, item)}.due", old and old.isoformat(), new and new.isoformat())
