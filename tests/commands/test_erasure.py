"""An erasure that keeps its word: what names the customer is shown, asked about, and gone; backups are named."""

from __future__ import annotations

import json
import re
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

NAME = "Quokka Zebraman"
VARIANTS = ("Mrs Zebraman", "Zebraman, Quokka", "q.zebraman@x.com", "Zebraman")
ALSO = tuple(word for variant in VARIANTS for word in ("--also", variant))


@pytest.fixture
def stored(tmp_path: Path) -> Recovery:
    """Calls that name her in several ways, a phrase and a setting of the agent, and a backup of all calls."""
    recovery = Recovery(tmp_path)
    archive = Archive(recovery.data)
    archive.write(noted(a_call(tail="aa01", customer=TranscriptCustomer(NAME)), "her own"))
    archive.write(noted(a_call(tail="aa02", customer=TranscriptCustomer("Mrs Zebraman")), "perhaps hers"))
    archive.write(
        noted(a_call(tail="aa03", customer=TranscriptCustomer("Ben Okafor")),
              "spoke to Mrs Zebraman", "Zebraman, Quokka waits", "mail q.zebraman@x.com", f"and {NAME} too")
    )  # fmt: skip
    say = "Mrs Zebraman, thank you for waiting."
    assert recovery("phrases", "add", say, "--intent", "listen").returncode == 0
    assert recovery("config", "set", "agent", "Kim Zebraman").returncode == 0
    assert recovery("log", "backup", str(tmp_path / "b.tar.gz")).returncode == 0
    return recovery


def holding(stored: Recovery) -> list[str]:
    """The files of the data and the settings that contain a part of her name, in any case."""
    files = [path for path in stored.home.rglob("*") if path.is_file() and path.name != "b.tar.gz"]
    return sorted(path.name for path in files if b"zebraman" in path.read_bytes().lower())


def test_every_way_to_name_her_is_shown_and_a_script_is_told_how_to_include_it(stored: Recovery) -> None:
    looked = stored("log", "erase", "--customer", NAME, "--dry-run")
    assert looked.returncode == 0, looked.stderr
    for variant in VARIANTS:
        assert f"perhaps the same: {variant}: " in looked.stderr
        assert re.search(f"--also ['\"]?{re.escape(variant)}", looked.stderr)
    assert "settings.toml" in looked.stderr
    backup = r"Still in the backup of \w{3} \d+ \w{3} \d{4}, \d\d:\d\d, .*b\.tar\.gz \(2 files\)"
    assert re.search(backup, looked.stdout)
    assert "Not searched: exports" in looked.stdout
    before = holding(stored)
    done = stored("log", "erase", "--customer", NAME, "--yes")
    assert done.stderr == looked.stderr
    assert done.stdout.splitlines()[:-1] == looked.stdout.splitlines()[:-1]
    assert "erased: 1 call; masked 1 mention in 1 file" in done.stdout
    assert {*holding(stored)} - {"index.sqlite3"} < {*before}, "what was left out is still there"


def test_with_all_of_them_nothing_is_left_in_calls_phrases_and_settings(stored: Recovery) -> None:
    done = stored("log", "erase", "--customer", NAME, *ALSO, "--yes")
    assert done.returncode == 0, done.stderr
    assert holding(stored) == []
    assert "erased: 2 calls" in done.stdout
    assert "[erased], thank you for waiting." in stored("phrases", "list").stdout
    assert "Kim [erased]" in stored("config", "show").stdout
    assert [json.loads(line)["customer"] for line in stored("log", "list", "--json").stdout.splitlines()] == [
        "Ben Okafor"
    ]


def test_on_a_terminal_each_is_asked_about_and_the_chosen_ones_are_erased(stored: Recovery) -> None:
    terminal = Terminal(stored.home, "log", "erase", "--customer", NAME, columns=200)
    terminal.expect("1  Mrs Zebraman: 1 call and", "q.zebraman@x.com: 1 place, in an address", "Which are the same?")
    terminal.say("all")
    terminal.expect("Still in the backup of", "Type erase to confirm:")
    terminal.say("erase")
    terminal.expect("erased: 2 calls")
    assert terminal.end() == 0
    assert holding(stored) == []


def test_a_restore_leaves_her_out_unless_told_otherwise(stored: Recovery, tmp_path: Path) -> None:
    backup = str(tmp_path / "b.tar.gz")
    stored("log", "erase", "--customer", NAME, *ALSO, "--yes")
    assert stored("log", "delete", "aa03", "--yes").returncode == 0
    looked = stored("log", "restore", backup, "--dry-run")
    assert "2 calls of customers who were erased, and 1 other file with mentions of them" in looked.stderr
    done = stored("log", "restore", backup, "--yes")
    assert done.returncode == 0, done.stderr
    assert "--with-erased" in done.stderr
    assert "restored: 1 file" in done.stdout
    assert "2 files of erased customers left out" in done.stdout
    assert holding(stored) == []
    told = stored("log", "restore", backup, "--yes", "--with-erased")
    assert "restored: 2 files" in told.stdout
    assert "They are restored too" in told.stderr
    assert len(stored("log", "list", "--json").stdout.splitlines()) == 3


def test_a_restore_asks_on_a_terminal_and_enter_leaves_her_out(stored: Recovery, tmp_path: Path) -> None:
    stored("log", "erase", "--customer", NAME, *ALSO, "--yes")
    terminal = Terminal(stored.home, "log", "restore", str(tmp_path / "b.tar.gz"), columns=120)
    terminal.expect("[y/N]")
    terminal.say("y")
    terminal.expect("Restore erased customers too? [y/N]")
    terminal.press("enter")
    terminal.expect("left out")
    assert terminal.end() == 0
    assert holding(stored) == []


def test_a_call_after_the_erasure_is_restored(stored: Recovery, tmp_path: Path) -> None:
    stored("log", "erase", "--customer", NAME, "--yes")
    later = a_call(tail="cc01", at=a_call().started_at.replace(year=2031), customer=TranscriptCustomer(NAME))
    Archive(stored.data).write(later)
    backup = str(tmp_path / "later.tar.gz")
    assert stored("log", "backup", backup).returncode == 0
    assert stored("log", "delete", "cc01", "--yes").returncode == 0
    assert "restored: 1 file" in stored("log", "restore", backup, "--yes").stdout


def test_a_backup_that_was_moved_is_named_as_not_searched(stored: Recovery, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").rename(tmp_path / "moved.tar.gz")
    looked = stored("log", "erase", "--customer", NAME, "--dry-run").stdout
    assert "Not searched: the backup of" in looked
    assert "it is no longer there" in looked


def test_settings_that_masking_would_break_stay_and_are_named(stored: Recovery) -> None:
    path = next(stored.home.rglob("settings.toml"))
    path.write_text(f'agent = "{NAME}" # not ended: "\nbroken = {NAME}\n', encoding="utf-8")
    done = stored("log", "erase", "--customer", NAME, "--yes")
    assert done.returncode == 1
    assert "check them yourself" in done.stderr
    assert "settings.toml" in done.stderr
    assert NAME in path.read_text(encoding="utf-8")
