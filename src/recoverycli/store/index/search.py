"""Full-text search in the index, by relevance or by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.session.query import Term
from recoverycli.store.index.columns import micros
from recoverycli.store.index.rows import COLUMNS, CallRow, row_of, where
from recoverycli.store.queries import RowCondition
from recoverycli.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search
    from recoverycli.store.queries import Connection

Order = Literal["rank", "newest", "oldest"]
# Ranking a hit takes a microsecond, so only this many of the newest are ranked.
WEIGHED = 1_000
_HOLDS = "call.key IN (SELECT rowid FROM words WHERE words MATCH ?)"
_NEWEST = "call.started DESC, call.id DESC"
ORDERS: dict[Order, str] = {"rank": f"rank, {_NEWEST}", "newest": _NEWEST, "oldest": "call.started, call.id"}
_FACTS = (
    "(call.id || ' ' || lower(call.framework_name) || ' ' || call.state || ' ' || coalesce(call.outcome, 'open')"
    " || ' ' || coalesce(call.channel, '') || ' ' || coalesce(call.agent_folded, ''))"
)


class Hit(NamedTuple):
    """A call that contains the search terms. A lower rank is a better match."""

    row: CallRow
    rank: float


class Hits(NamedTuple):
    """The requested hits, and how many there are in total."""

    hits: tuple[Hit, ...]
    total: int


def search(connection: Connection, wanted: Search, among: Filters, now: datetime, order: Order = "rank") -> Hits:
    """Return the calls that contain the search terms, `among.limit` of them.

    By `rank`, the best matches come first; of more than 1,000 hits, only the newest 1,000 are ranked, unless more are
    requested.
    """
    condition = where(among)
    source, rank = "call", "0.0"
    sql, values = condition.sql, condition.values
    if wanted.groups:
        source, rank = "words CROSS JOIN call ON call.key = words.rowid", "words.rank"
        sql, values = f"words MATCH ? AND {sql}", (_expression(wanted), *values)
    elif wanted.without:
        sql, values = f"{sql} AND NOT {_HOLDS}", (*values, _any(wanted.without))
    # Without filters, counting needs no join.
    counted = "words" if wanted.groups and not condition.values else source
    (total,) = connection.execute(f"SELECT count(*) FROM {counted} WHERE {sql}", values).fetchone()  # noqa: S608
    enough = among.limit is not None and among.limit <= WEIGHED
    if wanted.groups and order == "rank" and enough and total > WEIGHED:
        oldest = _first_weighed(connection, f"{counted} WHERE {sql}", values)
        sql, values = f"{sql} AND words.rowid >= ?", (*values, oldest)
    # SQLite has 64-bit integers.
    limit = -1 if among.limit is None else min(among.limit, total)
    found = connection.execute(
        f"SELECT {rank} AS rank, {COLUMNS} FROM {source} WHERE {sql} ORDER BY {ORDERS[order]} LIMIT ?",  # noqa: S608
        (micros(now), *values, limit),
    )
    return Hits(tuple(Hit(row_of(row), rank) for rank, *row in found), total)


def _first_weighed(connection: Connection, hits: str, values: tuple[Any, ...]) -> int:
    """The key of the oldest hit that is ranked; keys grow with time."""
    (key,) = connection.execute(
        f"SELECT words.rowid FROM {hits} ORDER BY words.rowid DESC LIMIT 1 OFFSET ?",  # noqa: S608
        (*values, WEIGHED - 1),
    ).fetchone()
    return int(key)


def search_prefix(connection: Connection, typed: str, among: Filters, now: datetime) -> tuple[tuple[CallRow, ...], int]:
    """Return the newest `among.limit` calls that contain every typed word or a word with that prefix, and how many do.

    Words are looked up in the text of the call and in its id, framework, outcome, channel and agent.
    """
    condition = where(among)
    sql, values = condition.sql, list(condition.values)
    for token in tokens(typed):
        sql += f" AND ({_HOLDS} OR instr({_FACTS}, ?) > 0)"
        values += [_quote(Term((token.text,), begins=True)), token.text]
    (total,) = connection.execute(f"SELECT count(*) FROM call WHERE {sql}", values).fetchone()  # noqa: S608
    found = connection.execute(
        f"SELECT {COLUMNS} FROM call WHERE {sql} ORDER BY call.started DESC, call.id DESC LIMIT ?",  # noqa: S608
        (micros(now), *values, among.limit),
    )
    return tuple(row_of(list(row)) for row in found), total


def word_condition(terms: Sequence[Term]) -> RowCondition:
    """Return the condition that one of the terms is in a call."""
    return RowCondition(_HOLDS, (_any(terms),))


def _expression(wanted: Search) -> str:
    groups = " AND ".join(f"({_any(group)})" for group in wanted.groups)
    return f"({groups}) NOT ({_any(wanted.without)})" if wanted.without else groups


def _any(terms: Sequence[Term]) -> str:
    return " OR ".join(_quote(term) for term in terms)


def _quote(term: Term) -> str:
    """A term for FTS5: its words are only letters and digits, but are quoted anyway."""
    words = " ".join(term.words).replace('"', '""')
    field = f"{{{term.field}}} : " if term.field else ""
    return f'{field}"{words}"{" *" if term.begins else ""}'
