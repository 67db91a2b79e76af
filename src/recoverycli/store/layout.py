"""All files of a data folder, of whatever kind, for those who have to look at every one of them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from recoverycli.paths import PHRASES_FILE, SCORECARD_FILE, SETTINGS_FILE
from recoverycli.store.files import refusal
from recoverycli.system.disk import is_folder, is_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Digits of ASCII alone, and a framework's id as long as it may be: an id is a name of a file and of its folders.
ID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6}-[a-z0-9-]{1,60}-[a-z0-9]{4}")
LIVE, SESSIONS, PRACTICE, REVIEWS = "live", "sessions", "practice", "reviews"
# What a desk keeps of the team that it is connected to: no word of a call.
TEAM = "team"
# Among practice, and no role-play: the answers of drills.
ANSWERS = "answers.jsonl"
FOLDERS = (LIVE, SESSIONS, PRACTICE, REVIEWS)
INDEX_FILES = ("index.sqlite3", "index.sqlite3-journal", "index.sqlite3-wal", "index.sqlite3-shm", ".index.tmp")
# Whoever chooses one folder for settings and data has these in it as well.
SETTINGS = (SETTINGS_FILE, PHRASES_FILE, SCORECARD_FILE, "frameworks", "scenarios", "wording")
_OWN = (*FOLDERS, TEAM, *INDEX_FILES, ".index.lock")
_UNFINISHED = re.compile(r"\..*\.tmp")


def each_file(folder: Path) -> Iterator[Path]:
    """Return the files below a folder in the order of their names, links as themselves; none where it is not there.

    Raises StoreProblem where a folder cannot be read.
    """
    if is_link(folder):
        yield folder
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as refused:
        raise refusal(folder, refused) from refused
    for entry in found:
        if is_folder(entry):
            yield from each_file(folder / entry.name)
        else:
            yield folder / entry.name


def each_folder(folder: Path) -> Iterator[Path]:
    """Return a folder and those below it; links are not followed."""
    if not folder.is_dir() or is_link(folder):
        return
    yield folder
    for entry in sorted(folder.iterdir()):
        yield from each_folder(entry)


def is_plain(path: Path) -> bool:
    """Whether it is a file itself: no link, no pipe."""
    return path.is_file() and not path.is_symlink()


def is_unfinished(path: Path) -> bool:
    """Whether it is what an interrupted write left behind."""
    return _UNFINISHED.fullmatch(path.name) is not None


def is_lock(path: Path) -> bool:
    """Whether it is a file that holds nothing and is only locked."""
    return path.name.endswith(".lock")


def other_files(home: Path) -> tuple[Path, ...]:
    """Return what lies in a data folder and is none of ours, by its name."""
    known = {*_OWN, *SETTINGS}
    return tuple(sorted(path for path in home.iterdir() if path.name not in known)) if home.is_dir() else ()


def own_files(home: Path) -> tuple[str, ...]:
    """Return the names of what the tool keeps in a data folder, as far as they are there."""
    return tuple(name for name in _OWN if os.path.lexists(home / name))
