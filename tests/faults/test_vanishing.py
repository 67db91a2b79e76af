"""Another window deletes what a command has just listed, in any folder: the command reports it or does not need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.seam import Fault
from tests.faults.stores import PERSON, make_store
from tests.faults.trials import Trial, assert_told_well

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS: dict[str, tuple[str, ...]] = {
    "start": ("start", "learn"),
    "list": ("log", "list"),
    "export": ("log", "export", "--all", "--format", "csv"),
    "search": ("log", "search", "fact801"),
    "stats": ("log", "stats"),
    "reindex": ("log", "reindex"),
    "reviews": ("log", "reviews"),
    "doctor": ("doctor",),
    "put in order": ("doctor", "--fix"),
    "resume": ("resume",),
    "delete": ("log", "delete", "last", "--yes"),
    "prune": ("log", "prune", "--older-than", "1y", "--yes"),
    "erase": ("log", "erase", "--customer", PERSON, "--yes"),
    "scrub": ("log", "scrub", "--yes"),
    "back up": ("log", "backup", "again.tar.gz"),
    "follow-ups": ("followups", "list"),
}
# One of each kind: a call, the index, the files of calls, what is rewritten, what is deleted.
OFTEN = {"start", "search", "export", "reindex", "erase"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return make_store(tmp_path_factory.mktemp("made") / "store")


@pytest.mark.parametrize(
    "what", [what if what in OFTEN else pytest.param(what, marks=pytest.mark.slow) for what in COMMANDS]
)
def test_files_that_vanish_after_listing_break_no_command(store: Trial, tmp_path: Path, what: str) -> None:
    argv = [word.replace("again", str(tmp_path / "again")) for word in COMMANDS[what]]
    lines = "fact900\n/end resolved\n"
    looks = store.again(tmp_path / "whole")(*argv, stdin=lines, fault=Fault("vanish", kinds=("list",)))
    assert looks.code in {0, 1}, looks
    number = sum(step.startswith("list ") for step in looks.steps)
    assert number
    for at in range(1, number + 1):
        trial = store.again(tmp_path / f"at-{at}")
        assert_told_well(trial(*argv, stdin=lines, fault=Fault("vanish", at=at, kinds=("list",))))
        assert_told_well(trial("log", "list"))
