"""The days of a page of one's own calls: a week from Monday, a month, or any days; and the ones before them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import msgspec

Span = Literal["week", "month", "days"]
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


class Period(msgspec.Struct, frozen=True):
    """Days from `since` to `until`, both included."""

    span: Span
    since: date
    until: date

    def before(self) -> Period:
        """Return the period of the same kind before it; of any days, as many of them."""
        last = self.since - _DAY
        match self.span:
            case "month":
                return month_of(last)
            case "week":
                return week_of(last)
        return Period("days", self.since - (self.until - self.since) - _DAY, last)

    def holds(self, since: date, until: date) -> bool:
        """Whether these days all lie in it."""
        return self.since <= since and until <= self.until


def week_of(day: date) -> Period:
    """Return the week of a day, Monday to Sunday."""
    monday = day - day.weekday() * _DAY
    return Period("week", monday, monday + _WEEK - _DAY)


def month_of(day: date) -> Period:
    """Return the month of a day."""
    first = day.replace(day=1)
    return Period("month", first, (first + 31 * _DAY).replace(day=1) - _DAY)
