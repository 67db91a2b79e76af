"""Promises kept in time by the week in which they were due, and whether that changes more than chance would make it.

The test is that of Cochran and Armitage for a trend in proportions (Armitage 1955, Biometrics 11): the weighted linear
regression of the share of each week on the number of the week, under no trend; two-sided by the normal distribution.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from math import sqrt
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.review.statistics.denominators import CallCondition, kept_in_time
from recoverycli.review.statistics.figures import FEWEST, Share, share
from recoverycli.review.statistics.groupings import WEEK
from recoverycli.review.statistics.intervals import two_sided
from recoverycli.store.index.columns import Micros, from_micros

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

ALPHA = 0.05
FEWEST_WEEKS = 4
_WEEK = timedelta(weeks=1) // timedelta(microseconds=1)
# 1970 began on a Thursday.
_MONDAY = timedelta(days=3) // timedelta(microseconds=1)

Verdict = Literal["rising", "falling", "unclear", "too few"]


class PromiseWeek(msgspec.Struct, frozen=True):
    """The promises that were due in a week (UTC), such as 2026-W07."""

    week: str
    kept_in_time: Share


class PromiseTrend(msgspec.Struct, frozen=True):
    """The weeks in which promises were due, and what became of the share that was kept in time.

    `verdict` is "rising" or "falling" where chance is an unlikely explanation; `chance` is None with too few.
    """

    weeks: tuple[PromiseWeek, ...]
    chance: float | None
    verdict: Verdict


def promise_trend(connection: Connection, wanted: Filters, now: datetime) -> PromiseTrend:
    """Return the trend of the promises of the matching calls. `now` is aware."""
    among, rule = CallCondition(wanted), kept_in_time(now)
    found = connection.execute(
        f"SELECT (promised + {_MONDAY}) / {_WEEK}, {rule.sums} FROM commitment"  # noqa: S608
        f" WHERE {rule.of.condition} AND {among.of_calls} GROUP BY 1 ORDER BY 1",
        among.values,
    ).fetchall()
    chance, slope = trend(found)
    weeks = tuple(PromiseWeek(_name(week), share(rule, kept, of)) for week, kept, of in found)
    if chance is None:
        return PromiseTrend(weeks, None, "too few")
    verdict: Verdict = "unclear" if chance > ALPHA else "rising" if slope > 0 else "falling"
    return PromiseTrend(weeks, round(chance, 6), verdict)


def _name(week: int) -> str:
    return WEEK.label(from_micros(Micros(week * _WEEK - _MONDAY)).astimezone(UTC).date().isoformat())


def trend(weeks: Sequence[tuple[int, int, int]]) -> tuple[float | None, float]:
    """Return the chance of such a trend if there is none, None with too few, and its direction.

    Weeks are (number of the week, promises kept, promises).
    """
    of = sum(number for _, _, number in weeks)
    kept = sum(number for _, number, _ in weeks)
    if len(weeks) < FEWEST_WEEKS or min(kept, of - kept) < FEWEST:
        return None, 0.0
    mean = sum(week * number for week, _, number in weeks) / of
    slope = sum((week - mean) * number for week, number, _ in weeks)
    variance = kept / of * (1 - kept / of) * sum(number * (week - mean) ** 2 for week, _, number in weeks)
    return two_sided(abs(slope) / sqrt(variance)), slope
