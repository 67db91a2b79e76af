"""The settings from the command line: shown with their source, checked before they are written, comments kept."""

from __future__ import annotations

import json
import os
import shlex
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from recoverycli.settings.model import DOCUMENTED, FIELDS
from tests import present
from tests.platforms import has_mode
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


def settings_file(recovery: Recovery) -> Path:
    return recovery.home / "config" / "settings.toml"


def value(recovery: Recovery, name: str, cwd: Path | None = None, **environ: str) -> tuple[object, str]:
    """The value that holds, and its source."""
    lines = recovery("config", "show", "--json", cwd=cwd, environ=environ).stdout.splitlines()
    found = next(line for line in map(json.loads, lines) if line["name"] == name)
    return found["value"], found["source"]


def test_every_setting_is_documented_and_shown(recovery: Recovery) -> None:
    assert set(DOCUMENTED) == set(FIELDS)
    shown = recovery("config", "show").stdout.splitlines()
    assert [line.partition(":")[0] for line in shown] == list(DOCUMENTED)
    assert shown[0] == "framework: learn, from default. The default framework of `recovery start`."


def test_a_value_is_set_confirmed_and_shown_with_its_source(recovery: Recovery) -> None:
    done = recovery("config", "set", "channel", "Chat")
    file = settings_file(recovery)
    assert (done.returncode, done.stdout) == (0, f"channel is now chat, in {file}.\n")
    assert value(recovery, "channel") == ("chat", str(file))
    assert has_mode(file, 0o600)


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("agent", "4539 5260 1815 9083"),
        ("agent", "Ana, password is Qx7zebra"),
        ("contacts.security", "front desk, pin 4482"),
    ],
)
def test_a_setting_with_a_secret_is_refused_and_not_written(recovery: Recovery, name: str, secret: str) -> None:
    done = recovery("config", "set", name, secret)

    assert done.returncode == 2
    assert "cannot hold a card number, a code or a password" in done.stderr
    assert "settings were not changed" in done.stderr
    assert not settings_file(recovery).exists()


