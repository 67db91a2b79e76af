"""Working days, working hours and public holidays, by the `holidays` library and the settings `country` and `hours`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from holidays import HolidayBase

_DAY = timedelta(days=1)
_HOURS = re.compile(r"(\d{1,2})(?::(\d\d))? ?(?:-|to) ?(\d{1,2})(?::(\d\d))?")
_COUNTRY = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
# A day of working hours is at least this long, so that counting them ends.
_SHORTEST = 60
_MOST_DAYS = 1000


class UnknownCountry(ValueError):
    """There are no public holidays for this country or part of it."""


class WorkingTime(NamedTuple):
    """When work is done: `country` is `DE` or `DE-BY`, None without public holidays; hours in minutes of the day."""

    country: str | None = None
    opens: int = 9 * 60
    closes: int = 17 * 60


# Without settings.
OFFICE_HOURS = WorkingTime()


class Today(NamedTuple):
    """The day on which the words are said, the working time, and whether a time still to come today is said beside.

    `is_over` says that the working day has ended.
    """

    day: date
    time: WorkingTime
    is_ahead: bool = False
    is_over: bool = False


def read_hours(text: str) -> tuple[int, int] | None:
    """Return beginning and end of working hours such as `09:00-17:30` in minutes of the day; None for other words."""
    found = _HOURS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    opens, closes = (int(found[hour]) * 60 + int(found[hour + 1] or 0) for hour in (1, 3))
    minutes_exist = all(int(found[group] or 0) < 60 for group in (2, 4))
    return (opens, closes) if minutes_exist and opens + _SHORTEST <= closes <= 24 * 60 - 1 else None


def hours_text(opens: int, closes: int) -> str:
    """Return working hours (minutes of the day) as they are written: `09:00-17:30`."""
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (opens, closes))


def is_country_code(text: str) -> bool:
    """Whether `text` has the form of a country, `DE`, or of a part of one, `DE-BY`. It need not exist."""
    return _COUNTRY.fullmatch(text) is not None


def check_country(code: str) -> None:
    """Raise UnknownCountry, with what exists, where the library has no holidays for `code`."""
    _calendar(code)


def is_working_day(day: date, time: WorkingTime) -> bool:
    """Whether `day` is neither a weekend nor a public holiday. Raises UnknownCountry."""
    return day.weekday() < 5 if time.country is None else _calendar(time.country).is_working_day(day)


def working_day_after(day: date, count: int, time: WorkingTime) -> date:
    """Return the working day that is `count` working days after `day`; a negative count goes back.

    Raises UnknownCountry, OverflowError where that is too far away.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(_MOST_DAYS * 3):
        if not count:
            return day
        day += step
        count -= step.days * is_working_day(day, time)
    raise OverflowError


def working_minutes_after(day: date, minute: int, count: int, time: WorkingTime) -> tuple[date, int]:
    """Return day and minute after `count` minutes of working time from `minute` of `day`.

    Raises UnknownCountry, OverflowError where that is too far away.
    """
    for _ in range(_MOST_DAYS):
        start = max(minute, time.opens)
        if is_working_day(day, time) and start < time.closes:
            if start + count <= time.closes:
                return day, start + count
            count -= time.closes - start
        day, minute = day + _DAY, 0
    raise OverflowError


def named_holidays(name: str, today: date, time: WorkingTime) -> tuple[date, ...]:
    """Return the next day of the public holiday with that name in the country; none without a country or such a name.

    `name` is lower case. Raises UnknownCountry.
    """
    if time.country is None:
        return ()
    plain = _plain_name(name)
    wanted, years = {plain, f"{plain} day"}, (today.year, today.year + 1)
    days = {day for year in years for day, names in _names(time.country, year) if wanted & names}
    return tuple(sorted(day for day in days if day >= today)[:1])


def next_holidays(today: date, time: WorkingTime) -> tuple[date, ...]:
    """Return the public holidays of this year and the next, from `today`; none without a country."""
    if time.country is None:
        return ()
    years = (today.year, today.year + 1)
    return tuple(sorted(day for year in years for day, _ in _names(time.country, year) if day >= today))


@lru_cache(maxsize=8)
def _calendar(code: str, language: str | None = None) -> HolidayBase:
    import holidays

    country, _, part = code.partition("-")
    try:
        return holidays.country_holidays(country, subdiv=part or None, language=language)
    except NotImplementedError as unknown:
        raise UnknownCountry(str(unknown)) from unknown


@lru_cache(maxsize=16)
def _names(code: str, year: int) -> tuple[tuple[date, frozenset[str]], ...]:
    """The holidays of a year with their names, in the language of the country and in English."""
    from datetime import date as day_of

    found: dict[date, set[str]] = {}
    languages = {language for language in _calendar(code).supported_languages if language.startswith("en")}
    for language in (None, *sorted(languages)):
        calendar = _calendar(code, language)
        _ = day_of(year, 1, 1) in calendar
        for day, names in calendar.items():
            if day.year == year:
                found.setdefault(day, set()).update(_plain_name(name) for name in names.casefold().split("; "))
    return tuple((day, frozenset(names)) for day, names in sorted(found.items()))


def _plain_name(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", "", name.casefold()).replace("labour", "labor").split()).removeprefix("the ")
