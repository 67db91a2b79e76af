"""Commands without their slash and ordinary notes that begin with the same words, by a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.grammar.commands import COMMANDS
from recoverycli.session.grammar.forgotten_slash import forgotten_command
from recoverycli.times.future import read_date
from tests.cases import for_each
from tests.forgotten import (
    FORGOTTEN,
    FORGOTTEN_NOT_TUNED,
    ForgottenRow,
    forgotten_rows,
    offered_command,
)
from tests.terminal.little_call import AT, call

ROWS = forgotten_rows(FORGOTTEN)


@for_each("row", ROWS)
def test_a_command_without_its_slash_is_offered_and_a_note_is_not(row: ForgottenRow) -> None:
    assert offered_command(row) == row.command


def test_the_tables_have_sixty_commands_and_a_hundred_and_twenty_notes() -> None:
    rows = [*ROWS, *forgotten_rows(FORGOTTEN_NOT_TUNED)]
    assert len({row.typed for row in rows}) == len(rows)
    assert sum(1 for row in rows if row.command) >= 60
    assert sum(1 for row in rows if not row.command) >= 120


@pytest.mark.parametrize(
    "line", ["mood calm\nand more", "/hold", "promise call back " * 20, "", "ß", "hold: ten minutes"]
)
def test_a_pasted_long_or_empty_line_is_never_a_command(line: str) -> None:
    assert forgotten_command(call(), line, AT, read_date) == ""


@given(st.one_of(st.text(), st.tuples(st.sampled_from(sorted(COMMANDS)), st.text(max_size=30)).map(" ".join)))
def test_any_text_is_answered_by_a_command_or_nothing(text: str) -> None:
    command = forgotten_command(call(), text, AT, read_date)
    assert command == "" or command[1:].split()[0] in COMMANDS
