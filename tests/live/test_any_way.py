"""Random calls through every built-in playbook: no way is guessed, nothing is done that was not, no value is amiss."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.paths import answers_of, decide
from recoverycli.frameworks.values import READ_KINDS, parse_value
from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.session import events as ev
from recoverycli.times.future import read_date
from tests.conftest import Clock
from tests.content import started

if TYPE_CHECKING:
    from recoverycli.frameworks.conditions import When
    from recoverycli.session.model import Session

LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))
PLAYBOOKS = [one.content.id for one in LIBRARY.listing().entries if one.content.branches]
MOVES = ["", "", "", "", "b", "u", "/skip", "/switch", "1", "leave", "stay", "banana", "/tick 1", "/mood angry"]
DRAWN = st.tuples(st.integers(0, 9), st.integers(0, 10**6))


def line_of(kind: int, number: int, call: LiveCall) -> str:
    """A line that somebody may type now: an answer, a value, a jump, another playbook, or a key."""
    captures = list(call.session.captures.values())
    steps = [record.step.id for record in call.session.walk]
    if kind <= 3 and captures:
        capture = captures[number % len(captures)]
        words = answers_of(capture) or ("3", "20 EUR", "yesterday", "next friday", "banana", "A-17")
        return f"/set {capture.id} {words[number // 7 % len(words)]}"
    if kind == 4:
        return f"/goto {steps[number % len(steps)]}"
    if kind == 5:
        return f"/switch {PLAYBOOKS[number % len(PLAYBOOKS)]}"
    if kind == 6 and captures:
        return (answers_of(captures[number % len(captures)]) or ("tomorrow",))[0]
    return MOVES[number % len(MOVES)]


def check_values(session: Session) -> None:
    for name, capture in session.captures.items():
        words, typed = session.values.get(name), session.typed.get(name)
        if words is None:
            continue
        assert not answers_of(capture) or words in answers_of(capture)
        if capture.kind in READ_KINDS:
            assert typed is not None, name
            assert parse_value(capture.kind, typed) is not None, name


def is_refuted(when: When, told: dict[str, str]) -> bool:
    """Whether what was told contradicts a condition that asks for one value of each name, as the built-in ones do."""
    assert isinstance(when, dict)
    return any(name in told and told[name] != wanted for name, wanted in when.items())


def check_ways(session: Session) -> None:
    """Every step that was left led on by an answer: no condition before the path that was taken was open."""
    for before in session.history:
        moved, earlier = before.event, before.session
        if not isinstance(moved, ev.Moved) or moved.leaving == "left" or earlier.here is None:
            continue
        told = {name: words for name, words in earlier.known.items() if name not in earlier.stale}
        for path in earlier.here.step.paths:
            if not is_refuted(path.when, told):
                assert isinstance(path.when, dict)
                assert all(told.get(name) == wanted for name, wanted in path.when.items())
                break


def check_done(session: Session) -> None:
    """A step is done if it was left as done, or where a switch took over what was done for the same purpose."""
    left = {
        before.session.here.key
        for before in session.history
        if isinstance(before.event, ev.Moved) and before.event.leaving == "done" and before.session.here is not None
    }
    for record in session.steps:
        if record.status == "done" and record.key not in left:
            assert session.switches
            assert not record.step.paths
            assert not record.step.by_path


@pytest.mark.parametrize("playbook", PLAYBOOKS)
@pytest.mark.parametrize("asks", [True, False])
@settings(max_examples=15)
@given(drawn=st.lists(DRAWN, min_size=10, max_size=40))
def test_no_way_is_guessed_and_nothing_is_done_that_was_not(
    playbook: str, asks: bool, drawn: list[tuple[int, int]]
) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as home:
        world = CallEnvironment(Path(home), clock, LIBRARY.load, read_date, asks=asks)
        call = LiveCall.start(world, lambda: started(LIBRARY.load(playbook).content, clock()))
        for kind, number in drawn:
            call.hear(line_of(kind, number, call))
            if call.session.finished is not None:
                break
        check_values(call.session)
        check_ways(call.session)
        check_done(call.session)
        call.close()


@pytest.mark.parametrize("playbook", PLAYBOOKS)
@pytest.mark.parametrize("asks", [True, False])
def test_enter_alone_stays_on_the_first_branch_of_a_playbook(playbook: str, asks: bool, tmp_path: Path) -> None:
    clock = Clock()
    world = CallEnvironment(tmp_path, clock, LIBRARY.load, read_date, asks=asks)
    call = LiveCall.start(world, lambda: started(LIBRARY.load(playbook).content, clock()))
    for _ in range(12):
        call.hear("")
    here = call.session.here
    assert here is not None
    assert decide(here.step, call.session.evidence).open
    left = call.end_of_input().left
    assert left is not None
    assert left.how == "paused"
