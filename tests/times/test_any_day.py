"""A day as people type it for a fact of a call: it may be past or ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime

from recoverycli.times.any_day import read_day
from recoverycli.times.future import read_date
from tests.cases import for_each

# A Sunday.
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@for_each(
    "words, days",
    [
        ("3 weeks ago", ["2026-11-08"]),
        ("three weeks ago", ["2026-11-08"]),
        ("yesterday", ["2026-11-28"]),
        ("last friday", ["2026-11-27"]),
        ("today", ["2026-11-29"]),
        ("tomorrow", ["2026-11-30"]),
        ("2026-11-08", ["2026-11-08"]),
        ("8.11.2026", ["2026-11-08"]),
        ("12 nov 2025", ["2025-11-12"]),
        ("12 november", ["2026-11-12"]),
        ("november 12th", ["2026-11-12"]),
        ("3 december", ["2026-12-03"]),
        ("friday", ["2026-11-27", "2026-12-04"]),
        ("3 weeks", ["2026-11-08", "2026-12-20"]),
        ("29 may", ["2026-05-29", "2027-05-29"]),
        ("banana", []),
        ("last week", []),
        ("this month", []),
        ("10 EUR", []),
        ("", []),
    ],
)
def test_words_name_the_days_that_people_mean(words: str, days: list[str]) -> None:
    assert read_day(words, NOW, read_date) == tuple(map(date.fromisoformat, days))


def test_a_leap_day_without_a_year_is_looked_for_in_the_year_before_as_well() -> None:
    now = datetime(2028, 1, 10, 12, tzinfo=UTC)
    assert read_day("29 february", now, read_date) == (date(2028, 2, 29),)
