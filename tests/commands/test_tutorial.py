"""`recovery tutorial`, as a newcomer meets it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.terminal.call.prompt import HELD_DOWN
from recoverycli.training.tutorial import LESSONS
from tests.cases import for_each
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

FAREWELL = ("For help, type ? in any call.", "Your first call: recovery start")


@pytest.fixture
def thrown_away(tmp_path: Path) -> Path:
    """Where the throw-away folder is made."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def begun(home: Path, *argv: str, **more: Any) -> Terminal:
    return Terminal(home, *argv, "tutorial", TMPDIR=str(home / "tmp"), **more)


def enter(terminal: Terminal) -> None:
    """Press Enter once, see it heard, and then wait as long as a person does, so that it is no key held down."""
    terminal.press_and_see("enter")
    until = time.monotonic() + HELD_DOWN + 0.05
    while time.monotonic() < until:
        terminal.read()


def nothing_is_left(home: Path) -> bool:
    """Nothing in the throw-away place, nothing among the calls, no settings."""
    return [*home.iterdir()] == [home / "tmp"] and not [*(home / "tmp").iterdir()]


def test_a_newcomer_who_does_what_it_says_gets_to_the_end_and_nothing_is_stored(
    tmp_path: Path, thrown_away: Path
) -> None:
    terminal = begun(tmp_path)
    terminal.expect("LAST", "Say one of these aloud, then press its number and Enter.", "? help")
    assert [path.name.startswith("recovery-tutorial-") for path in thrown_away.iterdir()] == [True]
    terminal.say("1")
    terminal.expect("Good, it is written down. Type a few words as a note")
    terminal.say("they are cross")
    terminal.expect("Noted. When a step is done, press Enter alone")
    enter(terminal)
    terminal.expect("▸ 2 Apologize", "Type u and Enter")
    terminal.say("u")
    terminal.expect("▸ 1 Listen", "Back again", "/promise call back by tomorrow 5pm")
    terminal.say("/promise call back by tomorrow 5pm")
    terminal.expect("promised: call back", "17:00", "Type /mood angry")
    terminal.say("/mood angry")
    terminal.expect("mood: angry", "Now press Enter for each step")
    for step in ("2 Apologize", "3 Solve", "4 Thank"):
        enter(terminal)
        terminal.expect(f"▸ {step}", "Now press Enter for each step")
    enter(terminal)
    terminal.expect("▸ Wrap-up", "Type a number, such as 1.")
    terminal.say("1")
    terminal.expect("outcome: resolved", "it saves the call and ends the tutorial")
    enter(terminal)
    assert terminal.end() == 0
    terminal.expect(*FAREWELL, "You know phrases, notes, Enter, u, promises")
    assert nothing_is_left(tmp_path)


def test_the_same_at_40_by_10_with_the_words_to_say_on_every_screen(tmp_path: Path, thrown_away: Path) -> None:
    terminal = begun(tmp_path, columns=40, lines=10)
    for line, lesson in zip(
        ("1", "a note", "", "u", "/promise call back by tomorrow 5pm", "/mood angry", "", "", "", "", "1", ""),
        (*LESSONS[:6], *[LESSONS[6]] * 4, *LESSONS[7:]),
        strict=True,
    ):
        terminal.expect(lesson.brief)
        assert "LAST 1/4" not in terminal.text or re.search(r"(?m)^ +\d✓? +\w+", terminal.text), terminal.text
        if line:
            terminal.say(line)
        else:
            enter(terminal)
    assert terminal.end() == 0
    assert nothing_is_left(tmp_path)


def test_there_are_phrases_to_choose_from_and_another_mood_brings_others(tmp_path: Path, thrown_away: Path) -> None:
    terminal = begun(tmp_path)
    terminal.expect("Say one of these aloud", "? help")
    offered = re.findall(r"(?m)^ [123] +(.+)$", terminal.text)
    assert len(offered) == 3
    terminal.say("/mood angry")
    terminal.expect("mood: angry")
    assert not set(offered[:1]) & set(re.findall(r"(?m)^ 1 +(.+)$", terminal.text))


