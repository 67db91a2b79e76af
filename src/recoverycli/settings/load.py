"""The settings: default < user file < project file < environment < flag, each value with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recoverycli.settings.contacts import PREFIX
from recoverycli.settings.file import flat, parse
from recoverycli.settings.layers import project_right, refusal, tighten
from recoverycli.settings.model import FIELDS, Remedy, ResolvedSettings, Settings
from recoverycli.settings.patterns import PATTERNS
from recoverycli.settings.team_content import REMEDIES_FILE
from recoverycli.settings.values import accept, accept_contact, is_pattern
from recoverycli.system.disk import read_written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from recoverycli.settings.team_content import PublishedContent

_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def resolve(
    environ: Mapping[str, str],
    user_file: Path,
    project: Path | None,
    flags: Mapping[str, Any] | None = None,
    team: PublishedContent | None = None,
) -> ResolvedSettings:
    """Return the settings in force.

    An error in a file or a variable is reported, not raised. The content of the `team` has the lowest precedence after
    the defaults, and contains only remedies. The file of the `project` may not set everything (`settings.layers`).
    """
    found = _Resolution()
    if team is not None:
        found.add(team.name, _only_remedies(_read(team.folder / REMEDIES_FILE, found.problems)))
    found.add(str(user_file), _read(user_file, found.problems))
    if project is not None:
        found.add_project(str(project), _read(project, found.problems))
    found.add("environment", _from_environment(environ))
    found.add("flag", {name: value for name, value in (flags or {}).items() if value is not None})
    settings = Settings(**{FIELDS[name].name: value for name, value in found.values.items()})
    return ResolvedSettings(settings, found.sources, tuple(found.problems))


class _Resolution:
    """The values so far, with their sources, and the problems; each layer that is added precedes those before."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.sources = dict.fromkeys(FIELDS, "default")
        self.problems: list[str] = []

    def add(self, source: str, layer: Mapping[str, Any]) -> None:
        for name, value in layer.items():
            self._set(name, value, source)

    def add_project(self, source: str, layer: Mapping[str, Any]) -> None:
        """Add what a project folder may set (`settings.layers`), and one problem about the rest."""
        refused: list[str] = []
        loosened: list[str] = []
        for name, value in layer.items():
            right = project_right(name)
            if right == "refused" and name in FIELDS:
                refused.append(name)
            elif right == "tightened":
                self._tighten(name, value, source, loosened)
            else:
                self._set(name, value, source)
        if line := refusal(source, refused, loosened):
            self.problems.append(line)

    def _tighten(self, name: str, value: Any, source: str, loosened: list[str]) -> None:
        asked = accept(name, value, source, self.problems)
        if asked is None:
            return
        mine = self.values.get(name, FIELDS[name].default)
        self.values[name], is_looser = tighten(name, mine, asked)
        loosened += [name] if is_looser else []
        if self.values[name] != mine:
            self.sources[name] = f"{self.sources[name]} and {source}" if name == "redact" and mine else source

    def _set(self, name: str, value: Any, source: str) -> None:
        if name == "remedies":
            self.values[name] = _merge(self.values.get(name, ()), value)
            self.sources[name] = source
        elif name.startswith(PREFIX):
            key = accept_contact(name, value, source, self.problems)
            if key:
                self.values["contacts"] = {**self.values.get("contacts", {}), key.removeprefix(PREFIX): value}
                self.sources[key] = source
        elif name.startswith(PATTERNS):
            if is_pattern(name, value, source, self.problems):
                self.values["patterns"] = {**self.values.get("patterns", {}), name.removeprefix(PATTERNS): value}
                self.sources[name] = source
        elif (accepted := accept(name, value, source, self.problems)) is not None:
            self.values[name] = accepted
            self.sources[name] = source


def _read(file: Path, problems: list[str]) -> Mapping[str, Any]:
    try:
        # Reading a pipe would block; a pipe made by a shell is a link.
        if file.is_fifo() and not file.is_symlink():
            problems.append(f"{file}: it is a pipe, not a file; its settings are ignored")
            return {}
        data = read_written(file)
    except FileNotFoundError:
        return {}
    except OSError as refused:
        problems.append(f"{file}: cannot be read ({refused.strerror}); its settings are ignored")
        return {}
    try:
        text = data.decode("utf-8-sig")
        settings = flat(parse(text))
    except (ValueError, RecursionError) as broken:
        problems.append(f"{file}: {broken}; its settings are ignored")
        return {}
    if "remedies" in settings:
        from recoverycli.settings.remedies import read_remedies

        settings["remedies"] = read_remedies(settings["remedies"], text, str(file), problems)
    return settings


def _only_remedies(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """The team must not set what a desk masks or the agent's name."""
    return {name: value for name, value in settings.items() if name == "remedies"}


def _merge(before: tuple[Remedy, ...], nearer: tuple[Remedy, ...]) -> tuple[Remedy, ...]:
    """Merge the remedies of two files: the nearer one of the same name wins."""
    by_name = {remedy.name.casefold(): remedy for remedy in before}
    return tuple((by_name | {remedy.name.casefold(): remedy for remedy in nearer}).values())


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in FIELDS.items():
        if name in {"remedies", "contacts", "patterns"}:
            continue
        text = environ.get(f"RECOVERY_{field.name.upper()}")
        if text:
            found[name] = _FLAGS.get(text.casefold(), text) if isinstance(field.default, bool) else text
    return found
