"""How calls are asked: questions in SQL that SQLite and PostgreSQL understand alike, whoever answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.store.calls.transcript_file import Skipped

Value = TypeVar("Value")


class QueryResult(Protocol):
    """What a question brings."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What takes a question in SQL: `?` stands for each value."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> QueryResult: ...


class CallQueries(Protocol):
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
