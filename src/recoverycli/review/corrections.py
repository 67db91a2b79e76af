"""The amendments that correct the outcome, issue, cause or summary of a call, or undo a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.session.events import OUTCOMES
from recoverycli.session.transcript.amendments import AMENDABLE, current_call
from recoverycli.store.calls.amend import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from recoverycli.session.transcript.model import Call


class _Made(NamedTuple):
    at: datetime
    field: str
    old: Any
    new: Any


def corrections(call: Call, wanted: Mapping[str, str | None]) -> tuple[Change, ...]:
    """Return the amendments for new values of fields; empty if nothing changes."""
    now = current_call(call)
    changes = (Change(field, getattr(now, field), new) for field, new in wanted.items())
    return tuple(change for change in changes if change.old != change.new)


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
    return tuple(Change(change.field, getattr(now, change.field), change.old) for change in reversed(made))


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
    values = {field: getattr(call, field) for field in AMENDABLE}
    for amendment in call.amendments:
        field, new = amendment.field, amendment.new
        fits = new is None or (new in OUTCOMES if field == "outcome" else isinstance(new, str))
        if field in values and fits and values[field] != new:
            yield _Made(amendment.at, field, values[field], new)
            values[field] = new
