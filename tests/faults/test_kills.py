"""A process is killed, or the power fails, before each call by which the disk is changed: no confirmed fact is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.store.journal.reader import is_abandoned
from tests.faults.seam import Fault
from tests.faults.trials import Ended, Trial, assert_told_well, confirmed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.seam import Harm, Kind

# Every kind of event that a line can make, and an end; facts are what the screen confirms word for word.
CALL = (
    "fact001\n1\n/tick 1\n\nfact002\n/offer refund 5\n/promise fact003 by tomorrow 5pm\n/mood angry\n"
    "/said fact004 I am sorry\n/ref fact005\n/hold\n/back-on\n/escalate B: fact006\n/set order fact007\nu\nb\n"
    "/skip fact008\n/switch heart\n/summary fact009\n/cause fact010\n/end resolved\n"
)
FINISH = "/end resolved\n"
ENDS = 1000


def struck(
    folder: Path, harm: Harm, *argv: str, stdin: str, start: Trial | None = None
) -> Iterator[tuple[str, Ended, Trial]]:
    """Run a command again and again, each time killed a step later, until it gets through.

    Gives the step, how it ended, and the folder as it was found afterwards.
    """
    for at in range(1, ENDS):
        root = folder / f"{harm}-{at}"
        trial = start.again(root) if start is not None else Trial(root)
        after = folder / f"{harm}-{at}-after"
        kinds: tuple[Kind, ...] = ("write",) if harm == "half" else ()
        ended = trial(*argv, stdin=stdin, fault=Fault(harm, at, kinds), after=after)
        if not ended.killed:
            assert at > 1, ended
            return
        yield f"{harm} before {at}: {ended.steps[-1]}", ended, Trial(after) if harm == "power" else trial
    pytest.fail("the command never ends")


def assert_nothing_lost(step: str, before: set[str], after: Trial) -> None:
    """What was confirmed is found, and the call goes on to one whole transcript with all of it."""
    assert before <= after.facts(), step
    known = len([*after.data.glob("sessions/*/*/*/[!.]*.json")])
    begun = any(not is_abandoned(path) for path in after.data.glob("live/*.jsonl"))
    resumed = after("resume", stdin=FINISH)
    assert_told_well(resumed)
    assert resumed.code == 0 or "no call is open" in resumed.stderr, (step, resumed)
    assert (resumed.code == 0) == begun, (step, resumed)
    assert before <= after.facts(), step
    calls = after.calls()
    assert known <= len(calls) <= known + 1, step
    assert not before or any(call["state"] == "finished" for call in calls), step
    assert not any(not is_abandoned(path) for path in after.data.glob("live/*.jsonl")), step


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["kill", "power"])
def test_no_confirmed_event_is_lost_wherever_a_call_is_killed(tmp_path: Path, harm: Harm) -> None:
    steps = 0
    for step, ended, after in struck(tmp_path, harm, "start", "learn", stdin=CALL):
        assert_nothing_lost(step, confirmed(ended.stdout), after)
        steps += 1
    assert steps > 60


@pytest.mark.parametrize("harm", ["half", pytest.param("power", marks=pytest.mark.slow)])
def test_no_confirmed_event_is_lost_wherever_a_short_call_is_killed(tmp_path: Path, harm: Harm) -> None:
    told: set[str] = set()
    for step, ended, after in struck(tmp_path, harm, "start", "learn", stdin="fact001\nfact002\n" + FINISH):
        told |= confirmed(ended.stdout)
        assert_nothing_lost(step, confirmed(ended.stdout), after)
    assert told == {"fact001", "fact002"}


@pytest.mark.parametrize("harm", ["power", *(pytest.param(harm, marks=pytest.mark.slow) for harm in ("kill", "half"))])
def test_an_interrupted_finish_is_completed_by_resume(trial: Trial, tmp_path: Path, harm: Harm) -> None:
    begun = trial("start", "learn", stdin="fact001\n/promise fact002 by tomorrow 5pm\n")
    assert confirmed(begun.stdout) == {"fact001", "fact002"}
    for step, _ended, after in struck(tmp_path, harm, "resume", stdin="fact003\n" + FINISH, start=trial):
        assert_nothing_lost(step, {"fact001", "fact002"}, after)
