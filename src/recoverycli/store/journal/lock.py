"""The lock of an open call, acquired before its journal exists, so that no window takes the call for a paused one.

It uses the system call directly, because loading filelock takes longer than starting a call. Both lock in the same way;
without the system call, filelock is used.
"""

from __future__ import annotations

import errno
import os
import time
from typing import TYPE_CHECKING, Protocol

from recoverycli.store.files import open_own, status
from recoverycli.system.disk import FILE_MODE

if TYPE_CHECKING:
    from pathlib import Path

# A check whether a call is open holds the lock for much less than that.
_MOMENT = 0.5  # seconds
_BETWEEN = 0.01  # seconds


class JournalLock(Protocol):
    """A lock that is held until it is released or the process ends."""

    def release(self) -> object:
        """Release the lock."""


class _LockedFile:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        os.close(self._descriptor)


def lock_path(journal: Path) -> Path:
    """The lock file of an open call."""
    return journal.with_suffix(".lock")


def hold(journal: Path) -> JournalLock | None:
    """Lock the call of a journal; None if another process has it. Raises OSError."""
    until = time.monotonic() + _MOMENT
    while (held := hold_at_once(journal)) is None and time.monotonic() < until:
        time.sleep(_BETWEEN)
    return held


def hold_at_once(journal: Path) -> JournalLock | None:
    """Lock the call of a journal without waiting; None if another process has it. Raises OSError."""
    path = lock_path(journal)
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
            if refused.errno != errno.ENOSYS:
                raise
            return _by_library(path)
        os.close(descriptor)


def _by_library(path: Path) -> JournalLock | None:
    from filelock import FileLock, Timeout

    lock = FileLock(path, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock
