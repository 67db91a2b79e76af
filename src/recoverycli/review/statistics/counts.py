"""What many calls have in common, counted by the index: outcomes, lengths, steps, remedies, promises, moods.

What each share and length is of is declared in `denominators`; below FEWEST a share is None. Practice is not counted.
Times are seconds without pauses, weekdays and hours those of the clock where the call was.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.frameworks.model import MOODS
from recoverycli.review.statistics.denominators import (
    CALMER,
    ENDED,
    FINISHED,
    SAID,
    TIMED,
    WALKED,
    CallCondition,
    ShareRule,
    kept_in_time,
    number_sql,
)
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
    mean,
    share,
)
from recoverycli.review.statistics.groupings import WEEK, WEEKDAYS
from recoverycli.review.statistics.groups import SUMS, group_rows, groups
from recoverycli.review.statistics.lengths import lengths, percentiles, total
from recoverycli.review.statistics.topics import Topics
from recoverycli.store.index.columns import STATUS, micros
from recoverycli.store.index.rows import start_conditions, step_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from recoverycli.review.statistics.denominators import Denominator
    from recoverycli.review.statistics.groupings import Grouping
    from recoverycli.session.filters import Filters
    from recoverycli.session.model import Status
    from recoverycli.store.index.rows import Part
    from recoverycli.store.queries import Connection

_TENSION: dict[str, int] = {mood: place for place, mood in enumerate(MOODS)}
_SKIPPED = ShareRule("skipped", f"status = {STATUS['skipped']}", WALKED)
# Without families and merged causes.
_ALONE = Topics()
_OWN_WORDS = ShareRule("own words", "own > 0", SAID)


def statistics(
    connection: Connection,
    wanted: Filters,
    now: datetime,
    by: Grouping | None = None,
    topics: Topics = _ALONE,
    *,
    steps_have_start: bool = False,
) -> Statistics:
    """Return the statistics of the matching calls; `wanted.limit` is the number of newest ones. `now` is aware.

    `steps_have_start`: see `CallQueries`.
    """
    among = CallCondition(wanted)
    kinds = _kinds(connection, among)
    finished = {kind: number for kind, number in kinds.items() if kind.state == "finished"}
    ended = {kind: number for kind, number in finished.items() if kind.outcome is not None}
    courses = _courses(finished)
    near = tuple(start_conditions(wanted, "step")) if steps_have_start else ()
    steps, own_words = _steps(connection, among, near)
    weeks, heat = _times(connection, among)
    return Statistics(
        calls=sum(kinds.values()),
        finished=sum(finished.values()),
        abandoned=sum(kinds.values()) - sum(finished.values()),
        without_outcome=sum(finished.values()) - sum(ended.values()),
        since=among.day_at_end(connection, "ASC"),
        until=among.day_at_end(connection, "DESC"),
        outcomes=_shares(ended, "outcome", ENDED),
        lengths=_lengths(connection, among),
        steps=steps,
        remedies=_remedies(connection, among),
        promises=_promises(connection, among, now),
        moods=courses,
        better=_better(courses),
        own_words=own_words,
        found_by=_shares(finished, "found_by", FINISHED),
        heat=heat,
        weeks=weeks,
        by=by.name if by else None,
        groups=() if by is None else weeks if by == WEEK else groups(connection, among, by, topics),
    )


class _Kind(NamedTuple):
    """The keys of one pass over the calls."""

    outcome: str | None
    state: str
    found_by: str
    first: str | None
    last: str | None


def _kinds(connection: Connection, among: CallCondition) -> dict[_Kind, int]:
    found = connection.execute(
        "SELECT outcome, state, found_by, mood_first, mood_last, count(*)"  # noqa: S608
        f" FROM call WHERE {among.calls} GROUP BY 1, 2, 3, 4, 5",
        among.values,
    )
    return {_Kind(*kind): number for *kind, number in found}


def _shares(kinds: dict[_Kind, int], field: Literal["outcome", "found_by"], of: Denominator) -> tuple[Share, ...]:
    counted: Counter[str] = Counter()
    for kind, number in kinds.items():
        counted[getattr(kind, field)] += number
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(share(ShareRule(name, "", of), count, counted.total()) for name, count in ordered)


def _lengths(connection: Connection, among: CallCondition) -> Lengths:
    found = lengths(connection, f"{among.calls} AND {TIMED.condition}", among.values)
    calls = sum(number for _, number in found)
    if not calls:
        return Lengths(0)
    middle, ninth = percentiles(found)
    return Lengths(calls, round(middle, 1), round(total(found) / calls, 1), ninth if calls >= FEWEST else None)


def _steps(connection: Connection, among: CallCondition, near: Sequence[Part]) -> tuple[tuple[StepFigures, ...], Share]:
    """Each step, and how much was said in own words in all of them; `near` are more conditions on the steps."""
    kinds = step_kinds(connection)
    found = connection.execute(
        f"SELECT kind, min(place), count(*), {_with_status('done')}, {number_sql(_SKIPPED.condition)},"  # noqa: S608
        f" {number_sql('visits > 0 AND seconds > 0')}, sum(CASE WHEN visits > 0 THEN seconds END),"
        " sum(own), sum(read_out)"
        f" FROM step WHERE {' AND '.join([among.of_finished, *(sql for sql, _ in near)])}"
        " GROUP BY kind",
        (*among.values, *(value for _, values in near for value in values)),
    ).fetchall()
    rows = sorted(((kinds[kind].framework, place, kinds[kind], figures) for kind, place, *figures in found), key=_order)
    steps = tuple(
        StepFigures(
            kind.framework,
            kind.id,
            kind.name,
            calls,
            done,
            share(_SKIPPED, skipped, calls),
            entered,
            mean(seconds or 0.0, entered),
        )
        for _, _, kind, (calls, done, skipped, entered, seconds, *_) in rows
    )
    own, read_out = (sum(row[place] for row in found) for place in (-2, -1))
    return steps, share(_OWN_WORDS, own, own + read_out)


def _with_status(status: Status) -> str:
    return number_sql(f"status = {STATUS[status]}")


def _order(row: tuple[Any, ...]) -> tuple[Any, ...]:
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
    moment, rule = micros(now), kept_in_time(now)
    columns = (
        "count(*), count(promised)",
        number_sql("done <= promised"),
        number_sql("done > promised"),
        number_sql("done IS NULL AND promised < ?"),
        number_sql("done IS NULL AND promised >= ?"),
        number_sql("promised IS NULL"),
        number_sql("done IS NOT NULL AND promised IS NULL"),
        number_sql("due <> promised OR (promised IS NULL AND due IS NOT NULL)"),
        rule.sums,
        number_sql("satisfied = 1"),
        number_sql("satisfied = 0"),
    )
    found = connection.execute(
        f"SELECT {', '.join(columns)} FROM commitment WHERE kind = 'promise' AND {among.of_calls}",  # noqa: S608
        (moment, moment, *among.values),
    ).fetchone()
    made, dated, in_time, late, overdue, still_open, undated, undated_done, moved, kept, settled, *asked = found
    return PromiseFigures(
        made=made,
        dated=dated,
        kept=in_time,
        late=late,
        overdue=overdue,
        open=still_open,
        undated=undated,
        undated_done=undated_done,
        moved=moved,
        kept_in_time=share(rule, kept, settled),
        satisfied=asked[0],
        dissatisfied=asked[1],
    )


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
    return share(CALMER, calmer, sum(course.calls for course in tense))


def _times(connection: Connection, among: CallCondition) -> tuple[tuple[Group, ...], tuple[tuple[int, ...], ...]]:
    """The weeks, and the calls of each hour of each weekday, in one pass."""
    heat = [[0] * 24 for _ in WEEKDAYS]
    found = connection.execute(
        f"SELECT min(weekday), hour, day, {SUMS} FROM call WHERE {among.calls} GROUP BY day, hour",  # noqa: S608
        among.values,
    ).fetchall()
    for weekday, hour, _, calls, *_ in found:
        heat[weekday][hour] += calls
    return group_rows(WEEK, (figures for _, _, *figures in found)), tuple(map(tuple, heat))
