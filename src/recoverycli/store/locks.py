"""Locks against changes by other processes: the transcripts of a day, the journal of an open call, the index.

All locks are those of the system. flock is called directly, because importing filelock takes longer than starting a
call; on Windows filelock is used. A file system without locks is refused: a lock that is a file only would outlive a
process that is killed, and the call would stay closed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from typing import TYPE_CHECKING, Protocol

from recoverycli.errors import StoreProblem
from recoverycli.store.files import open_own, refusal, status
from recoverycli.system.disk import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Hidden, so that it is not read as a call; one per day, not one per changed call.
LOCK = ".amending.lock"
REVIEWS_LOCK = ".reviews.lock"
ANSWERS_LOCK = ".answers.lock"
PATIENCE = 10.0  # seconds, for another window to finish its change
_BETWEEN = 0.01  # seconds
# What flock says on file systems without locks.
_NO_LOCKS = frozenset({errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOLCK})


class FolderGone(StoreProblem):
    """Another process deleted the folder of a day before it was locked."""


class Lock(Protocol):
    """A lock that is held until it is released or the process ends."""

    def release(self) -> object:
        """Release the lock."""


class _LockedFile:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        os.close(self._descriptor)


def acquire(path: Path, patience: float = 0.0) -> Lock | None:
    """Lock a file, which is created if needed; None if another process holds it for so many seconds. Raises OSError."""
    until = time.monotonic() + patience
    while (held := _acquire_at_once(path)) is None and time.monotonic() < until:
        time.sleep(_BETWEEN)
    return held


def _acquire_at_once(path: Path) -> Lock | None:
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return _by_library(path)
    while True:
        descriptor = open_own(path, os.O_RDWR | os.O_CREAT)
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
            found = status(path)
            # The process that held it may have deleted the file meanwhile.
            if found is not None and found.st_ino == os.fstat(descriptor).st_ino:
                return _LockedFile(descriptor)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError as refused:
            os.close(descriptor)
            if refused.errno in _NO_LOCKS:
                raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK), str(path)) from refused
            raise
        os.close(descriptor)


def _by_library(path: Path) -> Lock | None:
    from filelock import FileLock, Timeout

    lock = FileLock(path, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock


@contextlib.contextmanager
def hold(path: Path, patience: float = PATIENCE, *, of: Path | None = None, kept: str = "") -> Iterator[bool]:
    """Hold the lock file of a folder, or `of` a file; False if another process has it.

    Raises StoreProblem with `kept`, and FolderGone if the folder does not exist.
    """
    of = of or path.parent
    try:
        lock = acquire(path, patience)
    except FileNotFoundError as gone:
        raise FolderGone(
            f"{of} no longer exists: another window deleted it", kept=kept, hint="Other calls: recovery log list"
        ) from gone
    except OSError as refused:
        raise (refusal(of, refused, kept=kept) if kept else refusal(of, refused)) from refused
    try:
        yield lock is not None
    finally:
        if lock is not None:
            lock.release()


@contextlib.contextmanager
def hold_folder(folder: Path, name: str = LOCK, *, kept: str = "") -> Iterator[None]:
    """Lock the folder of a day, or of the reviews. Raises StoreProblem as `hold`, and if another window has it."""
    with hold(folder / name, kept=kept) as free:
        if not free:
            raise StoreProblem(f"{folder}: another window is changing a call in it", kept=kept, hint="Try again.")
        yield


def lock_path(journal: Path) -> Path:
    """The lock file of an open call."""
    return journal.with_suffix(".lock")


@contextlib.contextmanager
def hold_journal(journal: Path) -> Iterator[bool]:
    """Try to lock the journal of an open call; False if another process has that call."""
    with hold(lock_path(journal), 0, of=journal) as free:
        yield free


def is_open_elsewhere(journal: Path) -> bool:
    """Whether another process has that call open. Creates no file."""
    if not lock_path(journal).exists():
        return False
    try:
        with hold_journal(journal) as free:
            return not free
    except StoreProblem:
        return False
