"""Working days and hours: weekends, public holidays, and the hours of the settings."""

from __future__ import annotations

from datetime import date

import pytest

from recoverycli.times.working_time import (
    UnknownCountry,
    WorkingTime,
    check_country,
    hours_text,
    is_country_code,
    is_working_day,
    read_hours,
    working_day_after,
    working_minutes_after,
)
from tests.cases import for_each

CHRISTMAS_EVE = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("country", "day"),
    [
        (None, date(2026, 12, 25)),
        ("GB-ENG", date(2026, 12, 29)),
        ("GB-SCT", date(2026, 12, 29)),
        ("DE", date(2026, 12, 28)),
        ("US", date(2026, 12, 28)),
    ],
)
def test_the_working_day_after_christmas_eve_depends_on_the_country(country: str | None, day: date) -> None:
    assert working_day_after(CHRISTMAS_EVE, 1, WorkingTime(country)) == day


def test_a_region_has_holidays_of_its_own() -> None:
    epiphany = date(2027, 1, 6)
    assert is_working_day(epiphany, WorkingTime("DE"))
    assert not is_working_day(epiphany, WorkingTime("DE-BY"))


def test_working_days_are_counted_back_too() -> None:
    assert working_day_after(date(2026, 12, 29), -1, WorkingTime("GB-ENG")) == CHRISTMAS_EVE


def test_working_hours_go_on_with_the_next_working_day() -> None:
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert working_minutes_after(friday, 16 * 60, 120, WorkingTime()) == (monday, 10 * 60)
    assert working_minutes_after(friday, 16 * 60, 60, WorkingTime()) == (friday, 17 * 60)
    assert working_minutes_after(friday, 6 * 60, 60, WorkingTime(None, 8 * 60, 12 * 60)) == (friday, 9 * 60)


@pytest.mark.parametrize("code", ["XX", "GB-XX"])
def test_a_country_without_known_holidays_is_an_error_that_says_so(code: str) -> None:
    with pytest.raises(UnknownCountry):
        check_country(code)


@pytest.mark.parametrize(("code", "is_code"), [("DE", True), ("DE-BY", True), ("de", False), ("Germany", False)])
def test_a_code_has_the_form_of_a_country(code: str, is_code: bool) -> None:
    assert is_country_code(code) == is_code


@for_each(
    "text, hours",
    [
        ("09:00-17:30", "09:00-17:30"),
        ("8-18", "08:00-18:00"),
        ("8:30 to 16", "08:30-16:00"),
        ("17:00-09:00", None),
        ("09:00-09:30", None),
        ("09:00-24:00", None),
        ("09:60-17:00", None),
        ("always", None),
    ],
)
def test_working_hours_begin_before_they_end_on_one_day(text: str, hours: str | None) -> None:
    found = read_hours(text)
    assert (found and hours_text(*found)) == hours
