"""Judging a call on a terminal: one question after another, by the keyboard, and nothing half is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.recovery import Recovery
from tests.platforms import needs_pty
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_pty
# Ten criteria, and five critical items that apply.
QUESTIONS = 15


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lines = "/said I will see to it myself\n\n\n/end resolved\n"
    assert Recovery(tmp_path)("start", "learn", stdin=lines).returncode == 0
    return tmp_path


def test_each_criterion_is_asked_with_its_evidence_and_the_answers_are_kept(home: Path) -> None:
    terminal = Terminal(home, "log", "review", "--as", "self")
    assert "done: Listen" in terminal.expect(f"1 of {QUESTIONS}", "Yes", "Partly", "No")
    for number in range(1, QUESTIONS + 1):
        terminal.expect(f"{number} of {QUESTIONS}")
        terminal.press("p" if number == 1 else "y")
    assert terminal.end() == 0
    (kept,) = (home / "data" / "reviews").glob("*.json")
    (assessment,) = json.loads(kept.read_bytes())["assessments"]
    assert assessment["role"] == "self"
    assert len(assessment["answers"]) == QUESTIONS
    assert assessment["answers"]["steps"] == "partly"
    assert assessment["answers"]["summary"] == "yes"


def test_whole_words_and_enter_that_are_typed_ahead_answer_one_question_each(home: Path) -> None:
    words = ["yes", "partly\r", "no", "no\r", "y", "partly", "cannot be judged\r"]
    terminal = Terminal(home, "log", "review", "--by", "Kim")
    terminal.press("".join(words) + "1" * (QUESTIONS - len(words)))
    assert terminal.end() == 0
    (kept,) = (home / "data" / "reviews").glob("*.json")
    (assessment,) = json.loads(kept.read_bytes())["assessments"]
    given = [*assessment["answers"].values()]
    assert given[: len(words)] == ["yes", "partly", "no", "no", "yes", "partly", "na"]
    assert given[len(words) :] == ["na"] * (QUESTIONS - len(words))
    # A correction: Enter, also as a line feed, keeps what was answered.
    terminal = Terminal(home, "log", "review", "--by", "kim")
    terminal.press("n" + "\r" * 5 + "\n" * (QUESTIONS - 6))
    assert terminal.end() == 0
    first, second = json.loads(kept.read_bytes())["assessments"]
    assert second["answers"] == {**first["answers"], "steps": "no"}


@pytest.mark.parametrize("leaving", ["escape", "ctrl-c"])
def test_leaving_in_the_middle_keeps_nothing(home: Path, leaving: str) -> None:
    terminal = Terminal(home, "log", "review")
    terminal.expect(f"1 of {QUESTIONS}")
    terminal.press("y")
    terminal.expect(f"2 of {QUESTIONS}")
    terminal.press(leaving)
    terminal.expect("Nothing was stored")
    assert terminal.end() == 0
    assert not (home / "data" / "reviews").exists()
