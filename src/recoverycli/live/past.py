"""Moments of the past as people type them: a day, a time, or both."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from recoverycli.session.filters import read_since
from recoverycli.session.wall_clock import placed

if TYPE_CHECKING:
    from datetime import date

_TIME = re.compile(r"(?:^|[ ,]+)(?:at )?(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)?)? ?(?P<half>am|pm)?$")
# A day without a time is entered at its noon, which is that day in every zone of a country.
_NOON = time(12)


def read_past(words: str, now: datetime) -> datetime | None:
    """Return the moment that the words name, None where they name none; a time alone is one of today.

    `now` is aware.
    """
    text = " ".join(words[:60].casefold().split())
    found = read_since(text, now)
    if found is not None:
        day = _day_alone(text, now)
        return found if day is None else _placed(day, _NOON, now)
    clock = _TIME.search(text)
    # A number alone is no time of the day.
    if clock is None or not (clock["minute"] or clock["half"] or re.search(r"\d[:.h]", clock[0])):
        return None
    hour = int(clock["hour"])
    if clock["half"] and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if clock["half"] == "pm" else 0) if clock["half"] else hour
    before = text[: clock.start()].strip(" ,")
    day = now.date() if not before else _day_alone(before, now)
    return None if day is None else _placed(day, time(hour, int(clock["minute"] or 0)), now)


def _day_alone(text: str, now: datetime) -> date | None:
    """The day that words name, where they name no time of it."""
    begins = read_since(text, now)
    if begins is None:
        return None
    local = begins.astimezone(now.tzinfo)
    return local.date() if placed(datetime.combine(local.date(), time()), now) == begins else None


def _placed(day: date, clock: time, now: datetime) -> datetime:
    moment = placed(datetime.combine(day, clock), now)
    # Today at noon may lie ahead where only the day was named.
    return min(moment, now - timedelta(minutes=1)) if clock == _NOON and day == now.date() else moment
