"""The two windows of a comparison: as many days before a day as from it on, whole weeks where there is one.

Calls are recorded from the day of the first one to that of the last, whatever they are about: a filter on time or on
the agent narrows that, one on what calls are about does not. Days without matching calls therefore count. A window of
whole weeks holds each weekday as often as the other.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.statistics.denominators import CallCondition
from recoverycli.session.filters import Filters
from recoverycli.store.index.columns import micros

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.store.queries import Connection

WEEK = 7
# What is called lately.
LAST_WEEKS = 4
_DAY = timedelta(days=1)
_SHORTEST = timedelta(microseconds=1)


class Window(msgspec.Struct, frozen=True):
    """Days from `since` to `until`, both included, as YYYY-MM-DD; None for both where there is no whole day."""

    since: str | None
    until: str | None

    def condition(self) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition of calls of these days, as SQL, and the values that are bound to it."""
        if self.since is None or self.until is None:
            return "FALSE", ()
        # A day is that of the place of the call; the time, a day wider for every zone, spares other months.
        ends = (f"{self.since}T00:00Z", f"{self.until}T00:00Z")
        first, last = (
            micros(datetime.fromisoformat(end) + days * _DAY) for end, days in zip(ends, (-1, 2), strict=True)
        )
        return "day BETWEEN ? AND ? AND started BETWEEN ? AND ?", (self.since, self.until, first, last)


def windows(connection: Connection, wanted: Filters, now: datetime, day: date) -> tuple[int, Window, Window]:
    """Return the number of days of each window, the window before that day, and the one from it on."""
    recorded = _recorded_days(connection, wanted, now)
    if recorded is None:
        return 0, Window(None, None), Window(None, None)
    first, last = recorded
    days = max(0, min((day - first).days, (last - day).days + 1))
    days -= days % WEEK if days >= WEEK else 0
    if not days:
        return 0, Window(None, None), Window(None, None)
    return days, _window(day - days * _DAY, days), _window(day, days)


def recent_day(connection: Connection, wanted: Filters, now: datetime) -> date | None:
    """Return the day from which on the last weeks are compared with as many before: four, or half of those recorded.

    None where less than two weeks are recorded.
    """
    recorded = _recorded_days(connection, wanted, now)
    if recorded is None:
        return None
    first, last = recorded
    weeks = min(LAST_WEEKS, ((last - first).days + 1) // (2 * WEEK))
    return last + _DAY - weeks * WEEK * _DAY if weeks > 0 else None


def spread(before: Sequence[int], after: Sequence[int]) -> float:
    """Return the variance of the calls of a day divided by their mean, at least 1: more where they come in clusters.

    Each window has its own mean, from two weeks on each of its weekdays. Pearson's chi-squared by its degrees of
    freedom, as in a quasi-Poisson model.
    """
    alike = WEEK if len(before) >= 2 * WEEK else 1
    cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for side, calls in enumerate((before, after)):
        for place, number in enumerate(calls):
            cells[side, place % alike].append(number)
    squares, free = 0.0, 0
    for numbers in cells.values():
        mean = sum(numbers) / len(numbers)
        if mean:
            squares += sum((number - mean) ** 2 for number in numbers) / mean
            free += len(numbers) - 1
    return max(1.0, squares / free) if free else 1.0


def _window(first: date, days: int) -> Window:
    return Window(first.isoformat(), (first + (days - 1) * _DAY).isoformat())


def _recorded_days(connection: Connection, wanted: Filters, now: datetime) -> tuple[date, date] | None:
    """The first and the last whole day on which calls were recorded; None without calls."""
    anything = CallCondition(Filters(since=wanted.since, until=wanted.until, agent=wanted.agent))
    oldest = CallCondition(wanted) if wanted.limit is not None else anything
    ends = oldest.day_at_end(connection, "ASC"), anything.day_at_end(connection, "DESC")
    if ends[0] is None or ends[1] is None:
        return None
    first, last = (date.fromisoformat(end) for end in ends if end)
    if wanted.limit is not None:
        # The calls of that day before the oldest of the newest ones are left out.
        first += _DAY
    if wanted.since is not None:
        first = max(first, _whole_day(wanted.since, -_SHORTEST, _DAY))
    if wanted.until is not None:
        last = min(last, _whole_day(wanted.until, _SHORTEST, -_DAY))
    # Today is not over.
    return first, last - _DAY if last == now.date() else last


def _whole_day(end: datetime | date, beyond: timedelta, inward: timedelta) -> date:
    """The outermost whole day within the end of a filter."""
    return (end + beyond).date() + inward if isinstance(end, datetime) else end
