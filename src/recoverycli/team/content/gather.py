"""Collect the files of a version from a folder of a company's content."""

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
    """The files of a folder by name, their problems, and the names of ignored files."""

    files: Files
    faults: tuple[str, ...]
    left_out: tuple[str, ...]


def gather(folder: Path) -> ContentFiles:
    """Read a folder without following links.

    Raises NotFound if it does not exist, UsageProblem if it contains nothing to publish, StoreProblem if it cannot be
    read.
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
    # Too many to read and to report one by one.
    if len(names) > MOST_FILES:
        return ContentFiles({}, (f"there are {len(names):,} files; at most {MOST_FILES} are allowed",), tuple(left_out))
    files = {name: data for name in names if (data := _read(folder, name, faults)) is not None}
    return ContentFiles(files, (*faults, *(faults_of(files) if files else ())), tuple(left_out))


def faults_of_all(found: ContentFiles, readers: Readers) -> tuple[str, ...]:
    """Return the errors of the gathered files, including those of the readers.

    They are checked in a temporary folder, as at a desk: the bytes that were checked are published, even if a file is
    saved meanwhile. Raises StoreProblem if the disk is full.
    """
    sound = {name: data for name, data in found.files.items() if not name_fault(name) and len(data) <= BIGGEST}
    try:
        with tempfile.TemporaryDirectory(prefix="recovery-") as made:
            folder = Path(made)
            for name, data in sound.items():
                (folder / name).parent.mkdir(exist_ok=True)
                (folder / name).write_bytes(data)
            return (*found.faults, *faults_in(folder, sound, readers, publishing=True))
    except OSError as refused:
        raise refusal(Path(tempfile.gettempdir()), refused, kept="Nothing was published.") from refused


def _look_into(folder: Path, within: str, names: list[str], left_out: list[str]) -> None:
    for name, is_dir in _entries(folder / within):
        (names if not is_dir and name.endswith(SUFFIXES) else left_out).append(f"{within}/{name}")


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """The entries of a folder by name, and whether each is a folder; hidden ones are ignored."""
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
        # The same content is the same version, on every system.
        return normalise(data) if len(data) <= BIGGEST else data
    except OSError as refused:
        link = is_link(folder / name)
        faults.append(f"{name}: {'it is a link; put the file itself there' if link else refused.strerror}")
        return None


def _content_folder(folder: Path) -> str:
    """A folder above or below it that contains content."""
    if (folder / PROJECT_FOLDER).is_dir():
        return f"Did you mean {folder / PROJECT_FOLDER}?"
    return f"Did you mean {folder.parent}?" if folder.name in FOLDERS else ""
