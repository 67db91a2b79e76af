"""Stores of calls before and after a day on which an issue became rarer, more frequent, or stayed as it was.

Calls come by chance (a Poisson process), fewer at weekends, in as many weeks before the day as after it. How they went
is drawn from synthetic calls, alike on both sides. The same seed gives the same store.
"""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime, timedelta
from functools import cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store.index.columns import IndexedCall, IndexedCommitment, insertion, micros
from recoverycli.store.index.tables import make_tables
from recoverycli.store.index.values import values_of
from tests.synthetic import calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.store.index.values import Values

WEEKS = 13
DAY = datetime(2026, 6, 1, tzinfo=UTC)
NOW = DAY + timedelta(weeks=WEEKS)
ISSUE, OTHERS = "late parcel", "billing"
_WEIGHTS = (1, 1, 1, 1, 1, 0.4, 0.4)
_POOL = 600
_CALL = insertion("call", ("key", *IndexedCall._fields))
_COMMITMENT = insertion("commitment", ("call", "place", *IndexedCommitment._fields))


class Rates(NamedTuple):
    """How many calls are expected about the issue before and after the day, and about others on each side.

    `cluster` is how many calls come at once, on average.
    """

    before: float
    after: float
    others: float = 200
    cluster: float = 1


def a_store(seed: int, rates: Rates) -> sqlite3.Connection:
    """Return an index with calls at these rates."""
    draw = random.Random(seed)
    connection = sqlite3.connect(":memory:")
    make_tables(connection)
    pool = _pool()
    drawn = [(moment, issue, draw.choice(pool)) for moment, issue in _moments(draw, rates)]
    connection.executemany(_CALL, [(key, *_moved(one[2], one[0], one[1])) for key, one in enumerate(drawn)])
    connection.executemany(
        _COMMITMENT,
        [
            (key, place, *_shifted(commitment, micros(moment) - values.call.started))
            for key, (moment, _, values) in enumerate(drawn)
            for place, commitment in enumerate(values.commitments)
        ],
    )
    return connection


@cache
def _pool() -> tuple[Values, ...]:
    return tuple(map(values_of, calls(_POOL, seed=17)))


def _moments(draw: random.Random, rates: Rates) -> Iterator[tuple[datetime, str]]:
    for day in range(-7 * WEEKS, 7 * WEEKS):
        moment = DAY + timedelta(days=day, hours=9)
        part = _WEIGHTS[moment.weekday()] / sum(_WEIGHTS) / WEEKS
        for issue, expected in ((ISSUE, rates.before if day < 0 else rates.after), (OTHERS, rates.others)):
            for _ in range(_poisson(draw, part * expected / rates.cluster)):
                size = 1 + (_poisson(draw, rates.cluster - 1) if rates.cluster > 1 else 0)
                for _ in range(size):
                    yield moment + timedelta(seconds=draw.randrange(8 * 3600)), issue


def _poisson(draw: random.Random, expected: float) -> int:
    number, product, least = 0, draw.random(), exp(-expected)
    while product > least:
        number += 1
        product *= draw.random()
    return number


def _moved(values: Values, moment: datetime, issue: str) -> IndexedCall:
    return values.call._replace(
        started=micros(moment),
        day=f"{moment:%Y-%m-%d}",
        weekday=moment.weekday(),
        hour=moment.hour,
        issue=issue,
        issue_key=issue,
    )


def _shifted(one: IndexedCommitment, by: int) -> tuple[object, ...]:
    moved = (moment if moment is None else moment + by for moment in (one.due, one.done, one.promised))
    due, done, promised = moved
    return one._replace(due=due, done=done, promised=promised)  # type: ignore[arg-type]  # micros, as before
