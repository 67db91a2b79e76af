"""The calls of a group and how they went: the same sums for a framework, a week, and each side of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.review.statistics.denominators import CALL_SHARES, FINISHED, TIMED, number_sql
from recoverycli.review.statistics.figures import Group, mean, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.review.statistics.denominators import CallCondition
    from recoverycli.review.statistics.groupings import Grouping
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.store.queries import Connection

# The group of calls without what they are grouped by.
NOT_SAID = "not said"
_SECONDS = f"sum(CASE WHEN {TIMED.condition} THEN seconds END)"
# As SQL, in the order of CallSums.
SUMS = ", ".join((
    "count(*)", number_sql(FINISHED.condition), number_sql(TIMED.condition), _SECONDS,
    *(rule.sums for rule in CALL_SHARES),
))  # fmt: skip


class CallSums(NamedTuple):
    """Sums of calls: all of them, the finished ones, those with a length, and the seconds of these.

    `shares` are pairs (count, of), in the order of CALL_SHARES.
    """

    calls: int
    finished: int
    timed: int
    seconds: float
    shares: tuple[tuple[int, int], ...]


def groups(connection: Connection, among: CallCondition, by: Grouping, topics: Topics) -> tuple[Group, ...]:
    """Return the calls in groups, in the order of the grouping."""
    column = by.column
    found = connection.execute(
        f"SELECT {column}, {SUMS} FROM call WHERE {among.calls} GROUP BY {column}",  # noqa: S608
        among.values,
    ).fetchall()
    if by.topic is not None:
        names = topics.names(by.topic, {key: calls for key, calls, *_ in found if key is not None})
        by = by._replace(label=names.__getitem__)
    return group_rows(by, found)


def group_rows(by: Grouping, found: Iterable[tuple[Any, ...]]) -> tuple[Group, ...]:
    """Return the groups of rows that hold a value of the grouping and SUMS; rows of one name are added up."""
    sums: dict[str, list[float]] = {}
    for key, *figures in found:
        name = NOT_SAID if key is None else by.label(key)
        before = sums.get(name)
        added = [figure or 0 for figure in figures]
        sums[name] = added if before is None else [a + b for a, b in zip(before, added, strict=True)]
    return tuple(sorted((_group(name, call_sums(figures)) for name, figures in sums.items()), key=by.order))


def call_sums(row: Iterable[float | None]) -> CallSums:
    """Return the values of SUMS by their names."""
    calls, finished, timed, seconds, *shares = (figure or 0 for figure in row)
    pairs = zip(map(int, shares[::2]), map(int, shares[1::2]), strict=True)
    return CallSums(int(calls), int(finished), int(timed), seconds, tuple(pairs))


def _group(name: str, sums: CallSums) -> Group:
    resolved, escalated, better = (share(rule, *sums.shares[place]) for place, rule in enumerate(CALL_SHARES))
    return Group(
        name=name,
        calls=sums.calls,
        finished=sums.finished,
        abandoned=sums.calls - sums.finished,
        resolved=resolved,
        escalated=escalated,
        better=better,
        seconds=mean(sums.seconds, sums.timed),
    )
