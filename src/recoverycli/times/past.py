"""Moments of the past as people type them: a day, a time, or both; and the weeks, months, quarters and years."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from recoverycli.times.vocabulary import (
    ISO_DATE,
    ISO_MOMENT,
    MONTH,
    WEEKDAY,
    correct_spelling,
    month_number,
    weekday_number,
)
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR, day_start, moments_at, to_local

_WEEKDAY = re.compile(rf"(?:last |on )?({WEEKDAY})")
_AGO = re.compile(r"([1-9][0-9]{0,3}|an?|one) ?(h|hours?|d|days?|w|weeks?|months?|years?)(?: ago)?")
_MOMENT = re.compile(ISO_MOMENT)
_DATE = re.compile(ISO_DATE)
_NUMBER = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>20[0-9]{2}))?"
_DAYS_OF_MONTHS = (
    re.compile(rf"(?:the )?{_NUMBER}(?: of)? (?P<month>{MONTH}){_YEAR}"),
    re.compile(rf"(?P<month>{MONTH})(?: the)? {_NUMBER}{_YEAR}"),
)
_SPAN = re.compile(r"(?P<which>this|last) (?P<unit>week|month|quarter|year)")
_MONTH_BY_NAME = re.compile(rf"(?:in )?(?P<month>{MONTH}){_YEAR}")
_YEAR_MONTH = re.compile(r"(?P<year>20[0-9]{2})(?:-(?P<number>0[1-9]|1[0-2]))?")
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_TIME = re.compile(r"(?:^|[ ,]+)(?:at )?(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)?)? ?(?P<half>am|pm)?$")
# A day without a time is entered at its noon, which is that day in every zone of a country.
_NOON = time(12)


def read_past(words: str, now: datetime) -> datetime | None:
    """Return the moment that the words name, or None; a time without a day is today's.

    `now` is aware. The result has the offset that the user's zone had then.
    """
    text = " ".join(words[:60].casefold().split())
    named = read_time(text, now)
    if isinstance(named, datetime):
        return to_local(named, now) if named.tzinfo else moments_at(named, now)[0]
    if named is not None:
        return _at(named, _NOON, now)
    clock = _TIME.search(text)
    # A number alone is no time of the day.
    if clock is None or not (clock["minute"] or clock["half"] or re.search(r"\d[:.h]", clock[0])):
        return None
    hour = int(clock["hour"])
    if clock["half"] and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if clock["half"] == "pm" else 0) if clock["half"] else hour
    before = text[: clock.start()].strip(" ,")
    day = now.date() if not before else read_time(before, now)
    # What names a time already takes no second one.
    return None if day is None or isinstance(day, datetime) else _at(day, time(hour, int(clock["minute"] or 0)), now)


def _at(day: date, clock: time, now: datetime) -> datetime:
    moment = moments_at(datetime.combine(day, clock), now)[0]
    if clock != _NOON or day != now.date():
        return moment
    # Today at noon may lie ahead where only the day was named.
    return min(moment, to_local(now.astimezone(UTC) - timedelta(minutes=1), now))


def read_since(words: str, now: datetime) -> datetime | None:
    """Return the beginning of what the words name: a day or a moment, or a week, month, quarter or year.

    "yesterday", "last monday", "3 days ago", "1 november", "last quarter", "2026-11".
    """
    if span := read_days(words, now):
        return day_start(span[0], now)
    named = read_time(words, now)
    return _moments(named, now)[0] if isinstance(named, datetime) else None


def read_until(words: str, now: datetime) -> datetime | None:
    """Return the end of what the words name; the end of a day is its last moment."""
    if span := read_days(words, now):
        return to_local(day_start(span[1] + timedelta(days=1), now) - timedelta(microseconds=1), now)
    named = read_time(words, now)
    return _moments(named, now)[-1] if isinstance(named, datetime) else None


def read_days(words: str, now: datetime) -> tuple[date, date] | None:
    """Return the first and the last day of what the words name; of a day, itself twice. None where they name none."""
    text = correct_spelling(" ".join(words[:60].casefold().split()))
    today = now.date()
    if found := _SPAN.fullmatch(text):
        return _span_around(found["unit"], today, back=found["which"] == "last")
    if found := _MONTH_BY_NAME.fullmatch(text):
        number = month_number(found["month"])
        year = int(found["year"] or today.year - (number > today.month))
        return _months(year * 12 + number - 1, 1)
    if found := _YEAR_MONTH.fullmatch(text):
        number, count = (int(found["number"]), 1) if found["number"] else (1, 12)
        return _months(int(found["year"]) * 12 + number - 1, count)
    named = read_time(words, now)
    return None if named is None or isinstance(named, datetime) else (named, named)


def _span_around(unit: str, today: date, *, back: bool) -> tuple[date, date]:
    """Return the week, month, quarter or year of today, or the one before."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    count = _MONTHS_OF[unit]
    month = today.year * 12 + today.month - 1
    return _months(month - month % count - count * back, count)


def _months(first: int, count: int) -> tuple[date, date]:
    """Return the first and the last day of months; they count from the year 0."""
    after = first + count
    return date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def read_time(words: str, now: datetime) -> date | datetime | None:
    """Return the day that the words name, or the moment: without an offset it is wall time, in the zone of `now`.

    None where they name neither, or one that no call can have been at.
    """
    named = _read(words, now)
    return named if named is not None and FIRST_YEAR <= named.year <= LAST_YEAR else None


def _read(words: str, now: datetime) -> date | datetime | None:
    text = correct_spelling(" ".join(words[:60].casefold().split()))
    today = now.date()
    days = {"today": 0, "yesterday": 1, "this week": today.weekday(), "last week": today.weekday() + 7}
    try:
        if text in days:
            return today - timedelta(days=days[text])
        if text == "this month":
            return today.replace(day=1)
        if found := _WEEKDAY.fullmatch(text):
            back = (today.weekday() - weekday_number(found[1])) % 7
            return today - timedelta(days=back or 7)
        if found := _AGO.fullmatch(text):
            return _ago(int(found[1]) if found[1].isdigit() else 1, found[2], now)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper())
        if found := next((found for form in _DAYS_OF_MONTHS if (found := form.fullmatch(text))), None):
            return _day_of_month(found, today)
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except (ValueError, OverflowError):  # 30 February, 9999 years ago
        return None


def _ago(count: int, unit: str, now: datetime) -> date | datetime:
    if unit.startswith("h"):
        return now.astimezone(UTC) - timedelta(hours=count)
    if unit[0] in "dw":
        return now.date() - timedelta(days=count * (7 if unit[0] == "w" else 1))
    months = now.year * 12 + now.month - 1 - count * (12 if unit[0] == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(now.day, last.day))


def _day_of_month(found: re.Match[str], today: date) -> date:
    """Return the day that has this month; without a year the last one that is not ahead."""
    month, day = month_number(found["month"]), int(found["day"])
    if found["year"]:
        return date(int(found["year"]), month, day)
    return date(today.year - ((month, day) > (today.month, today.day)), month, day)


def _moments(named: datetime, now: datetime) -> tuple[datetime, ...]:
    return (to_local(named, now),) if named.tzinfo else moments_at(named, now)
