"""Promises as agents type them: what was promised, and the date at the end of the words, by a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.events import Promised
from recoverycli.session.grammar.meanings import Ambiguous, Record
from recoverycli.session.grammar.promises import read_promise
from recoverycli.times.future import read_date
from tests.cases import for_each
from tests.tables import PROMISES, PromiseRow, promise_meaning, promise_rows

NOW, ROWS = promise_rows(PROMISES)


@for_each("row", ROWS)
def test_a_promise_is_split_before_its_date(row: PromiseRow) -> None:
    assert promise_meaning(row, NOW) == (row.what, row.said, row.meaning)


def test_without_a_date_all_words_are_what_was_promised() -> None:
    without = [row for row in ROWS if row.meaning == "none"]

    assert without
    assert all(row.what == row.typed for row in without)


pieces = st.lists(st.sampled_from(sorted({word for row in ROWS for word in row.typed.split()})), max_size=9)


@given(st.one_of(st.text(max_size=80), pieces.map(" ".join)))
def test_no_word_of_a_promise_is_lost(typed: str) -> None:
    rest = typed.strip()
    meaning = read_promise(rest, NOW, read_date)

    for event in meaning.events if isinstance(meaning, Ambiguous) else [getattr(meaning, "event", None)]:
        if isinstance(event, Promised):
            kept = f"{event.what} {event.due_said or ''}".split()
            assert [word for word in rest.split() if word.casefold() not in {"by", "on"}] == [
                word for word in kept if word.casefold() not in {"by", "on"}
            ]
    assert isinstance(meaning, Ambiguous | Record) or not rest
