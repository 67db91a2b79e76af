"""Calls of a desk put into a database as pushes leave them there, without files and an outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.session.transcript.model import encode
from recoverycli.team import reviews, storage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.reviews import Review
    from recoverycli.store.index.columns import StepKind
    from recoverycli.team.connection import Database


def load(database: Database, calls: Iterable[Call], *, later: int = 2) -> None:
    """Put calls in; of every `later`-th what was amended came after the call itself."""
    known: set[StepKind] = set()
    for number, call in enumerate(calls):
        whole = storage.prepare(encode(call), "all")
        parted = number % later == 0 and bool(call.amendments)
        first = storage.prepare(encode(msgspec.structs.replace(call, amendments=())), "all") if parted else whole
        storage.make_room(database, (first, whole), known)
        with database.transaction():
            assert storage.add(database, first, "d")
            if parted:
                assert storage.amend(database, whole, 0)


def load_review(database: Database, review: Review, raw: bytes) -> None:
    """Put in what the role of the connection may write of what is thought of a call."""
    reviews.send(database, review.call, raw)
