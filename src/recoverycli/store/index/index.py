"""The index: a cache over the transcripts that nothing depends on, brought up to date before it answers.

It is built aside and renamed; built anew when it is missing, broken or of another version; and where it cannot be
written a private copy answers in its place, slower, which `Index.notice` says in a line.
"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING, Self, TypeVar

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.folders import Days, days
from recoverycli.store.files import flush_folder
from recoverycli.store.index.file import connect, file_at, is_busy, is_whole, supersede
from recoverycli.store.index.update import IndexChanges, difference, fill, skipped_files, update
from recoverycli.system.disk import FILE_MODE, open_binary, unlink

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from recoverycli.store.calls.transcript_file import Skipped
    from recoverycli.store.index.update import Report

Value = TypeVar("Value")
NAME = "index.sqlite3"
_LOCK = ".index.lock"
_ASIDE = ".index.tmp"
_LONG_PATIENCE = 600.0  # seconds, for a process that builds the index: with a dead one its lock is gone
# From so many changed days on the index is built anew, aside: the old one goes on serving others meanwhile.
_MANY_DAYS = 60
# With so few nobody notices that they are read.
_FEW_DAYS = 3
# How often a question is asked again because other processes put fresh ones in the place of the index meanwhile.
_MOST_TIMES = 5


class _NotWritable(Exception):
    """The index cannot be brought up to date where it lies."""


def _signs_of_damage() -> tuple[type[Exception], ...]:
    """What is raised where the bytes of the index were changed: a value in it may have become any other.

    A fault of our own is raised once more by the index that is built anew.
    """
    import sqlite3

    return (sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError, MemoryError)


def _no_report(_done: int, _total: int) -> None:
    pass


class Index:
    """The calls of a data folder, to be asked. Opened by the first question; close it."""

    def __init__(self, home: Path, report: Report = _no_report) -> None:
        self.home = home
        self.root = home / "sessions"
        self.path = home / NAME
        self.notice = ""
        self._report = report
        self._found = Days((), ())
        self._connection: sqlite3.Connection | None = None
        # Which file it reads; None where it is a private one.
        self._file: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._file = None

    def ask(self, question: Callable[[sqlite3.Connection], Value]) -> Value:
        """Return the answer to a question. An index that breaks on the way is built anew and asked again.

        One that another process keeps to itself for longer than a moment is left to it, and a private one answers.
        Where one put a fresh index in its place meanwhile, that is asked. Raises StoreProblem where the store itself
        cannot be read.
        """
        for _ in range(_MOST_TIMES):
            try:
                answer = question(self._open())
            except _signs_of_damage() as sign:
                if not self._is_replaced():
                    self.close()
                    self._connection = self._private(None, str(sign)) if is_busy(sign) else self._rebuild()
                    return question(self._connection)
            else:
                if not self._is_replaced():
                    return answer
            self.close()
        self._connection = self._private(None, "other processes keep rebuilding it")
        return question(self._connection)

    def forget(self) -> None:
        """Leave nothing of calls that were taken out between the words. Raises StoreProblem where that cannot be."""
        import sqlite3

        self.ask(lambda _: None)
        if not self.notice:
            # Where another process is writing it is built anew, as a broken one is.
            with contextlib.suppress(sqlite3.DatabaseError):
                from recoverycli.store.index.tables import forget

                forget(self._open())
                return
        self.rebuild()

    def ask_beside(self, question: Callable[[sqlite3.Connection], Value]) -> Callable[[], Value]:
        """Ask a question on another core while others are asked here; what is returned waits for its answer."""
        from threading import Thread

        self.ask(lambda _: None)
        answers: list[Value] = []

        def answer() -> None:
            # Where the file cannot be read so, or is not the one that was opened, it is asked in its turn.
            before = file_at(self.path)
            with contextlib.suppress(*_signs_of_damage()), contextlib.closing(connect(self.path)) as connection:
                found = question(connection)
                if file_at(self.path) == before:
                    answers.append(found)

        thread = Thread(target=answer) if not self.notice else None
        if thread is not None:
            thread.start()

        def wait() -> Value:
            if thread is not None:
                thread.join()
            return answers[0] if answers else self.ask(question)

        return wait

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The files that are no transcripts, newest first."""
        found = self.ask(lambda connection: tuple(skipped_files(connection, self.root)))
        return (*self._found.strays, *found)

    @property
    def is_ready(self) -> bool:
        """Whether it would answer at once: nothing has to be built, and a few days at most are to be looked at."""
        import sqlite3

        found = days(self.root)
        if not is_whole(self.path):
            return len(found.days) <= _FEW_DAYS
        try:
            with contextlib.closing(connect(self.path)) as connection:
                return len(difference(connection, found.days).changed) <= _FEW_DAYS
        except sqlite3.DatabaseError:
            return False

    def rebuild(self) -> None:
        """Build the index anew from every file. Raises StoreProblem where that cannot be."""
        self.close()
        self._found = days(self.root)
        try:
            self._build()
        except _NotWritable as refused:
            raise StoreProblem(
                f"the index cannot be written: {refused}",
                kept="No call was changed; reading works without the index.",
                hint=f"Check the folder {self.home}",
            ) from refused

    def look_again(self, *names: str) -> None:
        """Compare the files of some days, such as `2026/11/23`, though nothing was added: one may have been edited."""
        with contextlib.suppress(_NotWritable):
            self.ask(
                lambda connection: self._learn(
                    connection, IndexChanges(tuple(day for day in self._found.days if day.name in names), ())
                )
            )

    def _open(self) -> sqlite3.Connection:
        if self._is_replaced():
            self.close()
        if self._connection is None:
            self._found = days(self.root)
            self._connection = self._current(self._found)
        return self._connection

    def _current(self, found: Days) -> sqlite3.Connection:
        """A connection to an index that knows all files as they are now."""
        if not found.days and not self.path.exists():
            return self._private(None)
        import sqlite3

        try:
            connection = self._connect() if is_whole(self.path) else self._build_new()
            return self._catch_up(connection, found)
        except (_NotWritable, sqlite3.OperationalError) as refused:
            return self._private(None, str(refused))

    def _catch_up(self, connection: sqlite3.Connection, found: Days) -> sqlite3.Connection:
        import sqlite3

        try:
            different = difference(connection, found.days)
            if not different:
                return connection
            if len(different.changed) <= _MANY_DAYS:
                self._learn(connection, different)
                return connection
        except sqlite3.DatabaseError:
            connection.close()
            raise
        except _NotWritable as refused:
            if not self._is_replaced():
                return self._private(connection, str(refused))
            connection.close()
            return self._catch_up(self._connect(), found)
        connection.close()
        return self._build_new()

    def _learn(self, connection: sqlite3.Connection, different: IndexChanges) -> None:
        """Bring the index up to date where it lies. Raises _NotWritable, and the index is as it was."""
        import sqlite3

        try:
            connection.execute("BEGIN IMMEDIATE")
            update(connection, different, self._report)
            connection.execute("COMMIT")
        except sqlite3.OperationalError as refused:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise _NotWritable(str(refused)) from refused

    def _rebuild(self) -> sqlite3.Connection:
        self._found = days(self.root)
        try:
            return self._build_new()
        except _NotWritable as refused:
            return self._private(None, str(refused))

    def _build_new(self) -> sqlite3.Connection:
        self._build()
        return self._connect()

    def _connect(self) -> sqlite3.Connection:
        # Looked at first: where another takes its place in between, that is noticed afterwards.
        self._file = file_at(self.path)
        return connect(self.path)

    def _is_replaced(self) -> bool:
        """Whether the file that is read is not the index any more: what it answered may be of neither of the two."""
        return self._file is not None and file_at(self.path) != self._file

    def _build(self) -> None:
        """Build the index aside and put it in place. Raises _NotWritable; the old one goes on serving."""
        import sqlite3

        from filelock import FileLock, Timeout

        aside = self.home / _ASIDE
        try:
            with FileLock(self.home / _LOCK, timeout=_LONG_PATIENCE, mode=FILE_MODE):
                # What a process left behind that was killed while it built.
                unlink(aside, missing_ok=True)
                try:
                    os.close(open_binary(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                    with contextlib.closing(sqlite3.connect(aside, isolation_level=None)) as connection:
                        _fill(connection, self._found, self._report)
                    supersede(self.path, aside)
                    flush_folder(self.home)
                finally:
                    unlink(aside, missing_ok=True)
        except (OSError, sqlite3.OperationalError, Timeout) as refused:
            raise _NotWritable(getattr(refused, "strerror", None) or str(refused)) from refused

    def _private(self, source: sqlite3.Connection | None, why: str = "") -> sqlite3.Connection:
        """An index for this process alone: a copy of the one that cannot be written, or a new one."""
        import sqlite3

        # Nameless: SQLite keeps it in memory, and in a file of its own that nobody else sees where it grows.
        private = sqlite3.connect("", isolation_level=None)
        if why:
            self.notice = f"the index of past calls cannot be written ({why}); reading works without it, slower"
        if source is None:
            self._file = None
            _fill(private, self._found, self._report)
            return private
        with contextlib.closing(source):
            source.backup(private)
        if self._is_replaced():
            private.close()
            return self._private(None, why)
        self._file = None
        update(private, difference(private, self._found.days), self._report)
        return private


def _fill(connection: sqlite3.Connection, found: Days, report: Report) -> None:
    from recoverycli.store.index.tables import make_indexes, make_tables

    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("BEGIN")
    make_tables(connection)
    # What is read is let go of at once: to look for cycles in it takes longer than to decode it.
    was_on = gc.isenabled()
    gc.disable()
    try:
        fill(connection, found.days, report)
    finally:
        if was_on:
            gc.enable()
    make_indexes(connection)
    connection.execute("COMMIT")
