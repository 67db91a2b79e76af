"""The lock of an open call: held from before its journal is there, so that no window takes it for one set aside.

By the system's own call, which costs nothing: the library that locks everything else takes longer to load than a call
takes to begin. Both lock in the same way, and where there is no such call the library does it.
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

# Whoever only looks whether a call is open holds it for much less than that.
_MOMENT = 0.5  # seconds
_BETWEEN = 0.01  # seconds


class JournalLock(Protocol):
    """A lock that is held until it is released, or the process ends."""

    def release(self) -> object:
        """Let others hold it."""


class _LockedFile:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        os.close(self._descriptor)


def lock_path(journal: Path) -> Path:
    """The file whose lock says that a process has the call open."""
    return journal.with_suffix(".lock")


def hold(journal: Path) -> JournalLock | None:
    """Hold the call of a journal to go on with it; None where another process does. Raises OSError."""
    until = time.monotonic() + _MOMENT
    while (held := hold_at_once(journal)) is None and time.monotonic() < until:
        time.sleep(_BETWEEN)
    return held


def hold_at_once(journal: Path) -> JournalLock | None:
    """Hold the call of a journal; None where another process does at this moment. Raises OSError."""
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
            # Whoever held it may have taken the file away meanwhile.
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
