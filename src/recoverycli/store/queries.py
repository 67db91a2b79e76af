"""The interface for queries of calls, in SQL that works in SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.store.calls.transcript_file import Skipped

Value = TypeVar("Value")


class QueryResult(Protocol):
    """The result of a query."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection that runs SQL with `?` as the placeholder."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> QueryResult: ...


class CallQueries(Protocol):
    """Finished calls that can be queried. Raises StoreProblem or TeamProblem if there is no answer."""

    @property
    def notice(self) -> str:
        """A note if answers are slower than usual, else empty."""

    @property
    def steps_have_start(self) -> bool:
        """Whether the rows of steps have the start of their call, so that other months need not be read."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The files among the calls that are not calls."""

    def ask(self, question: Callable[[Connection], Value]) -> Value:
        """Return the answer to a query."""
