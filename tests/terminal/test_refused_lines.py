"""A line that is refused comes back selected, and never swallows what is typed next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.terminal.calls import journal, notes, started, transcript

if TYPE_CHECKING:
    from pathlib import Path

REFUSED = "/promice a bill by tomorrow 5pm"
SIZES = [(80, 24), (40, 12), (40, 10), (120, 40)]


@pytest.mark.parametrize(("columns", "lines"), SIZES)
def test_four_lines_in_a_row_are_each_answered_and_none_is_glued(tmp_path: Path, columns: int, lines: int) -> None:
    terminal = started(tmp_path, columns=columns, lines=lines)
    terminal.say("/offer")
    terminal.expect("what was offered?")
    terminal.say("refund £49.99")
    terminal.expect("noted: refund £49.99")
    terminal.say("she wants it by Friday")
    terminal.expect("noted: she wants it by Friday")
    terminal.say("/promise x by 5pm")
    terminal.expect("promised: x")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert notes(terminal) == ["refund £49.99", "she wants it by Friday"]
    assert [promise["what"] for promise in transcript(terminal)["promises"]] == ["x"]


def test_four_lines_that_are_typed_faster_than_they_are_answered_are_none_glued_either(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    for line in ("/offer", "refund £49.99", "she wants it by Friday", "/promise x by 5pm"):
        terminal.say(line)
    terminal.expect("promised: x")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert "\n".join(notes(terminal)) == "refund £49.99\nshe wants it by Friday"
    assert [promise["what"] for promise in transcript(terminal)["promises"]] == ["x"]


def refused(tmp_path: Path, **more: Any) -> Any:
    terminal = started(tmp_path, **more)
    terminal.say(REFUSED)
    terminal.expect("there is no command /promice")
    terminal.expect_prompted(REFUSED)
    return terminal


def test_the_next_key_replaces_it_and_the_up_arrow_brings_it_back(tmp_path: Path) -> None:
    terminal = refused(tmp_path)
    terminal.press("a")
    terminal.expect_prompted("a")
    terminal.press(" note", "enter")
    terminal.expect("noted: a note")
    terminal.press("up", "up")
    terminal.expect_prompted(REFUSED)


@pytest.mark.parametrize("key", ["enter", "escape", "backspace", "ctrl-u", "ctrl-d"])
def test_a_key_that_drops_it_does_nothing_else(tmp_path: Path, key: str) -> None:
    terminal = refused(tmp_path)
    before = journal(terminal)
    terminal.press(key)
    terminal.expect_prompted("")
    assert journal(terminal) == before
    assert "▸ 1 Listen" in terminal.text
    terminal.press("up")
    terminal.expect_prompted(REFUSED)


@pytest.mark.parametrize(
    ("key", "edited"),
    [("left", f"{REFUSED[:-1]}!m"), ("home", f"!{REFUSED}"), ("end", f"{REFUSED}!"), ("right", f"{REFUSED}!")],
)
def test_an_arrow_home_or_end_edits_it(tmp_path: Path, key: str, edited: str) -> None:
    terminal = refused(tmp_path)
    terminal.press(key, "!")
    terminal.expect_prompted(edited)


def test_tab_puts_the_nearest_line_in_its_place(tmp_path: Path) -> None:
    terminal = refused(tmp_path)
    terminal.expect("Tab: /promise a bill by tomorrow 5pm")
    terminal.press("tab")
    terminal.expect_prompted("/promise a bill by tomorrow 5pm")
    terminal.press("enter")
    terminal.expect("promised: a bill")


def test_tab_leaves_out_what_is_still_to_be_typed(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("/promise")
    terminal.expect("what was promised?")
    terminal.press("tab", "x")
    terminal.expect_prompted("/promise x")


def test_it_is_marked_by_more_than_a_colour(tmp_path: Path) -> None:
    terminal = refused(tmp_path, NO_COLOR="1")
    row = next(index for index, line in enumerate(terminal.lines) if line.startswith(" › /promice"))
    cells = [terminal.screen.buffer[row][column] for column in range(3, 3 + len(REFUSED))]
    assert all(cell.reverse for cell in cells)
    assert {cell.fg for cell in cells} == {"default"}


def test_a_paste_replaces_it(tmp_path: Path) -> None:
    terminal = refused(tmp_path)
    terminal.press("\x1b[200~pasted words\x1b[201~")
    terminal.expect_prompted("pasted words")


def test_a_key_that_moves_drops_it_too(tmp_path: Path) -> None:
    terminal = refused(tmp_path)
    terminal.press("back-tab")
    terminal.expect("this is the first step")
    terminal.expect_prompted("")


def test_a_half_typed_line_is_there_again_after_the_end_was_chosen(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.press("half a note")
    terminal.expect_prompted("half a note")
    terminal.press("ctrl-c")
    terminal.expect("p pauses")
    terminal.say("e")
    terminal.expect("How did it end?")
    terminal.expect_prompted("half a note")


def test_on_a_plain_terminal_the_next_line_stands_alone(tmp_path: Path) -> None:
    terminal = started(tmp_path, "start", "learn", "--plain", prompt="\n>", lines=60)
    terminal.say("/offer")
    terminal.expect("what was offered?")
    terminal.say("refund £49.99")
    terminal.expect("noted: refund £49.99")


def test_tab_takes_a_note_as_the_command_that_was_meant(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("promise call back tomorrow 5pm")
    terminal.expect("Tab: take it as /promise", "noted: promise call back tomorrow 5pm")
    terminal.press("tab")
    terminal.expect("promised: call back")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert notes(terminal) == []
    assert [promise["what"] for promise in transcript(terminal)["promises"]] == ["call back"]


def test_tab_takes_nothing_once_something_is_typed(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("mood angry")
    terminal.expect("Tab: take it as /mood")
    terminal.press("/mo", "tab")
    terminal.expect("/mood", "/more")


def test_on_a_plain_terminal_a_slash_takes_it(tmp_path: Path) -> None:
    terminal = started(tmp_path, "start", "learn", "--plain", prompt="\n>", lines=60)
    terminal.say("mood angry")
    terminal.expect("Type / to take it as /mood.")
    terminal.say("/")
    terminal.expect("mood: angry")