@for_each("lesson", LESSONS)
def test_a_brief_hint_fits_into_the_narrowest_window(lesson: Any) -> None:
    assert len(lesson.brief) <= 38


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 10)])
def test_enter_alone_leads_through_it(tmp_path: Path, thrown_away: Path, columns: int, lines: int) -> None:
    terminal = begun(tmp_path, columns=columns, lines=lines)
    terminal.expect("LAST", "? help")
    for _ in range(4):
        enter(terminal)
    terminal.expect("How did it end? Type a number")
    enter(terminal)
    assert terminal.end() == 0
    assert "recovery start" in terminal.text
    assert nothing_is_left(tmp_path)


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("lines", [(), ("1",), ("1", "a note", "/set nonsense", "?", "m")])
def test_it_is_left_at_once_wherever_it_is(tmp_path: Path, thrown_away: Path, key: str, lines: tuple[str, ...]) -> None:
    terminal = begun(tmp_path)
    terminal.expect("Say one of these aloud", "? help")
    for line in lines:
        terminal.say(line)
        if line.startswith("/set"):
            # The refused line comes back into the prompt.
            terminal.expect("try /set")
            terminal.press("ctrl-u")
    terminal.press(key)
    assert terminal.end() == 0
    terminal.expect(*FAREWELL)
    assert nothing_is_left(tmp_path)
    assert terminal.raw.rfind(b"\x1b[?1049l") > terminal.raw.rfind(b"\x1b[?1049h") >= 0


def test_going_back_from_the_wrap_up_teaches_the_way_there_again(tmp_path: Path, thrown_away: Path) -> None:
    terminal = begun(tmp_path)
    terminal.expect("LAST", "? help")
    for _ in range(4):
        enter(terminal)
    terminal.expect("How did it end? Type a number")
    terminal.say("b")
    terminal.expect("Now press Enter for each step")
    enter(terminal)
    terminal.expect("How did it end? Type a number")
    terminal.press("ctrl-d")
    assert terminal.end() == 0


def test_plain_it_is_the_same_in_lines(tmp_path: Path, thrown_away: Path) -> None:
    terminal = begun(tmp_path, "--plain", columns=200, lines=200)
    for line, lesson in zip(("1", "a note", "", "u", "/promise call back by tomorrow 5pm"), LESSONS, strict=False):
        terminal.expect(lesson.hint, ">")
        terminal.say(line)
    terminal.expect(LESSONS[5].hint)
    terminal.say("/mood angry")
    terminal.expect(LESSONS[6].hint)
    terminal.press("enter", "enter", "enter", "enter")
    terminal.expect(LESSONS[7].hint)
    terminal.say("1")
    terminal.expect(LESSONS[8].hint)
    terminal.press("enter")
    assert terminal.end() == 0
    terminal.expect(*FAREWELL)
    assert b"\x1b" not in terminal.raw
    assert nothing_is_left(tmp_path)


@pytest.mark.parametrize("argv", [["tutorial"], ["tutorial", "--plain"], ["tutorial", "--no-input"]])
def test_without_a_terminal_it_tells_what_it_teaches(recovery: Recovery, argv: list[str]) -> None:
    done = recovery(*argv)
    assert done.returncode == 0
    assert done.stderr == ""
    for lesson in LESSONS:
        assert lesson.hint in done.stdout
    assert not recovery.data.exists()


def test_it_needs_no_settings_and_heeds_none_of_anothers_frameworks(tmp_path: Path, thrown_away: Path) -> None:
    own = tmp_path / "config" / "frameworks"
    own.mkdir(parents=True)
    (own / "last.yaml").write_text("no framework at all\n", encoding="utf-8")
    before = sorted((tmp_path / "config").rglob("*"))
    terminal = begun(tmp_path)
    terminal.expect("LAST", "Say one of these aloud")
    terminal.press("ctrl-d")
    assert terminal.end() == 0
    assert sorted((tmp_path / "config").rglob("*")) == before
    assert "warning" not in terminal.text


def test_from_the_home_screen_it_leads_back_there(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.expect("Your name?")
    terminal.press("escape")
    terminal.expect("Tutorial")
    terminal.press("t")
    terminal.expect("Say one of these aloud", "? help")
    terminal.press("ctrl-d")
    terminal.expect("Your first call: recovery start", "Press a key to go back.")
    terminal.press("enter")
    terminal.expect("What would you like to do?")
    terminal.press("escape")
    assert terminal.end() == 0
