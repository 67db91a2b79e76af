"""The tables of the index. A change here, or in what is kept of a call, needs a new number in VERSION."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.searching import FIELDS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from recoverycli.store.index_values import Values

VERSION = 2
# The words are folded and taken apart before they get here: to the tokenizer they are plain.
_TABLES = f"""
CREATE TABLE folder (key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, changed INTEGER NOT NULL);
CREATE TABLE skipped (
  folder INTEGER, name TEXT, size INTEGER, changed INTEGER, why TEXT, again INTEGER, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE call (
  key INTEGER PRIMARY KEY, folder INTEGER, size INTEGER, changed INTEGER, id TEXT,
  started INTEGER, started_at TEXT, ended_at TEXT, seconds REAL, weekday INTEGER, hour INTEGER, day TEXT,
  state TEXT, kind TEXT, framework TEXT, framework_name TEXT, entered TEXT, agent TEXT, channel TEXT, issue TEXT,
  customer TEXT, ref TEXT, found_by TEXT, mood_first TEXT, mood_last TEXT, moods TEXT, outcome TEXT,
  steps_done INTEGER, steps_total INTEGER, promises INTEGER, summary TEXT, cause TEXT,
  agent_folded TEXT, issue_folded TEXT, customer_folded TEXT, ref_folded TEXT
);
CREATE TABLE step_kind (key INTEGER PRIMARY KEY, framework TEXT, id TEXT, name TEXT, intent TEXT, phase TEXT);
CREATE TABLE step (
  call INTEGER, place INTEGER, kind INTEGER, status INTEGER, visits INTEGER, seconds REAL, own INTEGER,
  read_out INTEGER, PRIMARY KEY (call, place)
) WITHOUT ROWID;
CREATE TABLE offer (
  call INTEGER, place INTEGER, remedy TEXT, remedy_folded TEXT, value REAL, currency TEXT, within INTEGER,
  PRIMARY KEY (call, place)
) WITHOUT ROWID;
CREATE TABLE commitment (
  call INTEGER, place INTEGER, kind TEXT, item TEXT, what TEXT, due INTEGER, done INTEGER, satisfied INTEGER,
  PRIMARY KEY (call, place)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
  {", ".join(FIELDS)}, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)"""
# Made after the rows, which is faster than with each of them.
_INDEXES = """
CREATE UNIQUE INDEX call_id ON call (id);
CREATE INDEX call_started ON call (started, id);
CREATE INDEX call_folder ON call (folder);
CREATE INDEX commitment_due ON commitment (due) WHERE done IS NULL AND due IS NOT NULL"""


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of an empty index."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)


def make_indexes(connection: sqlite3.Connection) -> None:
    """Make what finds rows quickly, and mark the index as whole."""
    for statement in _INDEXES.split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def forget(connection: sqlite3.Connection) -> None:
    """Write the words anew, so that nothing of calls that were taken out is left between them."""
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


class Taken(NamedTuple):
    """A file that was read: its name, size and time (nanoseconds), and what the index keeps of its call."""

    name: str
    size: int
    changed: int
    values: Values


class Rows:
    """Puts calls into the tables. One for a connection and a transaction: it knows the kinds of steps."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kinds: dict[tuple[str, ...], int] = {
            tuple(kind): key
            for key, *kind in connection.execute("SELECT key, framework, id, name, intent, phase FROM step_kind")
        }
        (highest,) = connection.execute("SELECT max(key) FROM call").fetchone()
        self._next = (highest or 0) + 1

    def add(self, folder: int, taken: Sequence[Taken]) -> None:
        """Put the calls of a folder in."""
        keyed = list(enumerate(taken, start=self._next))
        self._next += len(keyed)
        executemany = self._connection.executemany
        executemany(_CALL, [(key, folder, one.size, one.changed, *one.values.call) for key, one in keyed])
        executemany(
            _STEP,
            [
                (key, place, self._kind(kind), *rest)
                for key, one in keyed
                for place, (kind, *rest) in enumerate(one.values.steps)
            ],
        )
        executemany(_OFFER, [(key, place, *row) for key, one in keyed for place, row in enumerate(one.values.offers)])
        executemany(
            _COMMITMENT, [(key, place, *row) for key, one in keyed for place, row in enumerate(one.values.commitments)]
        )
        executemany(_WORDS, [(key, *one.values.words) for key, one in keyed])

    def remove(self, keys: list[int]) -> None:
        """Take calls out."""
        for table, column in (
            ("call", "key"), ("step", "call"), ("offer", "call"), ("commitment", "call"), ("words", "rowid")
        ):  # fmt: skip
            self._connection.executemany(
                f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608  # names of our own
                [(key,) for key in keys],
            )

    def _kind(self, kind: tuple[str, ...]) -> int:
        key = self._kinds.get(kind)
        if key is None:
            key = self._kinds[kind] = len(self._kinds) + 1
            self._connection.execute("INSERT INTO step_kind VALUES (?, ?, ?, ?, ?, ?)", (key, *kind))
        return key


def _insertion(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"  # noqa: S608  # names of our own


_CALL = _insertion("call", 36)
_STEP = _insertion("step", 8)
_OFFER = _insertion("offer", 7)
_COMMITMENT = _insertion("commitment", 8)
_WORDS = _insertion(f"words (rowid, {', '.join(FIELDS)})", len(FIELDS) + 1)
