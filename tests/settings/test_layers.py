"""Which layer may set what: docs/security.md has a table of it, and every cell of it holds."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.commands.common.context import FLAGS
from recoverycli.settings.load import resolve
from recoverycli.settings.model import FIELDS, Settings
from recoverycli.settings.team_content import REMEDIES_FILE, PublishedContent
from tests.hostile.unpacked import SETTINGS

if TYPE_CHECKING:
    from recoverycli.settings.model import ResolvedSettings

ROOT = Path(__file__).parents[2]
# Two values of every setting, neither the default: mine, and the one that a layer asks for.
VALUES: dict[str, tuple[Any, Any]] = {
    "framework": ("heart", "last"),
    "agent": ("Ana", "Ben"),
    "channel": ("phone", "chat"),
    "currency": ("EUR", "USD"),
    "country": ("DE", "US"),
    "hours": ("08:00-16:00", "10:00-18:00"),
    "address": ("title", "none"),
    "theme": ("dark", "light"),
    "plain": (True, False),
    "color": (False, True),
    "redact": (["email"], ["phone"]),
    "reopen": ("hour", "never"),
    "contacts.lead": ("Kim", "Lee"),
    "patterns.order-number": ("AA-00", "00-AA"),
    "cards.off": (["fraud"], ["legal"]),
    "practice.day-begins": (5, 6),
    "team.push": ("after-call", "by-hand"),
    "team.share": ("numbers", "all"),
    "projects.trusted": ([str(ROOT)], [str(ROOT.parent)]),
    "projects.ignored": ([str(ROOT)], [str(ROOT.parent)]),
    "remedies": ([{"name": "refund", "kind": "money"}], [{"name": "refund", "kind": "percent"}]),
}


def table() -> dict[str, dict[str, str]]:
    """Return the rows of the table by setting, each with its cells by layer."""
    section = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("\n## Layers of settings\n")[2]
    rows = [
        [cell.strip().strip("`") for cell in line.strip("| ").split("|")]
        for line in section.partition("\n## ")[0].splitlines()
        if line.startswith("|")
    ]
    head, cells = rows[0], rows[2:]
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in cells}


def toml(name: str, value: Any) -> str:
    """Return a line of a settings file."""
    if name == "remedies":
        value = ", ".join(f'{{name = "{one["name"]}", kind = "{one["kind"]}"}}' for one in value)
        return f"remedies = [{value}]\n"
    return f"{name} = {json.dumps(value)}\n"


def value_of(resolved: ResolvedSettings, name: str) -> Any:
    table, _, key = name.partition(".")
    if table in {"contacts", "patterns"}:
        return getattr(resolved.settings, table).get(key)
    value = msgspec.to_builtins(resolved.settings)[name]
    if name == "remedies":
        return [{"name": one["name"], "kind": one["kind"]} for one in value]
    return list(value) if isinstance(value, tuple) else value


def applied(folder: Path, layer: str, name: str, mine: Any, asked: Any) -> ResolvedSettings:
    """Resolve a setting that is mine, in my own file, and that a layer asks to be something else."""
    user, project, team = folder / "settings.toml", folder / ".recovery.toml", None
    user.write_text("" if layer in {"team's content", "your settings"} else toml(name, mine), encoding="utf-8")
    project.unlink(missing_ok=True)
    environ, flags = {}, {}
    match layer:
        case "team's content":
            (folder / REMEDIES_FILE).write_text(toml(name, asked), encoding="utf-8")
            team = PublishedContent(3, folder)
        case "your settings":
            user.write_text(toml(name, asked), encoding="utf-8")
        case "project folder":
            project.write_text(toml(name, asked), encoding="utf-8")
        case "environment":
            separator = os.pathsep if name.startswith("projects.") else ","
            text = separator.join(asked) if isinstance(asked, list) and name != "remedies" else str(asked)
            field = FIELDS[name].name if name in FIELDS else name.replace(".", "_")
            environ = {f"RECOVERY_{field.upper()}": text}
        case "option":
            flags = {name: asked} if f"--{name}" in FLAGS.values() or f"--no-{name}" in FLAGS.values() else {}
    return resolve(environ, user, project, flags, team)


def test_every_setting_is_in_the_table() -> None:
    assert {*table()} == {*VALUES}
    assert {name if name in FIELDS else name.partition(".")[0] for name in VALUES} == {*FIELDS}


def test_each_layer_sets_what_the_table_says_and_nothing_else(tmp_path: Path) -> None:
    defaults = {name: value_of(resolve({}, tmp_path / "none", None), name) for name in VALUES}
    for name, cells in table().items():
        mine, asked = VALUES[name]
        for layer, cell in cells.items():
            resolved = applied(tmp_path, layer, name, mine, asked)
            before = defaults[name] if layer in {"team's content", "your settings"} else mine
            assert cell in {"sets", "shortens", "adds", "–"}
            expected = before if cell == "–" else [*mine, *asked] if cell == "adds" else asked
            assert value_of(resolved, name) == expected, (name, layer)
            told = [problem for problem in resolved.problems if "may not set" in problem]
            assert len(told) == (layer == "project folder" and cell == "–"), (name, layer, told)


def test_a_project_tightens_privacy_and_never_loosens_it(tmp_path: Path) -> None:
    user, project = tmp_path / "settings.toml", tmp_path / "project.toml"
    for mine, theirs, masked, reopen, loosened in (
        ('reopen = "hour"\nredact = ["email"]', 'redact = []\nreopen = "week"', ("email",), "hour", "redact, reopen"),
        ('reopen = "never"', 'reopen = "hour"\nredact = []', (), "never", "reopen"),
        ("", 'reopen = "week"\nredact = ["name", "email"]', ("name", "email"), "day", "reopen"),
        ('redact = ["name"]', 'reopen = "never"\nredact = ["email", "name"]', ("name", "email"), "never", ""),
    ):
        user.write_text(mine, encoding="utf-8")
        project.write_text(theirs, encoding="utf-8")
        resolved = resolve({}, user, project)
        assert (resolved.settings.redact, resolved.settings.reopen) == (masked, reopen)
        line = f"{project}: a project folder may not loosen {loosened}; your own settings apply"
        assert resolved.problems == ((line,) if loosened else ())
    assert resolved.sources["redact"] == f"{user} and {project}"


def test_what_a_project_asked_for_and_did_not_get_is_said_in_one_line(tmp_path: Path) -> None:
    user, project = tmp_path / "settings.toml", tmp_path / "project.toml"
    user.write_text('redact = ["email"]', encoding="utf-8")
    project.write_text(SETTINGS, encoding="utf-8")
    resolved = resolve({}, user, project)
    refused = [problem for problem in resolved.problems if "there is no setting" not in problem]
    names = "agent, plain, team.push, team.share, projects.trusted and may not loosen redact, reopen"
    assert refused == [f"{project}: a project folder may not set {names}; your own settings apply"]
    assert resolved.settings == msgspec.structs.replace(Settings(), redact=("email",))


@pytest.mark.parametrize("value", ['"relative"', '["a"]', "5", "[5]", f"[0x{'f' * 9000}]"])
def test_folders_that_are_trusted_are_absolute(tmp_path: Path, value: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"projects.trusted = {value}\n", encoding="utf-8")
    resolved = resolve({}, file, None)
    assert resolved.settings.projects_trusted == ()
    assert "projects.trusted must be a list of absolute folders" in resolved.problems[0]
