"""Help, more and the hand-over note lie over a call. A key that turns or closes such a page does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import journal, let_go, started

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.screen import Terminal

SIZES = [(80, 24), (40, 12), (40, 10), (120, 40)]
CLOSING = {"enter": "enter", "escape": "escape", "space": " ", "q": "q"}


def close(terminal: Terminal, key: str) -> None:
    """Press the key until no page lies over the call."""
    for _ in range(40):
        if "closes" not in terminal.text:
            return
        terminal.press_and_see(key)
        let_go(terminal)
    raise AssertionError(terminal.text)


@pytest.mark.parametrize(("columns", "lines"), SIZES)
@pytest.mark.parametrize("page", ["m", "?", "/escalate supervisor: wants a manager"], ids=["more", "help", "note"])
def test_closing_a_page_records_nothing(tmp_path: Path, page: str, columns: int, lines: int) -> None:
    terminal = started(tmp_path, prompt="›", columns=columns, lines=lines)
    for key in CLOSING.values():
        terminal.say(page)
        terminal.expect("closes")
        before = journal(terminal)
        close(terminal, key)
        assert journal(terminal) == before
        terminal.expect_prompted("")


@pytest.mark.parametrize("key", CLOSING.values(), ids=CLOSING)
def test_closing_a_page_at_the_end_does_not_save(tmp_path: Path, key: str) -> None:
    terminal = started(tmp_path)
    terminal.say("/end")
    terminal.expect("How did it end?")
    terminal.say("?")
    terminal.expect("closes")
    before = journal(terminal)
    close(terminal, key)
    assert journal(terminal) == before
    terminal.expect("How did it end?")


def test_a_page_says_which_of_how_many_it_is(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("?")
    terminal.expect("1/3 · Enter next page · Esc closes")
    terminal.press_and_see(" ")
    terminal.expect("2/3 · Enter next page")


@pytest.mark.parametrize(("columns", "lines"), SIZES)
@pytest.mark.parametrize("letter", ["m", "?"])
def test_the_letter_that_opens_a_page_turns_and_closes_it(
    tmp_path: Path, letter: str, columns: int, lines: int
) -> None:
    terminal = started(tmp_path, prompt="›", columns=columns, lines=lines)
    terminal.say(letter)
    terminal.expect("closes")
    before = journal(terminal)
    for _ in range(40):
        if "closes" not in terminal.text:
            break
        terminal.press_and_see(letter)
        terminal.press_and_see("enter")
        let_go(terminal)
    assert "closes" not in terminal.text
    assert journal(terminal) == before


def test_a_page_that_is_closed_ahead_of_being_seen_records_nothing(tmp_path: Path) -> None:
    terminal = started(tmp_path, columns=120, lines=40)
    before = journal(terminal)
    terminal.press("m", "enter", "enter", "still here", "enter")
    terminal.expect("noted: still here")
    assert journal(terminal).startswith(before)
    assert journal(terminal).count(b"\n") == before.count(b"\n") + 1


def test_enter_out_of_habit_after_q_is_not_heard(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("m")
    terminal.expect("closes")
    before = journal(terminal)
    terminal.press("q", "enter", "a", " note")
    terminal.expect_prompted("a note")
    assert journal(terminal) == before


def test_what_is_typed_while_a_page_is_open_is_a_line_as_always(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("m")
    terminal.expect("closes")
    terminal.say("parcel quite wet")
    terminal.expect("noted: parcel quite wet", gone="closes")


def test_a_question_waits_below_a_page(tmp_path: Path) -> None:
    terminal = started(tmp_path, "start", "parcel-not-there")
    terminal.say("/goto 2")
    terminal.expect("▸ 2 Look around · depends on found")
    terminal.press("enter")
    question = terminal.expect("Enter stays on this step")
    terminal.say("m")
    terminal.expect("closes")
    close(terminal, "escape")
    assert terminal.expect("Enter stays on this step").splitlines()[-6:-1] == question.splitlines()[-6:-1]
    terminal.say("/mod calm")
    terminal.expect("there is no command /mod", "Enter stays on this step")
