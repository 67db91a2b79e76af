"""How far a learner is: each step with how well it is known, and the role-plays with their scores."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.times.wall_clock import to_local
from recoverycli.training.drills.schedule import format_due, format_missed
from recoverycli.training.drills.support import LADDER, STRONG
from recoverycli.training.roleplay.points import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptTurn
    from recoverycli.training.drills.schedule import StepMemory
    from recoverycli.training.drills.support import FrameworkSupport, Support

ORDER = "The order"


class StepProgress(msgspec.Struct, frozen=True):
    """A step, or the order of all (`step` null). What was not tried yet has no tries and no dates.

    `recall` (0 to 1) is how likely it is remembered today, null before the first try; `stability` is in days. `support`
    is what is left of it in the quiz, in words.
    """

    framework: str
    framework_name: str
    step: str | None
    name: str
    tries: int = 0
    missed: int = 0
    recall: float | None = None
    stability: float | None = None
    last_at: datetime | None = None
    due: date | None = None
    is_due: bool = False
    support: str = LADDER[0].name
    told: str = "not asked yet"


class FrameworkProgress(msgspec.Struct, frozen=True):
    """How far a learner is in the role-plays of a framework: the support that is left, and what ends it.

    `strong` are the scores that count for that, `reached_on` is the day when it was reached.
    """

    framework: str
    framework_name: str
    support: str
    strong: tuple[int, ...]
    reached_on: date | None
    told: str


class PlayAnswer(msgspec.Struct, frozen=True):
    """An answer in a role-play: how it was given, the hints seen before it, its time; null points: not assessed."""

    node: str
    step: str | None
    given: str
    hints: int
    seconds: float
    points: int | None


class Play(msgspec.Struct, frozen=True):
    """A role-play and its score (0 to 100), null where nothing was answered that can be assessed."""

    at: datetime
    scenario: str
    framework: str
    difficulty: str
    own_words: bool
    score: int | None
    ending: str | None
    answers: tuple[PlayAnswer, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """All of it. `learner` is null where names are left out or none is set; role-plays stand in the order of time."""

    schema: int
    learner: str | None
    at: datetime
    answers: int
    right: int
    steps: tuple[StepProgress, ...]
    frameworks: tuple[FrameworkProgress, ...]
    plays: tuple[Play, ...]

    @property
    def due(self) -> tuple[StepProgress, ...]:
        """What is due today."""
        return tuple(step for step in self.steps if step.is_due)

    @property
    def next(self) -> StepProgress | None:
        """What is due next, where nothing is due today."""
        ahead = [step for step in self.steps if step.due is not None and not step.is_due]
        return min(ahead, key=lambda step: step.due or date.max, default=None)


class SupportLeft(NamedTuple):
    """The support that is left: in the quiz by framework and step, in role-plays by framework."""

    quiz: Mapping[tuple[str, str | None], Support]
    role_plays: Mapping[str, FrameworkSupport]


def progress(
    cards: Sequence[StepMemory],
    frameworks: Mapping[str, Framework],
    role_plays: Iterable[Call],
    left: SupportLeft,
    answered: tuple[int, int],
    moment: tuple[datetime, date],
    learner: str | None,
) -> Progress:
    """Return how far a learner is. `answered` are how many questions, and how many of them right.

    `moment` is the present and its day of training. All steps of each tried framework are listed; those of a deleted
    framework by their ids.
    """
    now, today = moment
    by_step = {(card.framework, card.step): card for card in cards}
    steps: list[StepProgress] = []
    for framework_id in dict.fromkeys(card.framework for card in sorted(cards, key=lambda card: card.framework)):
        framework = frameworks.get(framework_id)
        own: list[tuple[str | None, str]] = [(step.id, step.name) for step in framework.steps] if framework else []
        there = {step for step, _ in own}
        own += [
            (card.step, card.step or ORDER)
            for card in cards
            if card.framework == framework_id and card.step not in there
        ]
        name = framework.name if framework else framework_id
        for step, told in own:
            begun = StepProgress(framework_id, name, step, told)
            card = by_step.get((framework_id, step))
            steps.append(begun if card is None else _step(begun, card, left.quiz, now, today))
    told_of = tuple(_framework(framework_id, frameworks, own) for framework_id, own in sorted(left.role_plays.items()))
    plays = sorted(map(_play, (call for call in role_plays if call.roleplay)), key=lambda play: play.at)
    return Progress(2, learner, now, *answered, tuple(steps), told_of, tuple(plays))


def _step(
    begun: StepProgress,
    card: StepMemory,
    quiz: Mapping[tuple[str, str | None], Support],
    now: datetime,
    today: date,
) -> StepProgress:
    return msgspec.structs.replace(
        begun,
        tries=card.tries,
        missed=card.missed,
        recall=round(card.recall, 4),
        stability=round(card.stability, 4),
        last_at=to_local(card.last_at, now),
        due=card.due,
        is_due=card.is_due(today),
        support=quiz.get((card.framework, card.step), LADDER[0]).name,
        told=f"{format_missed(card)}; {format_due(card, today)}",
    )


def _framework(framework_id: str, frameworks: Mapping[str, Framework], own: FrameworkSupport) -> FrameworkProgress:
    scores = tuple(one.score for one in own.strong)
    in_words = " and ".join(f"{one.score} on {one.day}" for one in own.strong)
    if own.reached_on is not None:
        first, last = own.strong[0], next(one for one in own.strong if one.day == own.reached_on)
        told = f"reached on {own.reached_on}: {first.score} on {first.day} and {last.score} on {last.day}"
    elif own.again_from is not None:
        told = f"{own.support.name}; {in_words}, once more at {STRONG} or more from {own.again_from} on"
    else:
        told = own.support.name
    name = frameworks[framework_id].name if framework_id in frameworks else framework_id
    return FrameworkProgress(framework_id, name, own.support.name, scores, own.reached_on, told)


def _play(call: Call) -> Play:
    play = call.roleplay
    return Play(
        at=call.started_at,
        scenario=call.scenario or "",
        framework=call.framework.id,
        difficulty=play.difficulty if play else "",
        own_words=play.own_words if play else False,
        score=score(play) if play else None,
        ending=play.ending_kind if play else None,
        answers=tuple(map(_answer, play.turns)) if play else (),
    )


def _answer(turn: TranscriptTurn) -> PlayAnswer:
    points = turn.points if turn.assessed else None
    return PlayAnswer(turn.node, turn.step, turn.given, turn.hints, turn.seconds, points)
