"""One call in the tables of the team: insert, update, replace and delete.

The values derived from a transcript (columns, steps, offers, commitments, words) are those of the desk's index.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.session.transcript.model import decode
from recoverycli.store.index.columns import IDENTITY, PARTS, IndexedCall, StepKind, insertion
from recoverycli.store.index.values import Values, values_of
from recoverycli.team.words import WordColumns, vector_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.team.connection import Database

Kinds = dict[StepKind, int]
_DAY = 24 * 60 * 60 * 1_000_000  # microseconds
# The columns of `call` after those of the index; the database itself adds `owner` and `pushed_at`.
_KEPT = ("key", "desk", "share", "digest", "raw", "document")
_PLACE = ("call", "started", "place")
_AMENDMENT = ("call", "place", "at", "field", "old", "new")
_FIND_KIND = (
    f"SELECT key FROM step_kind WHERE ({', '.join(StepKind._fields)}) = ({', '.join(['%s'] * len(StepKind._fields))})"  # noqa: S608  # own names
)


class PreparedCall(NamedTuple):
    """A call to send: its bytes, the decoded document, and its rows."""

    raw: bytes
    share: str
    document: dict[str, Any]
    values: Values
    words: WordColumns

    @property
    def id(self) -> str:
        """The id of the call."""
        return self.values.call.id

    @property
    def started(self) -> int:
        """Its start, in microseconds since 1970."""
        return self.values.call.started

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()


class TableRows(NamedTuple):
    """Rows for a table, with their columns."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class StoredCall(NamedTuple):
    """A call in the database; `raw` is None if it is known but has no rows."""

    key: int
    started: int
    share: str | None
    raw: bytes | None
    later: tuple[tuple[int, dict[str, Any]], ...]


def prepare(raw: bytes, share: str) -> PreparedCall:
    """Return a call to send. Raises Unreadable if the bytes are not a transcript."""
    transcript = decode(raw)
    values = values_of(transcript.call)
    return PreparedCall(raw, share, transcript.document, values, vector_of(values.words))


