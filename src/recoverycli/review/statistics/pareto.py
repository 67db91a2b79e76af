"""Causes as a Pareto chart: the most frequent first, with the share of all together so far, and what each one costs."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.statistics.denominators import CAUSED, CallCondition, ShareRule, number_sql
from recoverycli.review.statistics.figures import Share, share

if TYPE_CHECKING:
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

FIRST = 3
_FIRST_CAUSES = ShareRule(f"the first {FIRST} causes", "", CAUSED)
_CUMULATIVE = ShareRule("causes so far", "", CAUSED)


class CauseFigures(msgspec.Struct, frozen=True):
    """A cause: all its calls, the finished ones, and the share of these together with those of the causes before it."""

    cause: str
    calls: int
    finished: int
    cumulative: Share


class CauseCost(msgspec.Struct, frozen=True):
    """What the accepted remedies of a cause cost in a currency: `offers` are those with an amount in it."""

    cause: str | None
    currency: str
    offers: int
    value: float


class Pareto(msgspec.Struct, frozen=True):
    """The causes by their finished calls, the share of the first three, and the cost of accepted remedies by cause.

    Sums of different currencies are never added, and a value without a currency, which may be nights or a percentage,
    is in none. Offers of calls without a cause have None.
    """

    causes: tuple[CauseFigures, ...]
    first_three: Share
    costs: tuple[CauseCost, ...]


def pareto(connection: Connection, wanted: Filters, topics: Topics) -> Pareto:
    """Return the causes of the matching calls."""
    among = CallCondition(wanted)
    rows = connection.execute(
        f"SELECT cause, count(*), {number_sql(CAUSED.condition)} FROM call"  # noqa: S608
        f" WHERE {among.calls} AND cause IS NOT NULL GROUP BY cause",
        among.values,
    ).fetchall()
    names = topics.names("cause", {spelling: calls for spelling, calls, _ in rows})
    calls, finished = Counter[str](), Counter[str]()
    for spelling, number, done in rows:
        calls[names[spelling]] += number
        finished[names[spelling]] += done
    ordered = sorted(calls, key=lambda cause: (-finished[cause], -calls[cause], cause))
    of = finished.total()
    sums = list(accumulate(finished[cause] for cause in ordered))
    causes = tuple(
        CauseFigures(cause, calls[cause], finished[cause], share(_CUMULATIVE, so_far, of))
        for cause, so_far in zip(ordered, sums, strict=True)
    )
    first = sums[min(FIRST, len(sums)) - 1] if sums else 0
    return Pareto(causes, share(_FIRST_CAUSES, first, of), _costs(connection, among, names))


def _costs(connection: Connection, among: CallCondition, names: dict[str, str]) -> tuple[CauseCost, ...]:
    """The cost of each cause in each currency, the highest first."""
    offers: Counter[tuple[str | None, str]] = Counter()
    values: dict[tuple[str | None, str], float] = {}
    for cause, currency, number, value in connection.execute(
        "SELECT cause, currency, count(*), sum(value) FROM offer JOIN call ON call.key = offer.call"  # noqa: S608
        " WHERE answer = 'accepted' AND value IS NOT NULL AND currency IS NOT NULL"
        f" AND {among.calls} GROUP BY cause, currency",
        among.values,
    ):
        key = (None if cause is None else names[cause], currency)
        offers[key] += number
        values[key] = values.get(key, 0.0) + value
    costs = (
        CauseCost(cause, currency, offers[cause, currency], round(value, 2))
        for (cause, currency), value in values.items()
    )
    return tuple(sorted(costs, key=lambda one: (one.currency, -one.value, one.cause or "")))
