"""Calls that hold what is looked for, each with the sentence that does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.session.amendments import current
from recoverycli.session.searching import Found, best_sentence
from recoverycli.store.archive import Archive
from recoverycli.store.index_search import search
from recoverycli.store.transcripts import Unfit, read_call

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.session.searching import Search
    from recoverycli.store.index import Index
    from recoverycli.store.index_rows import CallRow
    from recoverycli.store.index_search import Order


class FoundCall(NamedTuple):
    """A call and its sentence, None where nothing had to be there; the lower `rank`, the better it fits."""

    row: CallRow
    found: Found | None
    rank: float

    def as_json(self) -> dict[str, Any]:
        """Return the row with its field, sentence, and marks: begin and end of each word in it."""
        found = self.found or Found("", "", ())
        mine = {"field": found.field or None, "sentence": found.text or None, "marks": found.marks, "rank": self.rank}
        return {**self.row._asdict(), **mine}


class FoundCalls(NamedTuple):
    """The calls that were asked for, and how many there are in all."""

    calls: tuple[FoundCall, ...]
    total: int


def find_calls(index: Index, wanted: Search, among: Filters, now: datetime, order: Order) -> FoundCalls:
    """Return `among.limit` calls that hold what is looked for. Raises StoreProblem where the store cannot be read."""
    hits = index.ask(lambda connection: search(connection, wanted, among, now, order))
    archive = Archive(index.home)
    calls = []
    for row, rank in hits.hits:
        path = archive.path(row.id)
        read = read_call(str(path.parent), path.name)
        found = None if isinstance(read, Unfit) else best_sentence(current(read), wanted)
        calls.append(FoundCall(row, found, rank))
    return FoundCalls(tuple(calls), hits.total)
