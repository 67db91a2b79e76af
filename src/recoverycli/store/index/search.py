"""What the index finds by words: the calls that hold them, those that fit best first, or the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from recoverycli.session.query import Term
from recoverycli.store.index.columns import micros
from recoverycli.store.index.rows import COLUMNS, CallRow, row_of, where
from recoverycli.text.tokens import tokens

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search
    from recoverycli.store.queries import Connection

Order = Literal["rank", "newest", "oldest"]
# To weigh a hit takes a microsecond: of words that are nearly everywhere the newest so many are weighed.
WEIGHED = 1_000
_HOLDS = "call.key IN (SELECT rowid FROM words WHERE words MATCH ?)"
_NEWEST = "call.started DESC, call.id DESC"
ORDERS: dict[Order, str] = {"rank": f"rank, {_NEWEST}", "newest": _NEWEST, "oldest": "call.started, call.id"}
_FACTS = (
    "(call.id || ' ' || lower(call.framework_name) || ' ' || call.state || ' ' || coalesce(call.outcome, 'open')"
    " || ' ' || coalesce(call.channel, '') || ' ' || coalesce(call.agent_folded, ''))"
)


class Hit(NamedTuple):
    """A call that holds what was looked for. The lower its rank, the better it fits."""

    row: CallRow
    rank: float


class Hits(NamedTuple):
    """The hits that were asked for, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def search(connection: Connection, wanted: Search, among: Filters, now: datetime, order: Order = "rank") -> Hits:
    """Return the calls that hold what is looked for, `among.limit` of them.

    By `rank` those that fit best come first; of more than 1,000 hits the newest 1,000 are weighed, where no more than
    these are asked for.
    """
    condition = where(among)
    source, rank = "call", "0.0"
    sql, values = condition.sql, condition.values
    if wanted.groups:
        source, rank = "words CROSS JOIN call ON call.key = words.rowid", "words.rank"
        sql, values = f"words MATCH ? AND {sql}", (_expression(wanted), *values)
    elif wanted.without:
        sql, values = f"{sql} AND NOT {_HOLDS}", (*values, _any(wanted.without))
    # Without filters nothing has to be looked up to count.
    counted = "words" if wanted.groups and not condition.values else source
    (total,) = connection.execute(f"SELECT count(*) FROM {counted} WHERE {sql}", values).fetchone()  # noqa: S608
    enough = among.limit is not None and among.limit <= WEIGHED
    if wanted.groups and order == "rank" and enough and total > WEIGHED:
        oldest = _first_weighed(connection, f"{counted} WHERE {sql}", values)
        sql, values = f"{sql} AND words.rowid >= ?", (*values, oldest)
    # SQLite counts no further than 64 bits.
    limit = -1 if among.limit is None else min(among.limit, total)
    found = connection.execute(
        f"SELECT {rank} AS rank, {COLUMNS} FROM {source} WHERE {sql} ORDER BY {ORDERS[order]} LIMIT ?",  # noqa: S608
        (micros(now), *values, limit),
    )
    return Hits(tuple(Hit(row_of(row), rank) for rank, *row in found), total)


def _first_weighed(connection: Connection, hits: str, values: tuple[Any, ...]) -> int:
    """The key of the oldest hit that is weighed; keys grow with time."""
    (key,) = connection.execute(
        f"SELECT words.rowid FROM {hits} ORDER BY words.rowid DESC LIMIT 1 OFFSET ?",  # noqa: S608
        (*values, WEIGHED - 1),
    ).fetchone()
    return int(key)


def search_prefix(connection: Connection, typed: str, among: Filters, now: datetime) -> tuple[tuple[CallRow, ...], int]:
    """Return the newest `among.limit` calls that hold every typed word, or one that begins so, and how many do.

    A word is looked for among the words of the call, and in its id, framework, outcome, channel and agent.
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


def _expression(wanted: Search) -> str:
    groups = " AND ".join(f"({_any(group)})" for group in wanted.groups)
    return f"({groups}) NOT ({_any(wanted.without)})" if wanted.without else groups


def _any(terms: tuple[Term, ...]) -> str:
    return " OR ".join(_quote(term) for term in terms)


def _quote(term: Term) -> str:
    """A term as FTS5 takes it: its words hold letters and digits alone, and are quoted all the same."""
    words = " ".join(term.words).replace('"', '""')
    field = f"{{{term.field}}} : " if term.field else ""
    return f'{field}"{words}"{" *" if term.begins else ""}'
