"""The file of the index: opened, looked at, and put in the place of another that processes may be using."""

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
_PATIENCE_TO_SUPERSEDE = 60.0  # seconds: the longest that one writes, with many days to learn


def connect(path: Path, patience: float = _PATIENCE) -> sqlite3.Connection:
    """Open an index that is there. `patience` is how many seconds one waits for another process at each statement."""
    import sqlite3

    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None
    )
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA cache_size = -32768")
    except sqlite3.Error:
        # Windows does not let a file be replaced that is open.
        connection.close()
        raise
    return connection


def file_at(path: Path) -> int | None:
    """Return which file lies at `path`, as its number in the file system; None where there is none."""
    found = status(path)
    return found and found.st_ino


def remove_index(home: Path, *, kept: str) -> None:
    """Remove the index, which holds the words of all calls, before words are taken out of calls.

    Raises StoreProblem where another program has it open, as Windows lets it.
    """
    for name in INDEX_FILES:
        try:
            unlink(home / name, missing_ok=True)
        except OSError as refused:
            raise refusal(home / name, refused, kept=kept) from refused


def supersede(path: Path, fresh: Path) -> None:
    """Put a fresh index in the place of the one at `path`, while nobody writes in that.

    SQLite finds the journal of a writing by the name of the file: with another file under this name the pages of the
    old one would be played back into it. And whoever has the old one open takes what is being written in the fresh one
    for a journal of its own: it has to look whether its file is still the one at `path` (`file_at`), and trust no
    answer that it was given meanwhile. Raises sqlite3.OperationalError where another process goes on writing.
    """
    import sqlite3

    with contextlib.ExitStack() as stack:
        try:
            if is_plain(path):
                # This plays back what a killed process left, too. Who waits to write in the old one meanwhile is
                # refused by SQLite itself, which sees that the file has moved.
                old = stack.enter_context(contextlib.closing(connect(path, _PATIENCE_TO_SUPERSEDE)))
                old.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as wrong:
            if is_busy(wrong):
                raise
        if os.name == "nt":
            # There a file that anybody has open is neither deleted nor replaced: whoever writes is safe, and we must
            # let go of it, and of the journal that belongs to an empty one.
            stack.close()
        # One that is still there is of no index that can be opened.
        unlink(_journal(path), missing_ok=True)
        replace(fresh, path)


def is_busy(wrong: BaseException) -> bool:
    """Whether another process has what is asked for, for longer than one waited."""
    import sqlite3

    # The lower byte is the kind, those above it say more.
    return getattr(wrong, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_whole(path: Path) -> bool:
    """Whether a file looks like an index of this version that nothing was cut off from.

    A process that was killed leaves its journal beside it, from which SQLite mends the file when it is opened.
    """
    # A link would be written through, and a pipe never be read to its end.
    if not is_plain(path):
        return False
    # The second look is for a file that grew between its header and its size: another process wrote in it.
    return _looks_whole(path) or _looks_whole(path)


def _looks_whole(path: Path) -> bool:
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
