"""When to look at which step again: a fold over answers and role-plays, by the rule of the fsrs library.

Nothing is stored: dates are computed from answers and transcripts, with the library's parameters and without its
randomness, so the same facts always give the same dates. Its steps of minutes are switched off, and it is told days
instead of moments: what is due is due for a whole day.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.drills.days import training_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from recoverycli.session.transcript.model import Call
    from recoverycli.session.transcript.roleplay import TranscriptRoleplay
    from recoverycli.store.drill_answers import DrillAnswer

# The library's ratings: 1 forgotten, 2 with trouble, 3 known, 4 with ease.
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
# The minimum of points of a step in a role-play (0 to 100) for each rating.
HARD_FROM, _GOOD_FROM, _EASY_FROM = 34, 67, 100
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Attempt(NamedTuple):
    """One time that a step was tried. `step` is None for the order of the steps."""

    at: datetime
    day: date
    framework: str
    step: str | None
    rating: int


class StepMemory(NamedTuple):
    """How well a step is known. `recall` (0 to 1) is how likely it is remembered today.

    `stability` are the days after which it falls to nine in ten; `due` is the day to look at it again.
    """

    framework: str
    step: str | None
    due: date
    recall: float
    stability: float
    tries: int
    missed: int
    last_at: datetime
    missed_last: bool

    def is_due(self, today: date) -> bool:
        """Whether it is due."""
        return self.due <= today


def reviews(answers: Iterable[DrillAnswer], role_plays: Iterable[Call], begins: int) -> tuple[Attempt, ...]:
    """Return all tries in the order of their time: answers of drills, and the steps of each role-play.

    What was asked a second time in one sitting, after its answer was shown, is no try. A day begins at the hour
    `begins`.
    """
    found = [
        Attempt(one.at.astimezone(UTC), training_day(one.at, begins), one.framework, one.step, _rating_of(one))
        for one in answers
        if not one.again
    ]
    for call in role_plays:
        if call.roleplay is not None:
            found += _of_role_play(call.framework.id, call.roleplay, begins)
    return tuple(sorted(found, key=lambda one: (one.at, one.framework, one.step or "", one.rating)))


def known_steps(tries: Sequence[Attempt], today: date) -> tuple[StepMemory, ...]:
    """Return what is known of each step that was tried, what to look at first in front.

    That is what is due, then what is not; of both what was missed last, then what is due longest.
    """

    def card(one: Attempt) -> tuple[str, str]:
        return one.framework, one.step or ""

    # Sorting keeps the order of time among the tries of one step.
    cards = [_known_step(list(of_one), today) for _, of_one in groupby(sorted(tries, key=card), key=card)]
    return tuple(
        sorted(
            cards,
            key=lambda one: (not one.is_due(today), not one.missed_last, one.due, one.framework, one.step or ""),
        )
    )


def rating(points: float, *, own_words: bool, hinted: bool) -> int:
    """Return the rating of a step in a role-play. With a hint it is at most 2; 4 is for one's own words alone."""
    if points < HARD_FROM:
        return AGAIN
    if points < _GOOD_FROM or hinted:
        return HARD
    return EASY if points >= _EASY_FROM and own_words else GOOD


def format_reason(one: StepMemory, today: date) -> str:
    """Return why it comes next: "two of three tries missed; due since Tuesday"."""
    return f"{format_missed(one)}; {format_due(one, today)}"


def format_missed(one: StepMemory) -> str:
    """Return how often it was missed, in words."""
    if one.tries == 1:
        return "missed the one time" if one.missed else "tried once, not missed"
    if not one.missed:
        return f"never missed in {_in_words(one.tries)} tries"
    last = ", the last one too" if one.missed_last and one.missed < one.tries else ""
    return f"{_in_words(one.missed)} of {_in_words(one.tries)} tries missed{last}"


def format_due(one: StepMemory, today: date) -> str:
    """Return the day when it is due, as people say it."""
    days = (one.due - today).days
    if days < 0:
        return f"due since {one.due:%A}" if days > -7 else f"due since {one.due:%Y-%m-%d}"
    if days < 2:
        return "due tomorrow" if days else "due today"
    return f"due on {one.due:%A}" if days < 7 else f"due on {one.due:%Y-%m-%d}"


def _known_step(tries: Sequence[Attempt], today: date) -> StepMemory:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
    # The id of a card is not used, and would come from the clock.
    card = Card(card_id=0, due=_midnight(tries[0].day))
    for one in tries:
        card, _ = scheduler.review_card(card, Rating(one.rating), _midnight(one.day))
    last = tries[-1]
    return StepMemory(
        framework=last.framework,
        step=last.step,
        due=card.due.date(),
        recall=scheduler.get_card_retrievability(card, _midnight(today)),
        stability=card.stability or 0.0,
        tries=len(tries),
        missed=sum(one.rating == AGAIN for one in tries),
        last_at=last.at,
        missed_last=last.rating == AGAIN,
    )


def _midnight(day: date) -> datetime:
    """The library counts whole days between two moments."""
    return datetime.combine(day, time(), UTC)


def _rating_of(one: DrillAnswer) -> int:
    if not one.right:
        return AGAIN
    return HARD if one.hinted else GOOD


def _of_role_play(framework: str, play: TranscriptRoleplay, begins: int) -> list[Attempt]:
    """A role-play is one try of each step that was answered in it: the mean of its points, as the debrief tells it."""
    hinted = {one.node for one in play.hints}
    steps = dict.fromkeys(turn.step for turn in play.rated if turn.step)
    found = []
    for step in steps:
        turns = [turn for turn in play.rated if turn.step == step]
        mean = round(sum(turn.points for turn in turns) / len(turns))
        own = all(turn.own for turn in turns)
        with_hints = play.hints_shown or any(turn.node in hinted for turn in turns)
        rated = rating(mean, own_words=own, hinted=with_hints)
        at = turns[-1].at
        found.append(Attempt(at.astimezone(UTC), training_day(at, begins), framework, step, rated))
    return found


def _in_words(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)
