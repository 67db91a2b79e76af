"""What comes more often than chance allows: an issue or a cause on a weekday, in an hour, or in the last weeks.

The test is Fisher's exact test, one-sided: of N calls K fell into the place (all Tuesdays, say), n were about the
issue, k of these fell there; the chance of k or more is the tail of the hypergeometric distribution. It takes account
of how all calls are spread over the place. Many places are looked at, so that the smallest of many chances is small by
itself: Holm's step-down procedure (1979) keeps the chance of even one false alarm in a whole report below ALPHA.

Nothing is reported below documented minimums: FEWEST_OF calls of the issue, FEWEST_THERE of them in the place, half as
many again as expected, on DAYS_AT_LEAST different days with no day holding more than half of them: one bad day is no
pattern. Calls of one cause that come in clusters over many days (a strike) may still pass for a weekday; the test knows
nothing of them.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import msgspec

from recoverycli.review.statistics.denominators import CallCondition
from recoverycli.review.statistics.groupings import WEEKDAYS
from recoverycli.review.statistics.intervals import at_least, holm
from recoverycli.review.statistics.windows import LAST_WEEKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

ALPHA = 0.01
FEWEST_OF = 20
FEWEST_THERE = 8
TIMES_EXPECTED = 1.5
DAYS_AT_LEAST = 3


Kind = Literal["issue", "cause"]
Where = Literal["weekday", "hour", "lately"]


class Hotspot(msgspec.Struct, frozen=True):
    """An issue or a cause: `count` of its `of` calls are in a place, more than chance allows; `chance` is corrected."""

    kind: Kind
    name: str
    where: Where
    place: str
    count: int
    of: int
    expected: float
    chance: float
    sentence: str


class _Cell(NamedTuple):
    """A test: the number of calls about something in a place; `of` are about it, `there` in the place, of all."""

    kind: Kind
    name: str
    where: Where
    place: str
    number: int
    of: int
    there: int
    calls: int


def patterns(connection: Connection, wanted: Filters, topics: Topics) -> tuple[Hotspot, ...]:
    """Return the patterns of the matching calls, the least likely to be chance first."""
    among = CallCondition(wanted)
    found: list[tuple[float, float, _Cell]] = []
    tested = 0
    spellings: dict[Kind, dict[str, str]] = {}
    lately = _recent_start(connection, among)
    for kind in get_args(Kind):
        spellings[kind], cells = _cells(connection, among, kind, lately, topics)
        tested += len(cells)
        for cell in cells:
            expected = _expected_count(cell)
            # Skipped places still count as tests.
            if cell.number >= max(FEWEST_THERE, expected * TIMES_EXPECTED):
                found.append((at_least(cell.number, cell.of, cell.there, cell.calls), expected, cell))
    standing: list[Hotspot] = []
    found.sort(key=lambda one: (one[0], one[2]))
    corrections = holm([chance for chance, _, _ in found], tested)
    for (_, expected, cell), corrected in zip(found, corrections, strict=True):
        if corrected > ALPHA:
            break
        if _over_days(connection, among, cell, lately, spellings[cell.kind]):
            standing.append(_pattern(cell, expected, corrected))
    return tuple(standing)


def _expected_count(cell: _Cell) -> float:
    """How many would be expected if this were spread like all calls."""
    others = cell.calls - cell.of
    return cell.of * (cell.there - cell.number) / others if others else float(cell.number)


def _recent_start(connection: Connection, among: CallCondition) -> str:
    """The day after which the last weeks begin; empty without calls."""
    (last,) = connection.execute(f"SELECT max(day) FROM call WHERE {among.calls}", among.values).fetchone()  # noqa: S608
    return (date.fromisoformat(last) - timedelta(weeks=LAST_WEEKS)).isoformat() if last else ""


def _cells(
    connection: Connection, among: CallCondition, kind: Kind, lately: str, topics: Topics
) -> tuple[dict[str, str], list[_Cell]]:
    """The name of each issue or cause by its spelling, and all tests of them."""
    # One pass for all three kinds of places: fine groups are added up here.
    rows = connection.execute(
        f"SELECT {kind}, weekday, hour, day > ?, count(*) FROM call"  # noqa: S608
        f" WHERE {among.calls} AND {kind} IS NOT NULL GROUP BY 1, 2, 3, 4",
        (lately, *among.values),
    ).fetchall()
    spellings = Counter[str]()
    for spelling, *_, number in rows:
        spellings[spelling] += number
    names = topics.names(kind, spellings)
    of, there, cells = Counter[str](), Counter[tuple[Where, int]](), Counter[tuple[str, Where, int]]()
    for spelling, weekday, hour, is_late, number in rows:
        name = names[spelling]
        of[name] += number
        places: tuple[tuple[Where, int], ...] = (("weekday", weekday), ("hour", hour), ("lately", is_late))
        for where, place in places:
            there[where, place] += number
            cells[name, where, place] += number
    return names, [
        _Cell(kind, name, where, _label(where, place), cells[name, where, place], of[name], number, of.total())
        for name in of
        if of[name] >= FEWEST_OF
        for (where, place), number in there.items()
        if where != "lately" or place
    ]


def _label(where: Where, place: int) -> str:
    return {"weekday": WEEKDAYS[place % 7], "hour": f"{place:02d}"}.get(where, "")


def _over_days(
    connection: Connection, among: CallCondition, cell: _Cell, lately: str, names: Mapping[str, str]
) -> bool:
    """Whether it came on several days, and no day holds more than half of it."""
    place = {"weekday": "weekday = ?", "hour": "hour = ?"}.get(cell.where, "day > ?")
    value: int | str = lately
    if cell.where != "lately":
        value = WEEKDAYS.index(cell.place) if cell.where == "weekday" else int(cell.place)
    days = Counter[str]()
    for spelling, day, number in connection.execute(
        f"SELECT {cell.kind}, day, count(*) FROM call"  # noqa: S608
        f" WHERE {among.calls} AND {cell.kind} IS NOT NULL AND {place} GROUP BY 1, 2",
        (*among.values, value),
    ):
        if names[spelling] == cell.name:
            days[day] += number
    return len(days) >= DAYS_AT_LEAST and max(days.values()) * 2 <= cell.number


def _pattern(cell: _Cell, expected: float, chance: float) -> Hotspot:
    when = {"weekday": f"on {cell.place}s", "hour": f"from {cell.place}:00 to {cell.place}:59"}.get(
        cell.where, f"in the last {LAST_WEEKS} weeks"
    )
    told = f"{cell.name}: {cell.number} of {cell.of} {when} where {expected:.0f} would be expected"
    sentence = f"{told}; unlikely to be chance"
    return Hotspot(
        cell.kind, cell.name, cell.where, cell.place, cell.number, cell.of, round(expected, 1), chance, sentence
    )
