"""The interface for queries of calls, in SQL that works in SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.session.query import Term
    from recoverycli.store.calls.transcript_file import Skipped

Value = TypeVar("Value")
Other = TypeVar("Other")


class RowCondition(NamedTuple):
    """A condition on rows of `call`, and the values that are bound to it."""

    sql: str
    values: tuple[Any, ...]


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

    def word_condition(self, terms: Sequence[Term]) -> RowCondition:
        """Return the condition on rows of `call` that one of the terms is in the call."""

    def ask(self, question: Callable[[Connection], Value]) -> Value:
        """Return the answer to a query."""

    def ask_both(
        self, first: Callable[[Connection], Value], second: Callable[[Connection], Other]
    ) -> tuple[Value, Other]:
        """Return the answers to two queries, which may run at the same time."""
