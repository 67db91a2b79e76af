"""The turning point of a role-play: the answer that decided how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.training.scenarios.model import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.training.roleplay.course import PlayedAnswer, PlayedRoleplay

_WELL, _SETTLED, _LOST = range(len(ENDINGS))
_NO_LONGER_WELL = "From here the call could no longer end well."
_NO_LONGER_SAVED = "From here the call could no longer be saved."
_TURNED = "Here the call turned for the better."
_SAFELY_WELL = "From here the call could only end well."
_SAFE = "From here the customer could no longer be lost."


class TurningPoint(NamedTuple):
    """The answer that decided the ending, and in which direction."""

    answer: PlayedAnswer
    direction: Literal["better", "worse"]
    says: str


def turning_point(course: PlayedRoleplay) -> TurningPoint | None:
    """Return the turning point; None if no answer decided the ending, or only one that was not assessed.

    A call was decided where endings of another kind went out of reach: for a lost one all others, for one that was
    settled without trust the good ones, for a good one all others. What was left before its end is decided only if the
    good endings went out of reach.
    """
    best, poorest = _reach(course, min), _reach(course, max)
    match course.ending:
        case "lost":
            return _worse(course, lambda number: best[number] == _LOST, _NO_LONGER_SAVED)
        case "recovered":
            harmed = any(one.turn.effect < 0 for one in course.answers)
            return _better(course, lambda number: poorest[number] == _WELL, _TURNED if harmed else _SAFELY_WELL)
        case _ if best[0] == _WELL:
            return _worse(course, lambda number: best[number] > _WELL, _NO_LONGER_WELL)
        case "patched-up":
            return _better(course, lambda number: poorest[number] <= _SETTLED, _SAFE)
        case _:
            return None


def _reach(course: PlayedRoleplay, extreme: Callable[[list[int]], int]) -> list[int]:
    """The best or the poorest kind within reach before the first answer and after each."""
    kinds = (course.could_end, *(one.could_end for one in course.answers))
    return [extreme([ENDINGS.index(kind) for kind in within]) for within in kinds]


def _worse(course: PlayedRoleplay, is_decided: Callable[[int], bool], says: str) -> TurningPoint | None:
    one = _first(course, is_decided)
    return TurningPoint(one, "worse", says) if one is not None and one.turn.assessed else None


def _better(course: PlayedRoleplay, is_decided: Callable[[int], bool], says: str) -> TurningPoint | None:
    one = _first(course, is_decided)
    return TurningPoint(one, "better", says) if one is not None and one.may_praise else None


def _first(course: PlayedRoleplay, is_decided: Callable[[int], bool]) -> PlayedAnswer | None:
    """The first answer after which it is decided; None if it was before any answer."""
    if is_decided(0):
        return None
    return next((one for one in course.answers if is_decided(one.number)), None)
