"""The file of the index: opening, checking and replacing it while other processes use it."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from recoverycli.store.files import open_own, refusal, status
from recoverycli.store.index.columns import VERSION
from recoverycli.store.layout import INDEX_FILES, is_plain
from recoverycli.system.disk import replace, unlink

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_MAGIC = b"SQLite format 3\0"
_PATIENCE = 1.0  # seconds, for another process that is writing a few calls
_PATIENCE_TO_SUPERSEDE = 60.0  # seconds: the longest write, with many days to update


def connect(path: Path, patience: float = _PATIENCE) -> sqlite3.Connection:
    """Open an existing index. `patience` is how many seconds each statement waits for another process."""
    import sqlite3

    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
    )
    try:
        connection.execute("PRAGMA secure_delete = ON")
        # In KiB; with more, statistics are slower. It also reads the file, which may be no database.
        connection.execute("PRAGMA cache_size = -2048")
    except sqlite3.Error:
        # Windows does not replace an open file.
        connection.close()
        raise
    return connection


def file_at(path: Path) -> int | None:
    """Return the file number (inode) at `path`; None if there is no file."""
    found = status(path)
    return found and found.st_ino


def remove_index(home: Path, *, kept: str) -> None:
    """Remove the index, which contains the words of all calls, before words are removed from calls.

    Raises StoreProblem if another program has it open (Windows).
    """
    for name in INDEX_FILES:
        try:
            unlink(home / name, missing_ok=True)
        except OSError as refused:
            raise refusal(home / name, refused, kept=kept) from refused


def supersede(path: Path, fresh: Path) -> None:
    """Replace the index at `path` by a fresh one, while nobody writes to it.

    SQLite finds a rollback journal by the name of the file, so a journal of the old index would be played back into the
    new one. A process that has the old one open would take the journal of the new one for its own: it must check that
    its file is still the one at `path` (`file_at`), and discard answers if it is not. Raises sqlite3.OperationalError
    if another process keeps writing.
    """
    import sqlite3

    with contextlib.ExitStack() as stack:
        try:
            if is_plain(path):
                # This also plays back what a killed process left. SQLite itself refuses a process that waits to write
                # to the old file, because the file has moved.
                old = stack.enter_context(contextlib.closing(connect(path, _PATIENCE_TO_SUPERSEDE)))
                old.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as wrong:
            if is_busy(wrong):
                raise
        if os.name == "nt":
            # Windows neither deletes nor replaces an open file, so other writers are safe. We must close the file
            # first, and remove the journal of an empty one.
            stack.close()
        # A journal that still exists belongs to no usable index.
        unlink(_journal(path), missing_ok=True)
        replace(fresh, path)


def is_busy(wrong: BaseException) -> bool:
    """Whether another process held the lock for longer than the time limit."""
    import sqlite3

    # The lowest byte is the kind of the error.
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_intact(path: Path) -> bool:
    """Whether a file looks like a complete index of this version.

    A killed process leaves its journal, from which SQLite repairs the file when it is opened.
    """
    # A link would be written through, and a pipe has no end.
    if not is_plain(path):
        return False
    # Read the size again: another process may have written between the two reads.
    return _is_intact(path) or _is_intact(path)


def _is_intact(path: Path) -> bool:
    try:
        with os.fdopen(open_own(path), "rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except OSError:
        return False
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    version = int.from_bytes(header[60:64], "big")
    mended = _journal(path).exists()
    return header[:16] == _MAGIC and version == VERSION and (mended or size == pages * (65_536 if page == 1 else page))


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
