"""Random calls through every built-in playbook: no guess, no step done that was not, no value of a wrong type."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.content.library import Source
from recoverycli.frameworks.conditions import evaluate
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.paths import answers_of, decide
from recoverycli.frameworks.values import Money
from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.session import events as ev
from recoverycli.times.future import read_date
from tests.conftest import Clock
from tests.content import started

if TYPE_CHECKING:
    from recoverycli.frameworks.conditions import When
    from recoverycli.session.grammar.questions import Question
    from recoverycli.session.model import Session

LIBRARY = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))
PLAYBOOKS = [one.content.id for one in LIBRARY.listing().entries if one.content.branches]
MOVES = [
    "", "", "", "", "b", "b", "u", "/skip", "/skip no time", "/switch", "/card fraud", "/card bereavement",
    "/switch learn", "1", "2", "leave", "stay", "/tick 1", "/mood angry", "/next", "a note of it",
]  # fmt: skip
# What people type for a value, right or wrong for its kind.
WORDS = [
    "3", "-1", "0", "20 EUR", "12,50", "a lot", "yesterday", "next friday", "31 february", "banana", "A-17", "maybe",
    "yes", "no",
]  # fmt: skip
TYPES = {"number": Decimal, "money": Money, "date": date}
DRAWN = st.tuples(st.integers(0, 11), st.integers(0, 10**6))


def line_of(kind: int, number: int, call: LiveCall, question: Question | None) -> str:
    """A line that somebody may type now: an answer, a value, a jump, another playbook, or a key."""
    session = call.session
    captures = list(session.captures.values())
    steps = [record.step.id for record in session.walk]
    if kind <= 3 and captures:
        capture = captures[number % len(captures)]
        words = (*answers_of(capture), *WORDS)
        return f"/set {capture.id} {words[number // 7 % len(words)]}"
    if kind == 4:
        return f"/goto {steps[number % len(steps)]}"
    if kind == 5:
        return f"/switch {PLAYBOOKS[number % len(PLAYBOOKS)]}"
    if kind <= 8 and question is not None:
        options = (*question.options, *question.options, *WORDS)
        return options[number % len(options)]
    return MOVES[number % len(MOVES)]


def check_values(session: Session) -> None:
    """Every value is one of its kind, where it is stored and where conditions look at it."""
    for record in session.steps:
        for capture in record.step.capture:
            words = record.captured.get(capture.id)
            assert words is None or not answers_of(capture) or words in answers_of(capture), capture.id
    known = session.evidence.values
    for name, capture in session.captures.items():
        if name in known:
            assert not answers_of(capture) or known[name] in answers_of(capture), name
            assert isinstance(known[name], TYPES.get(capture.kind, str)), name
    for name, words in session.worked_out.items():
        choices = answers_of(session.captures[name])
        assert not choices or words in choices, name


def holds(when: When, session: Session) -> bool | None:
    """Whether a condition holds; None if nobody told what it depends on.

    What asks for one value of each name is decided here, without the code that decides it in a call.
    """
    told = {name: words for name, words in session.known.items() if name not in session.stale}
    told = {name: words for name, words in told.items() if name in session.evidence.values}
    if isinstance(when, dict) and all(isinstance(one, str) and name in session.captures for name, one in when.items()):
        if any(name in told and told[name] != one for name, one in when.items()):
            return False
        return True if when.keys() <= told.keys() else None
    return evaluate(when, session.evidence)


def check_ways(session: Session) -> None:
    """Every step that was left led on by an answer: no condition before the path that was taken was open."""
    for before in session.history:
        moved, earlier = before.event, before.session
        if not isinstance(moved, ev.Moved | ev.Returned) or moved.leaving == "left" or earlier.here is None:
            continue
        fits = None
        for path in earlier.here.step.paths:
            answer = holds(path.when, earlier)
            assert answer is not None, f"{earlier.here.step.id} was left, and {path.when} is open"
            if answer:
                fits = path
                break
        if fits is not None and fits.to != "on" and isinstance(moved, ev.Moved):
            first = (*fits.through, fits.to)[0]
            assert moved.to == (None if first == "wrap-up" else first)


def check_done(session: Session) -> None:
    """A step is done if it was left as done, or where a switch took over what was done for the same purpose."""
    left = [
        (before.session, before.event)
        for before in session.history
        if isinstance(before.event, ev.Moved | ev.Returned) and before.session.here is not None
    ]
    done = {one.here.key for one, event in left if one.here is not None and event.leaving == "done"}
    returns = {
        (one.places[-2].framework.id, one.places[-2].step, one.framework.id)
        for one, event in left
        if isinstance(event, ev.Returned) and event.finished
    }
    for record in session.steps:
        if record.status != "done":
            continue
        step = record.step
        if step.call is not None:
            assert (record.framework, step.id, step.call) in returns
        if record.key not in done:
            assert not step.procedure
            assert not step.paths
            assert not step.by_path
            assert step.call is None
            purposes = {
                intent
                for other in session.steps
                if other.key in done and other.framework != record.framework and not other.step.procedure
                for intent in (other.step.intent, *other.step.also)
            }
            assert step.intent in purposes


@pytest.mark.parametrize("playbook", PLAYBOOKS)
@pytest.mark.parametrize("asks", [True, False])
@settings(max_examples=8)
@given(drawn=st.lists(DRAWN, min_size=10, max_size=60))
def test_no_way_is_guessed_and_nothing_is_done_that_was_not(
    playbook: str, asks: bool, drawn: list[tuple[int, int]]
) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as home:
        world = CallEnvironment(Path(home), clock, LIBRARY.load, read_date, asks=asks)
        call = LiveCall.start(world, lambda: started(LIBRARY.load(playbook).content, clock()))
        question = None
        for kind, number in drawn:
            reply = call.hear(line_of(kind, number, call, question))
            question = reply.question
            check_values(call.session)
            if reply.left is not None or call.session.finished is not None:
                break
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
