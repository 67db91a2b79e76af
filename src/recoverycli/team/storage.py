"""One call in the tables of the team: insert, update, replace and delete.

The database derives what it counts from the transcript (migrations/0006_derived.sql). A desk sends the transcript and
the words for a search, in the form of its own index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.session.transcript.model import decode
from recoverycli.store.index.values import values_of
from recoverycli.team.words import WordColumns, vector_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.store.index.columns import StepKind
    from recoverycli.team.connection import Database

_DAY = 24 * 60 * 60 * 1_000_000  # microseconds


class PreparedCall(NamedTuple):
    """A call to send: its bytes, the decoded document, its words, and what the database needs to have before.

    `started` is in microseconds since 1970.
    """

    raw: bytes
    share: str
    document: dict[str, Any]
    id: str
    started: int
    kinds: frozenset[StepKind]
    words: WordColumns


class StoredCall(NamedTuple):
    """A call in the database; `raw` is None if it is known but has no rows."""

    started: int
    share: str | None
    raw: bytes | None
    later: tuple[tuple[int, dict[str, Any]], ...]


def prepare(raw: bytes, share: str) -> PreparedCall:
    """Return a call to send. Raises Unreadable if the bytes are not a transcript."""
    transcript = decode(raw)
    values = values_of(transcript.call)
    kinds = frozenset(step.kind for step in values.steps)
    call = values.call
    return PreparedCall(raw, share, transcript.document, call.id, call.started, kinds, vector_of(values.words))


def make_room(database: Database, calls: Iterable[PreparedCall], known: set[StepKind]) -> None:
    """Make the months and the kinds of steps that calls need, before the first call: no two desks wait in a ring.

    `known` gets the kinds that the database has.
    """
    calls = list(calls)
    # A UTC day is in one month, so each day is checked once, not each call.
    for started in sorted({one.started // _DAY: one.started for one in calls}.values()):
        database.execute("SELECT make_month(%s)", (started,))
    fresh = sorted({kind for one in calls for kind in one.kinds} - known)
    if fresh:
        database.execute("SELECT add_kinds(%s)", (as_json([kind._asdict() for kind in fresh]),))
        known.update(fresh)


def find_stored(database: Database, call_id: str) -> StoredCall | None:
    """Return a call in the database, if the role of the connection can read it."""
    found = database.execute(
        "SELECT known.started, call.share, call.raw FROM known LEFT JOIN call"
        " ON call.started = known.started AND call.id = known.id WHERE known.id = %s",
        (call_id,),
    ).fetchone()
    if found is None:
        return None
    started, share, raw = found
    later = database.execute(
        "SELECT place, at, field, old, new FROM amendment WHERE call = %s ORDER BY place", (call_id,)
    ).fetchall()
    amended = tuple((place, {"at": at, "field": field, "old": old, "new": new}) for place, at, field, old, new in later)
    return StoredCall(started, share, None if raw is None else bytes(raw), amended)


def add(database: Database, one: PreparedCall, desk: str) -> bool:
    """Insert a call; False if its id exists, also in a call that the role cannot read."""
    return _ask(database, "put_call", one.raw, desk, one.share, *one.words)


def replace(database: Database, one: PreparedCall, desk: str) -> bool:
    """Put a call in the place of what there is of it: words of it were masked, or it leaves the desk otherwise now.

    Its reviews stay. False if the role has no call of that id and start.
    """
    return _ask(database, "replace_call", one.raw, desk, one.share, *one.words)


def amend(database: Database, one: PreparedCall, had: int) -> bool:
    """Add the amendments after the first `had`; False if the role has no such call."""
    new = [
        {name: change[name] for name in ("at", "field", "old", "new")} for change in one.document["amendments"][had:]
    ]
    return _ask(database, "amend_call", one.id, had, as_json(new), *one.words)


def remove(database: Database, call_id: str) -> bool:
    """Delete a call and everything that belongs to it; False if it did not exist."""
    return _ask(database, "remove_call", call_id)


def _ask(database: Database, function: str, *values: Any) -> bool:
    """Call a function of the database that tells whether something was done."""
    found = database.execute(f"SELECT {function}({', '.join(['%s'] * len(values))})".encode(), values).fetchone()
    return bool(found and found[0])


def as_json(value: Any) -> Any:
    """A value as jsonb, which has no NUL."""
    from psycopg.types.json import Jsonb

    return Jsonb(value, dumps=lambda found: msgspec.json.encode(found).replace(rb"\u0000", rb"\ufffd").decode())
