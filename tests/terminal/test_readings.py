"""A date or an amount with two readings on a terminal: both stand above the prompt, and a number takes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import journal, started

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 12)])
def test_a_promise_with_two_readings_is_asked_about_by_number(tmp_path: Path, columns: int, lines: int) -> None:
    terminal = started(tmp_path, prompt="›", columns=columns, lines=lines)
    before = journal(terminal)
    terminal.say("/promise call back at 4")
    # The tests are on Wednesday 25 November at ten.
    terminal.expect("at 4: which one?", "1 Wed 25 Nov 2026, 16:00", "2 Thu 26 Nov 2026, 4:00")
    assert journal(terminal) == before
    terminal.say("1")
    terminal.expect("promised: call back", gone="which one?")
    assert b'"due":"2026-11-25T16:00' in journal(terminal)


def test_enter_at_the_question_of_an_amount_offers_nothing(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("/offer refund 5.000")
    terminal.expect("refund 5.000: which one?", "1 5", "2 5,000", "Enter offers nothing")
    before = journal(terminal)
    terminal.press("enter")
    terminal.expect("nothing recorded", gone="which one?")
    assert journal(terminal) == before
