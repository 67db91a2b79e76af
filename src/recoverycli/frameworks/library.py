"""The frameworks there are: the folders in their search order, and what `extends` leads to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.content.nodes import BIGGEST, Problem
from recoverycli.errors import ContentProblem, unknown
from recoverycli.frameworks.model import Framework
from recoverycli.frameworks.reader import read_framework
from recoverycli.settings.file import read_written

if TYPE_CHECKING:
    from collections.abc import Callable

SourceKind = Literal["flag", "project", "personal", "team", "built-in"]
_SUFFIXES = (".yaml", ".yml")


class Source(msgspec.Struct, frozen=True):
    """A folder of frameworks, whose it is, and for what a team published its version."""

    folder: Path
    kind: SourceKind
    version: int | None = None


class LoadedFramework(msgspec.Struct, frozen=True):
    """A framework, the digest of its content, and where it comes from."""

    framework: Framework
    digest: str
    path: Path
    kind: SourceKind
    team_version: int | None = None

    @property
    def whence(self) -> str:
        """Where it comes from, as people are told."""
        return whence(self.kind, self.team_version)


class Listing(msgspec.Struct, frozen=True):
    """Every framework that can be read, by id, and the problems of those that cannot."""

    entries: tuple[LoadedFramework, ...]
    problems: tuple[Problem, ...]


class Library:
    """Frameworks by id. The same id in an earlier source wins; a broken file never hides a good one below it."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self.faults: list[Problem] = []

    def ids(self) -> tuple[str, ...]:
        """The ids that there are files for, told by their names alone."""
        return tuple(sorted({path.stem for source in self.sources for path in yaml_files(source.folder, [])}))

    def load(self, framework_id: str) -> LoadedFramework:
        """Return a framework, reading no other file but what it extends.

        Raises UsageProblem where there is none of that id, ContentProblem where every file of it is broken. What is
        broken and was passed over is added to `faults`.
        """
        problems: list[Problem] = []
        found = self._find(framework_id, (), problems)
        if found is not None:
            self.faults += problems
            return found
        if problems:
            lines = "\n".join(problem.as_line() for problem in problems)
            raise ContentProblem(
                f"the framework {framework_id} cannot be read:\n{lines}", hint="Mend the file and try again."
            )
        ids = self.ids()
        raise unknown("framework", framework_id, ids)

    def listing(self) -> Listing:
        """Read every framework. A broken file is a problem of the list, never its end."""
        problems: list[Problem] = []
        entries = []
        for source in self.sources:
            yaml_files(source.folder, problems)
        for framework_id in self.ids():
            found = self._find(framework_id, (), problems)
            if found is not None:
                entries.append(found)
        return Listing(tuple(entries), tuple(dict.fromkeys(problems)))

    def base_of(self, *before: str) -> Callable[[str], Framework | None]:
        """Return the function that finds what a file extends, `before` being the ids that led here."""

        def base(framework_id: str) -> Framework | None:
            found = self._find(framework_id, before, [])
            return found.framework if found is not None else None

        return base

    def _find(self, framework_id: str, before: tuple[str, ...], problems: list[Problem]) -> LoadedFramework | None:
        if framework_id in before:
            return None
        for source in self.sources:
            for suffix in _SUFFIXES:
                path = source.folder / f"{framework_id}{suffix}"
                if path.parent == source.folder and _there(path):
                    found = self._read(path, source, before, problems)
                    if found is not None:
                        return found
        return None

    def _read(
        self, path: Path, source: Source, before: tuple[str, ...], problems: list[Problem]
    ) -> LoadedFramework | None:
        data = read_bytes(path)
        if isinstance(data, Problem):
            problems.append(data)
            return None
        result = read_framework(data, str(path), self.base_of(*before, path.stem))
        problems += result.problems
        if result.framework is None:
            return None
        return LoadedFramework(result.framework, result.digest, path, source.kind, source.version)


def whence(kind: SourceKind, version: int | None) -> str:
    """Return where content comes from, as people are told: `built-in`, `project`, `team 3`."""
    return f"{kind} {version}" if version is not None else kind


def read_bytes(path: Path) -> bytes | Problem:
    """Return the bytes of a file, no more than a framework may have, or the reason why there are none."""
    try:
        return read_written(path, BIGGEST)
    except OSError as refused:
        return Problem(str(path), 1, 1, f"the file cannot be read ({refused.strerror})")


def _there(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError:  # a name that no file system takes
        return False


def yaml_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Return the YAML files of a folder by name; one that cannot be read is a problem."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as refused:
        problems.append(Problem(str(folder), 1, 1, f"the folder cannot be read ({refused.strerror})"))
        return []
