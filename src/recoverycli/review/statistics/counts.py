"""What many calls have in common, counted by the index: outcomes, lengths, steps, remedies, promises, moods.

Every share and mean has the number of calls behind it; below FEWEST calls, a share is None. Practice is not counted.
Times are seconds without pauses, weekdays and hours those of the clock where the call was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from math import fsum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.frameworks.model import MOODS
from recoverycli.review.statistics.figures import (
    FEWEST,
    Group,
    Lengths,
    MoodChange,
    PromiseFigures,
    RemedyFigures,
    Share,
    Statistics,
    StepFigures,
    share,
)
from recoverycli.review.statistics.groupings import WEEK, WEEKDAYS
from recoverycli.store.index.columns import STATUS, micros
from recoverycli.store.index.rows import step_kinds, where

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from recoverycli.review.statistics.groupings import Grouping
    from recoverycli.session.filters import Filters
    from recoverycli.session.model import Status
    from recoverycli.store.queries import Connection

_TENSION: dict[str, int] = {mood: place for place, mood in enumerate(MOODS)}


def number_sql(condition: str) -> str:
    """Return the number of rows of which that is true, as SQL."""
    return f"count(*) FILTER (WHERE {condition})"


RESOLVED, ESCALATED = number_sql("outcome = 'resolved'"), number_sql("outcome = 'escalated'")
TENSE = number_sql("mood_first != 'calm'")


class CallCondition:
    """The calls that are counted, as a condition for each table."""

    def __init__(self, wanted: Filters) -> None:
        condition = where(wanted)
        self.values = condition.values
        self.calls = condition.sql
        if wanted.limit is not None:
            newest = f"SELECT key FROM call WHERE {self.calls} ORDER BY started DESC, id DESC LIMIT ?"  # noqa: S608
            self.calls, self.values = f"call.key IN ({newest})", (*self.values, wanted.limit)
        # Without a condition, no join is needed.
        self.of_calls = f"call IN (SELECT key FROM call WHERE {self.calls})" if self.values else "TRUE"  # noqa: S608


def statistics(connection: Connection, wanted: Filters, now: datetime, by: Grouping | None = None) -> Statistics:
    """Return the statistics of the matching calls; `wanted.limit` is the number of newest ones. `now` is aware."""
    among = CallCondition(wanted)
    kinds = _kinds(connection, among)
    calls = sum(kinds.values())
    courses = _courses(kinds)
    steps = _steps(connection, among)
    weeks, heat = _times(connection, among)
    return Statistics(
        calls=calls,
        abandoned=sum(number for kind, number in kinds.items() if kind.state == "abandoned"),
        since=_end(connection, among, "ASC"),
        until=_end(connection, among, "DESC"),
        outcomes=_shares(kinds, "outcome", calls),
        lengths=_lengths(connection, among),
        steps=tuple(step for step, _, _ in steps),
        remedies=_remedies(connection, among),
        promises=_promises(connection, among, now),
        moods=courses,
        better=_better(courses),
        own_words=sum(own for _, own, _ in steps),
        read_out=sum(read_out for _, _, read_out in steps),
        found_by=_shares(kinds, "found_by", calls),
        heat=heat,
        weeks=weeks,
        by=by.name if by else None,
        groups=() if by is None else weeks if by == WEEK else groups(connection, among, by),
    )


def groups(connection: Connection, among: CallCondition, by: Grouping) -> tuple[Group, ...]:
    """Return the calls in groups, in the order of the grouping."""
    column = by.column
    found = connection.execute(
        f"SELECT {column}, {_sums()} FROM call WHERE {among.calls} GROUP BY {column}",  # noqa: S608
        among.values,
    )
    return _group_rows(by, found)


def _sums() -> str:
    """The sums of a group, as SQL; `_group` reads them in this order."""
    return f"count(*), count(outcome), {RESOLVED}, {ESCALATED}, {TENSE}, {number_sql(better_sql())}, sum(seconds)"


def _group_rows(by: Grouping, found: Iterable[tuple[Any, ...]]) -> tuple[Group, ...]:
    sums: dict[str, list[float]] = {}
    for key, *figures in found:
        name = "not said" if key is None else by.label(key)
        before = sums.get(name)
        added = [figure or 0 for figure in figures]
        sums[name] = added if before is None else [a + b for a, b in zip(before, added, strict=True)]
    return tuple(sorted((_group(name, figures) for name, figures in sums.items()), key=by.order))


def better_sql() -> str:
    """Return the condition, as SQL, that the mood at the end of a call was calmer than at its start."""
    return f"{_rank('mood_last')} < {_rank('mood_first')}"


def _group(name: str, figures: list[float]) -> Group:
    calls, ended, resolved, escalated, tense, better, seconds = figures
    return Group(
        name=name,
        calls=int(calls),
        resolved=share("resolved", int(resolved), int(ended)),
        escalated=share("escalated", int(escalated), int(ended)),
        better=share("ended calmer", int(better), int(tense)),
        seconds=_mean(seconds, int(calls)),
    )


def _rank(column: str) -> str:
    """How tense a mood is, as SQL: calm is 0."""
    return f"CASE {column} {' '.join(f'''WHEN '{mood}' THEN {place}''' for place, mood in enumerate(MOODS))} END"


class _Kind(NamedTuple):
    """The keys of one pass over the calls."""

    outcome: str
    state: str
    found_by: str
    first: str | None
    last: str | None


def _kinds(connection: Connection, among: CallCondition) -> dict[_Kind, int]:
    found = connection.execute(
        "SELECT coalesce(outcome, 'open'), state, found_by, mood_first, mood_last, count(*)"  # noqa: S608
        f" FROM call WHERE {among.calls} GROUP BY 1, 2, 3, 4, 5",
        among.values,
    )
    return {_Kind(*kind): number for *kind, number in found}


def _shares(kinds: dict[_Kind, int], field: Literal["outcome", "found_by"], of: int) -> tuple[Share, ...]:
    counted: Counter[str] = Counter()
    for kind, number in kinds.items():
        counted[getattr(kind, field)] += number
    return tuple(share(name, count, of) for name, count in sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _end(connection: Connection, among: CallCondition, order: Literal["ASC", "DESC"]) -> str | None:
    sql = f"SELECT day FROM call WHERE {among.calls} ORDER BY started {order}, id {order} LIMIT 1"  # noqa: S608
    found = connection.execute(sql, among.values).fetchone()
    return found and str(found[0])


def _lengths(connection: Connection, among: CallCondition) -> Lengths:
    found = lengths(connection, f"{among.calls} AND state = 'finished'", among.values)
    calls = sum(number for _, number in found)
    if not calls:
        return Lengths(0)
    ends = list(accumulate(number for _, number in found))

    def at(place: int) -> float:
        return found[bisect_right(ends, place)][0]

    middle = (at((calls - 1) // 2) + at(calls // 2)) / 2
    ninth = at(min(calls - 1, int(0.9 * calls))) if calls >= FEWEST else None
    return Lengths(calls, round(middle, 1), round(total(found) / calls, 1), ninth)


def lengths(connection: Connection, condition: str, values: tuple[Any, ...]) -> list[tuple[float, int]]:
    """Return how long calls took, the shortest first, and how many took so long: far fewer rows than calls."""
    sql = f"SELECT seconds, count(*) FROM call WHERE {condition} GROUP BY seconds ORDER BY seconds"  # noqa: S608
    return [(seconds, number) for seconds, number in connection.execute(sql, values)]


def total(found: Iterable[tuple[float, int]]) -> float:
    """Return the sum of all lengths, independent of their order."""
    return fsum(seconds * number for seconds, number in found)


def _steps(connection: Connection, among: CallCondition) -> list[tuple[StepFigures, int, int]]:
    """Each step, and how often own words and how often a phrase were said in it."""
    kinds = step_kinds(connection)
    found = connection.execute(
        f"SELECT kind, min(place), count(*), {_with_status('done')}, {_with_status('skipped')},"  # noqa: S608
        f" {number_sql('visits > 0')}, sum(CASE WHEN visits > 0 THEN seconds END), sum(own), sum(read_out)"
        f" FROM step WHERE {among.of_calls}"
        " GROUP BY kind",
        among.values,
    )
    rows = sorted(
        ((kinds[kind].framework, place, kinds[kind], figures) for kind, place, *figures in found), key=_rank_fields
    )
    return [
        (
            StepFigures(
                kind.framework, kind.id, kind.name, calls, done, skipped, _mean(seconds, been) if been else None
            ),
            own,
            read_out,
        )
        for _, _, kind, (calls, done, skipped, been, seconds, own, read_out) in rows
    ]


def _with_status(status: Status) -> str:
    return number_sql(f"status = {STATUS[status]}")


def _mean(seconds: float, of: int) -> float:
    """Rounded to milliseconds, so that the order of the sum does not matter."""
    return round(round(seconds, 3) / of, 1)


def _rank_fields(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[:3]


_ACCEPTED, _REFUSED = "answer = 'accepted'", "answer = 'refused'"


def _remedies(connection: Connection, among: CallCondition) -> tuple[RemedyFigures, ...]:
    found = connection.execute(
        f"SELECT min(remedy), count(*), {number_sql(_ACCEPTED)}, {number_sql(_REFUSED)}, currency,"  # noqa: S608
        f" sum(CASE WHEN {_ACCEPTED} THEN coalesce(value, 0.0) ELSE 0.0 END),"
        f" sum(CASE WHEN answer IS NULL THEN coalesce(value, 0.0) ELSE 0.0 END), {number_sql('within = 0')}"
        f" FROM offer WHERE {among.of_calls} GROUP BY remedy_folded, currency"
        " ORDER BY 2 DESC, 1, coalesce(currency, '')",
        among.values,
    )
    return tuple(
        RemedyFigures(remedy, offered, accepted, refused, currency, round(value, 2), round(unanswered, 2), beyond)
        for remedy, offered, accepted, refused, currency, value, unanswered, beyond in found
    )


def _promises(connection: Connection, among: CallCondition, now: datetime) -> PromiseFigures:
    moment = micros(now)
    found = connection.execute(
        "SELECT count(*), count(due),"  # noqa: S608
        f" {number_sql('done IS NOT NULL AND (due IS NULL OR done <= due)')}, {number_sql('done > due')},"
        f" {number_sql('done IS NULL AND due < ?')}, {number_sql('done IS NULL AND (due IS NULL OR due >= ?)')},"
        f" {number_sql('satisfied = 1')}, {number_sql('satisfied = 0')}"
        f" FROM commitment WHERE kind = 'promise' AND {among.of_calls}",
        (moment, moment, *among.values),
    ).fetchone()
    return PromiseFigures(*found)


def _courses(kinds: dict[_Kind, int]) -> tuple[MoodChange, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    for kind, number in kinds.items():
        if kind.first is not None and kind.last is not None:
            counted[kind.first, kind.last] += number
    courses = (MoodChange(*moods, number) for moods, number in counted.items())
    return tuple(sorted(courses, key=lambda course: (-_TENSION[course.first], -_TENSION[course.last])))


def _better(courses: Iterable[MoodChange]) -> Share:
    """Of the calls that did not begin calm those that ended calmer."""
    tense = [course for course in courses if _TENSION[course.first]]
    calmer = sum(course.calls for course in tense if _TENSION[course.last] < _TENSION[course.first])
    return share("ended calmer", calmer, sum(course.calls for course in tense))


def _times(connection: Connection, among: CallCondition) -> tuple[tuple[Group, ...], tuple[tuple[int, ...], ...]]:
    """The weeks, and the calls of each hour of each weekday, in one pass."""
    heat = [[0] * 24 for _ in WEEKDAYS]
    found = connection.execute(
        f"SELECT min(weekday), hour, day, {_sums()} FROM call WHERE {among.calls} GROUP BY day, hour",  # noqa: S608
        among.values,
    ).fetchall()
    for weekday, hour, _, calls, *_ in found:
        heat[weekday][hour] += calls
    return _group_rows(WEEK, (figures for _, _, *figures in found)), tuple(map(tuple, heat))
