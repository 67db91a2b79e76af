"""Did a change help: the same measures before a day and from it on, in windows of the same length.

Each measure has an interval of 95 % of its own (see `intervals`), and a chance that is corrected by Holm's procedure
for all measures that were looked at: the chance of even one false alarm among them is below ALPHA. Without enough calls
a measure is not looked at: FEWEST on each side for a share, FEWEST_LENGTHS for a mean length, FEWEST on either side for
the number of calls, so that an issue that vanished is seen.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from recoverycli.review.statistics.denominators import CALL_SHARES, TIMED, CallCondition, kept_in_time
from recoverycli.review.statistics.figures import FEWEST
from recoverycli.review.statistics.groups import SUMS, call_sums
from recoverycli.review.statistics.intervals import Interval, holm, mean_difference, rate_ratio, share_difference
from recoverycli.review.statistics.lengths import lengths, total
from recoverycli.review.statistics.windows import WEEK, Window, spread, windows

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

ALPHA = 0.05
FEWEST_LENGTHS = 30

Unit = Literal["a week", "share", "seconds"]
Verdict = Literal["more", "less", "unclear", "too few"]


class Measure(msgspec.Struct, frozen=True):
    """A measure before and after, with the number behind each side; `among` says what that number counts.

    `low` and `high` enclose the difference, of calls a week the ratio; `high` is None if none came before, both are
    with too few. `chance` is corrected for all measures. The verdict is "more" or "less" where chance is an unlikely
    explanation, "unclear" where it may be one.
    """

    name: str
    unit: Unit
    before: float | None
    after: float | None
    calls_before: int
    calls_after: int
    among: str
    low: float | None
    high: float | None
    chance: float | None
    verdict: Verdict
    sentence: str


class BeforeAndAfter(msgspec.Struct, frozen=True):
    """The measures in two windows of `days` days: before a day, and from it on."""

    day: str
    days: int
    before: Window
    after: Window
    measures: tuple[Measure, ...]


class _Side(NamedTuple):
    """The calls of a window: of each day, the shares as (count, of), and the lengths of the finished ones."""

    calls: tuple[int, ...]
    shares: tuple[tuple[int, int], ...]
    lengths: int
    mean: float
    variance: float


class _Tested(NamedTuple):
    """A measure before the correction: its two sides in figures and words, and its interval; None: too few."""

    name: str
    unit: Unit
    sides: tuple[float | None, float | None]
    calls: tuple[int, int]
    among: str
    told: str
    found: Interval | None


def change(connection: Connection, wanted: Filters, now: datetime, day: date) -> BeforeAndAfter:
    """Return the measures before and from that day on, among the matching calls."""
    days, earlier, later = windows(connection, wanted, now, day)
    before, after = (_side(connection, wanted, now, window, days) for window in (earlier, later))
    rules = (*CALL_SHARES, kept_in_time(now))
    shares = [
        _share(rule.name, rule.of.words, before.shares[place], after.shares[place]) for place, rule in enumerate(rules)
    ]
    tested = [_rate(before, after), *shares, _length(before, after)]
    corrected = iter(holm([one.found.chance for one in tested if one.found]))
    number = sum(one.found is not None for one in tested)
    measures = tuple(_measure(one, next(corrected) if one.found else None, number) for one in tested)
    return BeforeAndAfter(day.isoformat(), days, earlier, later, measures)


def _side(connection: Connection, wanted: Filters, now: datetime, window: Window, days: int) -> _Side:
    among, promises = CallCondition(wanted), kept_in_time(now)
    within, ends = window.condition()
    where, values = f"{among.calls} AND {within}", (*among.values, *ends)
    sums = call_sums(connection.execute(f"SELECT {SUMS} FROM call WHERE {where}", values).fetchone())  # noqa: S608
    kept = connection.execute(
        f"SELECT {promises.sums} FROM commitment WHERE call IN (SELECT key FROM call WHERE {where})",  # noqa: S608
        values,
    ).fetchone()
    each_day = dict(
        connection.execute(f"SELECT day, count(*) FROM call WHERE {where} GROUP BY day", values).fetchall()  # noqa: S608
    )
    found = lengths(connection, f"{where} AND {TIMED.condition}", values)
    finished = sum(number for _, number in found)
    mean = total(found) / finished if finished else 0.0
    squares = total((seconds * seconds, number) for seconds, number in found)
    return _Side(
        calls=tuple(each_day.get(day, 0) for day in _days(window, days)),
        shares=(*sums.shares, tuple(kept)),
        lengths=finished,
        mean=mean,
        variance=max(0.0, (squares - finished * mean**2) / (finished - 1)) if finished > 1 else 0.0,
    )


def _days(window: Window, days: int) -> list[str]:
    if window.since is None:
        return []
    first = date.fromisoformat(window.since)
    return [(first + timedelta(days=day)).isoformat() for day in range(days)]


def _rate(before: _Side, after: _Side) -> _Tested:
    calls = sum(before.calls), sum(after.calls)
    days = len(before.calls)
    rates = [WEEK * number / days if days else None for number in calls]
    found = rate_ratio(*calls, spread(before.calls, after.calls)) if max(calls) >= FEWEST else None
    told = [
        f"{rate or 0:.1f} ({number:,} calls)" if number else "none" for rate, number in zip(rates, calls, strict=True)
    ]
    return _Tested(
        "calls a week", "a week", (rates[0], rates[1]), calls, "calls", f"{told[0]} before, {told[1]} after", found
    )


def _share(name: str, among: str, before: tuple[int, int], after: tuple[int, int]) -> _Tested:
    found = share_difference(before, after) if min(before[1], after[1]) >= FEWEST else None
    sides = [count / of if of else None for count, of in (before, after)]
    told = [f"{_percent(side)} of {of:,}" for side, (_, of) in zip(sides, (before, after), strict=True)]
    return _Tested(
        name, "share", (sides[0], sides[1]), (before[1], after[1]), among, f"{told[0]} before, {told[1]} after", found
    )


def _length(before: _Side, after: _Side) -> _Tested:
    numbers = before.lengths, after.lengths
    found = None
    if min(numbers) >= FEWEST_LENGTHS:
        error = (before.variance / before.lengths + after.variance / after.lengths) ** 0.5
        found = mean_difference(after.mean - before.mean, error)
    sides = [side.mean if side.lengths else None for side in (before, after)]
    told = [f"{side.mean:.0f} s ({side.lengths:,} calls)" if side.lengths else "none" for side in (before, after)]
    return _Tested(
        "mean length", "seconds", (sides[0], sides[1]), numbers, TIMED.words,
        f"{told[0]} before, {told[1]} after", found,
    )  # fmt: skip


def _measure(one: _Tested, chance: float | None, number: int) -> Measure:
    found = one.found
    was, now = (side if side is None else round(side, 4) for side in one.sides)
    verdict = _verdict(one, chance)
    return Measure(
        name=one.name,
        unit=one.unit,
        before=was,
        after=now,
        calls_before=one.calls[0],
        calls_after=one.calls[1],
        among=one.among,
        low=found and round(found.low, 4),
        high=round(found.high, 4) if found and found.high < inf else None,
        chance=None if chance is None else round(chance, 6),
        verdict=verdict,
        sentence=f"{one.name}: {one.told}; {_conclusion(one, verdict, number)}",
    )


def _verdict(one: _Tested, chance: float | None) -> Verdict:
    if one.found is None or chance is None:
        return "too few"
    if chance > ALPHA:
        return "unclear"
    return "more" if (one.sides[1] or 0.0) > (one.sides[0] or 0.0) else "less"


_WORDS: dict[tuple[Unit, Verdict], str] = {
    ("a week", "more"): "more", ("a week", "less"): "fewer", ("share", "more"): "more often",
    ("share", "less"): "less often", ("seconds", "more"): "longer", ("seconds", "less"): "shorter",
}  # fmt: skip


def _conclusion(one: _Tested, verdict: Verdict, number: int) -> str:
    """What can be said of a measure, in words."""
    if one.found is None:
        return "too few to tell"
    span = _span(one.unit, one.found)
    if verdict in ("more", "less"):
        words = _WORDS[one.unit, verdict]
        if one.unit == "a week" and not all(one.calls):
            words = "new" if one.calls[1] else "vanished"
        return f"{words}: {span}; unlikely to be chance"
    same = 1.0 if one.unit == "a week" else 0.0
    if one.found.low <= same <= one.found.high:
        return f"no difference beyond chance ({span})"
    return f"may be chance: such a difference ({span}) is not rare among {number} measures"


def _span(unit: Unit, found: Interval) -> str:
    low, high, _ = found
    if unit == "share":
        return f"{100 * low:+.0f} to {100 * high:+.0f} points"
    if unit == "seconds":
        return f"{low:+.0f} to {high:+.0f} s"
    if high == inf:
        return f"at least {low:.2g} times as many"
    return f"{low:.2f} to {high:.2f} times as many" if low else f"at most {high:.2f} times as many"


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"
