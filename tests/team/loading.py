"""Calls of a desk put into a database as pushes leave them there, without files and an outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from psycopg.types.json import Jsonb

from recoverycli.session.transcript.model import encode
from recoverycli.team import storage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.reviews import Review
    from recoverycli.team.connection import Database


def load(database: Database, calls: Iterable[Call], *, later: int = 2) -> None:
    """Put calls in; of every `later`-th what was amended came after the call itself."""
    kinds: storage.Kinds = {}
    for number, call in enumerate(calls):
        whole = storage.prepare(encode(call), "everything")
        parted = number % later == 0 and bool(call.amendments)
        first = storage.prepare(encode(msgspec.structs.replace(call, amendments=())), "everything") if parted else whole
        storage.make_room(database, (first, whole), kinds)
        with database.transaction():
            assert storage.add(database, first, "d", kinds)
            there = storage.find_stored(database, call.id)
            if parted and there is not None:
                storage.amend(database, there, whole, 0, kinds)


def load_review(database: Database, review: Review, raw: bytes) -> None:
    """Put in what the role of the connection thinks of a call."""
    database.execute(
        "INSERT INTO review (call, raw, document) VALUES (%s, %s, %s)",
        (review.call, raw, Jsonb(msgspec.json.decode(raw))),
    )
