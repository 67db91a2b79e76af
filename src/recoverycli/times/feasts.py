"""Holidays by name: those of the calendar that every country has, and the public holidays of the user's country."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from recoverycli.times.working_time import named_holidays, next_holidays

if TYPE_CHECKING:
    from recoverycli.times.working_time import Today

# Month and day. "New year" is the last day of the old one to some.
_FIXED = {
    "christmas eve": ((12, 24),), "christmas": ((12, 25),), "christmas day": ((12, 25),), "boxing day": ((12, 26),),
    "new years eve": ((12, 31),), "new years day": ((1, 1),), "new year": ((12, 31), (1, 1)),
    "new years": ((12, 31), (1, 1)), "valentines day": ((2, 14),), "valentines": ((2, 14),), "halloween": ((10, 31),),
    "st patricks day": ((3, 17),), "bonfire night": ((11, 5),),
}  # fmt: skip
# Days from Easter Sunday, by the western calendar.
_BY_EASTER = {
    "maundy thursday": -3, "good friday": -2, "easter saturday": -1, "easter": 0, "easter sunday": 0,
    "easter monday": 1, "ascension day": 39, "ascension": 39, "whit sunday": 49, "pentecost": 49, "whit monday": 50,
    "pentecost monday": 50, "shrove tuesday": -47, "ash wednesday": -46,
}  # fmt: skip
_NAME = re.compile(r"(?:the |this |next |on )?(?P<name>[a-z][a-z ]{2,40}?)(?: (?P<year>20[0-9]{2}))?")
_ANY = re.compile(r"(?:the )?(?:this |next )?(?:bank|public) holiday(?: (?P<monday>monday))?")


def feast_days(text: str, today: Today) -> tuple[date, ...]:
    """Return the next day, or days, of the holiday that the whole text names; none if it names no holiday."""
    if found := _ANY.fullmatch(text):
        days = next_holidays(today.day, today.time)
        return tuple(day for day in days if not found["monday"] or day.weekday() == 0)[:1]
    found = _NAME.fullmatch(text)
    if found is None:
        return ()
    name, year = found["name"], found["year"]
    if name in _FIXED:
        return tuple(sorted(_next([date(one, *day) for one in _years(year, today)], today) for day in _FIXED[name]))
    if name in _BY_EASTER:
        return (_next([_easter(one) + timedelta(days=_BY_EASTER[name]) for one in _years(year, today)], today),)
    return () if year else named_holidays(name, today.day, today.time)


def _years(year: str | None, today: Today) -> tuple[int, ...]:
    return (int(year),) if year else (today.day.year, today.day.year + 1)


def _next(days: list[date], today: Today) -> date:
    return next((day for day in days if day >= today.day), days[-1])


def _easter(year: int) -> date:
    from dateutil.easter import easter

    return easter(year)
