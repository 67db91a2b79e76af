"""Calls of a desk put into a database as a push leaves them there, by plain statements of the test's own."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec
from psycopg.types.json import Jsonb

from recoverycli.session.transcript import encode
from recoverycli.store.index_values import values_of
from recoverycli.team.words import vector_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.transcript import Call
    from recoverycli.store.reviews import Review
    from recoverycli.team.connection import Database

_CALL = (
    "id", "started", "started_at", "ended_at", "seconds", "weekday", "hour", "day", "state", "kind", "framework",
    "framework_name", "entered", "agent", "channel", "issue", "customer", "ref", "found_by", "mood_first", "mood_last",
    "moods", "outcome", "steps_done", "steps_total", "promises", "summary", "cause", "agent_folded", "issue_folded",
    "customer_folded", "ref_folded",
)  # fmt: skip
_MORE = ("key", "desk", "share", "digest", "raw", "document", "words", "words_count")
_STEP = ("call", "started", "place", "kind", "status", "visits", "seconds", "own", "read_out")
_OFFER = ("call", "started", "place", "remedy", "remedy_folded", "value", "currency", '"within"')
_COMMITMENT = ("call", "started", "place", "kind", "item", "what", "due", "done", "satisfied")
_AMENDMENT = ("call", "place", "at", "field", "old", "new")


def load(database: Database, calls: Iterable[Call], *, later: int = 2) -> None:
    """Put calls in; of every `later`-th what was amended came after the call itself."""
    kinds: dict[tuple[str, ...], int] = {}
    with database.transaction():
        for number, call in enumerate(calls):
            _put(database, kinds, call, msgspec.structs.replace(call, amendments=()) if number % later == 0 else call)


def load_review(database: Database, review: Review, raw: bytes) -> None:
    """Put in what the role of the connection thinks of a call."""
    _insert(database, "review", ("call", "raw", "document"), [(review.call, raw, Jsonb(msgspec.json.decode(raw)))])


def _put(database: Database, kinds: dict[tuple[str, ...], int], call: Call, pushed: Call) -> None:
    values, raw = values_of(call), encode(pushed)
    call_id, started = values.call[:2]
    digest = hashlib.sha256(raw).hexdigest()
    database.execute("SELECT make_month(%s)", (started,))
    (key,) = database.execute(
        "INSERT INTO known (id, started, desk, digest) VALUES (%s, %s, 'd', %s) RETURNING key",
        (call_id, started, digest),
    ).fetchone() or (0,)
    words = vector_of(values.words)
    document = Jsonb(msgspec.json.decode(raw))
    more = (key, "d", "everything", digest, raw, document, words.vector, words.size)
    _insert(database, "call", (*_CALL, *_MORE), [(*values.call, *more)])
    steps = [
        (key, started, place, _kind(database, kinds, kind), *rest) for place, (kind, *rest) in enumerate(values.steps)
    ]
    _insert(database, "step", _STEP, steps)
    _insert(database, "offer", _OFFER, [(key, started, place, *_ints(row)) for place, row in enumerate(values.offers)])
    bound = [(key, started, place, *_ints(row)) for place, row in enumerate(values.commitments)]
    _insert(database, "commitment", _COMMITMENT, bound)
    amended = msgspec.json.decode(encode(call))["amendments"]
    rows = [
        (call_id, place, one["at"], one["field"], Jsonb(one["old"]), Jsonb(one["new"]))
        for place, one in enumerate(amended)
    ]
    _insert(database, "amendment", _AMENDMENT, rows)


def _kind(database: Database, kinds: dict[tuple[str, ...], int], kind: tuple[str, ...]) -> int:
    if kind not in kinds:
        columns = "framework, id, name, intent, phase"
        (kinds[kind],) = database.execute(
            f"INSERT INTO step_kind ({columns}) VALUES (%s, %s, %s, %s, %s) RETURNING key".encode(), kind
        ).fetchone() or (0,)
    return kinds[kind]


def _ints(row: tuple[Any, ...]) -> list[Any]:
    """Whether something was so is a number in the tables, as SQLite has it."""
    return [int(value) if isinstance(value, bool) else value for value in row]


def _insert(database: Database, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
    with database.cursor() as cursor:
        cursor.executemany(statement.encode(), rows)
