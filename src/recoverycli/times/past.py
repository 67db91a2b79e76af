"""Moments of the past as people type them: a day, a time, or both."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from recoverycli.times.vocabulary import ISO_DATE, ISO_MOMENT, WEEKDAY, correct_spelling, weekday_number
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR, day_start, moments_at, to_local

_WEEKDAY = re.compile(rf"(?:last |on )?({WEEKDAY})")
_AGO = re.compile(r"([1-9][0-9]{0,3}|an?|one) ?(h|hours?|d|days?|w|weeks?|months?|years?)(?: ago)?")
_MOMENT = re.compile(ISO_MOMENT)
_DATE = re.compile(ISO_DATE)
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
    """Return the beginning of what the words name ("yesterday", "last monday", "3 days ago", "2026-11-01")."""
    named = read_time(words, now)
    if named is None or isinstance(named, datetime):
        return named and _moments(named, now)[0]
    return day_start(named, now)


def read_until(words: str, now: datetime) -> datetime | None:
    """Return the end of what the words name; the end of a day is its last moment."""
    named = read_time(words, now)
    if named is None or isinstance(named, datetime):
        return named and _moments(named, now)[-1]
    return to_local(day_start(named + timedelta(days=1), now) - timedelta(microseconds=1), now)


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


def _moments(named: datetime, now: datetime) -> tuple[datetime, ...]:
    return (to_local(named, now),) if named.tzinfo else moments_at(named, now)
