"""Search results: calls with the sentence that contains the search terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.session.query import SearchHit, best_sentence
from recoverycli.session.transcript.amendments import current_call

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search
    from recoverycli.store.call_source import Calls
    from recoverycli.store.index.rows import CallRow
    from recoverycli.store.index.search import Order


class FoundCall(NamedTuple):
    """A call and its sentence, None without search terms; a lower `rank` is a better match."""

    row: CallRow
    found: SearchHit | None
    rank: float

    def as_json(self) -> dict[str, Any]:
        """Return the row with its field, sentence, and marks: begin and end of each word in it."""
        found = self.found or SearchHit("", "", ())
        mine = {"field": found.field or None, "sentence": found.text or None, "marks": found.marks, "rank": self.rank}
        return {**self.row._asdict(), **mine}


class FoundCalls(NamedTuple):
    """The requested calls, and how many there are in total."""

    calls: tuple[FoundCall, ...]
    total: int


def find_calls(kept: Calls, wanted: Search, among: Filters, now: datetime, order: Order) -> FoundCalls:
    """Return `among.limit` calls that contain the search terms. Raises StoreProblem if the store cannot be read."""
    hits = kept.search(wanted, among, now, order)
    read = kept.each_call([row.id for row, _ in hits.hits])
    calls = (
        FoundCall(row, best_sentence(current_call(call), wanted) if call is not None else None, rank)
        for (row, rank), call in zip(hits.hits, read, strict=True)
    )
    return FoundCalls(tuple(calls), hits.total)
