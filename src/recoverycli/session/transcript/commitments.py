"""Commitments of a call: its promises and tasks, with their amendments applied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from recoverycli.session.transcript.amendments import given_values, history, newest_value
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR, with_offset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.session.transcript.model import TranscriptAmendment, TranscriptPromise, TranscriptTask

LISTS = {"promise": "promises", "task": "tasks"}


class Binding(Protocol):
    """A call, or as much of one as was read."""

    @property
    def state(self) -> str: ...
    @property
    def promises(self) -> tuple[TranscriptPromise, ...]: ...
    @property
    def tasks(self) -> tuple[TranscriptTask, ...]: ...
    @property
    def amendments(self) -> tuple[TranscriptAmendment, ...]: ...


class Commitment(NamedTuple):
    """A promise or a task. `dues` are its due times, the current one last; times are aware."""

    kind: Literal["promise", "task"]
    entry: TranscriptPromise | TranscriptTask
    field: str
    dues: Sequence[datetime | None]
    done_at: datetime | None
    satisfied: bool | None

    @property
    def due(self) -> datetime | None:
        """The current due time."""
        return self.dues[-1]

    def is_overdue(self, moment: datetime) -> bool:
        """Whether it is open and was due before that time."""
        return self.done_at is None and self.due is not None and self.due < moment


def commitments(call: Binding) -> Iterator[Commitment]:
    """Return what is to be followed up: a promise binds the person who made it, a task only where the call was
    finished.
    """
    for promise in call.promises:
        yield _commitment("promise", promise, call.amendments)
    for task in call.tasks if call.state == "finished" else ():
        yield _commitment("task", task, call.amendments)


def _commitment(
    kind: Literal["promise", "task"],
    entry: TranscriptPromise | TranscriptTask,
    amendments: Sequence[TranscriptAmendment],
) -> Commitment:
    field = f"{LISTS[kind]}.{entry.id}"
    due = entry.due and with_offset(entry.due)
    if not amendments:
        return Commitment(kind, entry, field, (due,), None, None)
    # Values that are not times are ignored.
    dues = [_moment(value) for value in given_values(amendments, f"{field}.due") if value is None or _moment(value)]
    satisfied = newest_value(amendments, f"{field}.satisfied")
    return Commitment(
        kind,
        entry,
        field,
        history(due, dues),
        _moment(newest_value(amendments, f"{field}.done_at")),
        satisfied if isinstance(satisfied, bool) else None,
    )


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return with_offset(moment) if moment and FIRST_YEAR <= moment.year <= LAST_YEAR else None
