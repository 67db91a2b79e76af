"""Several lines pasted into a terminal that does not mark pastes, and lines that were typed ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.terminal.call.paste import joins_lines
from tests.cases import for_each
from tests.terminal.calls import let_go, notes, started
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("break_", ["\r", "\n"], ids=["return", "newline"])
def test_several_lines_that_arrive_at_once_are_one_note(tmp_path: Path, break_: str) -> None:
    terminal = started(tmp_path)
    let_go(terminal)
    terminal.press(break_.join(("order 1042 was late", "she rang twice", "nobody called back", "")))
    terminal.expect("noted: order 1042 was late she rang twice nobody called back")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert notes(terminal) == ["order 1042 was late\nshe rang twice\nnobody called back"]


def test_a_long_paste_that_arrives_in_pieces_is_one_note(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    let_go(terminal)
    lines = [f"line {number} of what the customer wrote to us" for number in range(80)]
    terminal.press("\r".join([*lines, ""]))
    terminal.expect("noted: line 0")
    terminal.expect_prompted("")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert notes(terminal) == ["\n".join(lines)]


def test_without_a_newline_at_its_end_a_paste_waits_for_enter(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    let_go(terminal)
    terminal.press("order 1042 was late\rshe rang twice")
    terminal.expect_prompted("order 1042 was late⏎she rang twice")


def test_lines_typed_ahead_of_the_prompt_are_read_one_by_one(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", forged=False)
    terminal.press("first note\rsecond note\r")
    terminal.expect("- first note", "noted: second note")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert notes(terminal) == ["first note", "second note"]


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_after_lines_typed_ahead_the_screen_shows_the_call_as_it_stands(tmp_path: Path, lines: int) -> None:
    terminal = Terminal(tmp_path, "start", "learn")
    terminal.press("a note\r" * lines, "/end\r")
    terminal.expect("How did it end?")


@for_each(
    "line, following, joins",
    [
        ("first", "second\n", True),
        ("first", "\nsecond\n", True),
        ("first", "", False),
        ("first", "\n", False),
        ("first", "/promise x by 5pm\n", False),
        ("/offer", "refund 20\n", False),
        ("m", "a note\n", False),
        ("a note", "1\n", False),
        ("", "first\nsecond\n", False),
    ],
)
def test_commands_numbers_and_letters_are_never_part_of_a_paste(line: str, following: str, *, joins: bool) -> None:
    assert joins_lines(line, following) is joins


def test_the_line_is_seen_whole_again_when_the_window_grows(tmp_path: Path) -> None:
    terminal = started(tmp_path, columns=40)
    line = "she rang on Monday and on Tuesday and nobody called back"
    terminal.press(line)
    terminal.expect("nobody called back")
    assert "she rang" not in terminal.text
    terminal.resize(120, 24)
    terminal.expect_prompted(line)
