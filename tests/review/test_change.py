"""Before and after a day: a change is told rightly, chance is not told as one, and both sides are alike."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.review.statistics.change import BeforeAndAfter, Measure, change
from recoverycli.review.statistics.intervals import LEVEL, holm, rate_ratio, share_difference
from recoverycli.review.statistics.windows import spread, windows
from recoverycli.session.filters import Filters
from recoverycli.store.index.columns import micros
from recoverycli.store.index.tables import make_tables
from tests.changed_calls import DAY, ISSUE, NOW, Rates, a_store

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_OF_CHANGE = date(2026, 6, 1)
LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)
# The day of a call from the day of the change on, its issue and its outcome.
Row = tuple[int, str, str | None]


def index(rows: Iterable[Row]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    make_tables(connection)
    connection.executemany(
        "INSERT INTO call (id, started, day, issue, issue_key, outcome, state, seconds)"
        " VALUES (?, ?, ?, ?, ?, ?, 'finished', 100)",
        [
            (f"{place:05d}", micros(at(day)), f"{at(day):%Y-%m-%d}", issue, issue, outcome)
            for place, (day, issue, outcome) in enumerate(rows)
        ],
    )
    return connection


def at(day: int) -> datetime:
    return datetime(2026, 6, 1, 10, tzinfo=UTC) + timedelta(days=day)


def compare(rows: Iterable[Row], issue: str | None = None) -> BeforeAndAfter:
    return change(index(rows), Filters(issue=issue), LATER, DAY_OF_CHANGE)


def rate_of(found: BeforeAndAfter) -> Measure:
    return found.measures[0]


def every_day(first: int, last: int, issue: str = "billing") -> list[Row]:
    return [(day, issue, None) for day in range(first, last + 1)]


@pytest.mark.parametrize(("after", "right"), [(100, "less"), (400, "more")], ids=["halved", "doubled"])
def test_an_issue_that_was_halved_or_doubled_is_told_so(after: int, right: str) -> None:
    seen = [
        rate_of(change(a_store(seed, Rates(200, after)), Filters(issue=ISSUE), NOW, DAY.date())) for seed in range(10)
    ]
    assert [one.verdict for one in seen] == [right] * 10
    for one in seen:
        assert one.high is not None
        assert (one.high < 1) == (right == "less")


def test_without_a_change_few_runs_alarm() -> None:
    # Without the correction one in four would. `make changes` looks at 2,000 seeds.
    alarms = 0
    for seed in range(40):
        wanted = Filters(issue=ISSUE) if seed % 2 else Filters()
        found = change(a_store(seed, Rates(100, 100)), wanted, NOW, DAY.date())
        alarms += any(one.verdict in ("more", "less") for one in found.measures)
    assert alarms <= 4


def test_days_without_calls_count_so_that_a_rarer_issue_is_not_told_as_more_frequent() -> None:
    # 60 calls over twenty weeks, then 30 in twenty weeks, all of them in the last five days.
    rows = [(-(number * 7 // 3) - 1, "late", None) for number in range(60)]
    rows += [(135 + number % 5, "late", None) for number in range(30)]
    found = rate_of(compare([*rows, *every_day(-140, 139)], "late"))
    assert (found.calls_before, found.calls_after) == (60, 30)
    assert (found.before, found.after) == (3.0, 1.5)
    assert found.verdict in ("less", "unclear")


def test_an_issue_that_vanished_or_is_new_is_told_so() -> None:
    old = [(-2 * number - 1, "late", None) for number in range(34)]
    gone = rate_of(compare([*old, *every_day(-70, 69)], "late"))
    assert (gone.verdict, gone.after, gone.calls_after) == ("less", 0.0, 0)
    assert gone.sentence == (
        "calls a week: 3.4 (34 calls) before, none after; vanished: at most 0.11 times as many; unlikely to be chance"
    )
    come = rate_of(compare([*((-day - 1, issue, outcome) for day, issue, outcome in old), *every_day(-70, 69)], "late"))
    assert (come.verdict, come.before, come.high) == ("more", 0.0, None)
    assert "none before, 3.4 (34 calls) after; new: at least 8.9 times as many" in come.sentence


def test_one_bad_day_is_no_change() -> None:
    quiet = [(2 * number, "late", None) for number in range(-35, 35)]
    outage = [(20, "late", None)] * 40
    assert rate_of(compare([*quiet, *outage, *every_day(-70, 69)], "late")).verdict == "unclear"
    spread_out = [(number, "late", None) for number in range(40)]
    assert rate_of(compare([*quiet, *spread_out, *every_day(-70, 69)], "late")).verdict == "more"


def test_a_difference_that_is_not_rare_among_all_measures_is_told_as_such() -> None:
    rows = [(day, "late", "resolved" if number < share else "unresolved")
            for day, share in ((-3, 60), (3, 74)) for number in range(100)]  # fmt: skip
    found = compare([*rows, *every_day(-7, 6)])
    resolved = next(one for one in found.measures if one.name == "resolved")
    assert resolved.verdict == "unclear"
    assert resolved.low is not None
    assert resolved.low > 0
    assert resolved.among == "finished calls with an outcome"
    assert resolved.sentence == (
        "resolved: 60% of 100 before, 74% of 100 after; may be chance: such a difference (+1 to +26 points)"
        " is not rare among 4 measures"
    )


def test_few_calls_are_no_difference_and_none_are_no_error() -> None:
    few = compare([*every_day(-4, 3)])
    assert {one.verdict for one in few.measures} == {"too few"}
    assert few.measures[0].sentence == "calls a week: 7.0 (4 calls) before, 7.0 (4 calls) after; too few to tell"
    for none in (compare([]), compare(every_day(-20, -1)), compare(every_day(0, 20))):
        assert (none.days, none.before.since) == (0, None)
        assert {one.verdict for one in none.measures} == {"too few"}


@pytest.mark.parametrize(
    ("first", "last", "wanted", "days"),
    [
        (-70, 69, Filters(), 70),
        (-70, 30, Filters(), 28),
        (-10, 69, Filters(), 7),
        (-5, 69, Filters(), 5),
        (-70, 0, Filters(), 1),
        # About an issue that came once: recorded were all days.
        (-70, 69, Filters(issue="late"), 70),
        (-70, 69, Filters(since=at(-21).replace(hour=0)), 21),
        (-70, 69, Filters(since=at(-21)), 14),
        (-70, 69, Filters(until=at(14).replace(hour=0) - timedelta(microseconds=1)), 14),
        (-70, 69, Filters(until=at(14)), 14),
        (-70, 69, Filters(limit=85), 14),
        (-70, 69, Filters(agent="nobody"), 0),
        (3, 69, Filters(), 0),
    ],
)
def test_both_windows_are_as_long_and_hold_whole_weeks(first: int, last: int, wanted: Filters, days: int) -> None:
    connection = index([*every_day(first, last), (first, "late", None)])
    found, before, after = windows(connection, wanted, LATER, DAY_OF_CHANGE)
    assert found == days
    if days:
        assert (before.since, before.until) == (f"{at(-days):%Y-%m-%d}", f"{at(-1):%Y-%m-%d}")
        assert (after.since, after.until) == (f"{at(0):%Y-%m-%d}", f"{at(days - 1):%Y-%m-%d}")


def test_today_is_left_out_because_it_is_not_over() -> None:
    connection = index(every_day(-10, 3))
    assert windows(connection, Filters(), at(3), DAY_OF_CHANGE)[0] == 3


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_the_chance_is_small_only_where_the_interval_leaves_out_no_difference(
    of_before: int, of_after: int, data: st.DataObject
) -> None:
    before, after = data.draw(st.integers(0, of_before)), data.draw(st.integers(0, of_after))
    difference = share_difference((before, of_before), (after, of_after))
    if difference.chance < 1 - LEVEL:
        assert not difference.low <= 0 <= difference.high
    ratio = rate_ratio(of_before, of_after, data.draw(st.floats(1, 5)))
    if min(abs(ratio.low - 1), abs(ratio.high - 1)) > 1e-9:
        assert (ratio.chance < 1 - LEVEL) == (not ratio.low <= 1 <= ratio.high)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_a_correction_never_makes_a_chance_smaller_or_changes_the_order(chances: list[float]) -> None:
    corrected = holm(chances)
    assert all(chance <= after <= 1 for chance, after in zip(chances, corrected, strict=True))
    ordered = [after for _, after in sorted(zip(chances, corrected, strict=True))]
    assert ordered == sorted(ordered)
    assert min(corrected) == min(1.0, min(chances) * len(chances))


def test_holm_is_that_of_the_textbook_and_counts_tests_that_are_not_listed() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.01], 5) == pytest.approx([0.05])


def test_calls_that_come_in_clusters_spread_more_than_those_by_chance() -> None:
    assert spread([1] * 28, [2] * 28) == 1.0
    assert spread([0, 0, 0, 9] * 7, [0, 0, 8, 0] * 7) > 3
    # A weekday that is always busier is no cluster.
    assert spread([1, 1, 1, 1, 9, 0, 0] * 4, [1, 1, 1, 1, 9, 0, 0] * 4) == 1.0
