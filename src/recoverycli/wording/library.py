"""The wording there is: the folders in their search order, laid over each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from recoverycli import paths
from recoverycli.content.nodes import Problem
from recoverycli.errors import nearest
from recoverycli.frameworks.library import read_bytes
from recoverycli.wording.model import ApologyPart, IntentSigns, Pattern, Wording
from recoverycli.wording.reader import WordingRead, read_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = "wording"
_SUFFIXES = (".yaml", ".yml")


class LoadedWording(msgspec.Struct, frozen=True):
    """All the wording that can be read, and the problems of the files that cannot."""

    wording: Wording
    problems: tuple[Problem, ...]


def search_folders(
    environ: Mapping[str, str], project: Path | None, team: Path | None, flag: str | None = None
) -> tuple[Path, ...]:
    """Return where wording is looked for, nearest first.

    The flag's folder, the project's, the user's, that of what the team published, the built-in one.
    """
    near = [Path(flag).expanduser().absolute()] if flag else []
    own = [project / FOLDER] if project is not None else []
    shared = [team / FOLDER] if team is not None else []
    return (*near, *own, paths.config_home(environ) / FOLDER, *shared, paths.built_in_folder("wording"))


def load(folders: Sequence[Path]) -> LoadedWording:
    """Read every wording file of the folders, nearest first.

    A file stands in for one of the same name further down, a pattern or a part for one of the same id, and a nearer
    file may switch patterns `off`. A broken file never hides a good one below it.
    """
    problems: list[Problem] = []
    files: list[tuple[str, WordingRead]] = []
    for path in _paths(folders, problems):
        if any(name == path.stem for name, _ in files):
            continue
        result = _read(path)
        problems += result.problems
        if result.content is not None:
            files.append((path.stem, result))
    patterns: dict[str, Pattern] = {}
    parts: dict[str, ApologyPart] = {}
    occasions: dict[str, None] = {}
    intents: dict[str, IntentSigns] = {}
    for _, result in files:
        if result.content is not None:
            patterns = {one.id: one for one in result.content.patterns} | patterns
            parts = {one.id: one for one in result.content.parts} | parts
            intents = {one.id: one for one in result.content.intents} | intents
            occasions |= dict.fromkeys(result.content.occasions)
    problems += _unknown((result for _, result in files), patterns)
    off = {name for _, result in files for name, *_ in result.off}
    kept = tuple(pattern for pattern in patterns.values() if pattern.id not in off)
    return LoadedWording(
        Wording(kept, tuple(parts.values()), tuple(occasions), tuple(intents.values())), tuple(dict.fromkeys(problems))
    )


def _unknown(results: Iterable[WordingRead], patterns: Mapping[str, Pattern]) -> list[Problem]:
    return [
        Problem(file, line, column, f"there is no pattern `{name}` to switch off", "", nearest(name, patterns))
        for result in results
        for name, file, line, column in result.off
        if name not in patterns
    ]


def _paths(folders: Sequence[Path], problems: list[Problem]) -> list[Path]:
    found: list[Path] = []
    for folder in folders:
        try:
            found += sorted(
                path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith(".")
            )
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as refused:
            problems.append(Problem(str(folder), 1, 1, f"the folder cannot be read ({refused.strerror})"))
    return found


def _read(path: Path) -> WordingRead:
    data = read_bytes(path)
    return WordingRead(None, (data,)) if isinstance(data, Problem) else read_wording(data, str(path))
