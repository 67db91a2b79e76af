"""The layout of a data folder, for code that has to look at every file."""

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

# ASCII digits only, and the longest id of a framework: an id names a file and its folders.
ID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T[0-9]{6}-[a-z0-9-]{1,60}-[a-z0-9]{4}")
LIVE, SESSIONS, PRACTICE, REVIEWS = "live", "sessions", "practice", "reviews"
# The desk's connection to a team; no text of a call.
TEAM = "team"
# Journals of calls that were saved a short time ago: they can be reopened.
CLOSED = "closed"
# Where backups were written, and who was erased, as hashes.
BACKUPS, ERASED_PEOPLE = "backups.json", "erased.json"
# In the folder of practice, but no role-plays: the answers of drills, and notes and goals of one's own.
ANSWERS, GOALS = "answers.jsonl", "goals.jsonl"
PRACTICE_LINES = (ANSWERS, GOALS)
# Which causes are counted as another.
CAUSES, MERGED = "causes", "merged.json"
FOLDERS = (LIVE, SESSIONS, PRACTICE, REVIEWS, CAUSES)
INDEX_FILES = ("index.sqlite3", "index.sqlite3-journal", "index.sqlite3-wal", "index.sqlite3-shm", ".index.tmp")
# The compiled wording, another cache.
WORDING_CACHE, WORDING_CACHE_UNFINISHED = "wording.cache", ".wording.cache.tmp"
CACHE_FILES = (*INDEX_FILES, ".index.lock", WORDING_CACHE, WORDING_CACHE_UNFINISHED)
# With one folder for settings and data, it contains these as well.
CONTENT_FOLDERS = ("dialogues", "frameworks", "issues", "phrases", "scenarios", "wording")
SETTINGS = (SETTINGS_FILE, PHRASES_FILE, SCORECARD_FILE, *CONTENT_FOLDERS)
_OWN = (*FOLDERS, CLOSED, TEAM, BACKUPS, ERASED_PEOPLE, *CACHE_FILES)
_UNFINISHED = re.compile(r"\..*\.tmp")


def each_file(folder: Path) -> Iterator[Path]:
    """Return the files below a folder sorted by name, links as links; none if it does not exist.

    Raises StoreProblem if a folder cannot be read.
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
    """Return a folder and its subfolders; links are not followed."""
    if not folder.is_dir() or is_link(folder):
        return
    yield folder
    for entry in sorted(folder.iterdir()):
        yield from each_folder(entry)


def is_plain(path: Path) -> bool:
    """Whether it is a regular file, not a link or a pipe."""
    return path.is_file() and not path.is_symlink()


def is_unfinished(path: Path) -> bool:
    """Whether an interrupted write left it."""
    return _UNFINISHED.fullmatch(path.name) is not None


def is_lock(path: Path) -> bool:
    """Whether it is a lock file."""
    return path.name.endswith(".lock")


def id_of(name: str) -> str:
    """Return the id of the call that a file with that path belongs to; empty if it belongs to none."""
    stem = name.rpartition("/")[2].partition(".")[0]
    return stem if ID.fullmatch(stem) else ""


def other_files(home: Path) -> tuple[Path, ...]:
    """Return the entries of a data folder that the tool did not create, by name."""
    known = {*_OWN, *SETTINGS}
    return tuple(sorted(path for path in home.iterdir() if path.name not in known)) if home.is_dir() else ()


def own_files(home: Path) -> tuple[str, ...]:
    """Return the names of the tool's entries in a data folder that exist."""
    return tuple(name for name in _OWN if os.path.lexists(home / name))
