"""The whole result of a role-play, as `practice --json` prints it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from recoverycli.content.schema import dedent
from recoverycli.frameworks.model import Mood
from recoverycli.session.events import Given
from recoverycli.training.roleplay.course import course_of
from recoverycli.training.roleplay.debrief import DecisiveAnswer, NotAssessed, QuotedAnswer, StepScore, debrief
from recoverycli.training.roleplay.next_practice import NextPractice
from recoverycli.training.roleplay.points import Point
from recoverycli.training.roleplay.steps_taken import StepLeftOut
from recoverycli.training.scenarios.model import ENDINGS, EndingKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.session.transcript.model import Call
    from recoverycli.training.roleplay.course import PlayedAnswer, PlayedRoleplay
    from recoverycli.training.scenarios.model import Scenario


class AnswerResult(msgspec.Struct, frozen=True):
    """An answer: how it was given, what it did, and which kinds of endings were within reach after it.

    `points` rate it (0 to 100), None if it does not count. `reply` is the id of the scenario's reply, None for own
    words that are none of them.
    """

    number: int
    heard: str
    text: str
    given: Given
    assessed: bool
    reply: str | None
    step: str | None
    takes: tuple[str, ...]
    intents: tuple[str, ...]
    acts: dict[str, str]
    hints: int
    seconds: float
    effect: int
    mood: Mood
    ease: int
    points: int | None
    because: str
    could_end: tuple[EndingKind, ...]


class EndingResult(msgspec.Struct, frozen=True):
    """How it ended: the id and kind of the ending, the customer's last words, and what came of it."""

    id: str
    kind: EndingKind
    says: str
    after: str


class OutcomeResult(msgspec.Struct, frozen=True):
    """The ids of what was agreed, refused and promised, and of the facts that were found out and missed."""

    agreed: tuple[str, ...]
    refused: tuple[str, ...]
    promised: tuple[str, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]


class PracticeResult(msgspec.Struct, frozen=True):
    """The result of a role-play. `points` sum up to `score`, which is None if nothing was answered that counts."""

    id: str
    state: Literal["finished", "abandoned"]
    started_at: datetime
    seconds: float
    scenario: str
    seed: int | None
    framework: str
    difficulty: str
    own_words: bool
    hints_shown: bool
    score: int | None
    hints: int
    ending: EndingResult | None
    outcome: OutcomeResult
    answers: tuple[AnswerResult, ...]
    points: tuple[Point, ...]
    steps: tuple[StepScore, ...]
    taken: tuple[str, ...]
    left_out: tuple[StepLeftOut, ...]
    turning_point: DecisiveAnswer | None
    went_well: QuotedAnswer | None
    not_assessed: tuple[NotAssessed, ...]
    next: NextPractice


class PausedPractice(msgspec.Struct, frozen=True):
    """A role-play that is paused, and the command that continues it."""

    id: str
    state: Literal["paused"]
    resume: str


def practice_schema() -> dict[str, Any]:
    """Return the JSON Schema of what `practice --json` prints after a role-play."""
    printed, parts = msgspec.json.schema_components((PracticeResult, PausedPractice), ref_template="#/$defs/{name}")
    described = {"title": "recoverycli practice", "description": "A role-play that is over or paused."}
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, **described, "anyOf": list(printed), "$defs": dedent(parts)}


def practice_result(call: Call, scenario: Scenario) -> PracticeResult | None:
    """Return the result of a practice transcript of this scenario, drawn with its seed; None if it holds none."""
    play, told = call.roleplay, debrief(call, scenario)
    if play is None or told is None:
        return None
    course = course_of(play, scenario)
    left_out = {one.step for one in told.left_out}
    return PracticeResult(
        id=call.id,
        state=call.state,
        started_at=call.started_at,
        seconds=call.seconds,
        scenario=scenario.id,
        seed=play.seed,
        framework=call.framework.id,
        difficulty=play.difficulty,
        own_words=play.own_words,
        hints_shown=play.hints_shown,
        score=told.score,
        hints=told.hints,
        ending=_ending(play.ending, play.last_words, told.after, scenario),
        outcome=_outcome(course, scenario),
        answers=tuple(map(_answer, course.answers)),
        points=told.points,
        steps=told.steps,
        taken=tuple(step.id for step in call.steps if step.phase == "live" and step.id not in left_out),
        left_out=told.left_out,
        turning_point=told.turning_point,
        went_well=told.went_well,
        not_assessed=told.not_assessed,
        next=told.next,
    )


def _ending(ending: str | None, says: str, after: str, scenario: Scenario) -> EndingResult | None:
    return None if ending is None else EndingResult(ending, scenario.ending(ending).kind, says, after)


def _outcome(course: PlayedRoleplay, scenario: Scenario) -> OutcomeResult:
    facts = [fact.id for fact in scenario.facts]
    if not course.answers:
        return OutcomeResult((), (), (), (), tuple(facts))
    last = course.answers[-1].after
    known = tuple(fact for fact in facts if fact in last.known)
    missed = tuple(fact for fact in facts if fact not in last.known)
    return OutcomeResult(last.agreed, _sort(last.refused), _sort(last.promised), known, missed)


def _answer(one: PlayedAnswer) -> AnswerResult:
    turn = one.turn
    return AnswerResult(
        number=one.number,
        heard=turn.heard,
        text=turn.text,
        given=turn.given,
        assessed=turn.assessed,
        reply=turn.reply or None,
        step=turn.step,
        takes=one.takes,
        intents=turn.intents,
        acts=turn.acts,
        hints=turn.hints,
        seconds=turn.seconds,
        effect=turn.effect,
        mood=turn.mood,
        ease=turn.ease,
        points=turn.points if one.counts else None,
        because=turn.because,
        could_end=tuple(kind for kind in ENDINGS if kind in one.could_end),
    )


def _sort(ids: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(ids))
