"""Promises and tasks of all calls: which are open and how late they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from recoverycli.session.transcript.amendments import current_call, newest_value
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.model import TranscriptPromise
from recoverycli.store.index.rows import due_before
from recoverycli.text.safe import searchable_text
from recoverycli.times.wall_clock import to_local, with_offset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.session.transcript.model import Call
    from recoverycli.store.index.rows import DueItem
    from recoverycli.store.queries import CallQueries

_SHORTEST_TAIL = 4
_NEARLY = 300.0  # seconds that a full hour may lack


class FollowUp(msgspec.Struct, frozen=True):
    """A promise or a task after its amendments.

    `id` is its short name among all follow-ups. It is planned for `due`; `promised` is the date that the customer knows
    (`agreed`: it is another than the first), by which it is `overdue`; of a task it is `due`. `moved_at` and
    `moved_by` say who moved it last, None where it stands at its first time. `changes` counts its amendments. Times are
    aware.
    """

    id: str
    call: str
    item: str
    kind: Literal["promise", "task"]
    what: str
    customer: str | None
    ref: str | None
    framework: str
    channel: str | None
    issue: str | None
    agent: str | None
    at: datetime
    due: datetime | None
    due_said: str | None
    promised: datetime | None
    agreed: bool
    moved_at: datetime | None
    moved_by: str | None
    overdue: bool
    done_at: datetime | None
    satisfied: bool | None
    note: str | None
    changes: int
    changed_at: datetime | None

    @property
    def key(self) -> str:
        """Its full name, which never changes."""
        return f"{self.call}-{self.item}"


class DatedItem(Protocol):
    """What has words and a time by which it is to be done."""

    @property
    def what(self) -> str: ...
    @property
    def due(self) -> datetime | None: ...


def followups(calls: Iterable[Call], now: datetime, among: Sequence[str] | None = None) -> tuple[FollowUp, ...]:
    """Return the follow-ups of calls, done ones too, the most urgent first.

    Short names are unique within `among`, by default these calls.
    """
    real = [call for call in calls if call.kind == "call"]
    ids = [call.id for call in real] if among is None else among
    named = dict(zip(ids, tails(ids), strict=True))
    return tuple(sorted((row for call in real for row in _of_call(call, named[call.id], now)), key=_urgency))


def is_due(row: DatedItem, now: datetime, within: timedelta | None = None) -> bool:
    """Whether something is overdue or due `within` that time; None is the rest of today."""
    if row.due is None:
        return False
    if within is not None:
        return row.due <= now + within
    return row.due <= now or to_local(row.due, now).date() <= to_local(now, now).date()


def find(rows: Sequence[FollowUp], wanted: str) -> tuple[FollowUp, ...]:
    """Return the rows that match a typed name: one with that end, else those that contain it."""
    part = part_of_name(wanted)
    if not part:
        return ()
    ending = tuple(row for row in rows if row.key.endswith(part))
    return ending if len(ending) == 1 else tuple(row for row in rows if part in row.key)


def part_of_name(wanted: str) -> str:
    """Return a typed name as a part of the whole one: `CALL/p1` is `CALL-p1`."""
    return searchable_text(wanted).strip().replace("/", "-")


def due_now(kept: CallQueries, now: datetime, within: timedelta | None = None) -> tuple[DueItem, ...]:
    """Return what is overdue or due `within` that time (None is the rest of today), most overdue first."""
    until = now + max(timedelta(days=2), within or timedelta())
    return tuple(row for row in kept.ask(lambda connection: due_before(connection, until)) if is_due(row, now, within))


def summary(rows: Sequence[DatedItem], now: datetime) -> str:
    """Return the most urgent of the rows in a few words, and how many more there are; empty if there are none."""
    if not rows:
        return ""
    more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
    return f"{' '.join(rows[0].what.split())}, {when(rows[0].due, now)}{more}"


def when(due: datetime | None, now: datetime) -> str:
    """Return a due time as people say it: "2 hours late", "in 3 hours", "tomorrow 17:00"."""
    if due is None:
        return "no date"
    seconds = (due - now).total_seconds()
    if seconds < 60:
        late = _length(-seconds)
        return f"{late} late" if late else "due now"
    shown = to_local(due, now)
    days = (shown.date() - to_local(now, now).date()).days
    if days == 0 or seconds < 6 * 3600:
        # What was just promised for in two hours is due in two hours, not in one.
        nearly = seconds + (_NEARLY if seconds >= 3600 - _NEARLY else 59)
        ahead = _length(min(nearly, 86_399))
        return f"in {ahead}"
    if days == 1:
        return f"tomorrow {shown:%H:%M}"
    return f"{shown:%A %H:%M}" if days < 7 else f"{shown:%Y-%m-%d %H:%M}"


def tails(ids: Sequence[str]) -> list[str]:
    """Return the shortest end of each id, of four letters or more, that no other of them ends in."""
    found: dict[str, str] = {}
    unnamed, size = set(ids), _SHORTEST_TAIL
    while unnamed:
        ends: dict[str, list[str]] = {}
        for call_id in unnamed:
            ends.setdefault(call_id[-size:], []).append(call_id)
        # An end that begins with a dash would be read as an option.
        alone = {those[0]: end for end, those in ends.items() if len(those) == 1 and not end.startswith("-")}
        found |= alone or {call_id: call_id for call_id in unnamed if len(call_id) <= size}
        unnamed -= found.keys()
        size += 1
    return [found[call_id] for call_id in ids]


def _of_call(call: Call, tail: str, now: datetime) -> Iterable[FollowUp]:
    for bound in commitments(current_call(call)):
        entry, field = bound.entry, bound.field
        changes = [change for change in call.amendments if change.field.startswith(f"{field}.")]
        note = newest_value(call.amendments, f"{field}.note")
        promise = entry if isinstance(entry, TranscriptPromise) else None
        yield FollowUp(
            id=f"{tail}-{entry.id}",
            call=call.id,
            item=entry.id,
            kind=bound.kind,
            what=entry.what,
            customer=call.customer.name,
            ref=call.customer.ref,
            framework=call.framework.id,
            channel=call.channel,
            issue=newest_value(call.amendments, "issue", call.issue),
            agent=call.agent,
            at=with_offset(promise.at if promise else call.ended_at),
            due=bound.due,
            due_said=promise.due_said if promise else None,
            promised=bound.promised,
            agreed=bound.agreed is not None,
            moved_at=with_offset(bound.moved.at) if bound.moved else None,
            moved_by=bound.moved.by if bound.moved else None,
            overdue=bound.is_overdue(now),
            done_at=bound.done_at,
            satisfied=bound.satisfied,
            note=note if isinstance(note, str) else None,
            changes=len(changes),
            changed_at=with_offset(changes[-1].at) if changes else None,
        )


def _urgency(row: FollowUp) -> tuple[bool, bool, float, bool, str]:
    """Open before done; by due time, the most late first; without one promises before tasks; done by when it was."""
    if row.done_at is not None:
        return (True, False, -row.done_at.timestamp(), False, row.key)
    return (False, row.due is None, row.due.timestamp() if row.due else 0.0, row.kind == "task", row.key)


def _length(seconds: float) -> str:
    """A length of time in its largest unit; empty below a minute."""
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {word}{'' if count == 1 else 's'}"
    return ""
