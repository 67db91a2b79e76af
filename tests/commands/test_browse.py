"""`log browse` on a real terminal: move, narrow, show; `log list` a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.store.calls.archive import Archive
from tests.synthetic import calls
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for call in calls(40, seed=7, days=20):
        archive.write(call)
    return tmp_path


def test_letters_narrow_the_list_and_enter_shows_a_call(kept: Path) -> None:
    terminal = Terminal(kept, "log", "browse", PAGER="")
    terminal.expect("Past calls", "40 calls", "Enter shows")
    billing = [call for call in calls(40, seed=7, days=20) if call.issue == "billing"]
    terminal.press("billing")
    terminal.expect("Find: billing", "billing")
    terminal.press("zzzz")
    terminal.expect("No calls match")
    terminal.press("escape")
    terminal.expect("Past calls", "40 calls")
    assert billing
    terminal.press("enter")
    terminal.expect("Press a key")
    terminal.press("x")
    terminal.expect("40 calls")
    terminal.press("escape")
    assert terminal.end() == 0


def test_every_letter_narrows_and_control_keys_act_on_the_marked_call(kept: Path) -> None:
    terminal = Terminal(kept, "log", "browse", PAGER="")
    terminal.expect("Past calls")
    for word in ("refund", "xq/", "queue"):
        terminal.press(word)
        terminal.expect(f"Find: {word}")
        terminal.press("escape")
        terminal.expect("Past calls")
    terminal.press("\x12")
    terminal.expect("space pauses")
    terminal.press("q")
    terminal.expect("Past calls")
    terminal.press("escape")
    assert terminal.end() == 0


@pytest.mark.parametrize(("columns", "lines"), [(40, 10), (80, 24), (200, 50)])
def test_every_row_fits(kept: Path, columns: int, lines: int) -> None:
    terminal = Terminal(kept, "log", "browse", columns=columns, lines=lines)
    terminal.expect("40 calls")
    assert all(len(line) <= columns for line in terminal.lines)
    assert "…" not in terminal.lines[0]


def test_in_a_pipe_it_says_what_to_do(recovery: Recovery) -> None:
    done = recovery("log", "browse")
    assert done.returncode == 2
    assert "recovery log list" in done.stderr


def test_in_plain_mode_a_number_shows_a_call(kept: Path) -> None:
    terminal = Terminal(kept, "--plain", "log", "browse", lines=60)
    terminal.expect("1: ", "Enter to leave")
    terminal.press("1", "enter")
    terminal.expect("Press Enter to go back", "How it ended")
    terminal.press("enter")
    terminal.expect("Enter to leave")
    terminal.press("enter")
    assert terminal.end() == 0


def test_a_list_on_a_terminal_comes_a_page_at_a_time(kept: Path) -> None:
    terminal = Terminal(kept, "log", "list")
    terminal.expect("Enter for older calls")
    first = terminal.text
    terminal.press("enter")
    terminal.expect("Enter for older calls", gone=first.splitlines()[1][:40])
    terminal.press("q", "enter")
    assert terminal.end() == 0
