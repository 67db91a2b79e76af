"""How a customer of each difficulty behaves, and the mood of each ease. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Mood
    from recoverycli.training.scenarios.model import Difficulty

MOST_EASE = 10
_BEGINS: dict[Mood, int] = {"angry": 2, "upset": 4, "anxious": 5, "calm": 7}
# The highest ease of each mood; above the last one, the customer is calm.
_MOODS: tuple[tuple[int, Mood], ...] = ((2, "angry"), (4, "upset"), (6, "anxious"))


class Behaviour(NamedTuple):
    """How a customer of one difficulty behaves.

    `loss` multiplies what a poor reply costs; `hears_first` halves what anything but hearing them gains until they
    were heard; `tires` makes a second apology gain nothing; `walks_out` lets them leave when nothing is left to lose.
    """

    loss: float
    hears_first: bool
    tires: bool
    walks_out: bool


BEHAVIOURS: dict[Difficulty, Behaviour] = {
    "easy": Behaviour(loss=0.5, hears_first=False, tires=False, walks_out=False),
    "medium": Behaviour(loss=1, hears_first=False, tires=True, walks_out=True),
    "hard": Behaviour(loss=1.5, hears_first=True, tires=True, walks_out=True),
}


def mood_of(ease: int) -> Mood:
    """Return the mood of an ease."""
    return next((mood for most, mood in _MOODS if ease <= most), "calm")


def ease_of(mood: Mood) -> int:
    """Return the ease with which a customer of this mood begins."""
    return _BEGINS[mood]
