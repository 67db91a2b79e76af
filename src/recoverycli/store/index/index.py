"""The index: a cache of the transcripts, updated before it answers.

It is built in a separate file and renamed, and rebuilt when it is missing, broken or of another version. If it cannot
be written, a private copy answers, slower; `Index.notice` says so.
"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING, Self, TypeVar

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.folders import Days, days
from recoverycli.store.files import flush_folder, reason_in_words
from recoverycli.store.index.file import connect, file_at, is_busy, is_intact, supersede
from recoverycli.store.index.update import IndexChanges, difference, fill, skipped_files, update
from recoverycli.store.locks import acquire
from recoverycli.system.disk import open_binary, unlink

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from recoverycli.session.query import Term
    from recoverycli.store.calls.transcript_file import Skipped
    from recoverycli.store.index.update import Report
    from recoverycli.store.queries import RowCondition

Value = TypeVar("Value")
Other = TypeVar("Other")
NAME = "index.sqlite3"
_LOCK = ".index.lock"
_ASIDE = ".index.tmp"
_LONG_PATIENCE = 600.0  # seconds, for another process that builds the index; the lock of a dead one is released
# From this many changed days on, the index is rebuilt in a separate file while other processes use the old one.
_MANY_DAYS = 60
# So few are read without a noticeable delay.
_FEW_DAYS = 3
# How often a query is repeated because other processes replaced the index meanwhile.
_MOST_TIMES = 5


class _NotWritable(Exception):
    """The index cannot be updated in place."""


def _signs_of_damage() -> tuple[type[Exception], ...]:
    """The exceptions of a damaged index, in which any value can be wrong.

    A bug of our own raises again after the rebuild.
    """
    import sqlite3

    return (sqlite3.Error, ValueError, TypeError, LookupError, ArithmeticError, MemoryError)


def _no_report(_done: int, _total: int) -> None:
    pass


class Index:
    """The calls of a data folder, for queries. The first query opens it; close it."""

    steps_have_start = False

    def __init__(self, home: Path, report: Report = _no_report) -> None:
        self.home = home
        self.root = home / "sessions"
        self.path = home / NAME
        self.notice = ""
        self._report = report
        self._found = Days((), ())
        self._connection: sqlite3.Connection | None = None
        # The file that it reads; None for a private one.
        self._file: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._file = None

    def ask(self, question: Callable[[sqlite3.Connection], Value]) -> Value:
        """Return the answer to a query.

        A broken index is rebuilt and queried again. If another process keeps it locked, a private one answers; if
        another process replaced it, the new one answers. Raises StoreProblem if the store itself cannot be read.
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

    def word_condition(self, terms: Sequence[Term]) -> RowCondition:
        """Return the condition on rows of `call` that one of the terms is in the call."""
        from recoverycli.store.index.search import word_condition

        return word_condition(terms)

    def ask_both(
        self, first: Callable[[sqlite3.Connection], Value], second: Callable[[sqlite3.Connection], Other]
    ) -> tuple[Value, Other]:
        """Return the answers to two queries, at the same time where the index is a file. Raises as `ask` does."""
        from recoverycli.system.threads import side_by_side

        self.ask(lambda _: None)
        if self._file is None:
            return self.ask(first), self.ask(second)

        def ask_second() -> Other:
            with Index(self.home) as other:
                return other.ask(second)

        return side_by_side(lambda: self.ask(first), ask_second)

    def forget(self) -> None:
        """Remove all traces of deleted calls from the search words. Raises StoreProblem if that fails."""
        import sqlite3

        self.ask(lambda _: None)
        if not self.notice:
            # If another process is writing, it is rebuilt like a broken one.
            with contextlib.suppress(sqlite3.DatabaseError):
                from recoverycli.store.index.tables import forget

                forget(self._open())
                return
        self.rebuild()

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The files that are not transcripts, newest first."""
        found = self.ask(lambda connection: tuple(skipped_files(connection, self.root)))
        return (*self._found.strays, *found)

    @property
    def is_ready(self) -> bool:
        """Whether it would answer at once: nothing to build, and only a few days to check."""
        import sqlite3

        found = days(self.root)
        if not is_intact(self.path):
            return len(found.days) <= _FEW_DAYS
        try:
            with contextlib.closing(connect(self.path)) as connection:
                return len(difference(connection, found.days).changed) <= _FEW_DAYS
        except sqlite3.DatabaseError:
            return False

    def rebuild(self) -> None:
        """Rebuild the index from every file. Raises StoreProblem if that fails."""
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
        """Check the files of some days, such as `2026/11/23`, for edits in place."""
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
        """A connection to an index that is up to date."""
        if not found.days and not self.path.exists():
            return self._private(None)
        import sqlite3

        try:
            connection = self._connect() if is_intact(self.path) else self._build_new()
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
        """Update the index in place. Raises _NotWritable and leaves the index unchanged."""
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
        # Checked first, so that a replacement in between is noticed afterwards.
        self._file = file_at(self.path)
        return connect(self.path)

    def _is_replaced(self) -> bool:
        """Whether the open file was replaced: its answers may be wrong then."""
        return self._file is not None and file_at(self.path) != self._file

    def _build(self) -> None:
        """Build the index in a separate file and replace the old one. Raises _NotWritable; the old one stays."""
        import sqlite3

        aside = self.home / _ASIDE
        try:
            lock = acquire(self.home / _LOCK, _LONG_PATIENCE)
            if lock is None:
                raise _NotWritable("another process is building it")
            try:
                # The leftovers of a process that was killed while it built one.
                unlink(aside, missing_ok=True)
                os.close(open_binary(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                with contextlib.closing(sqlite3.connect(aside, isolation_level=None)) as connection:
                    _fill(connection, self._found, self._report)
                supersede(self.path, aside)
                flush_folder(self.home)
            finally:
                with contextlib.suppress(OSError):
                    unlink(aside, missing_ok=True)
                lock.release()
        except OSError as refused:
            raise _NotWritable(reason_in_words(refused)) from refused
        except sqlite3.OperationalError as refused:
            raise _NotWritable(str(refused)) from refused

    def _private(self, source: sqlite3.Connection | None, why: str = "") -> sqlite3.Connection:
        """An index for this process alone: a copy of the one that cannot be written, or a new one."""
        import sqlite3

        # No name: SQLite keeps it in memory, or in a temporary file if it grows.
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
    # No garbage collection: looking for cycles takes longer than decoding.
    was_on = gc.isenabled()
    gc.disable()
    try:
        fill(connection, found.days, report)
    finally:
        if was_on:
            gc.enable()
    make_indexes(connection)
    connection.execute("COMMIT")
