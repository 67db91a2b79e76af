"""The calls of this data folder: their index, and the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import Skipped, Stored, UnfitFile, read_call, read_stored
from recoverycli.store.index.index import Index

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from recoverycli.errors import StoreProblem
    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.reviews import Review
    from recoverycli.store.index.search import Hits, Order


class KeptCalls(Index):
    """The finished calls of a data folder, for queries and reading."""

    def search(self, wanted: Search, among: Filters, now: datetime, order: Order) -> Hits:
        """Return the calls that contain the search terms. Raises StoreProblem if the store cannot be read."""
        from recoverycli.store.index.search import search

        return self.ask(lambda connection: search(connection, wanted, among, now, order))

    def find(self, call_id: str) -> Stored:
        """Return a call as it is now; a file that was edited in place is noticed. Raises StoreProblem."""
        archive = Archive(self.home)
        self.look_again("/".join(archive.path(call_id).parts[-4:-1]))
        return archive.read(call_id)

    def each(self, ids: Iterable[str]) -> Iterator[Stored | Skipped]:
        """Read calls whole, in that order."""
        archive = Archive(self.home)
        return (read_stored(archive.path(call_id)) for call_id in ids)

    def each_call(self, ids: Iterable[str]) -> Iterator[Call | None]:
        """Read the typed view of calls alone, in that order; None for one that cannot be read."""
        archive = Archive(self.home)
        for call_id in ids:
            path = archive.path(call_id)
            read = read_call(str(path.parent), path.name)
            yield None if isinstance(read, UnfitFile) else read

    def among(self, ids: Collection[str], wanted: Filters) -> list[str]:
        """Return the ids that match the filters, newest first."""
        from recoverycli.store.index.rows import ids_of

        return [call_id for call_id in self.ask(lambda connection: ids_of(connection, wanted)) if call_id in ids]

    def reviews(self, call_id: str | None = None) -> Iterator[Review | StoreProblem]:
        """Return the reviews by call id, or only those of one call; a fault for each broken file."""
        from recoverycli.store.calls.reviews import Reviews

        return Reviews(self.home).each(call_id)
