"""Queries of the index: rows of calls, by filters or by words, newest first.

The SQL works in SQLite and PostgreSQL: a team's database has the same tables.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.session.filters import OPEN
from recoverycli.store.index.columns import StepKind, from_micros, micros
from recoverycli.store.queries import RowCondition
from recoverycli.text.tokens import fold_case, word_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import Connection

Part = tuple[str, tuple[Any, ...]]
_PAGE = 500
_DAY = timedelta(days=1)


class CallRow(NamedTuple):
    """A finished call in a list, with the values of today.

    `overdue` counts its overdue promises and tasks. Its fields are columns of `call`, except those in `_ELSEWHERE`.
    """

    id: str
    started_at: datetime
    ended_at: datetime
    seconds: float
    state: str
    kind: str
    framework: str
    framework_name: str
    agent: str | None
    channel: str | None
    issue: str | None
    customer: str | None
    ref: str | None
    found_by: str
    mood: str | None
    outcome: str | None
    steps_done: int
    steps_total: int
    promises: int
    overdue: int
    summary: str | None
    cause: str | None


class RowPage(NamedTuple):
    """Some rows, and where the next page starts; `after` is None on the last page."""

    rows: tuple[CallRow, ...]
    after: tuple[int, str] | None


_OF_CALL = "SELECT 1 FROM commitment WHERE commitment.call = call.key"
_PROMISE = "commitment.kind = 'promise'"
_OVERDUE = "(SELECT count(*) FROM commitment WHERE call = call.key AND done IS NULL AND promised < ?)"
_ELSEWHERE = {"mood": "call.mood_last", "overdue": _OVERDUE}
COLUMNS = ", ".join(_ELSEWHERE.get(field, f"call.{field}") for field in CallRow._fields)


def where(wanted: Filters) -> RowCondition:
    """Return the filters as a condition that selects the same calls as `Filters.matches`."""
    parts = [*_when(wanted), *_whose(wanted)]
    for column, word in (("entered", wanted.framework), ("moods", wanted.mood), ("cards", wanted.card)):
        if word is not None:
            parts.append((f"instr(call.{column}, ?) > 0", (f"|{fold_case(word)}|",)))
    if wanted.outcome is not None:
        is_open = " OR call.outcome IS NULL" if fold_case(wanted.outcome) == OPEN else ""
        parts.append((f"(call.outcome = ?{is_open})", (fold_case(wanted.outcome),)))
    for column, word in (("channel", wanted.channel), ("severity", wanted.severity)):
        if word is not None:
            parts.append((f"call.{column} = ?", (fold_case(word),)))
    for column, answer in (("ours", wanted.ours), ("repeated", wanted.repeated)):
        if answer is not None:
            parts.append((f"call.{column} = ?", (int(answer),)))
    if wanted.abandoned:
        parts.append(("call.state = ?", ("abandoned",)))
    if wanted.remedy is not None:
        offered = "EXISTS (SELECT 1 FROM offer WHERE offer.call = call.key AND offer.remedy_folded = ?)"
        parts.append((offered, (fold_case(wanted.remedy),)))
    if not parts:
        return RowCondition("TRUE", ())
    return RowCondition(" AND ".join(sql for sql, _ in parts), tuple(value for _, values in parts for value in values))


def newest_where(wanted: Filters) -> RowCondition:
    """Return the filters as a condition, like `where`, for the newest `wanted.limit` of these calls alone."""
    condition = where(wanted)
    if wanted.limit is None:
        return condition
    newest = f"SELECT key FROM call WHERE {condition.sql} ORDER BY started DESC, id DESC LIMIT ?"  # noqa: S608
    return RowCondition(f"call.key IN ({newest})", (*condition.values, wanted.limit))


def start_conditions(wanted: Filters, table: str) -> Iterator[Part]:
    """Yield the conditions on the start of the calls: exact for moments, a day wider for days, which have a zone."""
    for order, end, around in ((">=", wanted.since, -_DAY), ("<=", wanted.until, 2 * _DAY)):
        if end is not None:
            moment = end if isinstance(end, datetime) else datetime.combine(end, time(), UTC) + around
            yield f"{table}.started {order} ?", (micros(moment),)


def _when(wanted: Filters) -> Iterator[Part]:
    # It lets the database use the order of the calls.
    yield from start_conditions(wanted, "call")
    for order, end in ((">=", wanted.since), ("<=", wanted.until)):
        if end is not None and not isinstance(end, datetime):
            yield f"call.day {order} ?", (end.isoformat(),)
    if wanted.overdue_at is not None:
        yield f"{_OVERDUE} > 0", (micros(wanted.overdue_at),)


def _whose(wanted: Filters) -> Iterator[Part]:
    if wanted.issue is not None:
        yield "instr(call.issue_key, ?) > 0", (word_key(wanted.issue),)
    if wanted.agent is not None:
        yield "instr(call.agent_folded, ?) > 0", (fold_case(wanted.agent),)
    if wanted.customer is not None:
        spellings = (wanted.customer, *wanted.spellings)
        names, refs = (tuple(dict.fromkeys(map(plain, spellings))) for plain in (word_key, fold_case))
        yield f"(call.customer_key IN ({_marks(names)}) OR call.ref_folded IN ({_marks(refs)}))", (*names, *refs)


def _marks(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))


def page(
    connection: Connection,
    wanted: Filters,
    now: datetime,
    after: tuple[int, str] | None = None,
    size: int = _PAGE,
) -> RowPage:
    """Return the next rows, newest first. `after` is where the last page ended; the caller applies `wanted.limit`."""
    condition = where(wanted)
    # The first half lets a database with monthly partitions skip months.
    behind = "AND call.started <= ? AND (call.started, call.id) < (?, ?)" if after else ""
    found = connection.execute(
        f"SELECT call.started, {COLUMNS} FROM call WHERE {condition.sql} {behind}"  # noqa: S608  # bound, not spliced
        " ORDER BY call.started DESC, call.id DESC LIMIT ?",
        (micros(now), *condition.values, *((after[0], *after) if after else ()), size),
    ).fetchall()
    rows = tuple(row_of(values) for _, *values in found)
    last = (found[-1][0], rows[-1].id) if len(found) == size else None
    return RowPage(rows, last)


def count(connection: Connection, wanted: Filters) -> int:
    """Return how many calls match the filters; the caller applies `wanted.limit`."""
    condition = where(wanted)
    (number,) = connection.execute(
        f"SELECT count(*) FROM call WHERE {condition.sql}",  # noqa: S608
        condition.values,
    ).fetchone()
    return int(number)


def ids_of(connection: Connection, wanted: Filters) -> list[str]:
    """Return the ids of the calls that match the filters, newest first."""
    condition = where(wanted)
    found = _ids(connection, f"SELECT id FROM call WHERE {condition.sql}", condition.values)  # noqa: S608
    return found[: wanted.limit]


def id_at(connection: Connection, place: int) -> str | None:
    """Return the id of the newest call (1), the one before it (2), and so on."""
    found = connection.execute(
        "SELECT id FROM call ORDER BY started DESC, id DESC LIMIT 1 OFFSET ?", (place - 1,)
    ).fetchone()
    return found and str(found[0])


def ids_with_part(connection: Connection, part: str, most: int) -> tuple[list[str], int]:
    """Return the newest ids that contain a text, at most `limit`, and how many there are."""
    condition = "FROM call WHERE instr(id, ?) > 0"
    newest = connection.execute(f"SELECT id {condition} ORDER BY started DESC, id DESC LIMIT ?", (part, most))
    (number,) = connection.execute(f"SELECT count(*) {condition}", (part,)).fetchone()
    return [found for (found,) in newest], number


class DueItem(NamedTuple):
    """An open promise or task with a due time, and the customer and the issue of its call.

    It is planned for `due`; `promised` is what the customer was told, None where that was no date.
    """

    call: str
    item: str
    what: str
    customer: str | None
    due: datetime
    promised: datetime | None
    issue: str | None


def due_before(connection: Connection, moment: datetime, wanted: Filters | None = None) -> list[DueItem]:
    """Return what is open and planned for that time or before, the earliest first, in the calls that match."""
    return _due_items(connection, "due IS NOT NULL AND due <= ?", "due", moment, wanted)


def broken_promises(connection: Connection, moment: datetime, wanted: Filters, most: int) -> list[DueItem]:
    """Return the open promises whose date has passed, most overdue first, in the calls that match; at most `most`."""
    return _due_items(connection, f"{_PROMISE} AND promised < ?", "promised", moment, wanted, most)


def next_promises(connection: Connection, moment: datetime, wanted: Filters, most: int) -> list[DueItem]:
    """Return the open promises whose date is to come, the next first, in the calls that match; at most `most`."""
    return _due_items(connection, f"{_PROMISE} AND promised >= ?", "promised", moment, wanted, most)


def _due_items(
    connection: Connection, meant: str, order: str, moment: datetime, wanted: Filters | None, most: int | None = None
) -> list[DueItem]:
    condition = newest_where(wanted) if wanted else RowCondition("TRUE", ())
    few, number = ("", ()) if most is None else (" LIMIT ?", (most,))
    found = connection.execute(
        "SELECT call.id, item, what, customer, coalesce(due, promised), promised, issue"  # noqa: S608
        " FROM commitment JOIN call ON call.key = commitment.call"
        f" WHERE done IS NULL AND {meant} AND {condition.sql} ORDER BY {order}, call.id, item{few}",
        (micros(moment), *condition.values, *number),
    )
    return [
        DueItem(
            call, item, what, customer, from_micros(due), None if promised is None else from_micros(promised), issue
        )
        for call, item, what, customer, due, promised, issue in found
    ]


def committed_calls(connection: Connection, wanted: Filters, *, is_open: bool) -> tuple[list[str], list[str]]:
    """Return the calls with promises or tasks, newest first: all of them, and those that match the filters.

    With `is_open`, only those with something open match.
    """
    condition = where(wanted)
    every = f"SELECT id FROM call WHERE EXISTS ({_OF_CALL})"  # noqa: S608
    left = " AND done IS NULL" if is_open else ""
    meant = f"{every} AND EXISTS ({_OF_CALL}{left}) AND {condition.sql}"
    return _ids(connection, every, ()), _ids(connection, meant, condition.values)


def step_kinds(connection: Connection) -> dict[int, StepKind]:
    """Return the kinds of steps by the key in the rows of steps."""
    found = connection.execute(f"SELECT key, {', '.join(StepKind._fields)} FROM step_kind")  # noqa: S608  # own names
    return {key: StepKind._make(kind) for key, *kind in found}


def _ids(connection: Connection, sql: str, values: tuple[Any, ...]) -> list[str]:
    return [found for (found,) in connection.execute(f"{sql} ORDER BY started DESC, id DESC", values)]


def calls_by_commitment(connection: Connection, part: str, most: int) -> list[str]:
    """Return the calls, at most `limit`, with a promise or task whose full name (`CALL-p1`) contains that part."""
    found = connection.execute(
        f"SELECT id FROM call WHERE EXISTS ({_OF_CALL} AND instr(call.id || '-' || item, ?) > 0)"  # noqa: S608
        " ORDER BY started DESC, id DESC LIMIT ?",
        (part, most),
    )
    return [call for (call,) in found]


def row_of(values: list[Any]) -> CallRow:
    call_id, started_at, ended_at, *rest = values
    return CallRow(call_id, datetime.fromisoformat(started_at), datetime.fromisoformat(ended_at), *rest)
