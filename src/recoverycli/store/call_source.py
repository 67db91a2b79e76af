"""Calls that can be asked and read: those of this data folder, or those of a whole floor.

The index is one kind of them, the database of a team another; who asks does not know which it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from recoverycli.store.queries import CallQueries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from recoverycli.errors import StoreProblem
    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.reviews import Review
    from recoverycli.store.calls.transcript_file import Skipped, Stored
    from recoverycli.store.index.search import Hits, Order


class Calls(CallQueries, Protocol):
    """Finished calls that are read as well."""

    def search(self, wanted: Search, among: Filters, now: datetime, order: Order) -> Hits:
        """Return the calls that hold what is looked for."""

    def find(self, call_id: str) -> Stored:
        """Return a call whole, as it is now, by its id."""

    def each(self, ids: Iterable[str]) -> Iterator[Stored | Skipped]:
        """Read calls whole, in that order."""

    def each_call(self, ids: Iterable[str]) -> Iterator[Call | None]:
        """Read the typed view of calls alone, in that order; None for one that cannot be read."""

    def among(self, ids: Collection[str], wanted: Filters) -> list[str]:
        """Return those of the ids that the filters mean, newest first; `ids` are of calls with a review."""

    def reviews(self) -> Iterator[Review | StoreProblem]:
        """Return what people think of calls, by the ids of these; what cannot be read is a fault to be named."""
