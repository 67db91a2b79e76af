"""Whether a folder of content is sound: every file by the reader that will read it at a desk, all faults at once."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli import paths
from recoverycli.content.nodes import Problem
from recoverycli.frameworks.library import Library, Source, read_bytes
from recoverycli.frameworks.reader import read_framework
from recoverycli.settings.file import parsed
from recoverycli.settings.remedies import read_remedies
from recoverycli.settings.team_content import REMEDIES_FILE
from recoverycli.wording import library as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Readers(NamedTuple):
    """The readers of the rooms beside this one: bytes, file (and the ids of all frameworks) -> faults."""

    scenario: Callable[[bytes, str, Sequence[str]], Iterable[Problem]]
    scorecard: Callable[[bytes, str], Iterable[Problem]]


def faults_in(folder: Path, names: Iterable[str], readers: Readers) -> tuple[str, ...]:
    """Return every fault of the named files of a folder, each as `NAME:LINE:COLUMN: what`, in their order.

    They are judged as every desk has them: beside the built-in content, without what anybody made for themselves.
    """
    library = Library(
        (Source(folder / "frameworks", "team"), Source(paths.built_in_folder("frameworks"), "built-in")),
    )
    known = library.ids()
    faults: list[str] = []
    for name in sorted(names):
        kind = name.partition("/")[0]
        if kind == wording.FOLDER:
            continue
        data = read_bytes(folder / name)
        if isinstance(data, Problem):
            faults.append(_line(data, name))
        elif kind == "frameworks":
            found = read_framework(data, name, library.base_of(PurePosixPath(name).stem)).problems
            faults += (_line(problem, name) for problem in found)
        elif kind == "scenarios":
            faults += (_line(problem, name) for problem in readers.scenario(data, name, known))
        elif kind == paths.SCORECARD_FILE:
            faults += (_line(problem, name) for problem in readers.scorecard(data, name))
        elif kind == REMEDIES_FILE:
            faults += _remedies(data, name)
    return (*faults, *_wording(folder))


def _wording(folder: Path) -> list[str]:
    """The wording as a whole: a file may switch off patterns of another, and of the built-in ones."""
    own = folder / wording.FOLDER
    found = wording.load((own, paths.built_in_folder("wording"))).problems
    return [
        _line(problem, f"{wording.FOLDER}/{Path(problem.file).name}")
        for problem in found
        if Path(problem.file).parent == own
    ]


def _remedies(data: bytes, name: str) -> list[str]:
    try:
        text = data.decode("utf-8")
        tables = parsed(text)
    except (ValueError, RecursionError) as broken:
        return [f"{name}:1:1: {broken}"]
    faults = [f"{name}:1:1: `{key[:60]}` is not published; remedies are" for key in tables if key != "remedies"]
    if "remedies" in tables:
        read_remedies(tables["remedies"], text, name, faults)
    return faults


def _line(problem: Problem, name: str) -> str:
    return msgspec.structs.replace(problem, file=name).as_line()
