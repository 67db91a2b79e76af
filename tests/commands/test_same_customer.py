"""One customer in lists, exports and erasures: the same calls, and the same doubts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from tests.commands.recovery import Recovery
from tests.review.calls import a_call
from tests.store.test_erase import noted
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

CUSTOMERS = {
    "aa01": ("Ana Lopez", "C-1001"),
    "aa02": ("Diana Lopez", "C-2002"),
    "aa03": ("Ana Lopez-Ruiz", "C-3003"),
    "aa04": ("ANA LÓPEZ", None),
    "aa05": ("Ana Lopez", "C-5005"),
}


@pytest.fixture
def stored(tmp_path: Path) -> Recovery:
    recovery = Recovery(tmp_path)
    for tail, customer in CUSTOMERS.items():
        call = a_call(tail=tail, customer=TranscriptCustomer(*customer), agent="Kim")
        Archive(recovery.data).write(noted(call, f"{customer[0]} knows Diana Lopez and C-2002"))
    return recovery


def tails(recovery: Recovery, *words: str) -> list[str]:
    """The calls of an answer in JSON Lines, by their tails."""
    done = recovery(*words)
    assert done.returncode == 0, done.stderr
    return sorted(json.loads(line)["id"][-4:] for line in done.stdout.splitlines())


def test_list_export_and_erase_pick_the_same_calls_and_tell_scripts_what_is_left_out(stored: Recovery) -> None:
    theirs = ["aa01", "aa04", "aa05"]
    assert tails(stored, "log", "list", "--customer", "ana lopez", "--json") == theirs
    assert tails(stored, "log", "export", "--customer", "Ana López", "--format", "json") == theirs
    assert tails(stored, "log", "export", "--subject", "Ana Lopez", "--format", "json") == theirs
    told = stored("log", "export", "--subject", "Ana Lopez", "--format", "json").stderr
    assert "Ana Lopez-Ruiz, C-3003: 1 call, a part of the name" in told
    assert "--also 'Ana Lopez-Ruiz'" in told or '--also "Ana Lopez-Ruiz"' in told
    assert "Diana" not in told
    assert stored("log", "erase", "--customer", "Ana Lopez", "--yes").returncode == 0
    assert tails(stored, "log", "list", "--json") == ["aa02", "aa03"]


def test_with_a_reference_only_theirs_is_exported_and_the_rest_is_doubtful(stored: Recovery) -> None:
    words = ("log", "export", "--subject", "Ana Lopez", "--ref", "C-1001", "--format", "json")
    assert tails(stored, *words) == ["aa01", "aa04"]
    assert "same name, another reference" in stored(*words).stderr
    assert tails(stored, *words, "--also", "C-5005", "--also", "Ana Lopez-Ruiz") == ["aa01", "aa03", "aa04", "aa05"]


def test_an_export_for_a_person_masks_everybody_else(stored: Recovery) -> None:
    for name in ("json", "md", "html", "txt", "csv"):
        page = stored("log", "export", "--subject", "Ana Lopez", "--ref", "C-1001", "--format", name).stdout
        assert "Ana Lopez" in page, name
        assert not [word for word in ("Diana", "C-2002", "Kim") if word in page], name


def test_an_export_for_a_person_chooses_by_the_person_alone(stored: Recovery) -> None:
    for words in (("last",), ("--all",), ("--customer", "Ana Lopez"), ("--format", "parquet")):
        done = stored("log", "export", "--subject", "Ana Lopez", *words)
        assert done.returncode == 2, words
    assert stored("log", "export", "--also", "x").returncode == 2
    assert stored("log", "export", "--subject", " ").returncode == 2
    assert stored("log", "export", "--subject", "Zoe Quist").returncode == 1


def test_a_part_of_a_name_lists_nothing_for_a_script_and_asks_on_a_terminal(stored: Recovery) -> None:
    done = stored("log", "list", "--customer", "Diana", "--json")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Diana Lopez, C-2002: 1 call" in done.stderr
    terminal = Terminal(stored.home, "log", "list", "--customer", "Diana", columns=120)
    terminal.expect("1  Diana Lopez, C-2002: 1 call, a part of the name", "Which are the same?")
    terminal.say("3")
    terminal.expect("Type numbers from 1 to 1")
    terminal.say("1")
    terminal.expect("little-aa02")
    assert terminal.end() == 0


def test_an_export_asks_on_a_terminal_which_calls_are_theirs(stored: Recovery, tmp_path: Path) -> None:
    target = tmp_path / "theirs.jsonl"
    words = ("log", "export", "--subject", "Ana Lopez", "--format", "json", "--output", str(target))
    terminal = Terminal(stored.home, *words, columns=120)
    terminal.expect("1  Ana Lopez-Ruiz, C-3003", "Which are the same?")
    terminal.say("all")
    terminal.expect("4 calls written")
    assert terminal.end() == 0
    assert len(target.read_text(encoding="utf-8").splitlines()) == 4
