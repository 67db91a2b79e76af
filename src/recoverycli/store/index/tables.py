"""The tables of the index. A change here, or in `columns`, needs a new number in VERSION."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.query import FIELDS
from recoverycli.store.index.columns import PARTS, VERSION, IndexedCall, StepKind, insertion, sqlite_columns
from recoverycli.store.index.rows import step_kinds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from recoverycli.store.index.values import Values

_KEY = {"key": "INTEGER PRIMARY KEY"}
# For each call, the index also stores the folder, size and modification time of its file.
_FILE = {**_KEY, "folder": "INTEGER", "size": "INTEGER", "changed": "INTEGER"}
_PLACE = {"call": "INTEGER", "place": "INTEGER"}
_FOLDER = "CREATE TABLE folder (key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, changed INTEGER NOT NULL)"
_SKIPPED = """CREATE TABLE skipped (
  folder INTEGER, name TEXT, size INTEGER, changed INTEGER, why TEXT, again INTEGER, PRIMARY KEY (folder, name)
) WITHOUT ROWID"""
# The words are folded and split before they get here; the tokenizer only separates them.
_WORDS = f"""CREATE VIRTUAL TABLE words USING fts5(
  {", ".join(FIELDS)}, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)"""
# Made after the rows, which is faster than with each row.
_INDEXES = """
CREATE UNIQUE INDEX call_id ON call (id);
CREATE INDEX call_started ON call (started, id);
CREATE INDEX call_folder ON call (folder);
CREATE INDEX call_customer ON call (customer_key, ref_folded, started) WHERE customer_key IS NOT NULL;
CREATE INDEX call_ref ON call (ref_folded, started) WHERE ref_folded IS NOT NULL;
CREATE INDEX commitment_due ON commitment (due) WHERE done IS NULL AND due IS NOT NULL"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty index."""
    for statement in _tables():
        connection.execute(statement)


def _tables() -> Iterator[str]:
    yield _FOLDER
    yield _SKIPPED
    yield f"CREATE TABLE call ({_column_list({**_FILE, **sqlite_columns(IndexedCall)})})"
    yield f"CREATE TABLE step_kind ({_column_list({**_KEY, **sqlite_columns(StepKind)})})"
    for name, table in PARTS.items():
        columns = _column_list({**_PLACE, **sqlite_columns(table)})
        yield f"CREATE TABLE {name} ({columns}, PRIMARY KEY (call, place)) WITHOUT ROWID"
    yield _WORDS


def _column_list(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def make_indexes(connection: sqlite3.Connection) -> None:
    """Make the indexes of the tables, and mark the file as complete."""
    for statement in _INDEXES.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def forget(connection: sqlite3.Connection) -> None:
    """Rewrite the search words, so that nothing of deleted calls remains in them."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


class IndexedFile(NamedTuple):
    """A file that was read: its name, size and time (nanoseconds), and the rows of its call."""

    name: str
    size: int
    changed: int
    values: Values


class RowWriter:
    """Inserts calls into the tables. One per connection and transaction, because it caches the kinds of steps."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kinds = {kind: key for key, kind in step_kinds(connection).items()}
        (highest,) = connection.execute("SELECT max(key) FROM call").fetchone()
        self._next = (highest or 0) + 1

    def add(self, folder: int, taken: Sequence[IndexedFile]) -> None:
        """Insert the calls of a folder."""
        keyed = list(enumerate(taken, start=self._next))
        self._next += len(keyed)
        executemany = self._connection.executemany
        executemany(_INSERT["call"], [(key, folder, one.size, one.changed, *one.values.call) for key, one in keyed])
        executemany(
            _INSERT["step"],
            [
                (key, place, self._kind(kind), *rest)
                for key, one in keyed
                for place, (kind, *rest) in enumerate(one.values.steps)
            ],
        )
        executemany(
            _INSERT["offer"],
            [(key, place, *row) for key, one in keyed for place, row in enumerate(one.values.offers)],
        )
        executemany(
            _INSERT["commitment"],
            [(key, place, *row) for key, one in keyed for place, row in enumerate(one.values.commitments)],
        )
        executemany(_INSERT["words"], [(key, *one.values.words) for key, one in keyed])

    def remove(self, keys: list[int]) -> None:
        """Delete calls."""
        for table, column in (("call", "key"), *((part, "call") for part in PARTS), ("words", "rowid")):
            self._connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608  # names of our own
                [(key,) for key in keys],
            )

    def _kind(self, kind: StepKind) -> int:
        key = self._kinds.get(kind)
        if key is None:
            key = self._kinds[kind] = len(self._kinds) + 1
            self._connection.execute(_INSERT["step_kind"], (key, *kind))
        return key


_INSERT = {
    "call": insertion("call", (*_FILE, *IndexedCall._fields)),
    "step_kind": insertion("step_kind", (*_KEY, *StepKind._fields)),
    **{name: insertion(name, (*_PLACE, *table._fields)) for name, table in PARTS.items()},
    "words": insertion("words", ("rowid", *FIELDS)),
}
