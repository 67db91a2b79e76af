"""What is masked by choice: the setting, the customer's name in a call, old calls, and what comes from elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from recoverycli.settings.load import resolve
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

MAIL = "anna.berg@example.com"


def test_a_project_adds_to_what_is_masked_and_the_environment_decides(tmp_path: Path) -> None:
    user, project = tmp_path / "user.toml", tmp_path / "project.toml"
    user.write_text('redact = ["email", "Phone"]\n', encoding="utf-8")
    assert resolve({}, user, None).settings.redact == ("email", "phone")
    project.write_text('redact = ["iban"]\n', encoding="utf-8")
    assert resolve({}, user, project).settings.redact == ("email", "phone", "iban")
    assert resolve({"RECOVERY_REDACT": "name, national_number"}, user, project).settings.redact == (
        "name",
        "national-number",
    )
    assert resolve({"RECOVERY_REDACT": "none"}, user, project).settings.redact == ()


def test_an_unknown_word_is_reported_with_the_nearest_and_the_others_apply(tmp_path: Path) -> None:
    user = tmp_path / "user.toml"
    user.write_text('redact = ["emial", "phone"]\n', encoding="utf-8")
    resolved = resolve({}, user, None)
    assert resolved.settings.redact == ("phone",)
    assert resolved.problems == (f"{user}: redact does not know emial; did you mean email?",)
    user.write_text("redact = 7\n", encoding="utf-8")
    assert "list of words" in resolve({}, user, None).problems[0]


def test_it_is_set_shown_and_unset_by_the_command(recovery: Recovery) -> None:
    done = recovery("config", "set", "redact", "email, phone")
    assert "redact is now email, phone" in done.stdout, done.stderr
    assert 'redact = ["email", "phone"]' in (recovery.home / "config" / "settings.toml").read_text(encoding="utf-8")
    assert "email; phone" in recovery("config", "show").stdout
    refused = recovery("config", "set", "redact", "emial")
    assert (refused.returncode, "did you mean email?" in refused.stderr) == (2, True)
    assert recovery("config", "set", "redact", "none").returncode == 0
    assert recovery("config", "unset", "redact").returncode == 0
    assert '# redact = ["email", "phone"]' in (recovery.home / "config" / "settings.toml").read_text(encoding="utf-8")


def test_a_call_masks_the_chosen_kinds_and_nothing_else(recovery: Recovery) -> None:
    lines = f"write to {MAIL} or +49 30 901820\n/end\n\n"
    assert recovery("start", "learn", stdin=lines, environ={"RECOVERY_REDACT": "email"}).returncode == 0
    notes = [note["text"] for step in recovery.last()["steps"] for note in step["notes"]]
    assert notes == ["write to [e-mail] or +49 30 901820"]


def test_a_name_is_used_in_the_call_and_never_written(recovery: Recovery) -> None:
    lines = "1\n/said I am sorry, Ms Quillon\n/keep\nOdette Quillon is upset, and quillon rang twice\n/end\n\n"
    environ = {"RECOVERY_REDACT": "name"}
    done = recovery("start", "learn", "--customer", "Odette Quillon", stdin=lines, environ=environ)
    assert done.returncode == 0, done.stderr
    assert "Odette Quillon" in done.stdout
    for path in recovery.home.rglob("*"):
        assert not path.is_file() or b"quillon" not in path.read_bytes().lower(), path
    call = recovery.last()
    assert call["customer"]["name"] == "[name]"
    assert [note["text"] for step in call["steps"] for note in step["notes"]] == [
        "[name] is upset, and [name] rang twice"
    ]
    assert "I am sorry, {customer}" in (recovery.home / "config" / "phrases.yaml").read_text(encoding="utf-8")


def test_a_resumed_call_has_no_name_until_it_is_typed_again(recovery: Recovery) -> None:
    environ = {"RECOVERY_REDACT": "name"}
    recovery("start", "learn", "--customer", "Quillon", stdin="/pause\n", environ=environ)
    lines = "/customer Dr. Quillon\nu\n/customer Zabel\nZabel rang\n/end\n\n"
    done = recovery("resume", stdin=lines, environ=environ)
    assert "Say 1" in done.stdout
    assert "[name]" not in done.stdout.partition("customer: ")[0]
    assert "used in this call, not written down" in done.stdout
    for path in recovery.home.rglob("*.json*"):
        assert b"Zabel" not in path.read_bytes()
    assert recovery.last()["customer"]["name"] == "[name]"


def test_scrub_applies_the_current_settings_to_everything_stored(recovery: Recovery) -> None:
    words = f"Odette Quillon, {MAIL}"
    lines = f"{words} about it\n/end\n\n"
    assert recovery("start", "learn", "--customer", "Odette Quillon", stdin=lines).returncode == 0
    assert recovery("log", "review", "last", "--set", "steps=yes", "--note", words).returncode == 0
    assert recovery("log", "amend", "last", "--summary", words).returncode == 0
    assert recovery("start", "learn", "--customer", "Odette Quillon", stdin=f"{words} again\n/pause\n").returncode == 0
    assert "No finding." in recovery("log", "scrub", "--dry-run").stdout
    environ = {"RECOVERY_REDACT": "name email"}
    before = {path: path.read_bytes() for path in recovery.data.rglob("*") if path.is_file()}
    shown = recovery("log", "scrub", "--dry-run", environ=environ)
    assert "in 3 files would be masked" in shown.stdout
    assert "1 e-mail address, 1 name" in shown.stdout
    assert "[name], [e-mail] about it" in shown.stdout
    assert "Quillon" not in shown.stdout
    assert MAIL not in shown.stdout
    assert {path: path.read_bytes() for path in recovery.data.rglob("*") if path.is_file()} == before
    done = recovery("log", "scrub", "--yes", environ=environ)
    assert "in 3 files" in done.stdout, done.stderr
    for path in recovery.data.rglob("*"):
        assert not path.is_file() or b"quillon" not in path.read_bytes().lower(), path
        assert not path.is_file() or b"anna.berg" not in path.read_bytes(), path
    assert "No finding." in recovery("log", "scrub", "--yes", environ=environ).stdout
    assert recovery("resume", stdin="/end\n\n", environ=environ).returncode == 0
    assert len(recovery("log", "list", "--json").stdout.splitlines()) == 2


def test_a_call_that_is_open_in_another_window_is_unchanged_by_scrub(recovery: Recovery) -> None:
    running = recovery.begin("start", "learn")
    assert running.stdin
    assert running.stdout
    running.stdin.write(f"write to {MAIL}\n".encode())
    running.stdin.flush()
    while b"noted: " not in running.stdout.readline():
        assert running.poll() is None
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    before = journal.read_bytes()
    done = recovery("log", "scrub", "--yes", environ={"RECOVERY_REDACT": "email"})
    assert f"left alone: {journal.stem}" in done.stderr
    assert journal.read_bytes() == before
    running.communicate(b"/end\n\n")
    assert running.returncode == 0


def test_an_import_is_masked_by_the_rules_of_this_desk(recovery: Recovery, tmp_path: Path) -> None:
    assert recovery("start", "learn", stdin=f"write to {MAIL}\n/end\n\n").returncode == 0
    exported = recovery("log", "export", "last", "--format", "json").stdout
    elsewhere = str(tmp_path / "other")
    environ = {"RECOVERY_REDACT": "email"}
    done = recovery("--data-dir", elsewhere, "log", "import", "-", stdin=exported, environ=environ)
    assert "1 imported" in done.stdout, done.stderr
    taken = json.loads(recovery("--data-dir", elsewhere, "log", "show", "last", "--json").stdout)
    assert [note["text"] for step in taken["steps"] for note in step["notes"]] == ["write to [e-mail]"]
    assert taken["redactions"] == 1


@pytest.mark.parametrize("chosen", ["", "name"])
def test_on_a_terminal_the_name_is_shown_and_not_written(tmp_path: Path, chosen: str) -> None:
    terminal = Terminal(tmp_path, "start", "learn", "--customer", "Quillon", columns=100, RECOVERY_REDACT=chosen)
    terminal.expect_prompt()
    assert "Quillon" in terminal.text
    terminal.say("/pause")
    terminal.end()
    (journal,) = (tmp_path / "data" / "live").glob("*.jsonl")
    assert (b"Quillon" in journal.read_bytes()) == (chosen == "")
