"""The clock: set back in mid-call, and changed to summer time and back, by the rules of a real zone."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.session.filters import Filters
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import page
from recoverycli.times.future import read_date
from tests.conftest import loaded
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.transcript.model import Call

ZONES = Path("/usr/share/zoneinfo/Europe/Berlin")
pytestmark = pytest.mark.skipif(
    not hasattr(time, "tzset") or not ZONES.exists(), reason="the system has no rules of Europe/Berlin"
)


class WallClock:
    """A clock on a wall in Berlin: told its moments in UTC, it shows them with the offset of that day."""

    def __init__(self, moment: str) -> None:
        self.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment.astimezone()

    def pass_(self, **spans: float) -> None:
        """Let time go by, or set the clock back."""
        self.moment += timedelta(**spans)


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def a_world(folder: Path, clock: WallClock) -> CallEnvironment:
    return CallEnvironment(folder / "data", clock, lambda _: loaded(LITTLE, folder), read_date)


def begin(folder: Path, clock: WallClock) -> LiveCall:
    return LiveCall.start(a_world(folder, clock), lambda: started(LITTLE, clock()))


def ended(call: LiveCall, folder: Path) -> Call:
    left = call.hear("/end resolved").left
    assert left is not None
    return Archive(folder / "data").read(left.call_id).transcript.call


def test_a_clock_set_back_during_a_call_reduces_no_duration(tmp_path: Path) -> None:
    clock = WallClock("2026-11-23 09:00")
    call = begin(tmp_path, clock)
    clock.pass_(minutes=4)
    call.hear("fact001")
    clock.pass_(hours=-1)
    call.hear("/promise fact002 by tomorrow 5pm")
    clock.pass_(minutes=2)
    call.hear("fact003")
    kept = ended(call, tmp_path)
    # Ten looks at most, of a second each, and six minutes.
    assert 360 <= kept.seconds <= 370
    assert all(step.seconds >= 0 for step in kept.steps)
    assert [note.text for step in kept.steps for note in step.notes] == ["fact001", "fact003"]
    assert [promise.what for promise in kept.promises] == ["fact002"]


def test_calls_before_and_after_a_clock_set_back_are_separate(tmp_path: Path) -> None:
    clock = WallClock("2026-11-23 09:00")
    ids = []
    for _ in range(6):
        call = begin(tmp_path, clock)
        call.hear("fact001")
        ids.append(ended(call, tmp_path).id)
        clock.pass_(seconds=-10)
    assert len(set(ids)) == 6
    assert len([*(tmp_path / "data").glob("sessions/*/*/*/*.json")]) == 6


def test_a_process_that_is_killed_before_the_clock_is_set_back_is_resumed(tmp_path: Path) -> None:
    clock = WallClock("2026-11-23 09:00")
    call = begin(tmp_path, clock)
    call.hear("fact001")
    call.close()
    clock.pass_(hours=-1)
    (journal,) = (tmp_path / "data").glob("live/*.jsonl")
    again = LiveCall.resume(a_world(tmp_path, clock), journal)
    again.hear("fact002")
    kept = ended(again, tmp_path)
    assert [note.text for step in kept.steps for note in step.notes] == ["fact001", "fact002"]
    assert 0 <= kept.seconds <= 10


# In the night to 29 March the clocks go from 2 to 3, in that to 25 October from 3 to 2; both at one o'clock UTC.
@pytest.mark.parametrize(
    ("before", "offsets"),
    [("2026-03-29 00:55", (1, 2)), ("2026-10-25 00:55", (2, 1))],
    ids=["to-summer-time", "to-winter-time"],
)
def test_a_call_across_a_clock_change_has_its_true_length(
    tmp_path: Path, before: str, offsets: tuple[int, int]
) -> None:
    clock = WallClock(before)
    call = begin(tmp_path, clock)
    call.hear("fact001")
    clock.pass_(minutes=10)
    call.hear("fact002")
    call.hear("/promise fact003 in 1 hour")
    kept = ended(call, tmp_path)
    assert 600 <= kept.seconds <= 610
    assert kept.ended_at - kept.started_at < timedelta(minutes=11)
    assert (kept.started_at.utcoffset(), kept.ended_at.utcoffset()) == tuple(timedelta(hours=one) for one in offsets)
    (promise,) = kept.promises
    assert promise.due is not None
    assert timedelta(minutes=59) < promise.due - kept.ended_at < timedelta(minutes=61)


@pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"], ids=["to-summer-time", "to-winter-time"])
def test_a_promise_for_tomorrow_at_five_is_due_at_five_by_tomorrows_clock(tmp_path: Path, day: str) -> None:
    clock = WallClock(f"{day} 12:00")
    call = begin(tmp_path, clock)
    call.hear("/promise fact001 by tomorrow 5pm")
    (promise,) = ended(call, tmp_path).promises
    assert promise.due is not None
    shown = promise.due.astimezone()
    assert (shown.day, shown.hour, shown.minute) == (int(day[-2:]) + 1, 17, 0)
    assert promise.due.utcoffset() == shown.utcoffset()


def test_calls_in_a_repeated_hour_are_listed_in_order(tmp_path: Path) -> None:
    """Their ids say the same time of the clock twice; the list goes by the moment."""
    clock = WallClock("2026-10-25 00:20")
    ids = []
    for _ in range(4):
        ids.append(ended(begin(tmp_path, clock), tmp_path).id)
        clock.pass_(minutes=25)
    with Index(tmp_path / "data") as index:
        rows = index.ask(lambda connection: page(connection, Filters(), clock(), None, 50)).rows
    assert [row.id for row in rows] == [*reversed(ids)]
    assert [one[9:13] for one in ids] == ["0220", "0245", "0210", "0235"]
