"""Amounts as people type them, by a table (amounts.tsv) and whatever else is typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.grammar.amounts import BadAmount, split_amount
from tests.cases import for_each
from tests.tables import AMOUNTS, AMOUNTS_NOT_TUNED, AmountRow, amount_meaning, amount_rows, judge

ROWS = amount_rows(AMOUNTS)
NOT_TUNED = amount_rows(AMOUNTS_NOT_TUNED)


@for_each("row", ROWS)
def test_an_amount_is_read_as_typed(row: AmountRow) -> None:
    assert amount_meaning(row.typed) == (row.remedy, row.meaning)


@for_each("row", NOT_TUNED)
def test_an_amount_that_no_rule_was_made_for_is_read_as_meant_or_not_at_all(row: AmountRow) -> None:
    assert judge(row.meaning, amount_meaning(row.typed)[1]) != "wrong"


def test_a_reading_asked_about_is_never_a_thousand_times_another_by_itself() -> None:
    for typed in ("refund £20.555", "refund 5.000", "refund 999.999 EUR"):
        _remedy, readings = split_amount(typed)
        assert len(readings) > 1, typed


words = st.sampled_from([row.typed for row in ROWS])
pieces = st.lists(st.sampled_from(sorted({word for row in ROWS for word in row.typed.split()})), max_size=5)


@given(st.one_of(st.text(max_size=40), words, pieces.map(" ".join)))
def test_no_text_breaks_the_reading_of_amounts(text: str) -> None:
    try:
        remedy, readings = split_amount(text)
    except BadAmount:
        return
    assert all(one.value >= 0 and remedy for one in readings)


@given(words)
def test_case_and_spaces_around_do_not_change_an_amount(typed: str) -> None:
    assert amount_meaning(f"  {typed} ") == amount_meaning(typed)
    assert amount_meaning(typed.swapcase())[1] == amount_meaning(typed)[1] or "XYQ" in typed
