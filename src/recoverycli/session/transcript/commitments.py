"""Commitments of a call: its promises and tasks, with their amendments applied."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from recoverycli.session.transcript.amendments import history, newest_value
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR, to_recorded, with_offset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.session.transcript.model import TranscriptAmendment, TranscriptPromise, TranscriptTask

# Kept in time, kept late, open beyond its date, or not due yet; without a date it is neither kept nor late.
Standing = Literal["kept", "late", "overdue", "open", "undated"]
LISTS = {"promise": "promises", "task": "tasks"}


class Binding(Protocol):
    """A call, or as much of one as was read."""

    @property
    def state(self) -> str: ...
    @property
    def zone(self) -> str | None: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def promises(self) -> tuple[TranscriptPromise, ...]: ...
    @property
    def tasks(self) -> tuple[TranscriptTask, ...]: ...
    @property
    def amendments(self) -> tuple[TranscriptAmendment, ...]: ...


class Commitment(NamedTuple):
    """A promise or a task. `dues` are its due times, the current one last; times are aware.

    `agreements` are the dates that the customer agreed to in place of the first one, None before there was one.
    `moved` and `agreement` are the amendments that gave the current ones, None for those of the call itself.
    """

    kind: Literal["promise", "task"]
    entry: TranscriptPromise | TranscriptTask
    field: str
    dues: Sequence[datetime | None]
    agreements: Sequence[datetime | None] = (None,)
    moved: TranscriptAmendment | None = None
    agreement: TranscriptAmendment | None = None
    done_at: datetime | None = None
    satisfied: bool | None = None

    @property
    def due(self) -> datetime | None:
        """The time for which it is planned now."""
        return self.dues[-1]

    @property
    def agreed(self) -> datetime | None:
        """The date that the customer agreed to after the first."""
        return self.agreements[-1]

    @property
    def promised(self) -> datetime | None:
        """The date by which it is judged: what the customer agreed to, else the first. A task is promised to nobody."""
        return self.due if self.kind == "task" else self.agreed or self.dues[0]

    @property
    def is_moved(self) -> bool:
        """Whether it is planned for another time than the customer was promised."""
        return self.due != self.promised

    def state_at(self, moment: datetime) -> Standing:
        """Return how it stands at that time. `kept_in_time` in `review` is the same rule in SQL."""
        if self.promised is None:
            return "undated"
        if self.done_at is not None:
            return "kept" if self.done_at <= self.promised else "late"
        return "overdue" if self.promised < moment else "open"

    def is_overdue(self, moment: datetime) -> bool:
        """Whether it is open and its date has passed."""
        return self.state_at(moment) == "overdue"


def commitments(call: Binding) -> Iterator[Commitment]:
    """Return what is to be followed up: a promise binds the person who made it, a task only where the call was
    finished.
    """
    for promise in call.promises:
        yield _commitment("promise", promise, call)
    for task in call.tasks if call.state == "finished" else ():
        yield _commitment("task", task, call)


def _commitment(
    kind: Literal["promise", "task"],
    entry: TranscriptPromise | TranscriptTask,
    call: Binding,
) -> Commitment:
    field = f"{LISTS[kind]}.{entry.id}"
    due, amendments = entry.due and with_offset(entry.due), call.amendments
    if not amendments:
        return Commitment(kind, entry, field, (due,))
    dues = history(due, _times_given(call, f"{field}.due"))
    agreements = history(None, _times_given(call, f"{field}.agreed"))
    satisfied = newest_value(amendments, f"{field}.satisfied")
    return Commitment(
        kind=kind,
        entry=entry,
        field=field,
        dues=[time for time, _ in dues],
        agreements=[time for time, _ in agreements],
        moved=dues[-1][1],
        agreement=agreements[-1][1],
        done_at=_moment(newest_value(amendments, f"{field}.done_at"), call),
        satisfied=satisfied if isinstance(satisfied, bool) else None,
    )


def _times_given(call: Binding, field: str) -> Iterator[tuple[datetime | None, TranscriptAmendment]]:
    """The times that amendments gave a field; values that are not times are ignored."""
    for change in call.amendments:
        if change.field == field and (change.new is None or _moment(change.new, call)):
            yield _moment(change.new, call), change


def _moment(value: object, call: Binding) -> datetime | None:
    """A time as the clocks show it where the call was recorded: it may have been amended elsewhere."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    known = moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR
    return to_recorded(moment, call.zone, call.started_at) if moment and known else None
