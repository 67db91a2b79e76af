"""Days in words: `tomorrow`, `next friday`, `3 december`, `the last friday of the month`, `a week on tuesday`.

Each function returns the days that the words can name: none, one, or two where people mean either.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from recoverycli.times.feasts import feast_days
from recoverycli.times.periods import read_period
from recoverycli.times.vocabulary import ISO_DATE, MONTH, WEEKDAY, month_number, weekday_number
from recoverycli.times.working_time import working_day_after

if TYPE_CHECKING:
    from recoverycli.times.working_time import Today

_WEEK = timedelta(weeks=1)
_NEAR = {"today": 0, "tomorrow": 1, "day after tomorrow": 2, "overmorrow": 2, "rest of today": 0}
_NUMBER = r"(?P<day>0?[1-9]|[12][0-9]|3[01])"
_LAST_NUMBER = r"(?:(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)? ?(?:-|to|and|or) ?(?:the )?)?" + _NUMBER
_YEAR = r"(?P<year>20[0-9]{2})"
_NAMED = (
    re.compile(
        rf"(?:(?P<weekday>{WEEKDAY}) )?(?:between )?(?:the )?{_LAST_NUMBER}(?:st|nd|rd|th)?(?: of)? "
        rf"(?P<month>{MONTH})(?: {_YEAR})?"
    ),
    re.compile(rf"(?:(?P<weekday>{WEEKDAY}) )?(?P<month>{MONTH}) (?:the )?{_LAST_NUMBER}(?:st|nd|rd|th)?(?: {_YEAR})?"),
    re.compile(rf"(?:between )?(?:the |(?P<weekday>{WEEKDAY}) (?:the )?){_LAST_NUMBER}(?:st|nd|rd|th)"),
)
_OF_MONTH = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}) )?(?:the )?{_NUMBER}(?:st|nd|rd|th) (?:of |in )?(?P<month>(?:the|this|next) month)"
)
_NUMERIC = re.compile(r"(?P<first>[0-9]{1,2})(?P<mark>[./-])(?P<second>[0-9]{1,2})(?P=mark)(?:20)?(?P<short>[0-9]{2})")
_SLASHED = re.compile(r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})")
_BESIDE_WEEKDAY = re.compile(rf"(?P<weekday>{WEEKDAY}) (?P<date>[0-9./-]+)")
_YEAR_FIRST = re.compile(r"20[0-9]{2}([/-])[0-9]{1,2}\1[0-9]{1,2}")
# What is written with a stroke and is no date.
_NO_DATE = {"24/7", "1/2", "1/3", "2/3", "1/4", "3/4", "9/10", "9/11"}
_WHICH = r"this coming|the coming|coming|this|next|the"
_WEEKDAY = re.compile(
    rf"(?:(?P<which>{_WHICH}) )?(?P<weekday>{WEEKDAY})(?P<later> after next)?"
    r"(?: (?:of |in |the )*(?P<week>this week|next week|week after next))?"
)
_WEEK_FIRST = re.compile(
    rf"(?:in )?(?:the )?(?P<week>this week|next week|week after next) (?:on )?(?P<weekday>{WEEKDAY})"
)
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|(?:working|business) days?)"
_COUNT = r"(?:(?P<count>[1-9]\d?|an?) )?"
_WEEKS_ON = re.compile(
    rf"(?P<within>in |within )?{_COUNT}(?P<unit>weeks?|fortnights?) (?:on |from |this |come )?(?P<day>.+)"
)
_DAY_WEEKS = re.compile(rf"(?P<day>.+?) (?P<within>in )?{_COUNT}(?P<unit>weeks?|fortnights?)(?: time)?")
_RELATIVE = re.compile(rf"(?:the )?{_COUNT}{_UNIT} (?P<way>after|before|from|following|prior to) (?P<day>.+)")
_WEEKDAY_BY = re.compile(rf"(?:the )?(?P<weekday>{WEEKDAY}) (?P<way>after|before|following) (?P<day>.+)")
_NEXT_WORKING = re.compile(r"(?:(?:the|our) )?(?:next|following|1st|first) (?:working|business|office) day")


def read_days(text: str, today: Today) -> tuple[date, ...]:
    """Return the days that the whole text can name, in their order. `text` is lower case, numbers in digits.

    What names no year, no date or no day is the next one; a full date is returned as it stands, past or not. Raises
    ValueError where a day does not exist, UnknownCountry and OverflowError as `working_time` does.
    """
    bare = text.removeprefix("the ")
    if bare in _NEAR:
        return (today.day + timedelta(days=_NEAR[bare]),)
    if _NEXT_WORKING.fullmatch(text):
        return (working_day_after(today.day, 1, today.time),)
    found: set[date] = set()
    for read in (_weekday, _date, _relative, _a_week_on, read_period, feast_days):
        found.update(read(text, today))
    return tuple(sorted(found))


def _weekday(text: str, today: Today) -> tuple[date, ...]:
    if found := _WEEK_FIRST.fullmatch(text):
        return _in_week(found["weekday"], found["week"], today)
    found = _WEEKDAY.fullmatch(text)
    if found is None:
        return ()
    if found["which"] == "the" and not found["weekday"].endswith("day"):
        # "the sun"
        return ()
    if found["week"]:
        is_plain = found["which"] in {None, "the"} and not found["later"]
        return _in_week(found["weekday"], found["week"], today) if is_plain else ()
    coming = _coming_weekday(found["weekday"], today.day)
    if found["later"]:
        # "friday after next" counts from the next one, which is this week's to some.
        in_this_week = coming.isocalendar()[:2] == today.day.isocalendar()[:2]
        return (coming + _WEEK, coming + 2 * _WEEK) if in_this_week else (coming + _WEEK,)
    is_today = weekday_number(found["weekday"]) == today.day.weekday()
    match found["which"]:
        case "next":
            return _next_weekday(coming, today)
        case "this" if is_today:
            return (today.day,)
        case None if is_today and today.is_ahead:
            return (today.day,)
        case None | "the" if is_today and not today.is_over and not today.is_ahead:
            return (today.day, coming)
    return (coming,)


def _coming_weekday(word: str, today: date) -> date:
    """The first day of that weekday after today."""
    return today + timedelta(days=(weekday_number(word) - today.weekday() - 1) % 7 + 1)


def _next_weekday(coming: date, today: Today) -> tuple[date, ...]:
    """In this week people mean either; of the weekday of today, or one that is over this week, there is only one."""
    days, is_weekend = (coming - today.day).days, today.day.weekday() >= 5
    is_next_week = coming.isocalendar()[:2] != today.day.isocalendar()[:2]
    is_clear = days == 7 or (is_next_week and not (is_weekend and days < 4) and today.day.weekday() != 6)
    return (coming,) if is_clear else (coming, coming + _WEEK)


def _in_week(weekday: str, week: str, today: Today) -> tuple[date, ...]:
    ahead = {"this week": 0, "next week": 1, "week after next": 2}[week]
    day = today.day + timedelta(days=weekday_number(weekday) - today.day.weekday()) + ahead * _WEEK
    if not ahead:
        return (day,) if day >= today.day else ()
    # On a Sunday the next week begins tomorrow to some and has begun to others.
    return (day, day + _WEEK) if today.day.weekday() == 6 else (day,)


def _date(text: str, today: Today) -> tuple[date, ...]:
    if (found := _BESIDE_WEEKDAY.fullmatch(text)) and (days := _date(found["date"], today)):
        return _on_weekday(days, found["weekday"])
    if re.fullmatch(ISO_DATE, text):
        return (date.fromisoformat(text),)
    if _YEAR_FIRST.fullmatch(text):
        return (date(*map(int, re.split("[/-]", text))),)
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found)
    if (found := _SLASHED.fullmatch(text)) and text not in _NO_DATE:
        pairs = {(int(found["first"]), int(found["second"])), (int(found["second"]), int(found["first"]))}
        return tuple(day for number, month in pairs if month <= 12 for day in _next_date(number, month, today.day))
    if found := _OF_MONTH.fullmatch(text):
        return _on_weekday(_of_month(int(found["day"]), found["month"], today), found["weekday"])
    for form in _NAMED:
        if found := form.fullmatch(text):
            return _read_named(found.groupdict(), today)
    return ()


def _numeric(found: re.Match[str]) -> tuple[date, ...]:
    """Day first where dots stand; with strokes both orders that exist."""
    year, first, second = 2000 + int(found["short"]), int(found["first"]), int(found["second"])
    if found["mark"] == ".":
        return (date(year, second, first),)
    pairs = {(first, second), (second, first)}
    return tuple(date(year, month, number) for number, month in pairs if month <= 12)


def _read_named(part: dict[str, str | None], today: Today) -> tuple[date, ...]:
    number, year, word = int(part["day"] or 0), part.get("year"), part.get("month")
    month = month_number(word) if word else None
    days = (date(int(year), month, number),) if year and month else _next_date(number, month, today.day)
    return _on_weekday(days, part.get("weekday"))


def _on_weekday(days: tuple[date, ...], weekday: str | None) -> tuple[date, ...]:
    """The days that fall on `weekday`, if it is given."""
    return tuple(day for day in days if weekday is None or day.weekday() == weekday_number(weekday))


def _next_date(number: int, month: int | None, today: date) -> tuple[date, ...]:
    """The next day of that number, today included; 29 February may be eight years away."""
    from dateutil.relativedelta import relativedelta

    for ahead in range(97):
        day = today + relativedelta(months=ahead, day=number)
        if day >= today and day.day == number and month in (None, day.month):
            return (day,)
    return ()


def _of_month(number: int, month: str, today: Today) -> tuple[date, ...]:
    from dateutil.relativedelta import relativedelta

    if month == "the month":
        return _next_date(number, None, today.day)
    first = today.day.replace(day=1) + relativedelta(months=1 if month == "next month" else 0)
    day = first.replace(day=number)
    return (day,) if day >= today.day else ()


def _relative(text: str, today: Today) -> tuple[date, ...]:
    """`3 days after christmas`, `the day before the 5th`, `the monday after easter`; none that is over."""
    if found := _WEEKDAY_BY.fullmatch(text):
        # The last one before a day is the next one after the eighth day before it.
        back = timedelta(days=8 if found["way"] == "before" else 0)
        days = [_coming_weekday(found["weekday"], day - back) for day in _inner(found["day"], today)]
    elif found := _RELATIVE.fullmatch(text):
        days = _count_days(found, today)
    else:
        return ()
    return tuple(day for day in days if day >= today.day)


def _count_days(found: re.Match[str], today: Today) -> list[date]:
    from dateutil.relativedelta import relativedelta

    unit, is_before = found["unit"].rstrip("s"), found["way"] in {"before", "prior to"}
    if found["count"] is None and (not unit.endswith("day") or found["way"] == "from"):
        return []
    count = _number(found["count"]) * (-1 if is_before else 1)
    days = _inner(found["day"], today)
    if unit.endswith("ing day") or unit.startswith("business"):
        return [working_day_after(day, count, today.time) for day in days]
    step = {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "fortnight": relativedelta(weeks=2 * count),
        "month": relativedelta(months=count),
    }[unit]
    return [day + step for day in days]


def _a_week_on(text: str, today: Today) -> tuple[date, ...]:
    """`a week on tuesday`, `tuesday week`, `2 weeks on friday`, `tomorrow fortnight`: so long after that day.

    "In a week on tuesday" and "tuesday in 2 weeks" may also mean the tuesday of that week.
    """
    found = _WEEKS_ON.fullmatch(text) or _DAY_WEEKS.fullmatch(text)
    if found is None or (found["count"] is None and found["unit"].endswith("s")):
        return ()
    weeks = _number(found["count"]) * (2 if found["unit"].startswith("fortnight") else 1) * _WEEK
    name, is_within = found["day"], found["within"] is not None
    if not re.fullmatch(WEEKDAY, name):
        is_day = found.re is _WEEKS_ON or name in _NEAR
        return tuple(day + weeks for day in _inner(name, today)) if is_day and not is_within else ()
    coming = _coming_weekday(name, today.day)
    if is_within:
        return (coming + weeks, today.day + timedelta(days=coming.weekday() - today.day.weekday()) + weeks)
    # Said on that weekday itself, it counts from today to some.
    return (coming + weeks, today.day + weeks) if coming - today.day == _WEEK else (coming + weeks,)


def _inner(text: str, today: Today) -> tuple[date, ...]:
    """The days of the words that others count from; on its weekday, a weekday is the next one."""
    return read_days(text, today._replace(is_over=True, is_ahead=False))


def _number(word: str | None) -> int:
    return 1 if word in {None, "a", "an"} else int(word or 1)
