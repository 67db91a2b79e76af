"""A replay on a real terminal: it plays, pauses, goes back, and leaves the terminal as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.review.replay import frames
from recoverycli.store.calls.archive import Archive
from recoverycli.terminal.player import Player, PlayerScreen, wait_for_enter
from recoverycli.terminal.views.call.parts import plain
from tests.synthetic import calls
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    archive = Archive(tmp_path / "data")
    for call in calls(3, seed=2):
        archive.write(call)
    return tmp_path


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40), (40, 10)])
def test_it_plays_to_the_end_by_itself(kept: Path, columns: int, lines: int) -> None:
    terminal = Terminal(kept, "log", "replay", "last", "--speed", "100", columns=columns, lines=lines)
    terminal.expect("the end")
    # It is played so fast that nobody has to have seen the first screen before the last one came.
    assert b"step 1 of" in terminal.raw
    terminal.press("enter")
    assert terminal.end() == 0


def test_space_pauses_and_the_arrows_go_on_and_back(kept: Path) -> None:
    terminal = Terminal(kept, "log", "replay", "last", "--speed", "0.1")
    terminal.expect("step 1 of", "space pauses")
    terminal.press(" ")
    terminal.expect("paused")
    for _ in range(60):
        terminal.press("\x1b[C")
    terminal.expect("the end")


def test_it_begins_at_the_step_that_was_asked_for(kept: Path) -> None:
    oldest = min(calls(3, seed=2), key=lambda call: call.started_at)
    second = next(frame for frame in frames(oldest) if frame.number == 2)
    terminal = Terminal(kept, "log", "replay", "-3", "--step", str(second.step), "--speed", "0.1")
    terminal.expect(f"step 2 of {second.of}: {second.step}")
    terminal.press("ctrl-c")
    assert terminal.end() == 0


def test_in_plain_mode_it_is_told_line_by_line(kept: Path) -> None:
    terminal = Terminal(kept, "--plain", "log", "replay", "last", "--speed", "100", lines=60)
    terminal.expect("Enter continues", "Ended:")
    assert terminal.end() == 0


def a_screen(number: int) -> PlayerScreen:
    return PlayerScreen(1.0, lambda _width, _height: [plain(f"screen {number}")], f"line {number}")


def player(count: int = 3) -> Player:
    return Player([a_screen(number) for number in range(count)])


def test_going_back_pauses_and_the_last_screen_waits_for_a_key() -> None:
    playing = player()
    playing("", 10)
    assert (playing.here, playing.wait()) == (1, 1.0)
    playing("left", 10)
    assert (playing.here, playing.wait()) == (0, None)
    playing(" ", 10)
    playing("+", 10)
    assert playing.wait() == 0.5
    playing("end", 10)
    assert playing.wait() is None
    assert playing("enter", 10) == (None,)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (20, 3), (10, 1)])
def test_a_screen_fits_however_small_the_window_is(width: int, height: int) -> None:
    lines = player().screen(width, height)
    assert len(lines) <= height
    assert all(line.cell_len <= width for line in lines)


def test_faster_never_means_slower() -> None:
    player = Player([a_screen(0)], speed=100)
    player("+", 1)
    assert player.speed >= 100


@pytest.mark.parametrize(("typed", "read"), [("\r", 1), ("ab\rc", 3), ("\n", 1)])
def test_enter_goes_on_at_once_where_keys_are_asked_for_one_by_one(typed: str, read: int) -> None:
    keys = list(typed)
    wait_for_enter(3600, lambda: bool(keys), lambda: keys.pop(0))
    assert len(typed) - len(keys) == read


def test_ctrl_c_ends_the_waiting_for_a_key() -> None:
    with pytest.raises(KeyboardInterrupt):
        wait_for_enter(3600, lambda: True, lambda: "\x03")


def test_other_keys_do_not_make_the_waiting_longer() -> None:
    wait_for_enter(0.01, lambda: True, lambda: "x")
