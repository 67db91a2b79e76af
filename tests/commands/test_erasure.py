"""An erasure that keeps its word: what names the customer is shown, asked about, and gone; backups are named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from tests.commands.recovery import Recovery
from tests.review.calls import a_call
from tests.store.test_erase import noted
from tests.terminal.screen import Terminal

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
    assert "restored: 0 files, 1 already there, 2 files of" in stored("log", "restore", backup, "--dry-run").stdout
    assert stored("log", "delete", "aa03", "--yes").returncode == 0
    looked = stored("log", "restore", backup, "--dry-run")
    assert "Erased customers are in the backup: 2 calls, and mentions in 1 other file." in looked.stderr
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


def test_a_call_after_the_erasure_is_restored_and_imported(stored: Recovery, tmp_path: Path) -> None:
    stored("log", "erase", "--customer", NAME, "--yes")
    path = stored.data / "erased.json"
    record = json.loads(path.read_bytes())
    record["people"][0]["at"] = "2026-01-01T00:00:00Z"
    path.write_text(json.dumps(record), encoding="utf-8")
    Archive(stored.data).write(a_call(tail="cc01", customer=TranscriptCustomer(NAME)))
    backup, exported = str(tmp_path / "later.tar.gz"), str(tmp_path / "later.jsonl")
    assert stored("log", "backup", backup).returncode == 0
    assert stored("log", "export", "cc01", "--format", "json", "--output", exported).returncode == 0
    assert stored("log", "delete", "cc01", "--yes").returncode == 0
    assert "restored: 1 file" in stored("log", "restore", backup, "--yes").stdout
    assert stored("log", "delete", "cc01", "--yes").returncode == 0
    assert "1 imported, 0 already stored, 0 refused." in stored("log", "import", exported).stdout


@pytest.fixture
def exported(stored: Recovery, tmp_path: Path) -> str:
    """All calls as a file, of a time before she was erased and the calls deleted."""
    file = str(tmp_path / "calls.jsonl")
    assert stored("log", "export", "--all", "--format", "json", "--output", file).returncode == 0
    assert stored("log", "erase", "--customer", NAME, *ALSO, "--yes").returncode == 0
    assert stored("log", "delete", "aa03", "--yes").returncode == 0
    (tmp_path / "calls.jsonl").rename(tmp_path / "out.jsonl")
    assert holding(stored) == ["out.jsonl"]
    return str(tmp_path / "out.jsonl")


def test_an_import_leaves_her_out_unless_told_otherwise(stored: Recovery, exported: str) -> None:
    ids = [f"20261123T120000-little-{tail}" for tail in ("aa01", "aa02", "aa03")]
    found = "".join((
        f"2 calls of customers who were erased:\n  {ids[0]}\n  {ids[1]}\n",
        f"1 call with mentions of erased customers:\n  {ids[2]}\n",
    ))  # fmt: skip
    hint = "They are left out and masked; import them too: --with-erased\n"
    looked = stored("log", "import", exported, "--dry-run")
    assert (looked.stdout, looked.stderr) == (
        "1 would be imported, 0 already stored, 0 refused, 2 left out.\n", f"{found}{hint}",
    )  # fmt: skip
    done = stored("log", "import", exported)
    assert (done.returncode, done.stderr) == (0, looked.stderr)
    assert holding(stored) == ["out.jsonl"]
    assert "[erased]" in stored("log", "show", "aa03").stdout
    told = stored("log", "import", "-", "--with-erased", "--json", stdin=Path(exported).read_bytes())
    assert [json.loads(line)["erased"] for line in told.stdout.splitlines()] == ["", "customer", "customer"]
    assert stored("log", "delete", *ids, "--yes").returncode == 0
    told = stored("log", "import", exported, "--with-erased")
    assert told.stderr == f"{found}They are imported too, because of --with-erased.\n"
    assert holding(stored)[:3] == [f"{one}.json" for one in ids]


def test_an_import_asks_on_a_terminal_and_enter_leaves_her_out(stored: Recovery, exported: str) -> None:
    for keys, expected, left in (("enter", "1 imported", 1), ("y", "2 imported, 1 already stored", 0)):
        terminal = Terminal(stored.home, "log", "import", exported, columns=120)
        terminal.expect("2 calls of customers who were erased", "Import erased customers too? [y/N]")
        terminal.press("enter") if keys == "enter" else terminal.say(keys)
        terminal.expect(expected)
        assert terminal.end() == 0
        assert (holding(stored) == ["out.jsonl"]) == bool(left)


def test_a_backup_brings_its_erasures_to_another_computer(stored: Recovery, tmp_path: Path) -> None:
    stored("log", "erase", "--customer", NAME, *ALSO, "--yes")
    assert stored("log", "delete", "aa03", "--yes").returncode == 0
    newer = str(tmp_path / "newer.tar.gz")
    assert "1 record of erasures" in stored("log", "backup", newer).stdout
    other = Recovery(tmp_path / "other")
    # Somebody was erased there as well, and one of her calls is there already.
    Archive(other.data).write(noted(a_call(tail="aa05", customer=TranscriptCustomer("Bo Moss"))))
    assert other("log", "erase", "--customer", "Bo Moss", "--yes").returncode == 0
    Archive(other.data).write(noted(a_call(tail="aa04", customer=TranscriptCustomer(NAME)), "hers, too"))
    for way in ("--dry-run", "--yes"):
        done = other("log", "restore", newer, way)
        assert "note: 1 call here is of a customer who was erased elsewhere, as the backup says" in done.stderr
        assert "recovery log show 20261123T120000-little-aa04" in done.stderr
        assert "restored: 1 file, 0 already there" in done.stdout
    assert other("log", "delete", "aa04", "--yes").returncode == 0
    done = other("log", "restore", str(tmp_path / "b.tar.gz"), "--yes")
    assert "Erased customers are in the backup: 2 calls, and mentions in 1 other file." in done.stderr
    assert "restored: 1 file" in done.stdout
    assert holding(other) == []
    again = other("log", "restore", newer, "--yes")
    assert (again.stderr, again.stdout) == ("", "restored: 0 files, 1 already there\n")


def test_a_backups_record_of_erasures_that_is_none_is_refused_and_the_calls_come_back(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    Archive(recovery.data).write(a_call(tail="aa01", customer=TranscriptCustomer(NAME)))
    for number, record in enumerate((
        b"no record", b'{"salt":"xyz"}', b'{"salt":"00","people":[{"at":"2026-11-25T00:00:00","known":[]}]}',
        b'{"salt":"00","people":[{"at":"2026-11-25T00:00:00Z","known":[{"kind":"ref","words":0,"mark":""}]}]}',
    )):  # fmt: skip
        (recovery.data / "erased.json").write_bytes(record)
        backup = str(tmp_path / "b.tar.gz")
        assert recovery("log", "backup", backup, "--yes").returncode == 0
        told = recovery("log", "import", backup).stderr
        assert f"warning: {recovery.data / 'erased.json'}: it is not a valid record of erasures" in told
        done = Recovery(tmp_path / str(number))("log", "restore", backup, "--yes")
        assert done.returncode == 1
        assert "refused: erased.json: it is not a valid record of erasures" in done.stderr
        assert done.stdout == "restored: 1 file, 0 already there, 1 refused\n"
    checked = recovery("doctor")
    assert checked.returncode == 1
    assert "erased.json: it is not a valid record of erasures" in checked.stdout


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