def test_comments_and_order_of_a_file_survive_a_change(recovery: Recovery) -> None:
    file = settings_file(recovery)
    file.parent.mkdir()
    file.write_text('# mine\nagent = "Ana" # the name on my badge\n\n# usual\nchannel = "chat"\n', encoding="utf-8")
    recovery("config", "set", "agent", "Ana B")
    recovery("config", "unset", "channel")
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# mine\nagent = "Ana B" # the name on my badge\n\n# usual\n')
    assert value(recovery, "channel") == (None, "default")


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("framework", "hart", "framework cannot be hart; did you mean heart?"),
        ("channel", "fone", "channel cannot be fone; did you mean phone?"),
        ("theme", "drak", "theme cannot be drak; did you mean dark?"),
        ("plain", "perhaps", "plain cannot be perhaps"),
        ("currency", "XYQ", "there is no currency XYQ"),
        ("country", "England", "country cannot be England"),
        ("country", "GB-XX", "no public holidays are known for GB-XX"),
        ("hours", "9 to 5pm", "hours cannot be 9 to 5pm"),
        ("hours", "17:00-09:00", "hours cannot be 17:00-09:00"),
        ("practice.day-begins", "25", "practice.day-begins cannot be 25"),
        ("agent", "   ", "agent must be a line of text"),
        ("agnet", "x", "there is no setting agnet; did you mean agent?"),
        ("remedies", "x", "remedies can only be changed in the file"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(
    recovery: Recovery, name: str, wrong: str, says: str
) -> None:
    done = recovery("config", "set", name, wrong)
    assert done.returncode == 2
    assert says in done.stderr
    assert not settings_file(recovery).exists()


def test_country_and_working_hours_decide_when_a_promise_is_due(recovery: Recovery) -> None:
    assert recovery("config", "set", "country", "us").stdout.startswith("country is now US")
    assert recovery("config", "set", "hours", "8-18").stdout.startswith("hours is now 08:00-18:00")
    # A Wednesday: Thanksgiving is the next day.
    with present.at(datetime.fromisoformat("2026-11-25T10:00:00")):
        call = recovery("start", "learn", stdin="/promise call back in 1 working day\n/promise a note tomorrow\n")
    assert "by Fri 27 Nov 2026, 18:00" in call.stdout
    assert "by Thu 26 Nov 2026, 18:00" in call.stdout


def test_a_setting_of_the_environment_overrides_the_file_and_set_says_so(recovery: Recovery) -> None:
    done = recovery("config", "set", "framework", "heart", environ={"RECOVERY_FRAMEWORK": "last"})
    assert done.stdout.endswith("Here, environment overrides it.\n")
    assert value(recovery, "framework", RECOVERY_FRAMEWORK="last") == ("last", "environment")
    assert value(recovery, "framework")[0] == "heart"


def test_a_project_has_settings_of_its_own(recovery: Recovery, tmp_path: Path) -> None:
    project = tmp_path / "shop"
    (project / ".recovery").mkdir(parents=True)
    done = recovery("config", "set", "framework", "heart", "--project", cwd=project)
    assert str(project / ".recovery" / "settings.toml") in done.stdout
    assert not settings_file(recovery).exists()
    refused = recovery("config", "set", "team.share", "all", "--project", cwd=project)
    assert refused.returncode == 2
    assert refused.stderr.startswith("recovery: a project folder may not set team.share\n")


@pytest.mark.needs_root
def test_a_project_folder_of_another_user_is_used_once_it_is_trusted(recovery: Recovery, tmp_path: Path) -> None:
    folder = of_another_user(tmp_path / "shop")
    named = recovery("config", "show", "--json", cwd=folder.parent)
    assert named.stderr.startswith(f"warning: {folder} belongs to the user 54321 and is not used; to use it: recovery ")
    assert named.stderr.count("\n") == 1
    hint = shlex.split(named.stderr.partition("to use it: recovery ")[2])
    assert value(recovery, "framework", cwd=folder.parent)[0] == "learn"
    assert recovery(*hint, cwd=folder.parent).returncode == 0
    assert value(recovery, "framework", cwd=folder.parent) == ("heart", str(folder / "settings.toml"))
    assert recovery("config", "show", "--json", cwd=folder.parent).stderr == ""


@pytest.mark.needs_root
def test_on_a_terminal_a_project_folder_of_another_user_is_asked_about_once(
    recovery: Recovery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer, framework in (("n", "learn"), ("y", "heart")):
        folder = of_another_user(tmp_path / f"shop {answer}")
        monkeypatch.chdir(folder.parent)
        window = Terminal(recovery.home, "config", "path", "--plain", columns=400)
        window.expect(f"{folder} belongs to the user 54321.", "Use it? [y/N]")
        window.say(answer)
        assert window.end() == 0, window.text
        again = Terminal(recovery.home, "config", "path", "--plain", columns=400)
        assert again.end() == 0
        assert b"Use it?" not in again.raw
        assert value(recovery, "framework", cwd=folder.parent)[0] == framework


def of_another_user(place: Path) -> Path:
    """Return a project folder that belongs to a user who is not there, with a framework of its own choice."""
    folder = place / ".recovery"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('framework = "heart"\n', encoding="utf-8")
    os.chown(folder, 54321, -1)
    return folder


def test_a_file_that_is_no_toml_is_unchanged(recovery: Recovery) -> None:
    file = settings_file(recovery)
    file.parent.mkdir()
    file.write_text("agent = \n", encoding="utf-8")
    done = recovery("config", "set", "channel", "chat")
    assert done.returncode == 1
    assert file.read_text(encoding="utf-8") == "agent = \n"
    assert "recovery config edit" in done.stderr


def test_where_everything_is(recovery: Recovery) -> None:
    places = json.loads(recovery("config", "path", "--json").stdout)
    assert places["settings"] == str(settings_file(recovery))
    assert places["calls"] == str(recovery.data)
    assert f"settings: {settings_file(recovery)}" in recovery("config", "path").stdout


def test_an_editor_needs_a_terminal(recovery: Recovery) -> None:
    done = recovery("config", "edit")
    assert done.returncode == 2
    assert "an editor needs a terminal" in done.stderr


def test_remedies_are_shown_in_a_line(recovery: Recovery) -> None:
    settings_file(recovery).parent.mkdir()
    settings_file(recovery).write_text('[[remedies]]\nname = "refund"\nkind = "money"\nmost = 50\n', encoding="utf-8")
    assert "remedies: refund (money, most 50), from" in recovery("config", "show").stdout
