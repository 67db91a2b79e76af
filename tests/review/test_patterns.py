"""What comes more often than chance allows is told, and chance itself is not."""

from __future__ import annotations

import random
import sqlite3
from datetime import date, timedelta
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.review.statistics.intervals import at_least, newcombe, wilson
from recoverycli.review.statistics.patterns import DAYS_AT_LEAST, FEWEST_THERE, Hotspot, patterns
from recoverycli.review.statistics.topics import Topics
from recoverycli.session.filters import Filters
from recoverycli.store.index.tables import make_tables

LAST = date(2026, 11, 20)
Row = tuple[str | None, str | None, date, int]


def told(rows: list[Row]) -> tuple[Hotspot, ...]:
    """What is told of calls: issue, cause, day and hour of each."""
    connection = sqlite3.connect(":memory:")
    make_tables(connection)
    connection.executemany(
        "INSERT INTO call (issue, issue_key, cause, day, weekday, hour) VALUES (?, ?, ?, ?, ?, ?)",
        [(issue, issue, cause, day.isoformat(), day.weekday(), hour) for issue, cause, day, hour in rows],
    )
    return patterns(connection, Filters(), Topics())


def at_random(seed: int, calls: int = 700, days: int = 200) -> list[Row]:
    """Calls of issues and causes that have nothing to do with when they come; fewer of them at weekends."""
    draw = random.Random(seed)
    rows: list[Row] = []
    while len(rows) < calls:
        day = LAST - timedelta(days=draw.randrange(days))
        if day.weekday() < 5 or draw.random() < 0.3:
            issue = draw.choices(("billing", "late parcel", "wrong item", "app", "rude"), (30, 15, 10, 8, 4))[0]
            cause = draw.choice(("label", "carrier", "handover", None))
            rows.append((issue, cause, day, min(20, max(7, int(draw.gauss(13, 3))))))
    return rows


def test_random_days_show_no_pattern_in_at_least_95_of_100_seeds() -> None:
    assert sum(told(at_random(seed)) == () for seed in range(100)) >= 95


def test_late_parcels_on_tuesdays_are_reported_in_a_plain_sentence() -> None:
    draw = random.Random(4)
    tuesdays = [LAST - timedelta(days=back) for back in range(200) if (LAST - timedelta(days=back)).weekday() == 1]
    rows = at_random(11) + [("late parcel", None, draw.choice(tuesdays), 10 + draw.randrange(6)) for _ in range(35)]
    (found,) = [pattern for pattern in told(rows) if pattern.where == "weekday"]
    assert (found.kind, found.name, found.place) == ("issue", "late parcel", "Tuesday")
    assert found.count == sum(row[0] == "late parcel" and row[2].weekday() == 1 for row in rows)
    others = [row for row in rows if row[0] != "late parcel"]
    share = sum(row[2].weekday() == 1 for row in others) / len(others)
    expected = share * (len(rows) - len(others))
    assert found.expected == pytest.approx(expected, abs=0.06)
    assert found.sentence == (
        f"late parcel: {found.count} of {found.of} on Tuesdays where {expected:.0f} would be expected;"
        " unlikely to be chance"
    )


def test_a_cause_in_one_hour_and_an_issue_of_the_last_weeks_are_reported() -> None:
    rows = at_random(12)
    rows += [("billing", "night job", LAST - timedelta(days=day * 2), 6) for day in range(30)]
    rows += [("app", None, LAST - timedelta(days=day % 20), 9 + day % 8) for day in range(40)]
    found = {(pattern.kind, pattern.name, pattern.where): pattern.sentence for pattern in told(rows)}
    assert "from 06:00 to 06:59" in found["cause", "night job", "hour"]
    assert "in the last 4 weeks" in found["issue", "app", "lately"]


def test_spellings_of_one_issue_are_one_pattern_with_the_name_of_most_calls() -> None:
    rows = at_random(12)
    spelled = ("Gate shut", "gate shut!", "Gate shut", "GATE  SHUT")
    rows += [(spelled[day % 4], None, LAST - timedelta(days=day % 20), 9 + day % 8) for day in range(40)]
    (found,) = [pattern for pattern in told(rows) if pattern.where == "lately"]
    assert (found.name, found.count, found.of) == ("Gate shut", 40, 40)


def test_one_bad_day_is_no_pattern() -> None:
    outage = [("app", None, LAST - timedelta(days=3), 10 + number % 5) for number in range(60)]
    assert not [one for one in told([*at_random(13), *outage]) if one.name == "app" and one.where == "weekday"]
    assert DAYS_AT_LEAST > 1


def test_few_calls_show_no_pattern() -> None:
    rows = at_random(14) + [("flood", None, LAST - timedelta(days=7 * week), 3) for week in range(FEWEST_THERE - 1)]
    assert not [one for one in told(rows) if one.name == "flood"]
    assert told([]) == ()


@given(st.data())
def test_the_chance_is_the_tail_of_the_hypergeometric_distribution(data: st.DataObject) -> None:
    calls = data.draw(st.integers(1, 60))
    of, there = data.draw(st.integers(0, calls)), data.draw(st.integers(0, calls))
    number = data.draw(st.integers(0, min(of, there)))
    numbers = [k for k in range(number, min(of, there) + 1) if of - k <= calls - there]
    exact = sum((Fraction(comb(there, k) * comb(calls - there, of - k), comb(calls, of)) for k in numbers), Fraction(0))
    assert at_least(number, of, there, calls) == pytest.approx(float(exact), abs=1e-9)


def test_intervals_are_those_of_the_published_examples() -> None:
    # Newcombe 1998, Statistics in Medicine 17, pages 857 and 873: 81/263 by Wilson; 56/70 against 48/80 by method 10.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=0.0001)
    assert newcombe((48, 80), (56, 70)) == pytest.approx((0.0524, 0.3339), abs=0.0001)
