"""A file that takes steps of several others with `include`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.frameworks.model import Framework

HEAD = "schema: 1\nid: {id}\nname: A name\nexpands_to: Its steps\nsummary: A test.\n"
STEP = """\
  - id: {id}
    name: {id}
    intent: assess
    goal: A goal.
    phrases: [{{say: "This is {id}."}}]
"""
OURS = f"{HEAD.format(id='ours')}include: [opening, closing]\n"
COLOUR = "    capture: [{{id: colour, ask: Which?, kind: {kind}}}]\n"


class Files:
    """A folder of framework files that share steps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = FrameworkLibrary((Source(folder, "project"),))
        self.write("opening", steps("greet", "ask"))
        self.write("closing", steps("thank"))

    def write(self, name: str, text: str, head: str | None = None) -> None:
        (self.folder / f"{name}.yaml").write_text((head or HEAD.format(id=name)) + text, encoding="utf-8")

    def ours(self, text: str = "", head: str = OURS) -> Framework:
        self.write("ours", text, head)
        return self.library.load("ours").content

    def faults(self, text: str = "", head: str = OURS) -> list[str]:
        """The problems of a file that includes the others, each with its line and column."""
        self.write("ours", text, head)
        file = self.folder / "ours.yaml"
        problems = self.library.validate(file.read_bytes(), str(file), ()).problems
        return [f"{one.line}:{one.column} {one.found} | {one.allowed} | {one.nearest}" for one in problems]


def steps(*ids: str) -> str:
    return "steps:\n" + "".join(STEP.format(id=one) for one in ids)


def ids(framework: Framework) -> list[str]:
    return [step.id for step in framework.steps]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_the_steps_of_the_included_files_come_in_their_order_and_before_the_own_ones(files: Files) -> None:
    assert ids(files.ours()) == ["greet", "ask", "thank"]
    assert ids(files.ours(steps("note"))) == ["greet", "ask", "thank", "note"]
    assert files.faults(steps("note")) == []


def test_an_own_step_takes_its_place_behind_an_included_one_or_changes_it(files: Files) -> None:
    framework = files.ours("steps:\n  - {id: ask, goal: Another goal.}\n" + STEP.format(id="pay") + "    after: ask\n")
    assert ids(framework) == ["greet", "ask", "pay", "thank"]
    asked = framework.step("ask")
    assert asked is not None
    assert (asked.goal, asked.phrases[0].say) == ("Another goal.", "This is ask.")
    replaced = files.ours("steps:\n" + STEP.format(id="welcome") + "    replaces: greet\n")
    assert ids(replaced) == ["welcome", "ask", "thank"]


def test_paths_may_lead_to_included_steps_and_names_of_other_files_are_known(files: Files) -> None:
    files.write("closing", "placeholders: [gift]\n" + steps("thank").replace("This is thank", "Take {gift}"))
    own = STEP.format(id="note").replace("This is note", "{gift}") + "    paths: [{to: thank}]\n    after: greet\n"
    assert files.faults("steps:\n" + own + "  - {id: ask, by_path: true}\n")[-1:] != []
    assert files.faults("placeholders: [other]\nsteps:\n" + own.replace("[{to: thank}]", "[{to: ask}]")) == []
    assert files.ours("placeholders: [other]\n" + steps("note")).placeholders == ("gift", "other")


def test_a_file_can_extend_one_and_include_others(files: Files) -> None:
    files.write("base", "principles: [Be kind.]\n" + steps("listen"))
    framework = files.ours(head="schema: 1\nid: ours\nname: Ours\nextends: base\ninclude: [closing]\n")
    assert (ids(framework), framework.principles) == (["listen", "thank"], ("Be kind.",))


def test_a_step_that_two_files_have_is_named_at_the_second(files: Files) -> None:
    files.write("closing", steps("ask", "thank").replace("A goal", "Another goal"))
    assert files.faults() == [
        "6:20 the step `ask` comes from `opening` and from `closing` | rename it in one of the files | "
    ]


def test_the_same_step_that_two_files_include_is_taken_once(files: Files) -> None:
    files.write("shared", steps("check"))
    for name in ("opening", "closing"):
        files.write(name, f"include: [shared]\n{steps(name)}")
    assert files.faults() == []
    assert ids(files.ours()) == ["check", "opening", "closing"]


def test_files_that_include_each_other_are_refused_with_both_places(files: Files) -> None:
    files.write("opening", f"include: [ours]\n{steps('greet')}")
    (fault,) = files.faults()
    assert fault.startswith("6:11 `opening` cannot be read: ")
    assert "opening.yaml:6:11: `ours` is included here and leads to this file" in fault
    (fault,) = files.faults(head=OURS.replace("opening", "ours"))
    assert fault.startswith("6:11 `ours` includes itself")


def test_a_fault_in_an_included_file_is_named_with_its_file_and_place(files: Files) -> None:
    files.write("closing", steps("thank").replace("assess", "asess"))
    (fault,) = files.faults()
    assert fault.startswith("6:20 `closing` cannot be read: ")
    assert "closing.yaml:9:13: `asess` is not allowed here" in fault


def test_a_file_that_is_not_there_is_named_with_the_nearest(files: Files) -> None:
    assert files.faults(head=OURS.replace("closing", "closng")) == [
        "6:20 there is no file `closng` to include |  | closing"
    ]


def test_a_file_that_is_included_twice_is_named(files: Files) -> None:
    assert files.faults(head=OURS.replace("closing", "opening")) == [
        "6:20 `opening` is included twice | each file once | "
    ]


def test_a_fact_of_two_kinds_is_an_error_at_both_places(files: Files) -> None:
    files.write("opening", steps("greet") + COLOUR.format(kind="number"))
    found = files.faults(steps("note") + COLOUR.format(kind="date"))
    assert [fault.split()[0] for fault in found] == ["6:11", "13:47"]
    assert all("`colour`" in fault for fault in found)


def test_a_change_of_an_included_file_changes_the_digest(files: Files) -> None:
    files.ours()
    before = files.library.load("ours").digest
    files.write("closing", steps("thank").replace("A goal", "Another goal"))
    assert files.library.load("ours").digest != before


def test_unknown_keys_and_missing_parts_are_named_as_in_every_file(files: Files) -> None:
    faults = files.faults("steps:\n  - {id: new, name: New}\n", head=OURS.replace("summary: A test.\n", "") + "x: 1\n")
    said = " ".join(faults)
    assert "the key `summary` is missing" in said
    assert "unknown key `x`" in said
