"""How far a learner is: each step with how well it is known, and the role-plays with their scores."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from recoverycli.times.wall_clock import to_local
from recoverycli.training.drills.schedule import format_due, format_missed
from recoverycli.training.roleplay.debrief import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.session.transcript.model import Call
    from recoverycli.training.drills.schedule import StepMemory

ORDER = "The order"


class StepProgress(msgspec.Struct, frozen=True):
    """A step, or the order of all (`step` null). What was not tried yet has no tries and no dates.

    `recall` (0 to 1) is how likely it is remembered now, null while it is being learned; `stability` is in days.
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
    due: datetime | None = None
    is_due: bool = False
    told: str = "not asked yet"


class Play(msgspec.Struct, frozen=True):
    """A role-play and its score (0 to 100), null where nothing was answered."""

    at: datetime
    scenario: str
    framework: str
    difficulty: str
    own_words: bool
    score: int | None
    ending: str | None


class Progress(msgspec.Struct, frozen=True):
    """All of it. `learner` is null where names are left out or none is set; role-plays stand in the order of time."""

    schema: int
    learner: str | None
    at: datetime
    answers: int
    right: int
    steps: tuple[StepProgress, ...]
    plays: tuple[Play, ...]

    @property
    def due(self) -> tuple[StepProgress, ...]:
        """What is due now."""
        return tuple(step for step in self.steps if step.is_due)

    @property
    def next(self) -> StepProgress | None:
        """What is due next, where nothing is due now."""
        ahead = [step for step in self.steps if step.due is not None and not step.is_due]
        return min(ahead, key=lambda step: step.due or self.at, default=None)


def progress(
    cards: Sequence[StepMemory],
    frameworks: Mapping[str, Framework],
    role_plays: Iterable[Call],
    answered: tuple[int, int],
    now: datetime,
    learner: str | None,
) -> Progress:
    """Return how far a learner is. `answered` are how many questions, and how many of them right.

    All steps of each tried framework are listed; those of a deleted framework by their ids.
    """
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
        steps += [_step(framework_id, name, step, told, by_step.get((framework_id, step)), now) for step, told in own]
    plays = sorted(map(_play, (call for call in role_plays if call.roleplay)), key=lambda play: play.at)
    return Progress(1, learner, now, *answered, tuple(steps), tuple(plays))


def _step(
    framework: str, framework_name: str, step: str | None, name: str, card: StepMemory | None, now: datetime
) -> StepProgress:
    if card is None:
        return StepProgress(framework, framework_name, step, name)
    return StepProgress(
        framework=framework,
        framework_name=framework_name,
        step=step,
        name=name,
        tries=card.tries,
        missed=card.missed,
        recall=None if card.recall is None else round(card.recall, 4),
        stability=round(card.stability, 4),
        last_at=to_local(card.last_at, now),
        due=to_local(card.due, now),
        is_due=card.is_due(now),
        told=f"{format_missed(card)}; {format_due(card, now)}",
    )


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
    )
