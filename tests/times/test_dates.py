"""Dates as agents say them: every row of the tables, which `make readers` counts."""

from __future__ import annotations

from tests.cases import for_each
from tests.tables import DATES, DATES_NOT_TUNED, DateRow, date_meaning, date_rows, judge

ROWS = date_rows(DATES)
NOT_TUNED = date_rows(DATES_NOT_TUNED)


def _name(row: DateRow) -> str:
    return f"{row.now:%a %d %b}: {row.words}"


@for_each("row", ROWS, name=_name)
def test_a_date_is_read_as_agents_mean_it(row: DateRow) -> None:
    assert date_meaning(row) == row.meaning


@for_each("row", NOT_TUNED, name=_name)
def test_a_phrase_that_no_rule_was_made_for_is_read_as_meant_or_not_at_all(row: DateRow) -> None:
    assert judge(row.meaning, date_meaning(row)) != "wrong"


def test_the_table_is_large_and_said_at_several_moments() -> None:
    assert len({(row.now, row.words) for row in ROWS}) == len(ROWS) >= 400
    assert len({row.now for row in ROWS}) >= 7
