"""The folders of the store: its days, when each last changed, and files in the wrong place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store.calls.transcript_file import Skipped
from recoverycli.store.files import refusal, status
from recoverycli.system.disk import is_folder, is_link

if TYPE_CHECKING:
    from pathlib import Path


class Day(NamedTuple):
    """The folder of a day. `changed` is when its entries last changed, in nanoseconds since 1970."""

    path: Path
    name: str
    changed: int


class Days(NamedTuple):
    """The days of a store in order, and everything that is not the folder of a day."""

    days: tuple[Day, ...]
    strays: tuple[Skipped, ...]


def days(root: Path) -> Days:
    """Return the days below `root`, oldest first; none if the folder does not exist. Raises StoreProblem."""
    if is_link(root):
        return Days((), (Skipped(root, "it is a link"),))
    found: list[Day] = []
    strays: list[Skipped] = []
    for year in _folders(root, strays):
        for month in _folders(root / year.name, strays):
            path = root / year.name / month.name
            found += [
                Day(path / day.name, f"{year.name}/{month.name}/{day.name}", there.st_mtime_ns)
                for day in _folders(path, strays)
                if (there := status(day)) is not None
            ]
    return Days(tuple(found), tuple(strays))


def files(day: Path) -> list[os.DirEntry[str]]:
    """Return the entries of the folder of a day, by name. Hidden ones are unfinished writes. Raises StoreProblem."""
    try:
        with os.scandir(day) as entries:
            return sorted((entry for entry in entries if not entry.name.startswith(".")), key=_name)
    except FileNotFoundError:
        return []
    except OSError as refused:
        raise refusal(day, refused) from refused


def _folders(folder: Path, strays: list[Skipped]) -> list[os.DirEntry[str]]:
    found = []
    for entry in files(folder):
        if is_folder(entry):
            found.append(entry)
        else:
            why = "it is a link" if is_link(entry) else "it is outside the folder of a day"
            strays.append(Skipped(folder / entry.name, why))
    return found


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name
