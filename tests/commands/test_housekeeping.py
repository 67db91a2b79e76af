"""Deleting, pruning, erasing, backing up: asked first, exactly what was shown, and backing out changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.redaction.attestation import rules_version
from recoverycli.session.transcript.model import TranscriptCustomer, TranscriptNote
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import BIGGEST
from tests import present
from tests.review.calls import a_call, promise
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

TODAY = present.START.astimezone()
DAYS = {"aa01": 1, "aa02": 40, "aa03": 800, "aa04": 900}


@pytest.fixture
def store(recovery: Recovery) -> Recovery:
    archive = Archive(recovery.data)
    for tail, days in DAYS.items():
        at = TODAY - timedelta(days=days)
        bound = (promise(1, "ring back"),) if tail == "aa04" else ()
        call = a_call(*bound, tail=tail, at=at, customer=TranscriptCustomer(f"Quill {tail}", None), issue="billing")
        first, *others = call.steps
        note = (TranscriptNote(at, "spoke to Quill aa01 about it"),) if tail == "aa02" else ()
        path = archive.write(msgspec.structs.replace(call, steps=(msgspec.structs.replace(first, notes=note), *others)))
        # Long enough ago that the index trusts the time of the folder, and need not look again on a slow machine.
        os.utime(path.parent, ns=(10**18, 10**18))
    assert recovery("log", "list").returncode == 0
    return recovery


def hashes(home: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(home.rglob("*")) if path.is_file()
    }


def tails(recovery: Recovery) -> list[str]:
    return sorted(json.loads(line)["id"][-4:] for line in recovery("log", "list", "--json").stdout.splitlines())


@pytest.mark.parametrize(
    "argv",
    [
        ("delete", "last"), ("delete", "--issue", "billing"), ("prune", "--older-than", "1y"),
        ("erase", "--customer", "Quill aa01"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_without_yes_and_in_a_dry_run_nothing_changes(store: Recovery, argv: tuple[str, ...]) -> None:
    before = hashes(store.data)
    refused = store("log", *argv)
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    shown = store("log", *argv, "--dry-run")
    assert shown.returncode == 0
    assert "Nothing was changed" in shown.stdout
    assert hashes(store.data) == before


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("delete",), "calls are required"),
        (("delete", "--yes"), "calls are required"),
        (("delete", "--customer", "", "--yes"), "--customer is empty"),
        (("delete", "--issue", " ", "--yes"), "--issue is empty"),
        (("delete", "last", "--issue", "x", "--yes"), "by filters, not both"),
        (("delete", "--since", "nonsense", "--yes"), "not a date"),
        (("delete", "last", "--yse"), "--yse"),
        (("prune", "--yes"), "--older-than"),
        (("prune", "--older-than", "soon", "--yes"), "not a duration"),
        (("prune", "--older-than", "0d", "--yes"), "not a duration"),
        (("prune", "--older-than", "-1y", "--yes"), "not a duration"),
        (("prune", "--older-than", "9999y", "--yes"), "not a duration"),
        (("erase", "--yes"), "a customer is required"),
        (("erase", "--customer", " ", "--yes"), "--customer is empty"),
        (("erase", "--ref", "", "--yes"), "--ref is empty"),
    ],
    ids=str,
)
def test_what_may_mean_too_much_is_wrong_usage_and_does_nothing(
    store: Recovery, argv: tuple[str, ...], told: str
) -> None:
    before = hashes(store.data)
    done = store("log", *argv)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert hashes(store.data) == before


def test_delete_removes_what_is_named_and_the_list_knows(store: Recovery) -> None:
    done = store("log", "delete", "aa01", "aa03", "--yes")
    assert done.returncode == 0, done.stderr
    assert "2 calls deleted" in done.stdout
    assert tails(store) == ["aa02", "aa04"]


def test_of_what_is_deleted_no_word_is_left_in_the_index(store: Recovery) -> None:
    index = store.data / "index.sqlite3"
    assert b"aa03" in index.read_bytes()
    assert store("log", "delete", "aa03", "--yes").returncode == 0
    assert b"aa03" not in index.read_bytes()
    assert b"aa02" in index.read_bytes()


def test_delete_removes_what_filters_mean(store: Recovery) -> None:
    assert store("log", "delete", "--customer", "quill AA02", "--yes").returncode == 0
    assert tails(store) == ["aa01", "aa03", "aa04"]


def test_a_file_that_cannot_be_read_is_deleted_by_its_whole_id(store: Recovery) -> None:
    (path,) = (store.data / "sessions").rglob("*-aa02.json")
    path.write_bytes(b"\0" * 20)
    assert store("log", "delete", "aa02", "--yes").returncode == 1
    assert path.exists()
    assert "complete JSON" in store("log", "delete", path.stem, "--dry-run").stdout
    assert store("log", "delete", path.stem, "--yes").returncode == 0
    assert not path.exists()


def test_an_id_that_leads_elsewhere_is_none(store: Recovery) -> None:
    before = hashes(store.data)
    for wanted in ("../../index.sqlite3", "20261123T100000-../../x-aaaa", "/etc/passwd"):
        assert store("log", "delete", wanted, "--yes").returncode == 1
    assert hashes(store.data) == before


def test_prune_keeps_a_promise_that_is_not_kept(store: Recovery) -> None:
    done = store("log", "prune", "--older-than", "2y", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 older call with an open promise" in done.stderr
    assert tails(store) == ["aa01", "aa02", "aa04"]
    assert "can be deleted" in store("log", "prune", "--older-than", "2 years", "--yes").stdout
    assert store("log", "prune", "--older-than", "2y", "--with-promises", "--yes").returncode == 0
    assert tails(store) == ["aa01", "aa02"]
    assert store("log", "prune", "--older-than", "30d", "--yes").returncode == 0
    assert tails(store) == ["aa01"]


def test_erase_says_what_it_did_and_that_backups_are_left(store: Recovery) -> None:
    done = store("log", "erase", "--customer", "quill AA01", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "erased: 1 call; masked 1 mention in 1 file"
    assert "Not searched: exports, backups" in done.stdout
    assert tails(store) == ["aa02", "aa03", "aa04"]
    assert not [path for path in store.data.rglob("*") if path.is_file() and b"quill aa01" in path.read_bytes().lower()]
    assert "spoke to [erased] about it" in store("log", "show", "aa02").stdout


def test_part_of_a_name_is_not_enough_and_the_whole_ones_are_shown(store: Recovery) -> None:
    before = hashes(store.data)
    done = store("log", "erase", "--customer", "Quil aa03", "--yes")
    assert done.returncode == 1
    assert "Quill aa03" in done.stderr
    assert hashes(store.data) == before


def test_erase_looks_at_what_would_be_masked_before(store: Recovery) -> None:
    shown = store("log", "erase", "--customer", "Quill aa01", "--dry-run").stdout
    assert "spoke to Quill aa01 about it" in shown
    assert "1 mention" in shown


def test_a_call_in_progress_of_the_customer_in_another_window_is_refused(store: Recovery) -> None:
    running = store.begin("start", "learn", "--customer", "Quill aa01")
    try:
        assert running.stdin
        assert running.stdout
        running.stdin.write(b"a note\n")
        running.stdin.flush()
        while b"noted" not in running.stdout.readline():
            assert running.poll() is None
        done = store("log", "erase", "--customer", "Quill aa01", "--yes")
        assert done.returncode == 1
        assert "another window" in done.stderr
        (journal,) = (store.data / "live").glob("*.jsonl")
        assert journal.stem in done.stderr
        assert len(tails(store)) == 4
    finally:
        running.communicate()


def test_on_a_terminal_enter_alone_deletes_nothing(store: Recovery) -> None:
    before = hashes(store.data)
    terminal = Terminal(store.home, "log", "delete", "aa01")
    terminal.expect("Permanently delete 1 call?", "[y/N]")
    terminal.press("enter")
    terminal.expect("Nothing was changed")
    terminal.end()
    assert hashes(store.data) == before


@pytest.mark.parametrize("typed", ["y", "yes", "", "erased"])
def test_on_a_terminal_erasing_wants_the_word(store: Recovery, typed: str) -> None:
    before = hashes(store.data)
    terminal = Terminal(store.home, "log", "erase", "--customer", "Quill aa01", columns=120)
    terminal.expect("Type erase to confirm:")
    terminal.say(typed)
    terminal.expect("Nothing was changed")
    terminal.end()
    assert hashes(store.data) == before


def test_on_a_terminal_the_word_erases(store: Recovery) -> None:
    terminal = Terminal(store.home, "log", "erase", "--customer", "Quill aa01", columns=120)
    terminal.expect("Type erase to confirm:")
    terminal.say("erase")
    terminal.expect("erased: ")
    assert terminal.end() == 0
    assert tails(store) == ["aa02", "aa03", "aa04"]


def test_backup_and_restore_bring_every_call_back(store: Recovery, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    before = hashes(store.data / "sessions")
    assert store("log", "backup", str(target)).returncode == 0
    assert store("log", "delete", "--issue", "billing", "--yes").returncode == 0
    assert tails(store) == []
    assert store("log", "restore", str(target)).returncode == 2
    assert "4 files" in store("log", "restore", str(target), "--dry-run").stdout
    assert tails(store) == []
    assert store("log", "restore", str(target), "--yes").returncode == 0
    assert hashes(store.data / "sessions") == before
    assert tails(store) == ["aa01", "aa02", "aa03", "aa04"]


def test_a_backup_is_not_overwritten_unasked(store: Recovery, tmp_path: Path) -> None:
    target = tmp_path / "b.tar.gz"
    target.write_bytes(b"mine")
    assert store("log", "backup", str(target)).returncode == 2
    assert target.read_bytes() == b"mine"
    assert store("log", "backup", str(target), "--yes").returncode == 0
    assert target.read_bytes()[:2] == b"\x1f\x8b"


@pytest.mark.parametrize("name", ["data/b.tar.gz", "data/sessions/b.tar.gz", "b.zip", "nowhere/b.tar.gz", "-"])
def test_a_place_that_is_none_for_a_backup_is_refused(store: Recovery, tmp_path: Path, name: str) -> None:
    before = hashes(tmp_path)
    assert store("log", "backup", name if name == "-" else str(tmp_path / name)).returncode == 2
    assert hashes(tmp_path) == before


def test_reindex_notices_an_edit_and_says_what_it_skipped(store: Recovery) -> None:
    (path,) = (store.data / "sessions").rglob("*-aa01.json")
    changed = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Quill aa01", b"Quall aa01"))
    (other,) = (store.data / "sessions").rglob("*-aa02.json")
    other.write_bytes(b"{")
    done = store("log", "reindex")
    assert done.returncode == 0
    assert "indexed: 3 calls; 1 file skipped" in done.stdout
    assert "Quall" in store("log", "list").stdout
    assert changed.st_size == path.stat().st_size
    facts = json.loads(store("log", "reindex", "--json").stdout)
    assert facts["calls"] == 3
    assert [one["path"] for one in facts["skipped"]] == [str(other)]


def test_scrub_masks_what_an_older_version_let_through(store: Recovery) -> None:
    (path,) = (store.data / "sessions").rglob("*-aa02.json")
    path.write_bytes(path.read_bytes().replace(b"about it", b"card 4111 1111 1111 1111"))
    before = hashes(store.data / "sessions")
    assert "1 place in 1 file would be masked" in store("log", "scrub", "--dry-run").stdout
    assert store("log", "scrub").returncode == 2
    assert hashes(store.data / "sessions") == before
    assert "masked: 1 place in 1 file" in store("log", "scrub", "--yes").stdout
    document = json.loads(path.read_bytes())
    assert document["redactions"] == 1
    assert document["steps"][0]["notes"][0]["text"].endswith("**** **** **** 1111")
    after = {name: sum_ for name, sum_ in hashes(store.data / "sessions").items() if name in before}
    assert [name for name in before if before[name] != after[name]] == [str(path)]
    said = store("log", "scrub", "--yes", environ={"RECOVERY_REDACT": "phone,email"}).stdout
    kinds = f"card numbers, codes, passwords, email, phone, by the masking rules {rules_version()}"
    limits = "What these rules do not recognise stays as it is."
    assert said == f"No finding.\nLooked for in 4 files: {kinds}.\n{limits}\n"
    with path.open("ab") as file:
        file.truncate(BIGGEST + 1)
    done = store("log", "scrub", "--dry-run")
    assert "Looked for in 3 files" in done.stdout
    assert done.stderr == f"note: too large and not looked at: {path.name}\n"


def test_scrub_masks_old_secrets_in_settings_and_phrases_and_keeps_comments(store: Recovery) -> None:
    config = store.home / "config"
    config.mkdir(exist_ok=True)
    settings, phrases = config / "settings.toml", config / "phrases.yaml"
    settings.write_bytes(
        b'# of the desk\r\nagent = "Kim, pin 4829"   # card 4111 1111 1111 1111\r\nredact = ["phone"]\r\n'
        b'[contacts] # by kind\r\nlead = "Ana, 020 7946 0958"\r\n[[remedies]]\r\nname = "refund"\r\nkind = "money"\r\n'
    )
    phrases.write_text(
        "# my own; my pin is 4829\nschema: 1\nphrases:\n"
        "  - say: Call 020 7946 0958, the password is hunter22.  # mine\n"
        "    intent: listen\n  - say: Thank you.\n    intent: listen\n",
        encoding="utf-8",
    )
    before = settings.read_bytes(), phrases.read_bytes()
    looked = store("log", "scrub", "--dry-run")
    assert looked.stderr == ""
    assert [line for line in looked.stdout.splitlines() if line.startswith(("phrases", "settings", "  "))] == [
        "phrases.yaml: 1 phone number, 1 password, 1 code", "  Call [phone], the password is [password].",
        "  # my own; my pin is ****", "settings.toml: 1 code, 1 card number", "  Kim, pin ****",
        "  # card **** **** **** 1111",
    ]  # fmt: skip
    assert "5 places in 2 files would be masked. Nothing was changed." in looked.stdout
    assert (settings.read_bytes(), phrases.read_bytes()) == before
    assert "masked: 5 places in 2 files." in store("log", "scrub", "--yes").stdout
    assert settings.read_bytes() == before[0].replace(b"4829", b"****").replace(
        b"4111 1111 1111 1", b"**** **** **** 1"
    )
    assert phrases.read_text(encoding="utf-8") == before[1].decode().replace("4829", "****").replace(
        "Call 020 7946 0958, the password is hunter22.", '"Call [phone], the password is [password]."'
    )
    assert store("log", "scrub", "--yes").stdout.startswith("No finding.")


def test_scrub_names_settings_and_phrases_with_secrets_that_it_cannot_change(store: Recovery) -> None:
    config = store.home / "config"
    config.mkdir(exist_ok=True)
    texts = {"settings.toml": 'agent = "Kim, pin 4829\n', "phrases.yaml": "phrases: [the pin is 4829\n"}
    for name, text in texts.items():
        (config / name).write_text(text, encoding="utf-8")
    done = store("log", "scrub", "--yes", environ={"RECOVERY_REDACT": "none"})
    notes = [line for line in done.stderr.splitlines() if line.startswith("note: ")]
    told = "note: holds a secret, but has errors; correct it, then scrub again:"
    assert notes == [f"{told} {config / name}" for name in ("phrases.yaml", "settings.toml")]
    assert done.stdout.startswith("No finding")
    for name, text in texts.items():
        assert (config / name).read_text(encoding="utf-8") == text
