"""The amendments for follow-ups: done, postponed, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.session.transcript.amendments import current_call, newest_value
from recoverycli.session.transcript.commitments import commitments
from recoverycli.store.calls.amend import Change

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.transcript.commitments import Commitment
    from recoverycli.session.transcript.model import Call

_HOW_IT_WENT = ("done_at", "satisfied", "note")


def complete(
    call: Call,
    item: str,
    now: datetime,
    satisfied: bool | None = None,
    note: str | None = None,
    at: datetime | None = None,
) -> tuple[Change, ...]:
    """Return the amendments that mark a follow-up as done; empty if nothing changes.

    Without `at` it was done `now`, or at the time that is stored.
    """
    field = _commitment(call, item).field
    stored = newest_value(call.amendments, f"{field}.done_at")
    done_at = stored if stored and at is None else (at or now).isoformat(timespec="seconds")
    told = {"satisfied": satisfied, "note": note}
    given = {name: value for name, value in told.items() if value is not None}
    return _changes(call, field, {"done_at": done_at, **given})


def reopen(call: Call, item: str) -> tuple[Change, ...]:
    """Return the amendments that open a follow-up again; empty if it is open."""
    return _changes(call, _commitment(call, item).field, dict.fromkeys(_HOW_IT_WENT))


def postpone(call: Call, item: str, until: datetime, *, agreed: bool = False) -> tuple[Change, ...]:
    """Return the amendments that move a due time; empty if nothing changes.

    With `agreed` the customer agreed to the new time: it is what was promised from then on.
    """
    bound = _commitment(call, item)
    moved = () if bound.due == until else (_change(bound, "due", bound.due, until),)
    promised = agreed and bound.kind == "promise" and bound.promised != until
    return (*moved, _change(bound, "agreed", bound.agreed, until)) if promised else moved


def undo_postpone(call: Call, item: str) -> tuple[Change, ...]:
    """Return the amendments that undo the last change of a due time; empty if there was none."""
    bound = _commitment(call, item)
    made = [change.at for change in (bound.moved, bound.agreement) if change is not None]
    undone: list[Change] = []
    for name, change, times in (("due", bound.moved, bound.dues), ("agreed", bound.agreement, bound.agreements)):
        if change is not None and change.at == max(made):
            undone.append(_change(bound, name, times[-1], times[-2]))
    return tuple(undone)


def _changes(call: Call, field: str, wanted: dict[str, Any]) -> tuple[Change, ...]:
    changes = (
        Change(f"{field}.{name}", newest_value(call.amendments, f"{field}.{name}"), new) for name, new in wanted.items()
    )
    return tuple(change for change in changes if change.old != change.new)


def _commitment(call: Call, item: str) -> Commitment:
    return next(bound for bound in commitments(current_call(call)) if bound.entry.id == item)


def _change(bound: Commitment, name: str, old: datetime | None, new: datetime | None) -> Change:
    return Change(f"{bound.field}.{name}", old and old.isoformat(), new and new.isoformat())
