"""`recovery` alone, as somebody meets it who just types that."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands.recovery import Recovery
from tests.platforms import has_mode
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Opener = Callable[..., Terminal]

FIRST = "What would you like to do"
LEAVING = ["escape", "q", "ctrl-c", "ctrl-d"]


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Settings are there: nothing is asked any more."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "settings.toml").write_text('agent = "Ana"\nframework = "last"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def at_home(known: Path) -> Opener:
    def open_(*argv: str, **more: Any) -> Terminal:
        terminal = Terminal(known, *argv, **more)
        terminal.expect(FIRST, "Learn the frameworks")
        return terminal

    return open_


def settings(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "config" / "settings.toml").read_text(encoding="utf-8"))


def local_modes(terminal: Terminal) -> int:
    """What the terminal does with keys: echo them, wait for whole lines."""
    import termios

    return int(termios.tcgetattr(terminal.process.fileno())[3])


@pytest.mark.parametrize("key", LEAVING)
@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 10)])
def test_it_is_left_with_one_key_and_the_terminal_is_as_it_was(
    at_home: Opener, key: str, columns: int, lines: int
) -> None:
    terminal = at_home(columns=columns, lines=lines)
    assert "Esc leaves" in terminal.text
    assert all(len(line) <= columns for line in terminal.lines)
    terminal.press(key)
    assert terminal.end() == 0
    assert terminal.raw.count(b"\x1b[?1049h") == terminal.raw.count(b"\x1b[?1049l") == 1
    assert terminal.raw.rfind(b"\x1b[?25h") > terminal.raw.rfind(b"\x1b[?25l")


def test_the_keys_are_echoed_again_after_it(known: Path) -> None:
    terminal = Terminal(known)
    import termios

    before = local_modes(terminal)
    terminal.expect(FIRST)
    assert local_modes(terminal) & termios.ECHO == 0
    terminal.press("escape")
    terminal.expect(gone=FIRST)
    while terminal.process.isalive():
        terminal.read()
    assert local_modes(terminal) & (termios.ECHO | termios.ICANON) == before & (termios.ECHO | termios.ICANON)


@pytest.mark.parametrize("key", ["enter", "1", "s"])
def test_a_call_begins_in_the_usual_framework_and_ends_the_home_screen(at_home: Opener, key: str) -> None:
    terminal = at_home()
    assert "with last" in terminal.text
    terminal.press(key)
    terminal.expect("LAST", "? help")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert "Transcript:" in terminal.text
    assert FIRST not in terminal.text


def test_another_framework_is_chosen_from_all_of_them_and_esc_goes_back(at_home: Opener) -> None:
    terminal = at_home()
    terminal.press("2")
    terminal.expect("Which framework?", "heart")
    terminal.press("escape")
    terminal.expect("Learn the frameworks", "▸2")
    terminal.press("2")
    terminal.expect("Which framework?")
    terminal.press(
        "h",
    )
    terminal.expect("HEARD", "? help")
    terminal.press("ctrl-d")
    assert terminal.end() == 0


def test_open_calls_are_named_by_their_customer_or_their_framework_and_go_on(known: Path) -> None:
    recovery = Recovery(known)
    recovery("start", "heart", "--customer", "A. Customer", "--issue", "late parcel")
    recovery("start", "latte")
    terminal = Terminal(known)
    terminal.expect("Resume A. Customer", "Resume a call in LATTE", "HEART, just now")
    terminal.press("r")
    terminal.expect("LATTE", "? help")
    terminal.press("ctrl-d")
    assert terminal.end() == 0
    terminal = Terminal(known, columns=40, lines=10)
    terminal.expect("Resume A. Customer")
    terminal.press("\x1b[B", "\x1b[B", "\x1b[B")
    terminal.expect("▸4  Resume A. Customer")
    terminal.press("enter")
    terminal.expect("HEART", "A. Customer" if "A. Customer" in terminal.text else "HEART")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert recovery.last()["customer"]["name"] == "A. Customer"


def test_a_call_whose_journal_is_broken_hides_no_other(known: Path) -> None:
    recovery = Recovery(known)
    recovery("start", "heart", "--customer", "A. Customer")
    (recovery.data / "live" / "20200101T000000-learn-zzzz.jsonl").write_bytes(b"\xff no journal\n")
    terminal = Terminal(known)
    terminal.expect("Resume A. Customer", "Resume 20200101T000000-learn-zzzz", "it cannot be read")
    terminal.press("4")
    terminal.expect("Press a key to go back.")
    terminal.press("x")
    terminal.expect("▸4")
    terminal.press("escape")
    assert terminal.end() == 0


def test_a_promise_that_is_late_is_named_and_its_page_leads_back(known: Path) -> None:
    recovery = Recovery(known)
    recovery("start", "last", stdin="/promise ring them back by today 00:00\n/end resolved\n")
    terminal = Terminal(known)
    terminal.expect("What is due", "ring them back")
    terminal.press("w")
    terminal.expect("Press a key to go back.")
    assert "ring them back" in terminal.text
    terminal.press(" ")
    terminal.expect("▸3  What is due")
    terminal.press("escape")
    assert terminal.end() == 0


def test_past_calls_and_frameworks_are_pages_that_lead_back(known: Path) -> None:
    recovery = Recovery(known)
    recovery("start", "last", "--customer", "A. Customer", stdin="/end resolved\n")
    terminal = Terminal(known, lines=200)
    terminal.expect("1 call stored")
    terminal.press("f")
    terminal.expect("Past calls", "A. Customer", "resolved")
    terminal.press("enter")
    terminal.expect("How it ended", "Press a key to go back.")
    terminal.press("enter")
    terminal.expect("Past calls")
    terminal.press("escape")
    terminal.expect(FIRST)
    terminal.press("l")
    terminal.expect("latte", "Press a key to go back.")
    terminal.press("ctrl-c")
    assert terminal.end() == 0


def test_a_fault_is_reported_and_leads_back(known: Path) -> None:
    (known / "config" / "settings.toml").write_text('framework = "lern"\n', encoding="utf-8")
    terminal = Terminal(known)
    terminal.expect("with lern")
    terminal.press("s")
    terminal.expect("learn", "Press a key to go back.")
    terminal.press("enter")
    terminal.expect(FIRST)
    terminal.press("q")
    assert terminal.end() == 0


def test_the_options_of_all_commands_hold_for_what_is_chosen(known: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    terminal = Terminal(known, "--data-dir", str(elsewhere))
    terminal.expect(FIRST)
    terminal.press("s")
    terminal.expect("? help")
    terminal.press("ctrl-d")
    assert terminal.end() == 0
    assert [path.suffix for path in (elsewhere / "live").glob("*.jsonl")] == [".jsonl"]
    assert not (known / "data").exists()


@pytest.mark.parametrize("ending", ["enter", "ctrl-d", "ctrl-c", "q\r"])
def test_plain_it_is_numbered_lines_and_draws_nothing(known: Path, ending: str) -> None:
    terminal = Terminal(known, "--plain")
    terminal.expect("1: Start a call (with last)", "Type a number. Enter alone leaves.", ">")
    terminal.say("99")
    terminal.expect("There is no 99.")
    terminal.say("4")
    terminal.expect("No calls are stored yet", "Press Enter to go back.")
    painted = len(terminal.raw)
    terminal.press("enter")
    terminal.expect_painted("Enter alone leaves.", painted)
    terminal.expect_painted(">", terminal.raw.rindex(b"Enter alone leaves."))
    terminal.press(ending)
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("argv", [[], ["--plain"], ["--no-input"]])
def test_without_a_terminal_it_prints_help_and_asks_nothing(recovery: Recovery, argv: list[str]) -> None:
    done = recovery(*argv, stdin="1\n")
    assert done.returncode == 0
    assert "start" in done.stdout
    assert "tutorial" in done.stdout
    assert not (recovery.home / "config").exists()


def test_with_no_input_a_terminal_gets_help_too(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--no-input", lines=60)
    assert terminal.end() == 0
    assert "tutorial" in terminal.text
    assert FIRST not in terminal.text
    assert not (tmp_path / "config").exists()


def test_the_first_time_three_questions_are_asked_and_never_again(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.expect("Your name?")
    terminal.say("Ana")
    terminal.expect("Your usual channel?")
    terminal.say("Fone")
    terminal.expect("did you mean phone")
    terminal.say("Phone")
    terminal.expect("Your usual framework?")
    terminal.say("last")
    terminal.expect("What would you like to do, Ana?", "with last")
    terminal.press("escape")
    assert terminal.end() == 0
    assert settings(tmp_path) == {"agent": "Ana", "channel": "phone", "framework": "last"}
    again = Terminal(tmp_path)
    again.expect("What would you like to do, Ana?")
    assert b"Your name" not in again.raw
    again.press("escape")
    assert again.end() == 0


@pytest.mark.parametrize("command", ["start", "recovery start learn", "Resume"])
def test_a_command_typed_at_the_first_question_is_no_name(tmp_path: Path, command: str) -> None:
    terminal = Terminal(tmp_path)
    terminal.expect("Your name?")
    terminal.say(command)
    terminal.expect(f"{command} is a command. Type your name")
    terminal.say("Ana")
    terminal.expect("Your usual channel?")
    terminal.press("escape")
    terminal.expect("What would you like to do, Ana?")
    terminal.press("escape")
    assert terminal.end() == 0
    assert settings(tmp_path) == {"agent": "Ana"}


@pytest.mark.parametrize("keys", [["enter", "enter", "enter"], ["escape"], ["ctrl-d"], ["enter", "escape"]])
@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 10)])
def test_questions_that_are_skipped_leave_settings_that_explain_themselves(
    tmp_path: Path, keys: list[str], columns: int, lines: int
) -> None:
    terminal = Terminal(tmp_path, columns=columns, lines=lines)
    for key, question in zip(keys, ("Your name?", "Your usual channel?", "Your usual framework?"), strict=False):
        terminal.expect(question)
        terminal.press(key)
    terminal.expect(FIRST)
    terminal.press("escape")
    assert terminal.end() == 0
    file = tmp_path / "config" / "settings.toml"
    assert settings(tmp_path) == {}
    assert "# agent = " in file.read_text(encoding="utf-8")
    assert has_mode(file, 0o600)
    assert has_mode(file.parent, 0o700)


def test_what_was_answered_before_esc_is_stored(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.expect("Your name?")
    terminal.say("Ana")
    terminal.expect("Your usual channel?")
    terminal.press("half a wo", "escape")
    terminal.expect("What would you like to do, Ana?")
    terminal.press("escape")
    assert terminal.end() == 0
    assert settings(tmp_path) == {"agent": "Ana"}


def test_plain_questions_are_lines_too(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain")
    terminal.expect("Your name?")
    terminal.say("Ana")
    terminal.expect("Your usual channel?")
    terminal.say("chat")
    terminal.expect("Your usual framework?")
    terminal.press("ctrl-d")
    terminal.expect("What would you like to do, Ana?")
    terminal.press("enter")
    assert terminal.end() == 0
    assert settings(tmp_path) == {"agent": "Ana", "channel": "chat"}
    assert b"\x1b" not in terminal.raw


def test_start_never_asks_the_first_questions(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "last")
    terminal.expect("LAST", "? help")
    assert "Your name?" not in terminal.text
    terminal.press("ctrl-d")
    assert terminal.end() == 0
    assert not (tmp_path / "config").exists()


def test_settings_that_cannot_be_written_are_reported_before_the_menu_covers_it(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file in the place of the folder", encoding="utf-8")
    terminal = Terminal(tmp_path)
    terminal.expect("Your name?")
    terminal.press("escape")
    terminal.expect("The settings were not changed.", "Press a key to go on.")
    # A long temporary folder breaks the line inside the name.
    assert "settings.toml" in "".join(terminal.text.split())
    assert FIRST not in terminal.text
    terminal.press(" ")
    terminal.expect(FIRST)
    terminal.press("escape")
    assert terminal.end() == 0
    assert (tmp_path / "config").read_text(encoding="utf-8") == "a file in the place of the folder"


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
def test_a_warning_about_the_settings_is_read_before_the_menu_covers_it(known: Path, key: str) -> None:
    (known / "config" / "settings.toml").write_text('framwork = "last"\n', encoding="utf-8")
    terminal = Terminal(known)
    terminal.expect("framwork", "Press a key to go on.")
    terminal.press(key)
    assert terminal.end() == 0
    assert FIRST not in terminal.text


def test_plain_a_warning_about_the_settings_stays_above_the_menu(known: Path) -> None:
    (known / "config" / "settings.toml").write_text('framwork = "last"\n', encoding="utf-8")
    terminal = Terminal(known, "--plain")
    terminal.expect("framwork", FIRST)
    assert "Press a key" not in terminal.text
    terminal.press("enter")
    assert terminal.end() == 0
