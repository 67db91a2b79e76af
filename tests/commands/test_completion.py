"""Completion at the Tab key, in a real bash through the script that the command prints, and as the other shells ask."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.commands.common import completion_values
from recoverycli.frameworks.model import CHANNELS, MOODS, SEVERITIES
from recoverycli.session.events import Finished
from recoverycli.session.filters import OUTCOME_WORDS
from recoverycli.session.state import fold
from recoverycli.session.transcript.account import account
from recoverycli.settings.contacts import CONTACTS
from recoverycli.settings.model import FIELDS
from recoverycli.store.calls.archive import Archive
from tests import present
from tests.content import LITTLE, started
from tests.platforms import needs_posix_shell

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


@pytest.fixture
def press_tab(recovery: Recovery) -> Tab:
    return Tab(recovery)


class Tab:
    """A bash that has read the script, at the moment when Tab is pressed behind the last word."""

    def __init__(self, recovery: Recovery) -> None:
        self.recovery = recovery
        self.path = present.path_with_recovery(recovery.home / "bin")

    def __call__(self, *words: str, cwd: Path | None = None) -> list[str]:
        line = shlex.join(["recovery", *words])
        code = (
            'eval "$(recovery completion bash 2>/dev/null)"\n'
            f"COMP_WORDS=({line}); COMP_CWORD={len(words)}\n"
            'read -r _ _ _ _ function _ <<< "$(complete -p recovery)"\n'
            "$function recovery\n"
            "printf '%s\\n' \"${COMPREPLY[@]}\"\n"
        )
        environ = self.recovery.environ(PATH=self.path)
        done = subprocess.run(
            ["bash", "--norc", "-c", code],
            capture_output=True,
            env=environ,
            cwd=cwd,
            check=False,
            encoding="utf-8",
        )
        assert done.stderr == "", "a line that is being typed is not written into"
        return [line for line in done.stdout.splitlines() if line]


@needs_posix_shell
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["phr"], ["phrases"]),
        (["phrases", "re"], ["remove"]),
        (["phrases", "add", "x", "--int"], ["--intent"]),
        (["phrases", "add", "x", "--intent", "a"], ["acknowledge", "apologize", "assess", "agree"]),
        (["phrases", "add", "x", "-f", "learn-"], ["learn-marriott"]),
        (["phrases", "add", "x", "--framework", "learn", "--step", "e"], ["empathize"]),
        (["phrases", "add", "x", "--step", "e"], []),
        (["quiz", "learn", "--step", "e"], ["empathize"]),
        (["quiz", "--step", "e"], []),
        (["demo", "double-charge", "--dialogue", "double-charge-h"], ["double-charge-hold"]),
        (["demo", "learn", "--dialogue", ""], ["learn"]),
        (["demo", "--dialogue", ""], []),
        (["phrases", "add", "x", "--framework", "nowhere", "--step", "e"], []),
        (["phrases", "add", "x", "--plain", "--mood", "an"], ["anxious", "angry"]),
        (["phrases", "add", '"it\'s"', "--channel", "s"], ["social"]),
        (["phrases", "remove", ""], []),
    ],
)
def test_commands_options_and_values_are_completed_in_bash(
    press_tab: Tab, words: list[str], offered: list[str]
) -> None:
    assert press_tab(*words) == offered
    assert not press_tab.recovery.data.exists(), "to look makes nothing"


@needs_posix_shell
def test_the_ids_of_ones_own_phrases_are_completed(press_tab: Tab) -> None:
    press_tab.recovery("phrases", "add", "Take your time.", "--intent", "listen")
    row = json.loads(press_tab.recovery("phrases", "list", "--json").stdout)
    assert press_tab("phrases", "remove", "") == [row["id"]]
    assert press_tab("phrases", "edit", row["id"][:3]) == [row["id"]]


@needs_posix_shell
def test_a_framework_of_a_folder_that_is_on_the_line_is_completed(press_tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "zebra.yaml").write_text("broken: [", encoding="utf-8")
    # Bash hands on the words as they are typed, with their quotes.
    there = shlex.quote(str(tmp_path / "theirs"))
    assert press_tab("phrases", "add", "x", "--frameworks", there, "-f", "zeb") == ["zebra"]
    assert press_tab("--frameworks", there, "phrases", "add", "x", "-f", "zeb") == ["zebra"]
    assert press_tab("phrases", "add", "x", "-f", "zeb") == []


@needs_posix_shell
def test_settings_that_are_broken_disturb_no_line(press_tab: Tab, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text("agnet = [", encoding="utf-8")
    (tmp_path / "config" / "phrases.yaml").write_text("phrases: [", encoding="utf-8")
    assert press_tab("phrases", "add", "x", "-f", "learn-") == ["learn-marriott"]
    assert press_tab("phrases", "remove", "") == []


def test_calls_issues_and_open_calls_are_offered_newest_first(
    recovery: Recovery, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in recovery.environ().items():
        monkeypatch.setenv(name, value)
    assert completion_values.calls("") == completion_values.issues("") == completion_values.open_calls("") == []
    for minute, issue in enumerate(("billing", "Two Words!", "billing")):
        at = datetime(2026, 11, 23, 9, minute, tzinfo=UTC)
        session = fold((started(LITTLE, at, issue=issue), Finished(at=at)))
        assert session is not None
        Archive(recovery.data).write(msgspec.structs.replace(account(session, at), root_cause="A new Courier"))
    ids = sorted((path.stem for path in recovery.data.rglob("*.json")), reverse=True)
    assert completion_values.calls("") == [*ids, "last"]
    assert completion_values.calls("la") == ["last"]
    assert completion_values.issues("") == ["billing"]
    assert completion_values.known_issues("") == ["billing", "two-words"]
    assert completion_values.causes("") == ["merge", "split", "a-new-courier"]
    assert completion_values.families("del") == ["delivery"]
    (recovery.data / "live").mkdir()
    begun = b'{"schema":1,"id":"20261123T090000-heart-abcd"}\n{}\n'
    (recovery.data / "live" / "20261123T090000-heart-abcd.jsonl").write_bytes(begun)
    assert completion_values.open_calls("2026") == ["20261123T090000-heart-abcd"]
    monkeypatch.setenv("COMP_WORDS", f"recovery\nlog\nshow\n--data-dir\n=\n{recovery.home / 'nowhere'}\n")
    assert completion_values.calls("") == []


def test_fixed_words_are_offered_whole() -> None:
    assert completion_values.channels("") == list(CHANNELS)
    assert completion_values.moods("") == list(MOODS)
    assert completion_values.severities("") == list(SEVERITIES)
    assert "threat" in completion_values.call_cards("")
    assert "learn" not in completion_values.call_cards("")
    assert completion_values.outcomes("") == list(OUTCOME_WORDS)
    alone = [name for name in FIELDS if name not in {"contacts", "remedies"}]
    assert completion_values.settings("") == [*alone, *(f"contacts.{kind}" for kind in CONTACTS)]


@pytest.mark.parametrize(
    ("shell", "more"),
    [("zsh", {}), ("fish", {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}), ("powershell", {})],
)
def test_the_other_shells_are_answered_too(recovery: Recovery, shell: str, more: dict[str, str]) -> None:
    asked = {"_RECOVERY_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": "recovery phrases add x --intent ap"}
    done = recovery(environ={**asked, "_TYPER_COMPLETE_WORD_TO_COMPLETE": "ap", **more})
    assert done.returncode == 0, done.stderr
    assert "apologize" in done.stdout
    assert "listen" not in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "PWSH"])
def test_each_shell_has_its_script_and_none_changes_the_users_keys(recovery: Recovery, shell: str) -> None:
    done = recovery("completion", shell)
    assert done.returncode == 0
    assert "_RECOVERY_COMPLETE" in done.stdout
    assert "Set-PSReadLineKeyHandler" not in done.stdout


def test_a_shell_that_is_none_is_answered_with_the_nearest(recovery: Recovery) -> None:
    done = recovery("completion", "bsh")
    assert (done.returncode, "did you mean bash?" in done.stderr) == (2, True)
    done = recovery("completion")
    assert (done.returncode, "For example: recovery completion bash" in done.stderr) == (2, True)
