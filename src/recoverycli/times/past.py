"""Moments of the past as people type them: a day, a time, or both."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from recoverycli.session.filters import read_time
from recoverycli.times.wall_clock import local, moments_at

if TYPE_CHECKING:
    from datetime import date

_TIME = re.compile(r"(?:^|[ ,]+)(?:at )?(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)?)? ?(?P<half>am|pm)?$")
# A day without a time is entered at its noon, which is that day in every zone of a country.
_NOON = time(12)


def read_past(words: str, now: datetime) -> datetime | None:
    """Return the moment that the words name, None where they name none; a time alone is one of today.

    `now` is aware. The result has the offset that the user's zone had then.
    """
    text = " ".join(words[:60].casefold().split())
    named = read_time(text, now)
    if isinstance(named, datetime):
        return local(named, now) if named.tzinfo else moments_at(named, now)[0]
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
    return min(moment, local(now.astimezone(UTC) - timedelta(minutes=1), now))
