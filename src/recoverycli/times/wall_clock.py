"""Wall time and moments: what the clocks of the user's zone show, and when they show it.

No other module converts between the two. The rules:

- A moment has the offset of its zone at that moment, in whole minutes, as RFC 3339 writes it.
- A wall time that the clocks skip is moved forward by as much as they skip: 02:30 becomes 03:30.
- A wall time that comes twice has two moments. A time to come is the first of them that is not past; a time of the
  past is the first; a span of time includes both.
- A day begins with its first moment, also where the clocks skip midnight.
- A call's times are those of the place where it was recorded: by the rules of its zone if that is known by name, else
  by the offset that each was stored with.
- The system's zone applies where `now` has the system's offset, else the zone or the fixed offset of `now`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

# Years that every calendar and clock that we work with can place, with a year to spare on both sides.
FIRST_YEAR, LAST_YEAR = 1000, 8999

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# The calendar repeats after so many years, weekdays and leap years included.
_CYCLE = 400


def to_local(moment: datetime, now: datetime | None = None) -> datetime:
    """Return the same moment (aware) as the clocks of the user's zone show it.

    The zone is that of `now`, without it the system's. Raises RecoveryError where the system's zone cannot be used.
    """
    return _to_zone(moment.astimezone(UTC), _zone(now))


def moments_at(wall: datetime, now: datetime | None = None) -> tuple[datetime, ...]:
    """Return the moments when the clocks of the user's zone show `wall`, in their order: two where that comes twice.

    The zone is that of `now`, without it the system's. Of a skipped time it is the moment that it is moved forward to.
    """
    zone, as_utc = _zone(now), wall.replace(tzinfo=UTC, fold=0)
    # No offset is as much as a day, so that one of these three counts at that moment.
    offsets = {_offset(as_utc + shift, zone) for shift in (-_DAY, timedelta(), _DAY)}
    found = sorted(as_utc - offset for offset in offsets if _offset(as_utc - offset, zone) == offset)
    return tuple(_to_zone(moment, zone) for moment in found or [as_utc - min(offsets)])


def next_at(wall: datetime, now: datetime) -> datetime:
    """Return the first future moment when the clocks show `wall`; if there is none, the first of all."""
    found = moments_at(wall, now)
    return next((moment for moment in found if moment >= now), found[0])


def day_start(day: date, now: datetime) -> datetime:
    """Return the first moment of a day."""
    return moments_at(datetime.combine(day, time()), now)[0]


def with_offset(moment: datetime) -> datetime:
    """Return the time with an offset; one without an offset is local time of the system."""
    return moment if moment.tzinfo else moments_at(moment)[0]


def to_recorded(moment: datetime, zone: str | None, start: datetime) -> datetime:
    """Return the same moment as the clocks show it where a call was recorded.

    `zone` is the name of its zone, `start` is when it began. Where the name is not known, or its rules do not give the
    offset of the start, the moment keeps its own offset.
    """
    begun, exact = with_offset(start), with_offset(moment)
    rules = _rules(zone) if zone else None
    if rules is None or _offset(begun.astimezone(UTC), rules) != begun.utcoffset():
        return exact
    return _to_zone(exact.astimezone(UTC), rules)


def offset_mark(moment: datetime) -> str:
    """Return the offset of a moment, ` UTC+09:00`, where the clocks of the reader show another time; else nothing."""
    own = with_offset(moment)
    return "" if to_local(own).utcoffset() == own.utcoffset() else f" UTC{own.isoformat()[-6:]}"


@lru_cache(maxsize=64)
def _rules(zone: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        # A zone of another computer, or the name of something else.
        return None


def _zone(now: datetime | None) -> tzinfo | None:
    """Return the zone whose rules apply, None for the system's.

    The offset of a clock says nothing about the offset next month; the system's zone does.
    """
    if now is None or (isinstance(now.tzinfo, timezone) and _offset(now.astimezone(UTC), None) == now.utcoffset()):
        return None
    return now.tzinfo


def _to_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(timezone(_offset(moment, zone)))


def _offset(moment: datetime, zone: tzinfo | None) -> timedelta:
    """The offset of a zone at a moment (UTC), in whole minutes."""
    exact = (_system_offset(moment) if zone is None else moment.astimezone(zone).utcoffset()) or timedelta()
    # Towards zero, so that it stays below a day.
    return _MINUTE * int(exact / _MINUTE)


def _system_offset(moment: datetime) -> timedelta | None:
    try:
        return moment.astimezone().utcoffset()
    except (OSError, OverflowError):
        # Windows knows no offset before 1970 and after 3000: that of the same day in another such year.
        alike = moment.replace(year=2000 + moment.year % _CYCLE)
        return alike.astimezone().utcoffset()
    except ValueError as too_far:
        from recoverycli.errors import RecoveryError

        raise RecoveryError(
            "the time zone of this computer is a day or more from UTC, which is not supported",
            kept="Nothing was changed.",
            hint="Set the variable TZ to your zone, for example TZ=Europe/Berlin, or unset it.",
        ) from too_far
