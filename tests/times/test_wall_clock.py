"""Wall time and moments in real zones, and the system's zone where the platform knows few years of it."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.errors import RecoveryError
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR, day_start, moments_at, next_at, to_local, with_offset
from tests.cases import for_each

if TYPE_CHECKING:
    from collections.abc import Callable

# Changes by an hour and by half an hour, in both hemispheres, at midnight (Cairo) and just after it (St John's); a
# whole day that was skipped (Apia); no change at all (Kolkata).
ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "Pacific/Auckland", "Pacific/Apia",
    "Asia/Kolkata", "Africa/Cairo", "Australia/Lord_Howe",
)  # fmt: skip


def clock_in(zone: str) -> datetime:
    return datetime(2026, 11, 25, 9, tzinfo=ZoneInfo(zone))


@functools.cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The moments when the clocks of a zone are changed between 2005 and 2030, by the zone's own rules."""
    rules, day, found = ZoneInfo(zone), datetime(2005, 1, 1, tzinfo=UTC), []
    while day.year < 2031:
        before, after = day, day + timedelta(days=1)
        if before.astimezone(rules).utcoffset() != after.astimezone(rules).utcoffset():
            while after - before > timedelta(minutes=1):
                middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
                is_before = middle.astimezone(rules).utcoffset() == day.astimezone(rules).utcoffset()
                before, after = (middle, after) if is_before else (before, middle)
            found.append(after)
        day += timedelta(days=1)
    return tuple(found)