def make_room(database: Database, calls: Iterable[PreparedCall], kinds: Kinds) -> None:
    """Make the months and the kinds of steps that calls need, each by itself and in order: no two desks wait in a ring.

    `kinds` gets the keys of new ones.
    """
    calls = list(calls)
    # A UTC day is in one month, so each day is checked once, not each call.
    for started in sorted({one.started // _DAY: one.started for one in calls}.values()):
        database.execute("SELECT make_month(%s)", (started,))
    fresh = sorted({kind for one in calls for kind, *_ in one.values.steps} - kinds.keys())
    for kind in fresh:
        bare = _plain(kind)
        database.execute(
            f"{insertion('step_kind', StepKind._fields, '%s')} ON CONFLICT DO NOTHING".encode(),
            bare,
        )
        found = database.execute(_FIND_KIND.encode(), bare).fetchone()
        assert found is not None  # noqa: S101  # it was put in, or was there
        kinds[kind] = found[0]


def find_stored(database: Database, call_id: str) -> StoredCall | None:
    """Return a call in the database, if the role of the connection can read it."""
    found = database.execute(
        "SELECT known.key, known.started, call.share, call.raw FROM known LEFT JOIN call"
        " ON call.started = known.started AND call.id = known.id WHERE known.id = %s",
        (call_id,),
    ).fetchone()
    if found is None:
        return None
    key, started, share, raw = found
    later = database.execute(
        "SELECT place, at, field, old, new FROM amendment WHERE call = %s ORDER BY place", (call_id,)
    ).fetchall()
    amended = tuple((place, {"at": at, "field": field, "old": old, "new": new}) for place, at, field, old, new in later)
    return StoredCall(key, started, share, None if raw is None else bytes(raw), amended)


def add(database: Database, one: PreparedCall, desk: str, kinds: Kinds) -> bool:
    """Insert a call; False if its id exists, also in a call that the role cannot read."""
    found = database.execute(
        "INSERT INTO known (id, started, desk, digest) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING key",
        (one.id, one.started, desk, one.digest),
    ).fetchone()
    if found is None:
        return False
    _put(database, found[0], one, desk, kinds)
    return True


def replace(database: Database, there: StoredCall, one: PreparedCall, desk: str, kinds: Kinds) -> None:
    """Put a call in the place of what there is of it: words of it were masked, or it leaves the desk otherwise now.

    Its reviews stay.
    """
    for table in PARTS:
        _delete_rows(database, table, there)
    database.execute("DELETE FROM amendment WHERE call = %s", (one.id,))
    database.execute("DELETE FROM call WHERE started = %s AND id = %s", (there.started, one.id))
    database.execute("UPDATE known SET digest = %s WHERE id = %s", (one.digest, one.id))
    _put(database, there.key, one, desk, kinds)


def amend(database: Database, there: StoredCall, one: PreparedCall, had: int, kinds: Kinds) -> None:
    """Add the amendments after the first `had`, and update the derived values."""
    new = one.document["amendments"][had:]
    rows = [
        (one.id, place, change["at"], change["field"], as_json(change["old"]), as_json(change["new"]))
        for place, change in enumerate(new, start=had)
    ]
    _insert(database, TableRows("amendment", _AMENDMENT, rows))
    call = {name: value for name, value in one.values.call._asdict().items() if name not in IDENTITY}
    derived = {**call, **one.words._asdict()}
    settings = ", ".join(f"{column} = %s" for column in derived)
    statement = f"UPDATE call SET {settings} WHERE started = %s AND id = %s"  # noqa: S608  # names of our own
    database.execute(statement.encode(), (*_plain(derived.values()), there.started, one.id))
    for table in _parts(one, there.key, kinds):
        _delete_rows(database, table.table, there)
        _insert(database, table)


def remove(database: Database, call_id: str) -> bool:
    """Delete a call and everything that belongs to it; False if it did not exist."""
    return database.execute("DELETE FROM known WHERE id = %s", (call_id,)).rowcount > 0


def rows_of(one: PreparedCall, key: int, desk: str, kinds: Kinds) -> tuple[TableRows, ...]:
    """Return the rows of the call with that key; `kinds` has the keys of its kinds of steps."""
    kept = (key, desk, one.share, one.digest, one.raw, as_json(one.document))
    call = (*_plain(one.values.call), *kept, *one.words)
    return (TableRows("call", (*IndexedCall._fields, *_KEPT, *WordColumns._fields), [call]), *_parts(one, key, kinds))


def _put(database: Database, key: int, one: PreparedCall, desk: str, kinds: Kinds) -> None:
    for table in rows_of(one, key, desk, kinds):
        _insert(database, table)


def _parts(one: PreparedCall, key: int, kinds: Kinds) -> tuple[TableRows, ...]:
    at, values = (key, one.started), one.values
    rows: dict[str, list[tuple[Any, ...]]] = {
        "step": [(*at, place, kinds[kind], *rest) for place, (kind, *rest) in enumerate(values.steps)],
        "offer": [(*at, place, *_plain(row)) for place, row in enumerate(values.offers)],
        "commitment": [(*at, place, *_plain(row)) for place, row in enumerate(values.commitments)],
    }
    return tuple(TableRows(name, (*_PLACE, *table._fields), rows[name]) for name, table in PARTS.items())


def _delete_rows(database: Database, table: str, there: StoredCall) -> None:
    statement = f"DELETE FROM {table} WHERE started = %s AND call = %s"  # noqa: S608  # names of our own
    database.execute(statement.encode(), (there.started, there.key))


def _insert(database: Database, into: TableRows) -> None:
    if not into.rows:
        return
    with database.cursor() as cursor:
        cursor.executemany(insertion(into.table, into.columns, "%s").encode(), into.rows)


def _plain(row: Iterable[Any]) -> tuple[Any, ...]:
    """Values for the columns: booleans as numbers, and texts without NUL."""
    return tuple(
        int(value) if isinstance(value, bool) else value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for value in row
    )


def as_json(value: Any) -> Any:
    """A value as jsonb, which has no NUL."""
    from psycopg.types.json import Jsonb

    return Jsonb(value, dumps=lambda found: msgspec.json.encode(found).replace(rb"\u0000", rb"\ufffd").decode())
