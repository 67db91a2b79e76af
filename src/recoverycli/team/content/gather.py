"""A folder of a company's content on the disk -> the files of a version, and what lies there and is none."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.content.library import SUFFIXES
from recoverycli.content.nodes import BIGGEST, normalise
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.paths import PROJECT_FOLDER
from recoverycli.store.files import open_own, refusal
from recoverycli.system.disk import is_folder, is_link
from recoverycli.team.content.check import faults_in
from recoverycli.team.content.package import ALONE, FOLDERS, MOST_FILES, Files, faults_of, name_fault

if TYPE_CHECKING:
    from recoverycli.team.content.check import Readers

_HOLDS = (
    f"It holds {', '.join(f'{folder}/' for folder in FOLDERS)} with YAML files, {' and '.join(ALONE)}; any of them."
)


class ContentFiles(NamedTuple):
    """The files of a folder by their names, what is wrong with them, and the names of what is left out."""

    files: Files
    faults: tuple[str, ...]
    left_out: tuple[str, ...]


def gather(folder: Path) -> ContentFiles:
    """Read a folder.

    Links are not followed: what is published lies in it. Raises NotFound if there is no such folder, UsageProblem if
    nothing in it can be published, StoreProblem if it cannot be read.
    """
    if not folder.is_dir():
        raise NotFound(f"there is no folder {folder}", hint=_HOLDS)
    names: list[str] = []
    faults: list[str] = []
    left_out: list[str] = []
    for name, is_dir in _entries(folder):
        if name in FOLDERS and is_dir:
            _look_into(folder, name, names, left_out)
        elif name in FOLDERS:
            faults.append(f"{name}: it is not a folder (links are not followed)")
        elif name in ALONE:
            names.append(name)
        else:
            left_out.append(name)
    if not names and not faults:
        raise UsageProblem(f"there is nothing to publish in {folder}", hint=_content_folder(folder) or _HOLDS)
    # So many are not read: the first of them would be told one by one.
    if len(names) > MOST_FILES:
        return ContentFiles({}, (f"there are {len(names):,} files; at most {MOST_FILES} are allowed",), tuple(left_out))
    files = {name: data for name in names if (data := _read(folder, name, faults)) is not None}
    return ContentFiles(files, (*faults, *(faults_of(files) if files else ())), tuple(left_out))


def faults_of_all(found: ContentFiles, readers: Readers) -> tuple[str, ...]:
    """Return what is wrong with the files that were gathered: what was seen on the way, and what the readers say.

    They are looked through as a desk will do it, in a folder made of them: what was read is what is published, even
    where somebody saves a file meanwhile. Raises StoreProblem if there is no room for it.
    """
    sound = {name: data for name, data in found.files.items() if not name_fault(name) and len(data) <= BIGGEST}
    try:
        with tempfile.TemporaryDirectory(prefix="recovery-") as made:
            folder = Path(made)
            for name, data in sound.items():
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_bytes(data)
            return (*found.faults, *faults_in(folder, sound, readers))
    except OSError as refused:
        raise refusal(Path(tempfile.gettempdir()), refused, kept="Nothing was published.") from refused


def _look_into(folder: Path, within: str, names: list[str], left_out: list[str]) -> None:
    for name, is_dir in _entries(folder / within):
        (names if not is_dir and name.endswith(SUFFIXES) else left_out).append(f"{within}/{name}")


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """What lies in a folder by name, and whether it is a folder itself; hidden things are nobody's content."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, is_folder(entry)) for entry in entries]
    except OSError as refused:
        raise refusal(folder, refused, kept="Nothing was published.") from refused
    return sorted(entry for entry in found if not entry[0].startswith("."))


def _read(folder: Path, name: str, faults: list[str]) -> bytes | None:
    try:
        with os.fdopen(open_own(folder / name), "rb") as file:
            data = file.read(BIGGEST + 1)
        # The same content is the same version, on whatever system it was checked out.
        return normalise(data) if len(data) <= BIGGEST else data
    except OSError as refused:
        link = is_link(folder / name)
        faults.append(f"{name}: {'it is a link; put the file itself there' if link else refused.strerror}")
        return None


def _content_folder(folder: Path) -> str:
    """The folder that was meant, where one above or below it holds content."""
    if (folder / PROJECT_FOLDER).is_dir():
        return f"Did you mean {folder / PROJECT_FOLDER}?"
    return f"Did you mean {folder.parent}?" if folder.name in FOLDERS else ""
