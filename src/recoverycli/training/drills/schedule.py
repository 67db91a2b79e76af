"""When to look at which step again: a fold over answers and role-plays, by the rule of the fsrs library.

Nothing is stored: dates are computed from answers and transcripts, with the library's parameters and steps and without
its randomness, so the same facts always give the same dates.
"""

from __future__ import annotations

from datetime import UTC
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay
    from recoverycli.store.drill_answers import DrillAnswer

# The library's ratings: 1 forgotten, 2 with trouble, 3 known, 4 with ease.
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
# The minimum of points of a step in a role-play (0 to 100) for each rating.
_HARD_FROM, _GOOD_FROM, _EASY_FROM = 34, 67, 100
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Attempt(NamedTuple):
    """One time that a step was tried. `step` is None for the order of the steps."""

    at: datetime
    framework: str
    step: str | None
    rating: int


class StepMemory(NamedTuple):
    """How well a step is known. `recall` (0 to 1) is how likely it is remembered now; None while it is being learned.

    `stability` are the days after which it falls to nine in ten; `due` is when to look at it again.
    """

    framework: str
    step: str | None
    due: datetime
    recall: float | None
    stability: float
    tries: int
    missed: int
    last_at: datetime
    missed_last: bool

    def is_due(self, now: datetime) -> bool:
        """Whether it is due; a step that was missed last time is always due."""
        return self.missed_last or self.due <= now


def reviews(answers: Iterable[DrillAnswer], role_plays: Iterable[Call]) -> tuple[Attempt, ...]:
    """Return all tries in the order of their time: answers of drills, and the steps of each role-play."""
    found = [Attempt(one.at.astimezone(UTC), one.framework, one.step, GOOD if one.right else AGAIN) for one in answers]
    for call in role_plays:
        if call.roleplay is not None:
            found += _of_role_play(call.framework.id, call.roleplay)
    return tuple(sorted(found, key=lambda one: (one.at, one.framework, one.step or "", one.rating)))


def known_steps(tries: Sequence[Attempt], now: datetime) -> tuple[StepMemory, ...]:
    """Return what is known of each step that was tried, what to look at first in front. `now` is aware."""

    def card(one: Attempt) -> tuple[str, str]:
        return one.framework, one.step or ""

    # Sorting keeps the order of time among the tries of one step.
    return rank(_known_step(list(of_one), now) for _, of_one in groupby(sorted(tries, key=card), key=card))


def rank(cards: Iterable[StepMemory]) -> tuple[StepMemory, ...]:
    """Return them in the order to look at: what was missed last, then what is due longest."""
    return tuple(sorted(cards, key=lambda one: (not one.missed_last, one.due, one.framework, one.step or "")))


def rating(points: float, *, own_words: bool, hinted: bool) -> int:
    """Return the rating of a step in a role-play. With a hint it is at most 2; 4 is for one's own words alone."""
    if points < _HARD_FROM:
        return AGAIN
    if points < _GOOD_FROM or hinted:
        return HARD
    return EASY if points >= _EASY_FROM and own_words else GOOD


def format_reason(one: StepMemory, now: datetime) -> str:
    """Return why it comes next: "two of three missed; due since Tuesday"."""
    return f"{format_missed(one)}; {format_due(one, now)}"


def format_missed(one: StepMemory) -> str:
    """Return how often it was missed, in words."""
    if one.tries == 1:
        return "missed the one time" if one.missed else "tried once, not missed"
    if not one.missed:
        return f"never missed in {_in_words(one.tries)} tries"
    return f"{_in_words(one.missed)} of {_in_words(one.tries)} tries missed"


def format_due(one: StepMemory, now: datetime) -> str:
    """Return when it is due, as people say it."""
    shown = to_local(one.due, now)
    days = (shown.date() - to_local(now, now).date()).days
    if days < 0:
        return f"due since {shown:%A}" if days > -7 else f"due since {shown:%Y-%m-%d}"
    if one.missed_last:
        return "missed last time"
    if one.due <= now:
        return "due now"
    if not days:
        return f"due today at {shown:%H:%M}"
    if days == 1:
        return "due tomorrow"
    return f"due on {shown:%A}" if days < 7 else f"due on {shown:%Y-%m-%d}"


def _known_step(tries: Sequence[Attempt], now: datetime) -> StepMemory:
    from fsrs import Card, Rating, Scheduler, State

    scheduler = Scheduler(enable_fuzzing=False)
    # The id of a card is not used, and would come from the clock.
    card = Card(card_id=0, due=tries[0].at)
    for one in tries:
        card, _ = scheduler.review_card(card, Rating(one.rating), one.at)
    last = tries[-1]
    is_learned = card.state == State.Review
    return StepMemory(
        framework=last.framework,
        step=last.step,
        due=card.due,
        recall=scheduler.get_card_retrievability(card, now.astimezone(UTC)) if is_learned else None,
        stability=card.stability or 0.0,
        tries=len(tries),
        missed=sum(one.rating == AGAIN for one in tries),
        last_at=last.at,
        missed_last=last.rating == AGAIN,
    )


def _of_role_play(framework: str, play: TranscriptRoleplay) -> list[Attempt]:
    """A role-play is one try of each step that was answered in it: the mean of its points, as the debrief tells it."""
    hinted = {one.node for one in play.hints}
    steps = dict.fromkeys(turn.step for turn in play.turns if turn.step)
    found = []
    for step in steps:
        turns = [turn for turn in play.turns if turn.step == step]
        mean = round(sum(turn.points for turn in turns) / len(turns))
        own = all(turn.own for turn in turns)
        rated = rating(mean, own_words=own, hinted=any(turn.node in hinted for turn in turns))
        found.append(Attempt(turns[-1].at.astimezone(UTC), framework, step, rated))
    return found


def _in_words(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)
