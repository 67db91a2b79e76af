"""Did a change help: the same measures before and after a day, each with an interval of the difference.

Shares: Newcombe's hybrid score interval for a difference of two independent shares (Newcombe 1998, Statistics in
Medicine 17, method 10), from Wilson's interval of each. Mean length: Welch's interval, with the normal quantile, which
from FEWEST_LENGTHS calls on each side differs from Student's by less than a twentieth. Calls a week: the interval of a
ratio of two Poisson rates, by the normal approximation of its logarithm. All are intervals of 95 %.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.review.statistics.counts import lengths, total
from recoverycli.review.statistics.denominators import CALL_SHARES, FINISHED, CallCondition, kept_in_time
from recoverycli.review.statistics.figures import FEWEST
from recoverycli.review.statistics.groups import SUMS, call_sums

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

LEVEL = 0.95
FEWEST_LENGTHS = 30
_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


class Measure(msgspec.Struct, frozen=True):
    """A measure before and after. `low` and `high` enclose the difference (of a rate: the ratio); None: too few calls.

    `unit` is "share" (0 to 1), "seconds" or "a week"; `calls` are those behind each side.
    """

    name: str
    unit: str
    before: float | None
    after: float | None
    calls_before: int
    calls_after: int
    low: float | None
    high: float | None
    sentence: str


class BeforeAndAfter(msgspec.Struct, frozen=True):
    """The measures before a day, and from it on."""

    day: str
    measures: tuple[Measure, ...]


class _Side(NamedTuple):
    calls: int
    days: int
    shares: dict[str, tuple[int, int]]
    lengths: int
    mean: float
    variance: float


def change(connection: Connection, wanted: Filters, now: datetime, day: date) -> BeforeAndAfter:
    """Return the measures before and from that day on, among the matching calls."""
    among = CallCondition(wanted)
    before, after = (_side(connection, among, now, sign, day) for sign in ("<", ">="))
    shares = [_share(name, before.shares[name], after.shares[name]) for name in before.shares]
    return BeforeAndAfter(day.isoformat(), (_rate(before, after), *shares, _length(before, after)))


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return Wilson's score interval of a share."""
    middle = (count + _Z**2 / 2) / (of + _Z**2)
    half = _Z / (of + _Z**2) * sqrt(count * (of - count) / of + _Z**2 / 4)
    return middle - half, middle + half


def newcombe(before: tuple[int, int], after: tuple[int, int]) -> tuple[float, float]:
    """Return the interval of the share after less the share before, each as (count, of)."""
    (first, of_first), (second, of_second) = before, after
    p1, p2 = second / of_second, first / of_first
    (low1, high1), (low2, high2) = wilson(second, of_second), wilson(first, of_first)
    return (
        p1 - p2 - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2),
        p1 - p2 + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2),
    )


def _side(connection: Connection, among: CallCondition, now: datetime, sign: str, day: date) -> _Side:
    values = (*among.values, day.isoformat())
    where = f"{among.calls} AND day {sign} ?"
    first, last, *row = connection.execute(
        f"SELECT min(day), max(day), {SUMS} FROM call WHERE {where}",  # noqa: S608
        values,
    ).fetchone()
    sums, promises = call_sums(row), kept_in_time(now)
    kept, settled = connection.execute(
        f"SELECT {promises.sums} FROM commitment WHERE call IN (SELECT key FROM call WHERE {where})",  # noqa: S608
        values,
    ).fetchone()
    found = lengths(connection, f"{where} AND {FINISHED.condition}", values)
    finished = sum(number for _, number in found)
    mean = total(found) / finished if finished else 0.0
    squares = total((seconds * seconds, number) for seconds, number in found)
    variance = max(0.0, (squares - finished * mean**2) / (finished - 1)) if finished > 1 else 0.0
    shares = {rule.name: pair for rule, pair in zip(CALL_SHARES, sums.shares, strict=True)}
    shares[promises.name] = kept, settled
    # The days between the first and the last call; on the side of the change the day of the change bounds it.
    bounds = [date.fromisoformat(one) for one in (first, last) if one]
    bounds.append(day if sign == ">=" else day - timedelta(days=1))
    return _Side(
        sums.calls, (max(bounds) - min(bounds)).days + 1 if sums.calls else 0, shares, finished, mean, variance
    )


def _share(name: str, before: tuple[int, int], after: tuple[int, int]) -> Measure:
    enough = min(before[1], after[1]) >= FEWEST
    low, high = newcombe(before, after) if enough else (None, None)
    sides = [count / of if of else None for count, of in (before, after)]
    told = f"{name}: {_percent(sides[0])} of {before[1]} before, {_percent(sides[1])} of {after[1]} after; "
    span = f"{low:+.0%} to {high:+.0%}" if low is not None and high is not None else ""
    return _measure(name, "share", sides, (before[1], after[1]), (low, high), told, span, same=0.0)


def _length(before: _Side, after: _Side) -> Measure:
    low = high = None
    if min(before.lengths, after.lengths) >= FEWEST_LENGTHS:
        half = _Z * sqrt(before.variance / before.lengths + after.variance / after.lengths)
        low, high = after.mean - before.mean - half, after.mean - before.mean + half
    sides = [side.mean if side.lengths else None for side in (before, after)]
    told = f"mean length: {before.mean:.0f} s before, {after.mean:.0f} s after; "
    span = f"{low:+.0f} to {high:+.0f} s" if low is not None and high is not None else ""
    return _measure("mean length", "seconds", sides, (before.lengths, after.lengths), (low, high), told, span, same=0.0)


def _rate(before: _Side, after: _Side) -> Measure:
    rates = [7 * side.calls / side.days if side.days else None for side in (before, after)]
    low = high = None
    if min(before.calls, after.calls) >= FEWEST and rates[0] and rates[1]:
        middle, half = log(rates[1] / rates[0]), _Z * sqrt(1 / before.calls + 1 / after.calls)
        low, high = exp(middle - half), exp(middle + half)
    told = f"calls a week: {rates[0] or 0:.1f} before, {rates[1] or 0:.1f} after; "
    span = f"{low:.2f} to {high:.2f} times as many" if low is not None and high is not None else ""
    return _measure("calls a week", "a week", rates, (before.calls, after.calls), (low, high), told, span, same=1.0)


def _measure(
    name: str,
    unit: str,
    sides: list[float | None],
    calls: tuple[int, int],
    bounds: tuple[float | None, float | None],
    told: str,
    span: str,
    *,
    same: float,
) -> Measure:
    low, high = bounds
    if low is None or high is None:
        verdict = "too few calls to tell"
    elif low <= same <= high:
        verdict = f"no difference beyond chance ({span})"
    else:
        verdict = f"{'' if unit == 'a week' else 'a difference of '}{span}, more than chance explains"
    was, now = (side and round(side, 4) for side in sides)
    return Measure(name, unit, was, now, *calls, low, high, told + verdict)


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"
