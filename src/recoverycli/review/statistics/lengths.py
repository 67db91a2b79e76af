"""How long something took: how many of each length there are, far fewer rows than calls, and their percentiles."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import fsum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.store.queries import Connection


def lengths(connection: Connection, condition: str, values: tuple[Any, ...]) -> list[tuple[float, int]]:
    """Return how long calls took in seconds, the shortest first, and how many took so long."""
    sql = f"SELECT seconds, count(*) FROM call WHERE {condition} GROUP BY seconds ORDER BY seconds"  # noqa: S608
    return [(seconds, number) for seconds, number in connection.execute(sql, values)]


def total(found: Iterable[tuple[float, int]]) -> float:
    """Return the sum of all lengths, independent of their order."""
    return fsum(seconds * number for seconds, number in found)


def percentiles(found: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Return the median and the 90th percentile of lengths, the shortest first; there is at least one."""
    ends = list(accumulate(number for _, number in found))
    calls = ends[-1]

    def at(place: int) -> float:
        return found[bisect_right(ends, place)][0]

    middle = (at((calls - 1) // 2) + at(calls // 2)) / 2
    return middle, at(min(calls - 1, int(0.9 * calls)))
