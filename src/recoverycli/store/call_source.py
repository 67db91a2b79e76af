"""Calls that can be queried and read: those of this data folder, or those of a team.

The index implements it for the folder, the database for the team; callers do not know which.
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
    """Finished calls that can be read too."""

    def search(self, wanted: Search, among: Filters, now: datetime, order: Order) -> Hits:
        """Return the calls that contain the search terms."""

    def find(self, call_id: str) -> Stored:
        """Return a call whole, as it is now, by its id."""

    def each(self, ids: Iterable[str]) -> Iterator[Stored | Skipped]:
        """Read calls whole, in that order."""

    def each_call(self, ids: Iterable[str]) -> Iterator[Call | None]:
        """Read the typed view of calls alone, in that order; None for one that cannot be read."""

    def among(self, ids: Collection[str], wanted: Filters) -> list[str]:
        """Return the ids that match the filters, newest first; `ids` are of calls with a review."""

    def reviews(self, call_id: str | None = None) -> Iterator[Review | StoreProblem]:
        """Return the reviews by call id, or only those of one call; a fault for each that cannot be read."""
