"""How much support a learner still gets: it fades with results, and a criterion ends it. Nothing of it is stored.

The figures are rules of this tool, not findings.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.drills.days import training_day
from recoverycli.training.drills.schedule import HARD_FROM
from recoverycli.training.roleplay.points import score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay
    from recoverycli.store.drill_answers import DrillAnswer

# A score from which on support fades; twice so in own words, so far apart, ends it.
STRONG = 80
APART = timedelta(days=7)


class Support(NamedTuple):
    """What a learner is asked to do: choose or use own words, and whether hints are shown."""

    name: str
    own_words: bool
    hints: bool


LADDER = (
    Support("choose with hints", own_words=False, hints=True),
    Support("choose", own_words=False, hints=False),
    Support("own words with hints", own_words=True, hints=True),
    Support("own words", own_words=True, hints=False),
)
_LAST = len(LADDER) - 1


class PlayResult(NamedTuple):
    """The score of a role-play that was played to its end; `rung` is its place on the ladder."""

    framework: str
    at: datetime
    day: date
    score: int
    rung: int

    @property
    def is_strong(self) -> bool:
        """Whether it counts for the criterion: own words alone, without a hint."""
        return self.rung == _LAST and self.score >= STRONG


class FrameworkSupport(NamedTuple):
    """The support in role-plays of a framework, the strong results in own words, and the day of the criterion."""

    support: Support
    strong: tuple[PlayResult, ...]
    reached_on: date | None

    @property
    def again_from(self) -> date | None:
        """The day from which another strong result meets the criterion; None before the first and after the last."""
        return self.strong[0].day + APART if self.strong and self.reached_on is None else None


def answer_support(answers: Iterable[DrillAnswer], begins: int) -> dict[tuple[str, str | None], Support]:
    """Return the support in the quiz of each step that was asked about, by framework and step.

    It changes between days alone: all answers of a day right is one rung up, fewer than half right one down. What is
    asked a second time in one sitting does not count.
    """
    days: dict[tuple[str, str | None], dict[date, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(answers, key=lambda one: one.at):
        if not one.again:
            days[one.framework, one.step][training_day(one.at, begins)].append(one.right)
    found = {}
    for card, by_day in days.items():
        rung = 0
        for right in by_day.values():
            if all(right):
                rung = min(_LAST, rung + 1)
            elif 2 * sum(right) < len(right):
                rung = max(0, rung - 1)
        found[card] = LADDER[rung]
    return found


def play_results(role_plays: Iterable[Call], begins: int) -> tuple[PlayResult, ...]:
    """Return the results of role-plays that were played to their end, in the order of time."""
    found = []
    for call in role_plays:
        points = score(call.roleplay) if call.roleplay is not None else None
        if call.roleplay is not None and points is not None and call.roleplay.ending is not None:
            day = training_day(call.started_at, begins)
            found.append(PlayResult(call.framework.id, call.started_at, day, points, _rung(call.roleplay)))
    return tuple(sorted(found, key=lambda one: one.at))


def framework_support(results: Sequence[PlayResult]) -> FrameworkSupport:
    """Return the support in role-plays of one framework.

    A strong score leads to the rung after the one it was reached on; a poor one leads one rung back.
    """
    rung = 0
    for one in results:
        if one.score >= STRONG:
            rung = max(rung, min(_LAST, one.rung + 1))
        elif one.score < HARD_FROM and one.rung <= rung:
            rung = max(0, rung - 1)
    strong = tuple(one for one in results if one.is_strong)
    reached = next((one.day for one in strong if one.day - strong[0].day >= APART), None)
    return FrameworkSupport(LADDER[rung], strong, reached)


def _rung(play: TranscriptRoleplay) -> int:
    own = play.own_words and all(turn.own for turn in play.turns)
    hinted = play.hints_shown or bool(play.hints)
    return LADDER.index(next(one for one in LADDER if (one.own_words, one.hints) == (own, hinted)))
