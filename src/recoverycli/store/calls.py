"""Calls that can be asked and read: those of this data folder, or those of a whole floor.

The index is one kind of them, the database of a team another; who asks does not know which it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from recoverycli.errors import StoreProblem
    from recoverycli.session.filters import Filters
    from recoverycli.session.searching import Search
    from recoverycli.session.transcript import Call
    from recoverycli.store.index_search import Hits, Order
    from recoverycli.store.reviews import Review
    from recoverycli.store.transcripts import Skipped, Stored

Value = TypeVar("Value")


class Rows(Protocol):
    """What a question brings."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What takes a question in SQL: `?` stands for each value."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Rows: ...


class Asked(Protocol):
    """Finished calls that answer questions. Raises StoreProblem or TeamProblem where there is no answer."""

    @property
    def notice(self) -> str:
        """How the answers come, where that is not as usual."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What lies among the calls and is none."""

    def ask(self, question: Callable[[Connection], Value]) -> Value:
        """Return the answer to a question."""

    def ask_beside(self, question: Callable[[Connection], Value]) -> Callable[[], Value]:
        """Ask a question while others are asked; what is returned waits for its answer."""


class Calls(Asked, Protocol):
    """Finished calls that are read as well."""

    def search(self, wanted: Search, among: Filters, now: datetime, order: Order) -> Hits:
        """Return the calls that hold what is looked for."""

    def find(self, call_id: str) -> Stored:
        """Return a call whole, as it is now, by its id."""

    def each(self, ids: Iterable[str]) -> Iterator[Stored | Skipped]:
        """Read calls whole, in that order."""

    def each_call(self, ids: Iterable[str]) -> Iterator[Call | None]:
        """Read the typed view of calls alone, in that order; None for one that cannot be read."""

    def reviews(self) -> Iterator[Review | StoreProblem]:
        """Return what people think of calls, by the ids of these; what cannot be read is a fault to be named."""
