"""Intervals of differences and ratios, the chance of each, and the correction for many of them.

Shares: Newcombe's hybrid score interval for a difference of two independent shares (Newcombe 1998, Statistics in
Medicine 17, method 10), from Wilson's interval of each; the chance is that of Fisher's exact test, two-sided by
doubling the smaller tail. Two numbers of calls in windows of the same length: under no change each call falls into
either window alike, so that Wilson's interval of the share in the second window gives that of the ratio.
"""

from __future__ import annotations

from math import exp, inf, lgamma, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.95
_NORMAL = NormalDist()
Z = _NORMAL.inv_cdf(0.5 + LEVEL / 2)
# Terms of a tail that are smaller by so much do not change its sum.
_NOTHING = 1e-17


class Interval(NamedTuple):
    """What encloses a difference or a ratio at LEVEL, and the chance of one so large if there is none."""

    low: float
    high: float
    chance: float


def wilson(count: float, of: float) -> tuple[float, float]:
    """Return Wilson's score interval of a share."""
    middle = (count + Z**2 / 2) / (of + Z**2)
    half = Z / (of + Z**2) * sqrt(max(0.0, count * (of - count) / of) + Z**2 / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Return the interval of the share after less the share before, each as (count, of)."""
    (first, of_first), (second, of_second) = before, after
    p1, p2 = second / of_second, first / of_first
    (low1, high1), (low2, high2) = wilson(second, of_second), wilson(first, of_first)
    return (
        p1 - p2 - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
        p1 - p2 + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
    )


def share_difference(before: tuple[int, int], after: tuple[int, int]) -> Interval:
    """Return the difference of two shares, each as (count, of)."""
    (first, of_first), (second, of_second) = before, after
    of, calls = first + second, of_first + of_second
    # The tail on the side of the difference is the smaller one.
    is_more = second * of_first >= first * of_second
    count, there = (second, of_second) if is_more else (first, of_first)
    return Interval(*newcombe(before, after), min(1.0, 2 * at_least(count, of, there, calls)))


def at_least(count: int, of: int, there: int, calls: int) -> float:
    """Return the chance of `count` or more in a place: `of` drawn from `calls`, `there` of which are in the place.

    The tail of the hypergeometric distribution, each term by the logarithms of its binomial coefficients.
    """
    whole, tail = _log_choose(calls, of), 0.0
    for number in range(max(count, of + there - calls, 0), min(of, there) + 1):
        term = exp(_log_choose(there, number) + _log_choose(calls - there, of - number) - whole)
        tail += term
        # Beyond the middle the terms only get smaller.
        if number * calls > of * there and term < tail * _NOTHING:
            break
    return min(1.0, tail)


def _log_choose(of: int, number: int) -> float:
    return lgamma(of + 1) - lgamma(number + 1) - lgamma(of - number + 1)


def mean_difference(difference: float, error: float) -> Interval:
    """Return a difference of means with that standard error, by the normal distribution (Welch's interval)."""
    chance = two_sided(abs(difference) / error) if error else float(difference == 0)
    return Interval(difference - Z * error, difference + Z * error, chance)


def rate_ratio(before: int, after: int, spread: float) -> Interval:
    """Return how many times as many calls a window of the same length has.

    `spread` is the variance of the calls of a day divided by their mean, at least 1: calls that come in clusters tell
    as little as so many fewer. The upper end is infinite where none came before.
    """
    low, high = wilson(after / spread, (before + after) / spread)
    chance = two_sided(abs(after - before) / sqrt((before + after) * spread))
    return Interval(low / (1 - low) if after else 0.0, high / (1 - high) if before else inf, chance)


def holm(chances: Sequence[float], tests: int | None = None) -> list[float]:
    """Return chances corrected for the number of tests by Holm's step-down procedure (1979), in their order.

    `tests` is the number of all tests, where `chances` are the smallest of more.
    """
    number = len(chances) if tests is None else tests
    corrected = [0.0] * len(chances)
    highest = 0.0
    for place, index in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        highest = max(highest, min(1.0, chances[index] * (number - place)))
        corrected[index] = highest
    return corrected


def two_sided(z: float) -> float:
    """Return the chance of a standard normal value as far from 0."""
    return 2 * _NORMAL.cdf(-z)
