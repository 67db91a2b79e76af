"""Playbooks that call others, as files: what is called is found, read, and may be named in conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary

if TYPE_CHECKING:
    from pathlib import Path

CALLER = """\
schema: 1
id: refund
name: Refund
expands_to: Verify, Pay, Refuse
summary: A test.
steps:
  - id: verify
    name: Verify
    intent: assess
    goal: You know who is calling.
    call: verify-identity
    phrases: [{say: "I have a few questions about the order."}]
    paths:
      - {when: {verified: "yes"}, to: pay}
      - {when: {verified: "no"}, to: wrap-up}
  - id: pay
    name: Pay
    intent: solve
    goal: The money is on its way.
    phrases: [{say: "The refund is on its way."}]
"""
CALLED = """\
schema: 1
id: verify-identity
name: Identity
expands_to: Verify
summary: A test.
steps:
  - id: compare
    name: Compare
    intent: assess
    procedure: true
    goal: The answers were compared.
    phrases: [{say: "What is the postcode of the order?"}]
    capture: [{id: verified, ask: "Do the answers match?", kind: yes-no}]
"""


class Folder:
    """A folder of playbooks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.library = FrameworkLibrary((Source(folder, "project"),))
        self.write("refund", CALLER)
        self.write("verify-identity", CALLED)

    def write(self, name: str, text: str) -> None:
        (self._folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def faults(self, name: str = "refund") -> list[str]:
        """The problems of a file, each with its line and column."""
        file = self._folder / f"{name}.yaml"
        problems = self.library.validate(file.read_bytes(), str(file), ()).problems
        return [f"{one.line}:{one.column} {one.found} | {one.allowed} | {one.nearest}" for one in problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_condition_may_name_what_the_called_playbook_captures(folder: Folder) -> None:
    assert folder.faults() == []
    assert folder.library.load("refund").content.calls == ("verify-identity",)


def test_what_is_called_is_checked_for_the_kind_of_its_captures(folder: Folder) -> None:
    folder.write("refund", CALLER.replace('verified: "no"', "verified: maybe"))
    (fault,) = folder.faults()
    assert fault.startswith("15:27 `verified` is never `maybe` | answers: yes, no")


def test_an_unknown_playbook_is_named_with_its_place_and_the_nearest(folder: Folder) -> None:
    folder.write("refund", CALLER.replace("call: verify-identity", "call: verify-identiy").split("    paths:")[0])
    (fault,) = folder.faults()
    assert fault.startswith("11:11 there is no playbook `verify-identiy`")
    assert fault.endswith("| verify-identity")


def test_a_called_playbook_that_cannot_be_read_is_named_at_the_call(folder: Folder) -> None:
    folder.write("verify-identity", CALLED.replace("intent: assess", "intent: x"))
    assert folder.faults() == ["11:11 the playbook `verify-identity` cannot be read | correct its file first | "]


def test_names_of_a_called_playbook_that_cannot_be_read_are_no_faults(folder: Folder) -> None:
    folder.write("verify-identity", CALLED.replace("intent: assess", "intent: x"))
    folder.write("refund", CALLER.replace('say: "', 'say: "{verified} ', 1))
    assert [fault.split(" | ")[0] for fault in folder.faults()] == [
        "11:11 the playbook `verify-identity` cannot be read"
    ]


def test_playbooks_that_call_each_other_are_refused(folder: Folder) -> None:
    folder.write("verify-identity", CALLED.replace("    procedure: true", "    call: refund"))
    assert folder.faults()[0].startswith("11:11 the playbook `verify-identity` cannot be read")
    folder.write("refund", CALLER.replace("call: verify-identity", "call: refund").split("    paths:")[0])
    assert folder.faults()[0].startswith("11:11 `refund` calls itself")


def test_a_capture_of_another_kind_than_in_the_called_playbook_is_named(folder: Folder) -> None:
    folder.write(
        "refund",
        CALLER.replace("    paths:", '    capture: [{id: verified, ask: "Sure?", kind: number}]\n    paths:', 1),
    )
    assert any("`verified` is number here, and yes-no in a playbook that is called" in one for one in folder.faults())


def test_only_a_live_step_calls_a_playbook(folder: Folder) -> None:
    folder.write(
        "refund",
        CALLER.replace("    goal: The money", "    phase: follow-up\n    call: verify-identity\n    goal: The money"),
    )
    assert any("only a live step calls a playbook" in one for one in folder.faults())
