"""Moments of the past in real zones: the wall time that was typed is the wall time that is kept."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.times.past import read_past, read_since, read_until
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
        ("1 november 3pm", "2026-11-01T15:00+01:00"),
        ("the 30th of december, 9:15", "2025-12-30T09:15+01:00"),
        ("december 30 2024", "2024-12-30T12:00+01:00"),
    ],
)
def test_a_past_moment_has_the_offset_of_its_day(words: str, expected: str) -> None:
    assert moment(words) == expected


def test_a_moment_takes_no_second_time() -> None:
    assert read_past("2026-11-20 20:30 9am", NOW) is None
    assert read_past("2 hours ago 9:30", NOW) is None


@for_each(
    "words, first, last",
    [
        ("yesterday", "2026-11-24", "2026-11-24"),
        ("1 november", "2026-11-01", "2026-11-01"),
        ("november 26th", "2025-11-26", "2025-11-26"),
        ("29 february 2024", "2024-02-29", "2024-02-29"),
        ("this week", "2026-11-23", "2026-11-29"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("november", "2026-11-01", "2026-11-30"),
        ("Dec", "2025-12-01", "2025-12-31"),
        ("february 2024", "2024-02-01", "2024-02-29"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2025", "2025-01-01", "2025-12-31"),
    ],
)
def test_calls_since_a_span_begin_with_its_first_day_and_those_until_it_end_with_its_last(
    words: str, first: str, last: str
) -> None:
    since, until = read_since(words, NOW), read_until(words, NOW)
    assert since is not None
    assert until is not None
    assert (f"{since:%Y-%m-%d %H:%M}", f"{until:%Y-%m-%d %H:%M:%S}") == (f"{first} 00:00", f"{last} 23:59:59")


def test_a_quarter_in_january_and_a_span_that_does_not_exist() -> None:
    january = datetime(2026, 1, 3, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert f"{read_since('last quarter', january):%Y-%m-%d}" == "2025-10-01"
    assert f"{read_until('last month', january):%Y-%m-%d}" == "2025-12-31"
    for words in ("2026-13", "29 february 2025", "31 november", "0 may", "last fortnight", "next month"):
        assert read_since(words, NOW) is None, words
