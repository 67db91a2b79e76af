"""The amendments that correct or complete a call, or undo that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.session.transcript.amendments import AMENDABLE, current_call, is_correction, next_addition, value_of
from recoverycli.store.calls.amend import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from recoverycli.session.transcript.model import Call


class _Made(NamedTuple):
    at: datetime
    field: str
    old: Any
    new: Any


def corrections(call: Call, wanted: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return the amendments for new values of fields; empty if nothing changes."""
    now = current_call(call)
    changes = (Change(field, value_of(now, field), new) for field, new in wanted.items())
    return tuple(change for change in changes if change.old != change.new)


def add_entries(call: Call, entries: Sequence[tuple[str, dict[str, Any]]]) -> tuple[Change, ...]:
    """Return what adds entries to the lists of a call: notes, offers, promises."""
    changes: list[Change] = []
    now = current_call(call)
    for place, (name, entry) in enumerate(entries):
        before = sum(other == name for other, _ in entries[:place])
        first = int(next_addition(call, name).partition(".")[2])
        numbered = {"id": f"{name[0]}{len(getattr(now, name)) + before + 1}"} if name != "notes" else {}
        changes.append(Change(f"{name}.{first + before}", None, {**entry, **numbered}))
    return tuple(changes)


def undo_correction(call: Call) -> tuple[Change, ...]:
    """Return the amendments that undo the last correction of one or more fields; empty if there is none.

    An undone correction is skipped: the next undo finds the one before it.
    """
    standing = _changes_in_force(call)
    if not standing:
        return ()
    last = standing[-1].at
    made = [change for change in standing if change.at == last]
    now = current_call(call)
    return tuple(
        Change(change.field, change.new if change.field not in AMENDABLE else value_of(now, change.field), change.old)
        for change in reversed(made)
    )


def _changes_in_force(call: Call) -> list[_Made]:
    """The corrections in effect, oldest first, without undone ones and their undoing."""
    standing: list[_Made] = []
    for made in _changes(call):
        before = next((place for place in reversed(range(len(standing))) if standing[place].field == made.field), None)
        if before is not None and standing[before].old == made.new:
            del standing[before]
        else:
            standing.append(made)
    return standing


def _changes(call: Call) -> Iterator[_Made]:
    values = {field: value_of(call, field) for field in AMENDABLE}
    for amendment in filter(is_correction, call.amendments):
        field, new = amendment.field, amendment.new
        if values.get(field) != new:
            yield _Made(amendment.at, field, values.get(field), new)
            values[field] = new
