"""The journal of a call in progress: one line per event, on the disk before the screen confirms it."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

import msgspec

from recoverycli.errors import CallBusy, StoreProblem
from recoverycli.store.files import (
    flush_folder,
    make_folder,
    open_own,
    refusal,
    refuse_links,
    write_all,
)  # fmt: skip
from recoverycli.store.journal.reader import SCHEMA, CallGone, Head, live_folder, read_journal
from recoverycli.store.locks import acquire, lock_path
from recoverycli.system.disk import open_binary, replace, unlink

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from recoverycli.session.events import Event, Started
    from recoverycli.store.journal.reader import JournalRead
    from recoverycli.store.locks import Lock

# A check whether a call is open holds its lock for much less than that.
_MOMENT = 0.5  # seconds
_NOT_BEGUN = "The call was not started."
_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND


class Journal:
    """An open journal, locked against other windows.

    `append` returns when the event is on the disk. `unread` counts lines that cannot be read and were not reported
    before.
    """

    def __init__(self, path: Path, descriptor: int, lock: Lock | None, size: int = 0) -> None:
        self.path = path
        self.unread = 0
        self._descriptor = descriptor
        self._size = size
        self._torn = False
        self._lock = lock

    @classmethod
    def create(cls, home: Path, start: Callable[[], Started]) -> tuple[Journal, Started]:
        """Create a journal with the first event from `start`, which is called again if its id is taken.

        Raises StoreProblem if the folder cannot be written; nothing is left behind then.
        """
        folder = live_folder(home)
        # Check the folder of the finished call now, not at the end of the call.
        for name in ("sessions", "practice"):
            refuse_links(home / name, home)
        make_folder(folder, home, kept=_NOT_BEGUN)
        for _ in range(100):
            event = start()
            path = folder / f"{event.id}.jsonl"
            try:
                made = _create(path)
            except OSError as refused:
                raise refusal(folder, refused, kept=_NOT_BEGUN) from refused
            if made is None:
                continue
            journal = cls(path, *made)
            try:
                head = msgspec.json.encode(Head(SCHEMA, event.id))
                journal._write(head + b"\n" + msgspec.json.encode(event) + b"\n")
                flush_folder(folder)
            except OSError as refused:
                # If it cannot be deleted, readers ignore it: its call never started.
                with contextlib.suppress(OSError):
                    journal.remove()
                raise refusal(folder, refused, kept=_NOT_BEGUN) from refused
            return journal, event
        raise StoreProblem(f"{folder}: no free name for a call was found", kept=_NOT_BEGUN)

    @classmethod
    def reopen(cls, path: Path, process_of: Callable[[JournalRead], int | None]) -> tuple[Journal, JournalRead]:
        """Open a journal to continue it. Raises CallBusy if another process has it, CallGone if it no longer exists,
        StoreProblem otherwise.

        Unreadable lines are copied to a file next to it, once, and an unfinished last line is removed.
        """
        refuse_links(path, path.parent.parent)
        try:
            lock = acquire(lock_path(path), _MOMENT)
        except OSError as refused:
            raise refusal(lock_path(path), refused, kept="Everything of the call so far is stored.") from refused
        if lock is None:
            process = process_of(read_journal(path))
            raise CallBusy(
                f"call {path.stem} is open in another window (process {process or 'unknown'})",
                hint="Continue in that window, or leave it there with /pause first.",
                kept="That call was not changed.",
            )
        try:
            read = read_journal(path)
            descriptor = open_own(path, os.O_RDWR | os.O_APPEND)
            journal = cls(path, descriptor, lock, path.stat().st_size)
            if read.bad or read.torn:
                journal._set_aside(read)
        except OSError as refused:
            lock.release()
            raise refusal(path, refused, kept="The call was not changed.") from refused
        except StoreProblem as fault:
            lock.release()
            if isinstance(fault, CallGone):
                _remove_lock(path)
            raise
        return journal, read

    def append(self, event: Event) -> None:
        """Add an event and flush it. Raises StoreProblem if it could not be written; the journal is unchanged then."""
        try:
            self._write(msgspec.json.encode(event) + b"\n")
        except OSError as refused:
            raise refusal(self.path, refused, kept="Everything before this line is stored.") from refused

    def close(self) -> None:
        """Close the file and release the call."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        self._release()

    def remove(self) -> None:
        """Delete the journal, after its transcript is on the disk. Raises OSError."""
        self.close()
        unlink(self.path, missing_ok=True)
        unlink(lock_path(self.path), missing_ok=True)
        # The folder may have been moved meanwhile.
        with contextlib.suppress(FileNotFoundError):
            flush_folder(self.path.parent)

    def move_to(self, folder: Path, at: datetime) -> None:
        """Put the journal into another folder, once its transcript is on the disk; `at` becomes its time of change.

        Raises OSError, StoreProblem.
        """
        make_folder(folder, folder.parent)
        self.close()
        # One whose place was taken in mid-call has a number in its name.
        target = folder / f"{self.path.stem.partition('.')[0]}.jsonl"
        replace(self.path, target)
        os.utime(target, (at.timestamp(), at.timestamp()))
        unlink(lock_path(self.path), missing_ok=True)
        flush_folder(folder)
        flush_folder(self.path.parent)

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _write(self, data: bytes) -> None:
        if self._size and os.fstat(self._descriptor).st_nlink == 0:
            self._put_back()
        if self._torn:
            self._take_back()
        # Half a line of an earlier attempt must not come before this one.
        whole = b"\n" + data if self._torn else data
        try:
            write_all(self._descriptor, whole)
        except OSError:
            self._take_back()
            raise
        self._torn = False
        self._size += len(whole)

    def _take_back(self) -> None:
        try:
            os.ftruncate(self._descriptor, self._size)
        except OSError:
            self._torn = True
        else:
            self._torn = False

    def _put_back(self) -> None:
        """Restore a journal that was deleted during the call, with its whole content.

        If its name is taken by now, the journal gets a new name.
        """
        try:
            make_folder(self.path.parent, self.path.parent.parent)
            path, descriptor = self._new_place()
            # The lock file was deleted too, or still exists and would block.
            self._release()
            try:
                self._lock = acquire(lock_path(path), _MOMENT)
                write_all(descriptor, _read_all(self._descriptor, self._size))
                flush_folder(self.path.parent)
            except OSError:
                os.close(descriptor)
                unlink(path, missing_ok=True)
                raise
        except (OSError, StoreProblem) as refused:
            fault = refused if isinstance(refused, StoreProblem) else refusal(self.path, refused)
            raise StoreProblem(
                f"the journal was deleted during the call and cannot be restored: {fault.message}",
                kept="What was confirmed remains available while this window is open.",
                hint=fault.hint,
            ) from refused
        os.close(self._descriptor)
        self.path, self._descriptor = path, descriptor

    def _new_place(self) -> tuple[Path, int]:
        """A new file: with the old name, or else with a number."""
        first = self.path.stem.partition(".")[0]
        for name in (self.path.name, *(f"{first}.{number}.jsonl" for number in range(2, 100))):
            path = self.path.with_name(name)
            with contextlib.suppress(FileExistsError):
                return path, open_binary(path, _NEW)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))

    def _set_aside(self, read: JournalRead) -> None:
        descriptor = open_own(self.path.with_suffix(".unread"), os.O_CREAT | os.O_RDWR | os.O_APPEND)
        try:
            # A damaged line within the journal stays there, and every resume finds it.
            known = {line.rstrip(b"\r") for line in _read_all(descriptor, os.fstat(descriptor).st_size).split(b"\n")}
            fresh = [line for line in (*read.bad, read.torn) if line.rstrip(b"\r") not in known]
            if fresh:
                write_all(descriptor, b"".join(line + b"\n" for line in fresh))
            self.unread = len(fresh)
        finally:
            os.close(descriptor)
        if read.torn:
            self._size -= len(read.torn)
            os.truncate(self.path, self._size)


def _create(path: Path) -> tuple[int, Lock] | None:
    """A new file and its lock; None if another call has that name. Raises OSError."""
    # Lock first: no other window may find the journal without its lock.
    lock = acquire(lock_path(path), _MOMENT)
    if lock is None:
        return None
    try:
        return open_binary(path, _NEW), lock
    except FileExistsError:
        lock.release()
        return None
    except OSError:
        lock.release()
        _remove_lock(path)
        raise


def _remove_lock(path: Path) -> None:
    """Delete the lock file of a call that does not exist; if that fails, doctor reports it."""
    with contextlib.suppress(OSError):
        unlink(lock_path(path), missing_ok=True)


def _read_all(descriptor: int, size: int) -> bytes:
    """The whole content of an open file."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    pieces: list[bytes] = []
    while size > 0 and (piece := os.read(descriptor, size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