def near_changes(zone: str) -> st.SearchStrategy[datetime]:
    """Moments (UTC) within a day of a change of the zone, and others."""
    anywhen = st.datetimes(datetime(1975, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    if not changes(zone):
        return anywhen
    near = st.timedeltas(timedelta(hours=-26), timedelta(hours=26))
    return st.one_of(anywhen, st.tuples(st.sampled_from(changes(zone)), near).map(sum_of))


def sum_of(pair: tuple[datetime, timedelta]) -> datetime:
    return pair[0] + pair[1]


def shown(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


zones_and_moments = st.sampled_from(ZONES).flatmap(lambda zone: st.tuples(st.just(zone), near_changes(zone)))


@given(zones_and_moments)
def test_a_moment_is_shown_as_its_zone_shows_it_and_found_again(drawn: tuple[str, datetime]) -> None:
    zone, moment = drawn
    now, expected = clock_in(zone), moment.astimezone(ZoneInfo(zone))

    found = to_local(moment, now)

    assert (shown(found), found.utcoffset()) == (shown(expected), expected.utcoffset())
    assert found == moment
    assert moment in moments_at(shown(found), now)


@given(zones_and_moments)
def test_wall_time_is_shown_again_unless_the_clocks_skip_it(drawn: tuple[str, datetime]) -> None:
    zone, moment = drawn
    now, wall = clock_in(zone), shown(moment)
    rules = ZoneInfo(zone)
    is_skipped = shown(wall.replace(tzinfo=rules).astimezone(UTC).astimezone(rules)) != wall

    found = moments_at(wall, now)

    assert list(found) == sorted(set(found))
    if is_skipped:
        (forward,) = found
        assert any(
            shown(to_local(change - timedelta(seconds=1), now)) < wall < shown(forward) for change in changes(zone)
        )
    else:
        assert {shown(one) for one in found} == {wall}
        assert {one.utcoffset() for one in found} == {
            wall.replace(tzinfo=rules, fold=fold).utcoffset() for fold in (0, 1)
        }


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
        ("America/New_York", "2026-03-08 02:00", "2026-03-08T03:00:00-04:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:45:00+11:00"),
        ("Africa/Cairo", "2026-04-24 00:00", "2026-04-24T01:00:00+03:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),
    ],
)
def test_a_skipped_time_is_moved_forward(zone: str, wall: str, expected: str) -> None:
    assert [one.isoformat() for one in moments_at(datetime.fromisoformat(wall), clock_in(zone))] == [expected]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-10-20T09:00:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:31:00+02:00", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:10:00+01:00", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:31:00+01:00", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_of_a_time_that_comes_twice_the_first_is_next_that_is_not_past(now: str, expected: str) -> None:
    moment = datetime.fromisoformat(now).astimezone(ZoneInfo("Europe/Berlin"))
    assert next_at(datetime(2026, 10, 25, 2, 30), moment).isoformat() == expected  # noqa: DTZ001


@given(zones_and_moments)
def test_a_day_begins_with_its_first_moment(drawn: tuple[str, datetime]) -> None:
    zone, moment = drawn
    now = clock_in(zone)
    day = to_local(moment, now).date()

    begin = day_start(day, now)

    assert begin <= moment
    assert to_local(begin, now).date() == day
    assert to_local(begin - timedelta(microseconds=1), now).date() < day


def test_the_rules_of_a_zone_apply_to_a_clock_that_only_has_an_offset(system_zone: Callable[[str], None]) -> None:
    system_zone("Europe/Berlin")
    winter, summer = datetime.fromisoformat("2026-11-25T09:00+01:00"), datetime.fromisoformat("2026-07-01T09:00+02:00")
    assert to_local(summer.astimezone(UTC), winter).isoformat() == "2026-07-01T09:00:00+02:00"
    assert to_local(winter.astimezone(UTC), summer).isoformat() == "2026-11-25T09:00:00+01:00"
    elsewhere = datetime(2026, 11, 25, 9, tzinfo=timezone(timedelta(hours=5)))
    assert to_local(summer, elsewhere).isoformat() == "2026-07-01T12:00:00+05:00"


@pytest.mark.parametrize("zone", ZONES)
def test_the_systems_zone_is_the_same_as_the_named_one(zone: str, system_zone: Callable[[str], None]) -> None:
    system_zone(zone)
    now = clock_in(zone)
    for change in changes(zone):
        for minutes in (-1441, -61, -31, -1, 0, 1, 31, 61, 1441):
            wall = shown(to_local(change + timedelta(minutes=minutes), now))
            assert [one.isoformat() for one in moments_at(wall)] == [one.isoformat() for one in moments_at(wall, now)]
            assert with_offset(wall) == moments_at(wall, now)[0]


@for_each("year", [FIRST_YEAR, 1850, 1901, 1969, 1970, 2026, 2038, 3000, 3001, LAST_YEAR])
def test_every_year_has_an_offset_on_every_platform(year: int) -> None:
    for month in (1, 7):
        wall = datetime(year, month, 1, 12)  # noqa: DTZ001
        (moment,) = moments_at(wall)
        assert shown(moment) == wall
        assert to_local(moment.astimezone(UTC)).isoformat() == moment.isoformat()


class WindowsDatetime(datetime):
    """A moment on a platform whose C library knows the local time of 1970 to 3000 alone, as that of Windows."""

    def astimezone(self, tz: tzinfo | None = None) -> WindowsDatetime:
        if tz is None and not 1970 <= self.year <= 3000:
            raise OSError(22, "Invalid argument")
        moved = super().astimezone(tz)
        return WindowsDatetime.combine(moved.date(), moved.timetz())


@pytest.mark.parametrize("year", [1000, 1850, 1969, 3001, 8999])
def test_where_the_platform_does_not_know_a_year_another_one_with_the_same_days_stands_in(
    year: int, system_zone: Callable[[str], None]
) -> None:
    system_zone("Europe/Berlin")
    for month, hour in ((1, 13), (2, 13), (7, 14)):
        moment = to_local(WindowsDatetime(year, month, 28, 12, tzinfo=UTC))
        assert moment.isoformat() == f"{year}-{month:02}-28T{hour}:00:00+0{hour - 12}:00"


@pytest.mark.parametrize(
    ("zone", "offset"), [("XXX+1:02:03", "-01:02"), ("XXX-23:59:59", "+23:59"), ("XXX+0:0:59", "+00:00")]
)
def test_an_offset_with_seconds_is_cut_to_minutes(zone: str, offset: str, system_zone: Callable[[str], None]) -> None:
    system_zone(zone)
    moment = datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert to_local(moment).isoformat().endswith(offset)
    assert to_local(moment) == moment
    assert with_offset(datetime(2026, 11, 25, 9)).isoformat() == f"2026-11-25T09:00:00{offset}"  # noqa: DTZ001


@pytest.mark.parametrize("zone", ["UTC+24", "UTC-24", "XXX-24:59:59"])
def test_an_offset_of_a_day_or_more_is_a_fault_that_names_the_remedy(
    zone: str, system_zone: Callable[[str], None]
) -> None:
    system_zone(zone)
    with pytest.raises(RecoveryError, match="time zone") as caught:
        to_local(datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert "TZ" in caught.value.hint


def test_a_day_that_the_clocks_skip_begins_with_the_next_one() -> None:
    now = clock_in("Pacific/Apia")
    assert day_start(date(2011, 12, 30), now) == day_start(date(2011, 12, 31), now)
