"""Promises kept in time by week: a trend is told where chance is an unlikely explanation, and only there."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from recoverycli.review.statistics.counts import statistics
from recoverycli.review.statistics.promise_trend import PromiseTrend, promise_trend, trend
from recoverycli.session.filters import Filters
from tests.review.calls import amendment, promise
from tests.review.test_demand import by, index

MONDAY = datetime(2026, 9, 7, tzinfo=UTC)
LATER = MONDAY + timedelta(weeks=20)


def told(weeks: list[tuple[int, int]]) -> PromiseTrend:
    """Promises of each week, so many kept in time and so many late."""
    made = []
    for week, (kept, late) in enumerate(weeks):
        for number in range(kept + late):
            due = MONDAY + timedelta(weeks=week, hours=number)
            done = due + timedelta(hours=-1 if number < kept else 1)
            change = amendment("promises.p1.done_at", done.isoformat())
            made.append(by(f"{week}-{number}", 60, None, promise(1, "a call", due), amendments=(change,)))
    made.append(by("open", 60, None, promise(1, "a call", LATER + timedelta(days=1)), promise(2, "a letter")))
    connection = index(made)
    found = promise_trend(connection, Filters(), LATER)
    kept_in_time = statistics(connection, Filters(), LATER).promises.kept_in_time
    sums = [sum(getattr(week.kept_in_time, part) for week in found.weeks) for part in ("count", "of")]
    assert sums == [kept_in_time.count, kept_in_time.of]
    return found


def test_weeks_are_told_with_their_promises_and_what_became_of_the_share() -> None:
    found = told([(2, 8), (4, 6), (6, 4), (8, 2)])
    assert [(week.week, week.kept_in_time.count, week.kept_in_time.of) for week in found.weeks] == [
        ("2026-W37", 2, 10), ("2026-W38", 4, 10), ("2026-W39", 6, 10), ("2026-W40", 8, 10),
    ]  # fmt: skip
    assert found.verdict == "rising"
    assert told([(8, 2), (6, 4), (4, 6), (2, 8)]).verdict == "falling"
    assert told([(5, 5), (5, 5), (5, 5), (6, 4)]).verdict == "unclear"


@pytest.mark.parametrize("weeks", [[(9, 1), (1, 9), (5, 5)], [(9, 0), (9, 0), (9, 3), (9, 6)], []])
def test_of_too_few_weeks_or_promises_no_trend_is_told(weeks: list[tuple[int, int]]) -> None:
    found = told(weeks)
    assert (found.verdict, found.chance) == ("too few", None)


def test_the_chance_is_that_of_cochran_and_armitage() -> None:
    # By the weighted regression of the shares on the weeks: chi-squared is 18.0267 with one degree of freedom.
    chance, slope = trend([(0, 10, 50), (1, 15, 50), (2, 20, 50), (3, 30, 50)])
    assert slope > 0
    assert chance == pytest.approx(2.17832e-05, rel=1e-4)


def test_where_nothing_changes_chance_alone_is_called_a_trend_in_one_of_twenty_at_most() -> None:
    draw, alarms, runs = random.Random(1), 0, 2000
    for _ in range(runs):
        weeks = []
        for week in range(12):
            of = draw.randrange(1, 12)
            weeks.append((week, sum(draw.random() < 0.8 for _ in range(of)), of))
        chance, _ = trend(weeks)
        alarms += chance is not None and chance < 0.05
    assert alarms / runs <= 0.05
