"""Questions outside of a call: the same choice by key on a drawn screen and by number or name in plain mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.terminal.ask.questions import place_of
from tests.cases import for_each
from tests.terminal.screen import Terminal
from tests.training.built_in import FRAMEWORKS

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["heart", "heard", "last", "9f3a: a phrase"]


@for_each(
    "typed, place",
    [("1", 0), ("4", 3), ("last", 2), ("l", 2), ("heard", 1), ("9f", 3), ("0", None), ("5", None), ("hea", None)],
)
def test_a_number_a_name_or_the_start_of_one_name_alone_chooses(typed: str, place: int | None) -> None:
    assert place_of(typed, NAMES) == place


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 10)])
def test_a_number_chooses_at_once_and_the_answer_stays_on_the_screen(tmp_path: Path, columns: int, lines: int) -> None:
    terminal = Terminal(tmp_path, "--no-pager", "frameworks", "advise", "--channel", "phone", "--time", "short",
                        columns=columns, lines=lines)  # fmt: skip
    terminal.expect("Is the fault ours?", "▸1", "Esc leaves")
    terminal.press("3")
    assert terminal.end() == 0
    assert b"Is the fault ours? unclear: nobody knows yet" in terminal.raw


def test_in_plain_mode_a_wrong_answer_is_asked_again_and_a_name_will_do(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "--plain", "frameworks", "show", lines=60)
    terminal.expect("Which framework?", "Type a number. Enter alone leaves.")
    terminal.say("hart")
    terminal.expect(f"There is no hart. Type a number from 1 to {len(FRAMEWORKS)}, or a name such as heart.")
    terminal.say("HEART")
    assert terminal.end() == 0
    assert b"Step 1: Hear" in terminal.raw


@pytest.mark.parametrize("leave", ["escape", "q", "ctrl-d"])
def test_a_drawn_choice_that_is_left_says_how_to_do_without_it(tmp_path: Path, leave: str) -> None:
    terminal = Terminal(tmp_path, "scenarios", "show")
    terminal.expect("Which scenario?")
    terminal.press(leave)
    assert terminal.end() == 2
    assert "recovery scenarios show late-parcel" in terminal.text
