"""How far reviewers agree about the same calls: by criterion, and where they are furthest apart.

The statistic is Krippendorff's alpha with squared differences of the points (the interval metric): it takes any number
of reviewers, and calls that not all of them judged (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
1 is full agreement, 0 is what chance gives.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from recoverycli.review.scoring.model import Scorecard

# On fewer calls alpha is mostly chance.
FEWEST_CALLS = 10
_MOST_GAPS = 5


class ReviewerPoints(NamedTuple):
    """What a reviewer thinks of a call: points from 0 to 1 by criterion, and the reviewer's name, None without one."""

    call: str
    by: str | None
    points: Mapping[str, float]


class ReviewerAgreement(msgspec.Struct, frozen=True):
    """How far reviewers agree on a criterion, over the calls that at least two of them judged by it.

    `same` of all `pairs` of reviewers of the same call gave the same answer. `alpha` is Krippendorff's, None on fewer
    than 10 calls, and where all answers are the same.
    """

    id: str
    criterion: str
    calls: int
    pairs: int
    same: int
    alpha: float | None


class ReviewerGap(msgspec.Struct, frozen=True):
    """A call on which two reviewers differ: by how many of 100 points, over the criteria that both judged.

    `points` is the mean of the differences by criterion, with the weights of the card; None if both judged none of
    them. `differ` are the criteria with another answer, `critical` the critical items.
    """

    call: str
    between: tuple[str | None, str | None]
    points: int | None
    criteria: int
    differ: tuple[str, ...]
    critical: tuple[str, ...]


def agreement(judged: Sequence[ReviewerPoints], card: Scorecard) -> Iterator[ReviewerAgreement]:
    """Yield the agreement on each criterion and critical item that two reviewers judged in the same call."""
    by_call = _by_call(judged)
    for item, name in card.names.items():
        units = [[one.points[item] for one in reviewers if item in one.points] for reviewers in by_call.values()]
        units = [unit for unit in units if len(unit) > 1]
        if units:
            pairs = [pair for unit in units for pair in combinations(unit, 2)]
            alpha = krippendorff_alpha(units) if len(units) >= FEWEST_CALLS else None
            same = sum(one == other for one, other in pairs)
            yield ReviewerAgreement(item, name, len(units), len(pairs), same, alpha)


def krippendorff_alpha(units: Sequence[Sequence[float]]) -> float | None:
    """Return alpha over units of at least two values each, to 3 places; None where all values are the same."""
    values = [value for unit in units for value in unit]
    by_chance = _squared_differences(values) / (len(values) - 1)
    if by_chance == 0:
        return None
    return round(1 - sum(_squared_differences(unit) / (len(unit) - 1) for unit in units) / by_chance, 3)


def _squared_differences(values: Sequence[float]) -> float:
    """The sum over all ordered pairs."""
    return sum(2 * (one - other) ** 2 for one, other in combinations(sorted(values), 2))


def widest_gaps(judged: Sequence[ReviewerPoints], card: Scorecard) -> tuple[ReviewerGap, ...]:
    """Return the calls on which two reviewers differ most, the widest gap first; other critical verdicts come first."""
    gaps = []
    for reviewers in _by_call(judged).values():
        pairs = (_gap(one, other, card) for one, other in combinations(reviewers, 2))
        widest = max(pairs, key=_width, default=None)
        if widest is not None and (widest.critical or widest.points):
            gaps.append(widest)
    return tuple(sorted(gaps, key=_width, reverse=True)[:_MOST_GAPS])


def _width(gap: ReviewerGap) -> tuple[int, int]:
    return len(gap.critical), gap.points or 0


def _gap(one: ReviewerPoints, other: ReviewerPoints, card: Scorecard) -> ReviewerGap:
    both = [item for item in card.criteria if item.id in one.points and item.id in other.points]
    weight = sum(item.weight for item in both)
    apart = sum(item.weight * abs(one.points[item.id] - other.points[item.id]) for item in both)
    return ReviewerGap(
        call=one.call,
        between=(one.by, other.by),
        points=round(100 * apart / weight) if weight else None,
        criteria=len(both),
        differ=tuple(item.name for item in both if one.points[item.id] != other.points[item.id]),
        critical=tuple(
            item.name
            for item in card.critical
            if {item.id} <= one.points.keys() & other.points.keys() and one.points[item.id] != other.points[item.id]
        ),
    )


def _by_call(judged: Sequence[ReviewerPoints]) -> dict[str, list[ReviewerPoints]]:
    calls: dict[str, list[ReviewerPoints]] = {}
    for one in judged:
        calls.setdefault(one.call, []).append(one)
    return calls
