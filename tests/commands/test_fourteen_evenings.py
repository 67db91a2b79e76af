"""Fourteen evenings of practice with the real commands and files, and a clock that the test sets."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest

from recoverycli.commands.common.context import GlobalOptions, Setup
from recoverycli.commands.practice import plan_next
from recoverycli.commands.progress import _progress, read_progress
from recoverycli.commands.quiz import _ask, _Wish, choose_questions
from recoverycli.session.transcript.roleplay import TranscriptRoleplay, TranscriptTurn
from recoverycli.training.quiz.questions import QuizQuestion, turn
from tests import present
from tests.review.calls import a_call

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.training.drills.weakest import Plan

FIRST = datetime(2026, 11, 2, tzinfo=UTC)
# The hours of the evenings: earlier each day at first, then after midnight, which is still the same evening.
HOURS = (21, 20.5, 20, 19.5, 23.9, 24.5, 27.9, 18, 22, 17, 25, 20, 26, 19)
# The scores of the role-plays: 84 and 86 are a week apart, 81 between them is too early.
SCORES = (60, 85, 82, 90, 84, 50, 70, 79, 81, 60, 75, 86)
SUPPORT = ("choose with hints", "choose with hints", "choose", "own words with hints", *["own words"] * 8)
# On these evenings one question is not known at first.
MISSED_ON = {1, 4, 6}


class Evening(NamedTuple):
    """What there was to do: the questions, the plan for a role-play, and the names of the goals that are reached."""

    questions: tuple[QuizQuestion, ...]
    planned: Plan | None
    reached: tuple[str, ...]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the commands print."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, printed: io.StringIO) -> Setup:
    """The setup of all evenings, which prints to `printed`."""
    monkeypatch.setenv("RECOVERY_CONFIG_HOME", str(tmp_path / "config"))
    return Setup(GlobalOptions(no_input=True, plain=True, data_dir=str(tmp_path / "data")))


def answer(question: QuizQuestion) -> str:
    return " ".join(map(str, question.answer)) if question.options else question.example


def typed(questions: tuple[QuizQuestion, ...], *, missed: bool) -> str:
    """All answers right, but for the first question, if one is missed: it comes again at the end."""
    lines = [answer(question) for question in questions]
    if missed:
        lines = ["?", *lines[1:], answer(turn(questions[0]))]
    return "".join(f"{line}\n" for line in lines)


def role_play(planned: Plan, at: datetime, score: int) -> Call:
    """A role-play of the plan in which every answer had these points."""
    call = a_call(at=at, scenario=planned.scenario, kind="practice")
    turns = tuple(
        TranscriptTurn(
            at=at, node="a", heard="?", reply="r", text="!", because="", penalty=0, effect=1, mood="calm", ease=6,
            points=score, step=step, given="own-words" if planned.own_words else "picked",
        )
        for step in ("listen", "apologize", "resolve")
    )  # fmt: skip
    play = TranscriptRoleplay(
        digest="0", difficulty="easy", own_words=planned.own_words, ending="end", ending_kind="recovered",
        last_words="Thank you.", hints=(), turns=turns, hints_shown=planned.hints,
    )  # fmt: skip
    named = msgspec.structs.replace(call.framework, id=planned.framework, name=planned.framework_name)
    return msgspec.structs.replace(call, framework=named, roleplay=play)


def due_at(setup: Setup, moment: datetime) -> list[tuple[str, str | None]]:
    found = read_progress(setup, setup.library(), moment)
    return [(card.framework, card.step) for card in found.cards if card.is_due(found.today)]


def practise(setup: Setup, monkeypatch: pytest.MonkeyPatch, number: int) -> Evening:
    """One evening: the quiz, then the role-play that is planned."""
    moment = FIRST + timedelta(days=number, hours=HOURS[number])
    begins = FIRST + timedelta(days=number, hours=4)
    last_minute = begins + timedelta(hours=23, minutes=59)
    assert due_at(setup, begins) == due_at(setup, moment) == due_at(setup, last_minute), "due for the whole day"
    with present.at(moment):
        asked = choose_questions(setup, _Wish(None, number + 1, 8, None, None, ""))
        lines = typed(asked.questions, missed=number in MISSED_ON)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), encoding="utf-8"))
        _ask(setup, asked)
        assert due_at(setup, last_minute) == [], "what was answered does not come again on the same day"
        planned, reached = plan_next(setup, None)
        if planned is not None:
            setup.archive(practice=True).write(role_play(planned, moment, SCORES[number]))
    return Evening(asked.questions, planned, reached)


@pytest.mark.slow
def test_there_is_something_to_do_each_evening_support_fades_and_the_criterion_ends_it(
    setup: Setup, monkeypatch: pytest.MonkeyPatch, printed: io.StringIO
) -> None:
    evenings = [practise(setup, monkeypatch, number) for number in range(len(HOURS))]
    assert all(evening.questions for evening in evenings)
    plans = [evening.planned for evening in evenings if evening.planned is not None]
    assert len(plans) == len(SCORES)
    assert tuple(planned.support for planned in plans) == SUPPORT
    assert [evening.reached for evening in evenings] == [()] * len(SCORES) + [("LEARN",)] * 2
    scenarios = [planned.scenario for planned in plans]
    for number, scenario in enumerate(scenarios):
        assert scenario is not None
        assert scenario not in scenarios[max(0, number - 2) : number], number
    first, last = evenings[0].questions, [one for evening in evenings[-4:] for one in evening.questions]
    assert all(question.hint and not question.is_typed for question in first)
    assert any(question.is_typed and not question.hint for question in last)
    assert printed.getvalue().count(", once more: ") == len(MISSED_ON)
    assert "The reader cannot tell" not in printed.getvalue()
    with present.at(FIRST + timedelta(days=len(HOURS), hours=20)):
        told = _progress(setup, named=False)
    (goal,) = told.frameworks
    assert goal.told == "reached on 2026-11-13: 84 on 2026-11-06 and 86 on 2026-11-13"
    assert {step.support for step in told.steps} >= {"own words"}
    assert sum(step.missed for step in told.steps) == len(MISSED_ON)
