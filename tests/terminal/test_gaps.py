"""A phrase with a gap on a terminal: the prompt asks for the value, Enter passes over, and the next line is a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import journal, let_go, started

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.screen import Terminal

OURS = """\
schema: 1
id: ours
name: OURS
expands_to: Notify
summary: For a test.
placeholders: [call_by, order]
steps:
  - id: notify
    name: Notify
    intent: notify
    goal: Say what comes next.
    phrases:
      - say: "I'll call you by {call_by}."
        promise: {what: call the customer, by: call_by}
      - say: "I've read {order}, {customer}."
"""


def call(home: Path, columns: int, lines: int) -> Terminal:
    folder = home / "config" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text(OURS, encoding="utf-8")
    return started(home, "start", "ours", prompt="›", columns=columns, lines=lines)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (40, 12)])
def test_a_promise_asks_by_when_and_is_on_disk_with_its_date(tmp_path: Path, columns: int, lines: int) -> None:
    terminal = call(tmp_path, columns, lines)
    before = journal(terminal)
    terminal.say("1")
    terminal.expect("call the customer: by when?", "Enter: not said")
    assert journal(terminal) == before
    terminal.say("soon")
    terminal.expect("No date was understood.", "Enter keeps: soon")
    terminal.say("friday 5pm")
    terminal.expect("promised: call the customer", gone="by when?")
    # The tests are on Wednesday 25 November at ten.
    assert b'"text":"I\'ll call you by 17:00 on Friday 27 November."' in journal(terminal)
    assert b'"due":"2026-11-27T17:00' in journal(terminal)


def test_enter_passes_over_and_the_next_line_is_a_note(tmp_path: Path) -> None:
    terminal = call(tmp_path, 80, 24)
    terminal.say("2")
    terminal.expect("order?", "Enter: not said")
    let_go(terminal)
    terminal.press("enter")
    terminal.expect("not said: the order is missing")
    terminal.say("she has no number")
    terminal.expect("noted: she has no number")
    assert b'"event":"said"' not in journal(terminal)
