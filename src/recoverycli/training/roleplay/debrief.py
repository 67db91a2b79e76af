"""The debrief of a role-play: steps never taken, what decided it, what went well, and one thing to practise next.

Every judgement comes from the answers of the transcript and belongs to the step that the answer was given in. Own words
that nobody can tell what they do are shown as not assessed; nothing else is said of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.training.roleplay.course import course_of
from recoverycli.training.roleplay.feedback import lines_of, quotes_whole
from recoverycli.training.roleplay.hints import best
from recoverycli.training.roleplay.next_practice import NextPractice, next_practice
from recoverycli.training.roleplay.points import Point, score, score_points
from recoverycli.training.roleplay.steps_taken import StepLeftOut, steps_left_out
from recoverycli.training.roleplay.turning_point import turning_point

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call
    from recoverycli.training.roleplay.course import PlayedAnswer, PlayedRoleplay
    from recoverycli.training.roleplay.turning_point import TurningPoint
    from recoverycli.training.scenarios.model import EndingKind, Scenario

_GOOD = 67


class StepScore(msgspec.Struct, frozen=True):
    """How the answers of a step stood: the mean of their points, and the evidence of those that were assessed.

    `taken` is false if they were given where the step was due and did nothing of it.
    """

    step: str | None
    name: str
    points: int
    answers: int
    not_assessed: int
    taken: bool
    evidence: tuple[str, ...]


class NotAssessed(msgspec.Struct, frozen=True):
    """Own words that nobody can tell what they do, and whether the conversation went on without an answer."""

    answer: int
    said: str
    went_on: bool


class StrongerAnswer(msgspec.Struct, frozen=True):
    """An answer that was not the strongest, what it did, and the strongest that could have been given.

    `said` is empty if it was not assessed.
    """

    answer: int
    heard: str
    said: str
    because: str
    instead: str


class QuotedAnswer(msgspec.Struct, frozen=True):
    """An answer of which the debrief says something: its number from 1, its words, and what is said."""

    answer: int
    said: str
    says: tuple[str, ...]


class DecisiveAnswer(msgspec.Struct, frozen=True):
    """The answer that decided the ending, and in which direction."""

    answer: int
    said: str
    direction: Literal["better", "worse"]
    says: str


class Debrief(NamedTuple):
    """The debrief. `score` is 0 to 100, None if nothing was answered that counts; `points` sum up to it.

    `agreed` says whether any remedy was agreed in the end; None if the scenario has no remedies.
    """

    scenario: str
    ending: str | None
    ending_kind: EndingKind | None
    after: str
    agreed: bool | None
    score: int | None
    hints: int
    left_out: tuple[StepLeftOut, ...]
    turning_point: DecisiveAnswer | None
    went_well: QuotedAnswer | None
    next: NextPractice
    steps: tuple[StepScore, ...]
    not_assessed: tuple[NotAssessed, ...]
    stronger: tuple[StrongerAnswer, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    points: tuple[Point, ...]


def debrief(call: Call, scenario: Scenario) -> Debrief | None:
    """Return the debrief of a practice transcript of this scenario, drawn with its seed; None if it holds none."""
    play = call.roleplay
    if play is None:
        return None
    course = course_of(play, scenario)
    known = {turn.reveals for turn in play.turns}
    turned = turning_point(course)
    left_out = steps_left_out(call, course)
    following = next_practice(call, course, left_out)
    return Debrief(
        scenario=scenario.name,
        ending=play.ending,
        ending_kind=course.ending,
        after=course.answers[-1].after.after if course.answers else "",
        agreed=bool(course.answers and course.answers[-1].after.agreed) if scenario.remedies else None,
        score=score(play),
        hints=len(play.hints),
        left_out=left_out,
        turning_point=None if turned is None else _decisive(turned),
        went_well=_went_well(course, turned),
        next=following,
        steps=_steps(call, course),
        not_assessed=tuple(_not_assessed(course)),
        stronger=tuple(_stronger(course, following)),
        found=tuple(f"{fact.what} {fact.matters}" for fact in scenario.facts if fact.id in known),
        missed=tuple(f"{fact.what} {fact.matters}" for fact in scenario.facts if fact.id not in known),
        points=score_points(course, play.hints),
    )


def _decisive(turned: TurningPoint) -> DecisiveAnswer:
    return DecisiveAnswer(turned.answer.number, turned.answer.turn.text, turned.direction, turned.says)


def _went_well(course: PlayedRoleplay, turned: TurningPoint | None) -> QuotedAnswer | None:
    """The best answer beside the turning point; None if no other was good."""
    elsewhere = turned.answer.turn.text if turned is not None else None
    good = [one for one in course.rated if one.may_praise and one.turn.points >= _GOOD and one.turn.text != elsewhere]
    one = max(good, key=lambda one: (one.turn.points, one.turn.effect), default=None)
    if one is None:
        return None
    return QuotedAnswer(one.number, one.turn.text, lines_of(one.turn))


def _steps(call: Call, course: PlayedRoleplay) -> tuple[StepScore, ...]:
    names = {step.id: step.name for step in call.steps}
    by_step: dict[str | None, list[PlayedAnswer]] = {}
    for one in course.rated:
        by_step.setdefault(one.turn.step, []).append(one)
    taken = {step for one in course.rated if one.turn.assessed for step in one.takes}
    return tuple(
        StepScore(
            step,
            names.get(step or "", "Outside of the steps"),
            round(sum(one.turn.points for one in answers) / len(answers)),
            len(answers),
            sum(not one.turn.assessed for one in answers),
            step is None or step in taken,
            tuple(line for one in answers if one.turn.assessed for line in _evidence(one)),
        )
        for step, answers in by_step.items()
    )


def _evidence(one: PlayedAnswer) -> tuple[str, ...]:
    turn = one.turn
    if not turn.acts:
        return (f'"{turn.text}" {turn.because}',)
    told = lines_of(turn)
    return told if quotes_whole(turn.text, told) else (f'"{turn.text}"', *told)


def _not_assessed(course: PlayedRoleplay) -> list[NotAssessed]:
    return [NotAssessed(one.number, one.turn.text, one.counts) for one in course.answers if not one.turn.assessed]


def _stronger(course: PlayedRoleplay, following: NextPractice) -> list[StrongerAnswer]:
    """The answers that were not good, without the one that is the next to practise."""
    told = []
    for one in course.rated:
        strongest = best(one.before)
        if (
            one.turn.points < _GOOD
            and one.number != following.answer
            and strongest is not None
            and strongest.id != one.turn.reply
        ):
            told.append(StrongerAnswer(one.number, one.turn.heard, one.assessed_text, one.turn.because, strongest.say))
    return told
