"""Moments of the past in real zones: the wall time that was typed is the wall time that is kept."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.times.past import read_past
from tests.cases import for_each
from tests.times.test_wall_clock import ZONES

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def moment(words: str, now: datetime = NOW) -> str:
    found = read_past(words, now)
    assert found is not None
    return found.isoformat(timespec="minutes")


@given(st.sampled_from(ZONES), st.datetimes(datetime(1900, 1, 1), datetime(2026, 11, 24)))  # noqa: DTZ001
def test_the_wall_time_that_was_typed_is_kept(zone: str, wall: datetime) -> None:
    rules = ZoneInfo(zone)
    now, typed = NOW.astimezone(rules), f"{wall:%Y-%m-%d %H:%M}"
    for words in (typed, typed.replace(" ", "T"), typed.replace(" ", " at ")):
        found = read_past(words, now)
        assert found is not None
        kept, offset = f"{found:%Y-%m-%d %H:%M}", found.utcoffset()
        local = datetime.fromisoformat(typed).replace(tzinfo=rules)
        assert kept == typed or local.utcoffset() != local.replace(fold=1).utcoffset(), "unless the clocks skipped it"
        exact = found.astimezone(rules).utcoffset()
        assert offset is not None
        assert exact is not None
        assert abs(offset.total_seconds() - exact.total_seconds()) < 60, "the zone's offset on that day"


@for_each(
    "words, expected",
    [
        ("2026-11-20 20:30", "2026-11-20T20:30+01:00"),
        ("2026-11-20T20:30Z", "2026-11-20T21:30+01:00"),
        ("2026-07-20 20:30", "2026-07-20T20:30+02:00"),
        ("2026-07-20 8:30pm", "2026-07-20T20:30+02:00"),
        ("2026-07-20", "2026-07-20T12:00+02:00"),
        ("5 months ago", "2026-06-25T12:00+02:00"),
        ("5 months ago 3pm", "2026-06-25T15:00+02:00"),
        ("1000 hours ago", "2026-10-14T18:00+02:00"),
        ("2026-03-29 02:30", "2026-03-29T03:30+02:00"),
        ("2026-10-25 02:30", "2026-10-25T02:30+02:00"),
        ("1965-07-01 10:00", "1965-07-01T10:00+01:00"),
        ("yesterday 23:59", "2026-11-24T23:59+01:00"),
    ],
)
def test_a_past_moment_has_the_offset_of_its_day(words: str, expected: str) -> None:
    assert moment(words) == expected


def test_a_moment_takes_no_second_time() -> None:
    assert read_past("2026-11-20 20:30 9am", NOW) is None
    assert read_past("2 hours ago 9:30", NOW) is None
