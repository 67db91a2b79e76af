"""Parts of weeks, months and years: `end of the week`, `mid december`, `the last friday of next month`.

A period counts to its later end: early is its first third, and the end of a week is its last working weekday.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from recoverycli.times.vocabulary import MONTH, WEEKDAY, month_number, weekday_number
from recoverycli.times.working_time import is_working_day, working_day_after

if TYPE_CHECKING:
    from recoverycli.times.working_time import Today

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_FRIDAY = 4
_START = r"(?:the )?(?:start|beginning|top)(?: of)?"
_EARLY = r"(?:the )?early(?: in| part of)?"
_MID = r"(?:the )?(?:mid|middle|middle of|half way through|halfway through)"
_END = r"(?:the )?(?:very )?(?:end|close|late|back end|last day|latter part|later|rest)(?: of| in)?"
_PART = rf"(?:(?:in |at |before )?(?:(?P<start>{_START})|(?P<early>{_EARLY})|(?P<mid>{_MID})|(?P<end>{_END})) )"
_WEEK_PART = re.compile(
    rf"{_PART}?(?:in )?(?:the )?(?P<week>this week|next week|week after next|coming week|working week|week)"
    r"(?P<close> end)?"
)
_MONTH_PART = re.compile(
    rf"{_PART}(?:in )?(?:the )?(?P<month>this month|next month|month|{MONTH})(?: (?P<year>20[0-9]{{2}}))?"
)
_MONTH_END = re.compile(r"(?:the |this )?month(?:s)? end")
_YEAR_PART = re.compile(rf"(?:{_END} )(?:the )?(?P<year>this year|next year|year)|(?:the )?years? end")
_NTH = re.compile(
    rf"(?:the )?(?P<which>[1-5])(?:st|nd|rd|th) (?P<kind>{WEEKDAY}|working day|business day|day) (?:of |in )?(?:the )?"
    rf"(?P<month>this month|next month|month|{MONTH})(?: (?P<year>20[0-9]{{2}}))?"
)
_LAST = re.compile(
    rf"(?:the )?last (?P<kind>{WEEKDAY}|working day|business day|weekday|day) (?:of |in )?(?:the )?"
    rf"(?P<month>this month|next month|month|{MONTH})(?: (?P<year>20[0-9]{{2}}))?"
)
_WHOLE_MONTH = re.compile(
    rf"(?:in|during) (?P<month>{MONTH})(?: (?P<year>20[0-9]{{2}}))?|(?:in |during )?(?P<next>next month)"
)


def read_period(text: str, today: Today) -> tuple[date, ...]:
    """Return the days that a part of a week, month or year can end on; none if the text names no period."""
    if text in {"midweek", "mid week"}:
        wednesday = _week_start(today) + 2 * _DAY
        return (wednesday,) if wednesday > today.day else ()
    if text == "after the weekend":
        return (working_day_after(_week_start(today) + 6 * _DAY, 1, today.time),)
    if found := _WEEK_PART.fullmatch(text):
        return _of_week(found, today)
    if _MONTH_END.fullmatch(text):
        return (_last_of(today.day),)
    if found := _NTH.fullmatch(text):
        return _nth(found, today)
    if found := _LAST.fullmatch(text):
        return _last(found, today)
    if found := _MONTH_PART.fullmatch(text):
        return _of_month(found, today)
    if found := _YEAR_PART.fullmatch(text):
        return (date(today.day.year + (found["year"] == "next year"), 12, 31),)
    if found := _WHOLE_MONTH.fullmatch(text):
        first = _month(found["next"] or found["month"], found["year"], today)
        days = (first, _last_of(first))
        return tuple(day for day in days if day >= today.day)
    return ()


def is_span(text: str) -> bool:
    """Whether the text names a whole week or month, which no time of the day can stand beside."""
    week = _WEEK_PART.fullmatch(text)
    is_whole_week = week is not None and not any(week[part] for part in ("start", "early", "mid", "end", "close"))
    return is_whole_week or _WHOLE_MONTH.fullmatch(text) is not None


def weekend_days(text: str, lead: str, today: Today) -> tuple[date, ...]:
    """Return the days that the weekend can mean: by it, the last working day before; over it, its Sunday."""
    found = re.fullmatch(r"(?P<lead>over|at|during|on|in|by|before)? ?(?:the|this) weekend", f"{lead} {text}".strip())
    if found is None:
        return ()
    monday = _week_start(today)
    friday, sunday = monday + _FRIDAY * _DAY, monday + 6 * _DAY
    if found["lead"] in {"by", "before"}:
        return (friday,) if friday >= today.day else ()
    return (sunday,) if found["lead"] or friday < today.day else (friday, sunday)


def _week_start(today: Today) -> date:
    return today.day - today.day.weekday() * _DAY


def _of_week(found: re.Match[str], today: Today) -> tuple[date, ...]:
    week = found["week"]
    is_end = bool(found["end"] or found["close"])
    part = next((name for name in ("start", "early", "mid") if found[name]), "end" if is_end else "")
    if week in {"week", "working week"} and not part:
        return ()
    ahead = {"next week": 1, "coming week": 1, "week after next": 2}.get(week, 0)
    monday = _week_start(today) + ahead * _WEEK
    if not ahead:
        return _of_this_week(part, monday, today)
    mondays = (monday, monday + _WEEK) if today.day.weekday() == 6 else (monday,)
    if not part:
        # It may mean its beginning or its end.
        return (monday, monday + _FRIDAY * _DAY)
    days = {"start": 0, "early": 1, "mid": 2, "end": _FRIDAY}
    return tuple(first + days[part] * _DAY for first in mondays)


def _of_this_week(part: str, monday: date, today: Today) -> tuple[date, ...]:
    if part == "start":
        return (monday + _WEEK,)
    if part in {"early", "mid"}:
        day = monday + {"early": 1, "mid": 2}[part] * _DAY
        return (day,) if day > today.day else ()
    friday = monday + _FRIDAY * _DAY
    if friday >= today.day:
        return (friday,)
    # On a weekend: its own end, or that of the week that is about to begin.
    return (monday + 6 * _DAY, friday + _WEEK) if part else ()


def _of_month(found: re.Match[str], today: Today) -> tuple[date, ...]:
    first = _month(found["month"], found["year"], today)
    if found["start"]:
        days = (first,)
    elif found["early"]:
        days = (first.replace(day=10),)
    elif found["mid"]:
        days = (first.replace(day=15),)
    else:
        days = (_last_of(first),)
    if days[0] >= today.day or found["year"]:
        return days
    if found["month"] == "month" and not found["early"]:
        return (_add_months(days[0], 1),)
    return () if found["month"].endswith("month") else (_add_months(days[0], 12),)


def _nth(found: re.Match[str], today: Today) -> tuple[date, ...]:
    first = _month(found["month"], found["year"], today)
    for month in (first, _add_months(first, 12 if found["month"] != "month" else 1)):
        day = _nth_of(int(found["which"]), found["kind"], month, today)
        if day is not None and (day >= today.day or found["year"]):
            return (day,)
        if found["month"] in {"this month", "next month"}:
            break
    return ()


def _nth_of(which: int, kind: str, first: date, today: Today) -> date | None:
    if kind == "day":
        return first.replace(day=which)
    if kind.endswith("ing day") or kind.startswith("business"):
        return working_day_after(first - _DAY, which, today.time)
    day = first + (weekday_number(kind) - first.weekday()) % 7 * _DAY + (which - 1) * _WEEK
    return day if day.month == first.month else None


def _last(found: re.Match[str], today: Today) -> tuple[date, ...]:
    first = _month(found["month"], found["year"], today)
    for month in (first, _add_months(first, 12 if found["month"] != "month" else 1)):
        last, kind = _last_of(month), found["kind"]
        if kind == "weekday":
            day = last - max(0, last.weekday() - _FRIDAY) * _DAY
        elif kind.endswith("ing day") or kind.startswith("business"):
            day = last if is_working_day(last, today.time) else working_day_after(last, -1, today.time)
        elif kind == "day":
            day = last
        else:
            day = last - (last.weekday() - weekday_number(kind)) % 7 * _DAY
        if day >= today.day or found["year"]:
            return (day,)
        if found["month"] in {"this month", "next month"}:
            break
    return ()


def _month(word: str, year: str | None, today: Today) -> date:
    """The first day of the month: of a month by name the running one or the next of that name."""
    first = today.day.replace(day=1)
    if word.endswith("month"):
        return _add_months(first, 1) if word == "next month" else first
    number = month_number(word)
    if year:
        return date(int(year), number, 1)
    return _add_months(first, (number - first.month) % 12)


def _add_months(day: date, months: int) -> date:
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def _last_of(day: date) -> date:
    return _add_months(day.replace(day=1), 1) - _DAY
