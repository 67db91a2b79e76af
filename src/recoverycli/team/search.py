"""Full-text search in PostgreSQL with the hits, order and ranks of a desk's index.

The rank is BM25 like in SQLite's FTS5 (k1 1.2, b 0.75; a word in more than half of the calls weighs 1e-6), from counts
over the calls that the role can read.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.store.index.columns import micros
from recoverycli.store.index.rows import COLUMNS, row_of, where
from recoverycli.store.index.search import ORDERS, WEIGHED, Hit, Hits
from recoverycli.store.queries import RowCondition
from recoverycli.team.words import lexemes, query, signs, spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search, Term
    from recoverycli.store.index.search import Order
    from recoverycli.store.queries import Connection

_K1, _B = 1.2, 0.75
_LEAST = 1e-6
_HOLDS = "call.words @@ ?::tsquery"


class _Weighed(NamedTuple):
    started: int
    id: str
    rank: float


def search(connection: Connection, wanted: Search, among: Filters, now: datetime, order: Order = "rank") -> Hits:
    """Return the calls that hold what is looked for, `among.limit` of them, as `index_search.search` does."""
    condition = where(among)
    sql, values = f"{_HOLDS} AND {condition.sql}", (_expression(wanted), *condition.values)
    (total,) = connection.execute(f"SELECT count(*) FROM call WHERE {sql}", values).fetchone()  # noqa: S608
    enough = among.limit is not None and among.limit <= WEIGHED
    # Ranks are computed here, of the newest hits.
    by = ORDERS["newest" if order == "rank" else order]
    most = among.limit if order != "rank" else WEIGHED if enough else None
    if most is not None:
        sql, values = f"{sql} ORDER BY {by} LIMIT ?", (*values, most)
    weighed = _weigh(connection, wanted, sql, values) if total else []
    if order == "rank":
        weighed.sort(key=lambda one: (one.started, one.id), reverse=True)
        weighed.sort(key=lambda one: one.rank)
    else:
        weighed.sort(key=lambda one: (one.started, one.id), reverse=order == "newest")
    listed = weighed[: among.limit]
    return Hits(tuple(_rows(connection, listed, now)), total)


def word_condition(terms: Sequence[Term]) -> RowCondition:
    """Return the condition that one of the terms is in a call."""
    return RowCondition(_HOLDS, (query(terms),))


def _expression(wanted: Search) -> str:
    groups = [f"({query(group)})" for group in wanted.groups]
    return " & ".join([*groups, *([f"!({query(wanted.without)})"] if wanted.without else [])])


def _weigh(connection: Connection, wanted: Search, sql: str, values: Sequence[Any]) -> list[_Weighed]:
    """The matching calls, each with its rank."""
    terms = wanted.terms
    if not terms:
        found = connection.execute(f"SELECT call.started, call.id FROM call WHERE {sql}", values)  # noqa: S608
        return [_Weighed(started, call_id, 0.0) for started, call_id in found]
    whole, begun = lexemes(terms)
    # The relevant words of the ranked calls, with their stored positions.
    found = connection.execute(
        "SELECT c.started, c.id, c.size, word.lexeme, word.positions"  # noqa: S608
        " FROM (SELECT call.started, call.id, coalesce(call.words_count, 0) AS size, call.words"
        f" FROM call WHERE {sql}) AS c"
        " LEFT JOIN LATERAL (SELECT lexeme, positions FROM unnest(c.words)"
        " WHERE lexeme = ANY (?) OR lexeme ^@ ANY (?)) AS word ON TRUE",
        (*values, whole, begun),
    )
    calls: dict[tuple[int, str, int], dict[str, list[int]]] = {}
    for started, call_id, size, lexeme, positions in found:
        there = calls.setdefault((started, call_id, size), {})
        if lexeme is not None:
            there[lexeme] = positions or []
    everything, words = connection.execute("SELECT count(*), coalesce(sum(words_count), 0) FROM call").fetchone()
    weights = [_weight(everything, holding) for holding in _call_counts(connection, terms)]
    mean = words / everything if words else 1.0
    return [
        _Weighed(started, call_id, _rank(weights, [_times(term, there) for term in terms], size, mean))
        for (started, call_id, size), there in calls.items()
    ]


def _call_counts(connection: Connection, terms: Sequence[Term]) -> list[int]:
    """The number of calls that contain each term."""
    different = dict.fromkeys(terms)
    counts = ", ".join(f"(SELECT count(*) FROM call WHERE {_HOLDS})" for _ in different)  # noqa: S608
    found = connection.execute(f"SELECT {counts}", [query((term,)) for term in different]).fetchone()
    known = dict(zip(different, found, strict=True))
    return [known[term] for term in terms]


def _weight(everything: int, holding: int) -> float:
    """The weight of a word: higher if fewer calls contain it."""
    weight = log((everything - holding + 0.5) / (holding + 0.5))
    return weight if weight > 0 else _LEAST


def _rank(weights: Sequence[float], times: Sequence[int], size: int, mean: float) -> float:
    score = 0.0
    for weight, often in zip(weights, times, strict=True):
        score += weight * ((often * (_K1 + 1.0)) / (often + _K1 * (1 - _B + _B * size / mean)))
    return -1.0 * score


def _times(term: Term, there: dict[str, list[int]]) -> int:
    """How often a term occurs in a call."""
    words = spellings(term)
    return sum(_in_field(sign, words, there, begins=term.begins) for sign in signs(term)) if words else 0


def _in_field(sign: str, words: Sequence[str], there: dict[str, list[int]], *, begins: bool) -> int:
    last = sign + words[-1]
    ends: Iterable[int] = there.get(last, ())
    if begins:
        ends = [place for lexeme, places in there.items() if lexeme.startswith(last) for place in places]
    before = [set(there.get(sign + word, ())) for word in words[:-1]]
    return sum(all(place - len(before) + number in places for number, places in enumerate(before)) for place in ends)


def _rows(connection: Connection, listed: Sequence[_Weighed], now: datetime) -> list[Hit]:
    if not listed:
        return []
    # One query for all of them; PostgreSQL reads each month separately.
    found = connection.execute(
        f"SELECT {COLUMNS} FROM unnest(?::bigint[], ?::text[]) AS wanted (started, id)"  # noqa: S608
        " JOIN call ON call.started = wanted.started AND call.id = wanted.id",
        (micros(now), [one.started for one in listed], [one.id for one in listed]),
    )
    rows = {row.id: row for row in (row_of(list(values)) for values in found)}
    return [Hit(rows[one.id], one.rank) for one in listed]
