"""Locks against changes by other processes: the transcripts of a day, the journal of an open call."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem
from recoverycli.store.files import refusal
from recoverycli.store.journal.lock import hold_at_once, lock_path
from recoverycli.system.disk import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Hidden, so that it is not read as a call; one per day, not one per changed call.
LOCK = ".amending.lock"
REVIEWS_LOCK = ".reviews.lock"
ANSWERS_LOCK = ".answers.lock"
_PATIENCE = 10.0  # seconds, for another window to finish its change


class FolderGone(StoreProblem):
    """Another process deleted the folder of a day before it was locked."""


@contextlib.contextmanager
def hold_folder(folder: Path, name: str = LOCK, *, kept: str = "") -> Iterator[None]:
    """Lock the folder of a day, or of the reviews.

    Raises StoreProblem with `kept`, and FolderGone if another process deletes the folder meanwhile.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / name, mode=FILE_MODE)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout as busy:
        raise StoreProblem(f"{folder}: another window is changing a call in it", kept=kept, hint="Try again.") from busy
    except FileNotFoundError as gone:
        raise FolderGone(
            f"{folder} no longer exists: another window deleted it", kept=kept, hint="Other calls: recovery log list"
        ) from gone
    except OSError as refused:
        raise (refusal(folder, refused, kept=kept) if kept else refusal(folder, refused)) from refused
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def hold_journal(journal: Path) -> Iterator[bool]:
    """Try to lock the journal of an open call; False if another process has that call."""
    try:
        lock = hold_at_once(journal)
    except OSError as refused:
        raise refusal(journal, refused) from refused
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


def is_open_elsewhere(journal: Path) -> bool:
    """Whether another process has that call open. Creates no file."""
    if not lock_path(journal).exists():
        return False
    try:
        with hold_journal(journal) as free:
            return not free
    except StoreProblem:
        return False
