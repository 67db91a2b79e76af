"""The phrases on the screen change as soon as a fact of the call is typed, drawn and in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import started

if TYPE_CHECKING:
    from pathlib import Path

OURS = """\
schema: 1
id: ours
name: OURS
expands_to: Listen
summary: For a test.
steps:
  - id: listen
    name: Listen
    intent: listen
    goal: Hear all of it.
    phrases:
      - say: "Words for every call."
      - {say: "Words for our fault.", fault: ours}
      - {say: "Words for billing.", issues: [billing]}
      - {say: "Words for a severe case.", severity: severe}
      - {say: "Words for an email.", channels: [email]}
      - {say: "Words for the angry.", moods: [angry]}
"""


@pytest.mark.parametrize("how", [(), ("--plain",)], ids=["drawn", "plain"])
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/ours yes", "Words for our fault."),
        ("/issue charged twice", "Words for billing."),
        ("/severity severe", "Words for a severe case."),
        ("/channel email", "Words for an email."),
        ("/mood angry", "Words for the angry."),
    ],
)
def test_a_fact_of_the_call_shows_other_words_at_once(
    tmp_path: Path, how: tuple[str, ...], line: str, words: str
) -> None:
    folder = tmp_path / "config" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "ours.yaml").write_text(OURS, encoding="utf-8")
    terminal = started(tmp_path, *how, "start", "ours", prompt="Words for every call.", columns=80, lines=40)
    assert words not in terminal.text
    terminal.say(line)
    terminal.expect(words)
