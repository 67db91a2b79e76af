"""A day in words, past or ahead: `3 weeks ago`, `12 november`, `friday`. Several days where people mean either."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from recoverycli.text.number_words import with_digits
from recoverycli.times.past import read_time
from recoverycli.times.vocabulary import MONTH

if TYPE_CHECKING:
    from collections.abc import Callable


# What names several days is no day.
_SPAN = re.compile(r"(?:this|last) (?:week|month|quarter|year)")
_NAMES_MONTH = re.compile(rf"\b{MONTH}\b|\d[./-]\d")
_NAMES_YEAR = re.compile(r"\b\d{4}\b|\d[./-]\d{1,2}[./-]\d{2}\b")
# A date without a year is surely the nearest if that is within three months.
_NEAR = 92


def read_day(
    words: str, now: datetime, read_ahead: Callable[[str, datetime], datetime | tuple[datetime, ...] | None]
) -> tuple[date, ...]:
    """Return the days that the whole of `words` can name, in their order; none if they are no day."""
    text = with_digits(" ".join(words.casefold().split()))
    if _SPAN.fullmatch(text):
        return ()
    past = read_time(text, now)
    found = read_ahead(words, now)
    ahead = [one.date() for one in (found if isinstance(found, tuple) else (found,)) if one is not None]
    if _NAMES_MONTH.search(text) and not _NAMES_YEAR.search(text):
        return _around(ahead, now.date())
    before = {past.date() if isinstance(past, datetime) else past} if past is not None else set()
    return tuple(sorted(before | {*ahead}))


def _around(ahead: list[date], today: date) -> tuple[date, ...]:
    """The days of a date without a year, this time and the last: those that lie near, if any does."""
    days = sorted({*ahead, *(_year_before(day) for day in ahead)})
    near = [day for day in days if abs((day - today).days) <= _NEAR]
    return tuple(near or days)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
