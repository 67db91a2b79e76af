"""A library of one kind of content: its folders in search order, and the files in them by id."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import msgspec

from recoverycli import paths
from recoverycli.content.messages import as_texts
from recoverycli.content.nodes import Problem
from recoverycli.content.reader import ContentRead, read_file
from recoverycli.errors import ContentProblem, unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

SourceKind = Literal["flag", "project", "personal", "team", "built-in"]
SUFFIXES = (".yaml", ".yml")

T = TypeVar("T")


class Source(msgspec.Struct, frozen=True):
    """A folder of content, who it belongs to, and the version if a team published it."""

    folder: Path
    kind: SourceKind
    version: int | None = None


def search_order(
    environ: Mapping[str, str],
    content: str,
    *,
    flag: str | None = None,
    project: Path | None = None,
    team: tuple[int, Path] | None = None,
) -> tuple[Source, ...]:
    """Return the folders to search, nearest first; `content` is the name of the folder, such as `frameworks`.

    They are the folders of a flag, the project, the user, the team, and the program.
    """
    near = [Source(Path(flag).expanduser().absolute(), "flag")] if flag else []
    own = [Source(project / content, "project")] if project is not None else []
    personal = Source(paths.config_home(environ) / content, "personal")
    shared = [Source(team[1] / content, "team", team[0])] if team is not None else []
    return (*near, *own, personal, *shared, Source(paths.built_in_folder(content), "built-in"))


class Loaded(msgspec.Struct, Generic[T], frozen=True):
    """Content, the digest of what it was read from, and where it comes from."""

    content: T
    digest: str
    path: Path
    kind: SourceKind
    team_version: int | None = None

    @property
    def whence(self) -> str:
        """Where it comes from, as screens show it: `built-in`, `project`, `team 3`."""
        return f"{self.kind} {self.team_version}" if self.team_version is not None else self.kind

    @property
    def source(self) -> dict[str, str | int | None]:
        """Where it comes from, as a JSON object."""
        where = {"kind": self.kind, "team_version": self.team_version, "path": str(self.path)}
        return {**where, "digest": self.digest}


class Listing(msgspec.Struct, Generic[T], frozen=True):
    """All content that can be read, by id, and the problems of the files that cannot."""

    entries: tuple[Loaded[T], ...]
    problems: tuple[Problem, ...]


class Library(ABC, Generic[T]):
    """Content by id. The same id in an earlier source wins; an invalid file never hides a valid one in a later source.

    `load` adds the problems of files that it skipped to `faults`.
    """

    noun: str
    hint = ""  # of the error for an unknown id; without one the error lists all ids

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self.faults: list[Problem] = []

    @abstractmethod
    def read(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[T]:
        """Read the bytes of a file; `before` are the ids of the files whose `extends` led to it."""

    def read_built_in(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[T]:
        """Read the bytes of a file that comes with the tool: tests have checked it, so a library may read faster."""
        return self.read(data, file, before)

    def ids(self) -> tuple[str, ...]:
        """The ids of all files, by their names alone."""
        return tuple(sorted({path.stem for source in self.sources for path in yaml_files(source.folder, [])}))

    def load(self, wanted: str) -> Loaded[T]:
        """Return the content with this id. Only its own file is read, and the files that it extends.

        Raises UsageProblem for an unknown id, ContentProblem if no file with this id is valid.
        """
        problems: list[Problem] = []
        found = self.find(wanted, problems)
        if found is not None:
            self.faults += problems
            return found
        if problems:
            what = f"the {self.noun} {wanted} cannot be read:\n{as_texts(problems)}"
            raise ContentProblem(what, hint="Correct the file and try again.")
        raise unknown(self.noun, wanted, self.ids(), hint=self.hint)

    def file_of(self, wanted: str) -> Path:
        """Return the file that `load` reads for this id; where none is valid, the nearest.

        Raises UsageProblem for an unknown id.
        """
        problems: list[Problem] = []
        found = self.find(wanted, problems)
        if found is None and not problems:
            raise unknown(self.noun, wanted, self.ids(), hint=self.hint)
        return found.path if found is not None else Path(problems[0].file)

    def listing(self) -> Listing[T]:
        """Read all files. An invalid file is a problem of the listing and does not end it."""
        problems: list[Problem] = []
        for source in self.sources:
            yaml_files(source.folder, problems)
        found = (self.find(one, problems) for one in self.ids())
        entries = tuple(loaded for loaded in found if loaded is not None)
        return Listing(entries, tuple(dict.fromkeys(problems)))

    def find(self, wanted: str, problems: list[Problem], before: tuple[str, ...] = ()) -> Loaded[T] | None:
        """Return the nearest valid content with this id, or None; problems of other files are added to `problems`."""
        for source in self.sources:
            for suffix in SUFFIXES:
                path = source.folder / f"{wanted}{suffix}"
                if path.parent == source.folder and _exists(path):
                    reader = self.read_built_in if source.kind == "built-in" else self.read
                    read = read_file(path, partial(reader, before=before))
                    problems += read.problems
                    if read.content is not None:
                        return Loaded(read.content, read.digest, path, source.kind, source.version)
        return None


def yaml_files(folder: Path, problems: list[Problem]) -> list[Path]:
    """Return the YAML files of a folder by name; a folder that cannot be read is a problem."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as refused:
        problems.append(Problem(str(folder), 1, 1, f"the folder cannot be read ({refused.strerror})"))
        return []


def _exists(path: Path) -> bool:
    try:
        return path.exists() or path.is_symlink()
    except OSError:  # a name that the file system refuses
        return False
