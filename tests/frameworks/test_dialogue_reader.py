"""A dialogue file with a fault is told where it stands, and what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.content.library import Source
from recoverycli.frameworks.dialogues.reader import read_dialogue
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.paths import built_in_folder

if TYPE_CHECKING:
    from pathlib import Path

REFUNDS = """\
schema: 1
id: refunds
name: Refunds
expands_to: Ask, Pay or Explain
summary: Refunds by the age of the purchase.
steps:
  - id: ask
    name: Ask
    intent: assess
    goal: Know when they bought it.
    capture:
      - {id: bought, ask: "When did they buy it?", kind: date, max: today}
      - {id: paid, ask: "What did they pay?", kind: money}
    paths: [{when: {bought: {within: 14 days}}, to: pay}, {to: explain}]
    phrases: [{say: "When did you buy it?"}]
  - id: pay
    name: Pay
    intent: solve
    goal: The money goes back.
    by_path: true
    paths: [{to: wrap-up}]
    phrases: [{say: "Your reference is {reference}."}, {say: "You get {paid} back."}]
  - id: explain
    name: Explain
    intent: explain
    goal: They know why there is no refund.
    by_path: true
    phrases: [{say: "May I tell you why?"}]
placeholders: [reference]
examples:
  - id: in-time
    today: 2026-11-29
    set: {bought: 2026-11-20, paid: 12.50 EUR}
    path: [ask, pay]
"""
DIALOGUE = """\
schema: 1
id: refunds
name: A lamp after nine days
framework: refunds
example: in-time
channel: phone
mood: calm
summary: A customer wants to return a lamp.
exchanges:
  - customer: "I'd like to return a lamp."
    step: ask
    agent: "When did you buy it?"
    because: The day decides.
    mood: calm
  - customer: "Nine days ago."
    step: pay
    agent: "Then it all goes back to you by Thursday."
    because: A remedy with a day.
    mood: calm
closing: "Thank you."
after: The money is on its way.
"""


def problems(folder: Path, text: str, name: str = "refunds.yaml") -> list[str]:
    (folder / "refunds.yaml").write_text(REFUNDS, encoding="utf-8")
    sources = (Source(folder, "personal"), Source(built_in_folder("frameworks"), "built-in"))
    read = read_dialogue(text.encode(), name, FrameworkLibrary(sources))
    assert (read.content is None) == bool(read.problems)
    return [problem.as_line() for problem in read.problems]


def test_a_fault_says_where_it_is_and_what_is_allowed(tmp_path: Path) -> None:
    assert problems(tmp_path, DIALOGUE) == []
    for old, new, told in (
        ("framework: refunds", "framework: refnds", "4:12: there is no framework `refnds`"),
        ("framework: refunds", "framework: refnds", "did you mean `refunds`?"),
        ("example: in-time\n", "", "4:12: a playbook has several ways, and the dialogue names none"),
        ("example: in-time", "example: in-tme", "5:10: refunds has no example `in-tme`"),
        ("example: in-time", "example: in-tme", "did you mean `in-time`?"),
        ("step: pay", "step: pya", "16:11: refunds has no step `pya`"),
        ("step: pay", "step: explain", "16:11: `explain` is not reached from `ask`; the way: ask, pay"),
        ("mood: calm\nsummary", "mood: calmer\nsummary", "7:7: `calmer` is not allowed here"),
        ("    because: The day decides.\n", "", "the key `because` is missing; an exchange needs it"),
        ("id: refunds\n", "id: lamps\n", "the file is named `refunds`"),
        ("schema: 1", "schema: 2", "written for a newer version"),
    ):
        assert old in DIALOGUE
        found = problems(tmp_path, DIALOGUE.replace(old, new, 1))
        assert any(told in line for line in found), (told, found)
        assert all(line.startswith("refunds.yaml:") for line in found)


def test_the_steps_of_a_framework_are_never_gone_back(tmp_path: Path) -> None:
    plain = DIALOGUE.replace("example: in-time\n", "").replace("framework: refunds", "framework: last")
    plain = plain.replace("id: refunds", "id: last-lamp").replace("step: ask", "step: solve")
    found = problems(tmp_path, plain.replace("step: pay", "step: listen"), "last-lamp.yaml")
    assert len(found) == 1
    assert "`listen` is not reached from `solve`; the way: listen, apologize, solve, thank" in found[0]
    assert problems(tmp_path, plain.replace("step: pay", "step: thank"), "last-lamp.yaml") == []


def test_the_id_of_a_dialogue_begins_with_that_of_its_framework(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, DIALOGUE.replace("id: refunds", "id: lamps", 1), "lamps.yaml")
    assert "lamps.yaml:2:5: the id is `lamps`" in found
    assert "refunds-" in found
