"""The causes of calls with how many calls each has, abandoned ones included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.statistics.denominators import CallCondition

if TYPE_CHECKING:
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection


class CauseSpelling(msgspec.Struct, frozen=True):
    """A cause as calls have it, and how many do."""

    text: str
    calls: int


class CauseCount(msgspec.Struct, frozen=True):
    """A cause by its name, how many calls it has, and how these write it, the most frequent first."""

    cause: str
    calls: int
    spellings: tuple[CauseSpelling, ...]


def causes(connection: Connection, wanted: Filters, topics: Topics) -> tuple[CauseCount, ...]:
    """Return the causes of the matching calls, the most frequent first."""
    among = CallCondition(wanted)
    counts: dict[str, int] = dict(
        connection.execute(
            f"SELECT cause, count(*) FROM call WHERE {among.calls} AND cause IS NOT NULL GROUP BY cause",  # noqa: S608
            among.values,
        ).fetchall()
    )
    spellings: dict[str, list[CauseSpelling]] = {}
    for text, name in topics.names("cause", counts).items():
        spellings.setdefault(name, []).append(CauseSpelling(text, counts[text]))
    found = [
        CauseCount(name, sum(one.calls for one in same), tuple(sorted(same, key=lambda one: (-one.calls, one.text))))
        for name, same in spellings.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.calls, one.cause)))
