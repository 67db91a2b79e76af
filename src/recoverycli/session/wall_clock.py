"""Times as the clock on the wall shows them: by the rules of the user's zone, summer time and all."""

from __future__ import annotations

from datetime import UTC, datetime, timezone, tzinfo

# Years that every calendar and clock that we work with can place, with a year to spare on both sides.
FIRST_YEAR, LAST_YEAR = 1000, 8999


def zone(now: datetime) -> tzinfo | None:
    """Return the zone whose rules count for `now`, which is aware; None is the system's, as `astimezone` has it.

    A clock that gives the system's offset alone knows nothing of the offset next month; the system does.
    """
    is_system = isinstance(now.tzinfo, timezone) and now.astimezone().utcoffset() == now.utcoffset()
    return None if is_system else now.tzinfo


def placed(wall: datetime, now: datetime) -> datetime:
    """Return the moment when the clock shows `wall`; one that the clocks skip becomes one beside it."""
    rules = zone(now)
    return wall.replace(tzinfo=rules).astimezone(UTC).astimezone(rules)


def aware(moment: datetime) -> datetime:
    """Return the moment with its offset; one without is taken for the system's time."""
    return moment if moment.tzinfo else moment.astimezone()
