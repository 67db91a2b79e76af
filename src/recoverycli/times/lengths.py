"""Lengths of time in words: `in 2 hours`, `within 3 to 5 working days`, `an hour and a half`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.times.working_time import working_day_after, working_minutes_after

if TYPE_CHECKING:
    from recoverycli.times.working_time import WorkingTime

_WORKING = r"(?:working|business|work|office|opening)"
_UNIT = (
    rf"(?P<unit>(?:{_WORKING} ?)?(?:hours?|days?)|calendar days?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?"
    r"|fortnights?|months?|years?)"
)
_COUNT = r"(?:[1-9]\d{0,2}(?:\.\d)?|an?(?= ))"
_LEAD = (
    r"(?:(?P<within>in|within|inside|under|in under|in less than|less than|no more than|no later than|not more than"
    r"|in no more than|in at most|at most|up to|in up to|maximum|max|over(?= the next)) )?"
    r"(?:(?:the )?next )?(?:about |around |roughly |approximately |approx |at most |the )?"
)
_LENGTH = re.compile(
    rf"{_LEAD}(?:(?:between )?(?P<least>{_COUNT}) ?(?:-|to|or|and) ?)?(?P<count>{_COUNT}) ?{_UNIT}"
    rf"(?P<half> and a half)?"
    rf"(?:(?: and)? ?(?P<count2>{_COUNT}) ?(?P<unit2>m|mins?|minutes?|h|hrs?|hours?|days?|weeks?))?"
    r"(?P<time> time)?(?P<now> from (?:now|today))?(?: at most| max| maximum| tops)?"
)
_ONE = re.compile(r"(?:within|in|over|during) (?:the |the next )(?P<unit>hour|day|week|month)")
_OR_TWO = re.compile(r"\b(?:1|an?) (minute|hour|day|week|month) or 2$")
_AND_A_HALF = re.compile(r"\b(\d+) and a half(?= )")
_SPOKEN = {
    "half an hour": "30 minutes", "half hour": "30 minutes", "half a hour": "30 minutes",
    "3 quarters of an hour": "45 minutes", "a quarter of an hour": "15 minutes", "quarter of an hour": "15 minutes",
    "an hour and a quarter": "75 minutes", "an hour and a half": "90 minutes", "a fortnight": "2 weeks",
    "a couple of": "2", "a couple": "2", "half a day": "",
}  # fmt: skip


class Length(NamedTuple):
    """The end of a length of time: a moment, or a day with a minute where it is known (None: any time of the day).

    `is_bare` says that no word such as "in" or "from now" makes a date of it.
    """

    moment: datetime | None = None
    day: date | None = None
    minute: int | None = None
    is_bare: bool = False


def read_length(text: str, now: datetime, time: WorkingTime) -> Length | None:
    """Return the end of the length of time that the whole text names, or None.

    Of a range the later end counts. Hours and minutes are exact, days and longer name a day. Raises UnknownCountry
    for working days, OverflowError for too many days.
    """
    for said, same in _SPOKEN.items():
        if said in text:
            if not same or said.startswith("a couple"):
                return None
            text = re.sub(rf"\b{said}\b", same, text)
    if text in {"within the hour", "in the hour", "inside the hour"}:
        text = "in 60 minutes"
    if found := _ONE.fullmatch(text):
        # "within the week" is this week to some and seven days to others.
        if found[0] != f"{found[0].split()[0]} the next {found['unit']}":
            return None
        text = f"in 1 {found['unit']}"
    found = _LENGTH.fullmatch(_OR_TWO.sub(r"1 or 2 \1s", _AND_A_HALF.sub(r"\1.5", text)))
    return None if found is None else _end(found, now, time)


def _end(found: re.Match[str], now: datetime, time: WorkingTime) -> Length | None:
    unit, count, is_bare = found["unit"], _count(found["count"]), not (found["within"] or found["now"])
    if found["time"] and found["within"] is None:
        return None
    if found["least"] and _count(found["least"]) > count:
        return None
    if found["half"]:
        count += 0.5
    is_working = re.match(rf"{_WORKING} ?(?:day|hour)", unit) is not None
    is_hours = unit in {"m", "h"} or unit.startswith(("min", "hr", "hour"))
    if found["unit2"]:
        minutes = count * _MINUTES.get(unit[0], 0) + _count(found["count2"]) * _MINUTES.get(found["unit2"][0], 0)
        if is_hours:
            return None if is_working or found["unit2"][0] not in "mh" else _exact(minutes, now, is_bare=is_bare)
        return _days(found, count, now, is_bare=is_bare)
    if is_working:
        return _working_length(unit, count, now, time, is_bare=is_bare)
    if is_hours:
        return _exact(count * _MINUTES[unit[0]], now, is_bare=is_bare)
    return _days(found, count, now, is_bare=is_bare)


_MINUTES = {"m": 1, "h": 60}


def _exact(minutes: float, now: datetime, *, is_bare: bool) -> Length | None:
    if minutes != int(minutes) or minutes < 1:
        return None
    return Length(moment=now.astimezone(UTC) + timedelta(minutes=minutes), is_bare=is_bare)


def _days(found: re.Match[str], count: float, now: datetime, *, is_bare: bool) -> Length | None:
    from dateutil.relativedelta import relativedelta

    pieces = [(count, found["unit"].removeprefix("calendar "))]
    if found["unit2"]:
        pieces.append((_count(found["count2"]), found["unit2"]))
    day = now.date()
    for number, unit in pieces:
        if number != int(number) or (unit[0] in "mh" and not unit.startswith("mo")):
            return None
        whole = int(number)
        day += {
            "d": relativedelta(days=whole),
            "w": relativedelta(weeks=whole),
            "f": relativedelta(weeks=2 * whole),
            "m": relativedelta(months=whole),
            "y": relativedelta(years=whole),
        }[unit[0]]
    return Length(day=day, is_bare=is_bare)


def _working_length(unit: str, count: float, now: datetime, time: WorkingTime, *, is_bare: bool) -> Length | None:
    if "day" in unit:
        return Length(day=working_day_after(now.date(), int(count), time), is_bare=is_bare) if count >= 1 else None
    minutes = int(count * 60)
    day, minute = working_minutes_after(now.date(), now.hour * 60 + now.minute, minutes, time)
    return Length(day=day, minute=minute, is_bare=is_bare)


def _count(word: str) -> float:
    return 1.0 if word in {"a", "an"} else float(word)
