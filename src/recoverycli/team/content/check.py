"""Check a folder of content: every file with the reader that a desk uses, all errors at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli import paths
from recoverycli.content.library import Source
from recoverycli.content.nodes import Problem
from recoverycli.content.reader import ContentRead, file_bytes, read_file
from recoverycli.frameworks.dialogues.reader import read_dialogue
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.shared.families import IssueFamilies, read_families
from recoverycli.frameworks.shared.phrases import read_shared
from recoverycli.live.cards import CallCards
from recoverycli.settings.file import parse
from recoverycli.settings.remedies import read_remedies
from recoverycli.settings.team_content import REMEDIES_FILE
from recoverycli.wording.files import library as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from recoverycli.frameworks.model import IssueFamily


class Readers(NamedTuple):
    """The readers of other packages: bytes, file (and the ids of all frameworks) -> result."""

    scenario: Callable[[bytes, str, Sequence[str]], ContentRead[Any]]
    scorecard: Callable[[bytes, str], ContentRead[Any]]


def faults_in(folder: Path, names: Iterable[str], readers: Readers, *, publishing: bool = False) -> tuple[str, ...]:
    """Return every error of the named files of a folder, each as `NAME:LINE:COLUMN: what`, in order.

    They are checked together with the built-in content, without personal content. When `publishing`, phrases have to
    be for families that exist, and words suggest cards that exist; a desk, whose built-in ones may be others, never
    offers the rest.
    """
    library = FrameworkLibrary(
        (Source(folder / "frameworks", "team"), Source(paths.built_in_folder("frameworks"), "built-in"))
    )
    known = library.ids()
    families = _families(folder)
    by_kind: dict[str, Callable[[bytes, str], ContentRead[Any]]] = {
        "dialogues": lambda data, name: read_dialogue(data, name, library),
        "frameworks": (lambda data, name: library.validate(data, name, families)) if publishing else library.read,
        "issues": read_families,
        "phrases": lambda data, name: read_shared(data, name, families if publishing else None),
        "scenarios": lambda data, name: readers.scenario(data, name, known),
        paths.SCORECARD_FILE: readers.scorecard,
    }
    faults: list[str] = []
    for name in sorted(names):
        kind = name.partition("/")[0]
        if kind in by_kind:
            faults += (_line(problem, name) for problem in read_file(folder / name, by_kind[kind]).problems)
        elif kind == REMEDIES_FILE:
            faults += _remedies(folder / name, name)
    return (*faults, *_wording(folder, CallCards(library).ids if publishing else None))


def _families(folder: Path) -> tuple[IssueFamily, ...]:
    """The families of the version and the built-in ones."""
    sources = (Source(folder / "issues", "team"), Source(paths.built_in_folder("issues"), "built-in"))
    return IssueFamilies(sources).all()


def _wording(folder: Path, cards: tuple[str, ...] | None) -> list[str]:
    """All wording files together: a file may switch off patterns of another file or built-in ones, and name `cards`."""
    own = folder / wording.FOLDER
    sources = (Source(own, "team"), Source(paths.built_in_folder(wording.FOLDER), "built-in"))
    found = wording.load(sources, cards).problems
    return [
        _line(problem, f"{wording.FOLDER}/{Path(problem.file).name}")
        for problem in found
        if Path(problem.file).parent == own
    ]


def _remedies(path: Path, name: str) -> list[str]:
    data = file_bytes(path)
    if isinstance(data, Problem):
        return [_line(data, name)]
    try:
        text = data.decode("utf-8")
        tables = parse(text)
    except (ValueError, RecursionError) as broken:
        return [f"{name}:1:1: {broken}"]
    faults = [f"{name}:1:1: `{key[:60]}` cannot be published; only remedies can" for key in tables if key != "remedies"]
    if "remedies" in tables:
        read_remedies(tables["remedies"], text, name, faults)
    return faults


def _line(problem: Problem, name: str) -> str:
    return msgspec.structs.replace(problem, file=name).as_line()
