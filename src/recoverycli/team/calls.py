"""The calls of a whole team, with the queries of the desk's index: the tables have the same columns.

All queries see one read-only state of the database, that of the time when it was opened.
"""

from __future__ import annotations

import contextlib
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.session.transcript.model import Unreadable, decode, encode_document
from recoverycli.store.calls.reviews import Review
from recoverycli.store.calls.transcript_file import Skipped, Stored
from recoverycli.store.index.rows import where
from recoverycli.team.search import search, word_condition

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from recoverycli.session.filters import Filters
    from recoverycli.session.query import Search, Term
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.index.search import Hits, Order
    from recoverycli.store.queries import Connection, QueryResult, RowCondition
    from recoverycli.team.connection import Database

Value = TypeVar("Value")
Other = TypeVar("Other")
_AT_ONCE = 100
_UNVERIFIED = "no words of the call were shared, so its figures cannot be checked"
_SEE = "See them: recovery log list --team"
# One state for all queries. A user may read a page of a list for a while before the next query. JIT compilation for
# each partition takes longer than the query. With the default cost of random pages, the planner reads the words of
# every call instead of an index, which takes a hundred times as long.
_BEGIN = """
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL idle_in_transaction_session_timeout = '15min';
SET LOCAL jit = off;
SET LOCAL random_page_cost = 1.1;
"""
# Through `known`, only the month of a call is searched.
_RAW = """
SELECT call.id, call.raw, call.owner, call.verified
FROM known JOIN call ON call.started = known.started AND call.id = known.id
WHERE known.id = ANY (?)"""
_REVIEWED = """
SELECT known.started, known.id FROM known WHERE known.id IN (SELECT review.call FROM review)"""


@contextlib.contextmanager
def team_calls(home: Path, environ: Mapping[str, str]) -> Iterator[TeamCalls]:
    """Open the calls of the team of this desk. Raises TeamProblem, in the body too."""
    from recoverycli.team.connection import open_database

    with open_database(home, environ) as database:
        yield begin(database)


def begin(database: Database) -> TeamCalls:
    """Begin the transaction for all queries, and return its calls."""
    database.execute(_BEGIN)
    return TeamCalls(database)


class TeamCalls:
    """The calls that the role of the connection can read."""

    steps_have_start = True

    def __init__(self, database: Database) -> None:
        """`database` is in the transaction for all queries."""
        self.notice = ""
        self.skipped: tuple[Skipped, ...] = ()
        self._connection = _Asked(database)

    def ask(self, question: Callable[[Connection], Value]) -> Value:
        """Return the answer to a query. The code that opened the connection handles psycopg's errors."""
        return question(self._connection)

    def word_condition(self, terms: Sequence[Term]) -> RowCondition:
        """Return the condition on rows of `call` that one of the terms is in the call."""
        return word_condition(terms)

    def ask_both(
        self, first: Callable[[Connection], Value], second: Callable[[Connection], Other]
    ) -> tuple[Value, Other]:
        """Return the answers to two queries, one after the other: there is one connection."""
        return self.ask(first), self.ask(second)

    def search(self, wanted: Search, among: Filters, now: datetime, order: Order) -> Hits:
        """Return the calls that contain the search terms."""
        return search(self._connection, wanted, among, now, order)

    def find(self, call_id: str) -> Stored:
        """Return a whole call, with the values of today. Raises StoreProblem."""
        read = next(self.each([call_id]))
        if isinstance(read, Skipped):
            raise StoreProblem(f"{call_id}: {read.why}", kept="It was not changed.", hint=_SEE)
        return read

    def each(self, ids: Iterable[str]) -> Iterator[Stored | Skipped]:
        """Read whole calls, in that order, each as pushed and with later amendments."""
        left = iter(ids)
        while some := list(islice(left, _AT_ONCE)):
            found = {call_id: rest for call_id, *rest in self._connection.execute(_RAW, (some,))}
            later = self._later(some)
            for call_id in some:
                raw, owner, verified = found.get(call_id, (None, "", True))
                pushed_by = owner if verified else f"{owner}; {_UNVERIFIED}"
                read = _read(call_id, None if raw is None else bytes(raw), later.get(call_id, []))
                yield read._replace(pushed_by=pushed_by) if isinstance(read, Stored) else read

    def each_call(self, ids: Iterable[str]) -> Iterator[Call | None]:
        """Read the typed view of calls, in that order; None for one that cannot be read."""
        return (read.transcript.call if isinstance(read, Stored) else None for read in self.each(ids))

    def reviews(self, call_id: str | None = None) -> Iterator[Review | StoreProblem]:
        """Return the reviews by call id, or only those of one call; each person's name has the role beside it.

        Those of several people are joined.
        """
        one_call, values = ("WHERE call = ?", (call_id,)) if call_id is not None else ("", ())
        found = self._connection.execute(
            f"SELECT call, reviewer, raw, by_reviewer FROM review {one_call} ORDER BY call, reviewer",  # noqa: S608
            values,
        )
        for reviewed, written in groupby(found, key=lambda row: row[0]):
            reviews = []
            for _, reviewer, raw, judges in written:
                try:
                    reviews.append(_with_role(msgspec.json.decode(bytes(raw), type=Review), reviewer, judges=judges))
                except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError):
                    told = f"the review of {reviewed} by {reviewer} cannot be read by this version"
                    yield StoreProblem(told, kept="It was not changed.")
            if reviews:
                yield _join_reviews(reviewed, reviews)

    def among(self, ids: Collection[str], wanted: Filters) -> list[str]:
        """Return the ids, all with a review, that match the filters, newest first."""
        condition = where(wanted)
        meant, values = condition.sql, condition.values
        if wanted.limit is not None:
            newest = f"SELECT call.key FROM call WHERE {meant} ORDER BY call.started DESC, call.id DESC LIMIT ?"  # noqa: S608
            meant, values = f"call.key IN ({newest})", (*values, wanted.limit)
        found = self._connection.execute(
            f"SELECT call.id FROM call WHERE (call.started, call.id) IN ({_REVIEWED}) AND {meant}"  # noqa: S608
            " ORDER BY call.started DESC, call.id DESC",
            values,
        )
        return [call_id for (call_id,) in found if call_id in ids]

    def unverified_count(self, wanted: Filters) -> int:
        """Return how many calls that match the filters came as numbers only, without a transcript to check them."""
        condition = where(wanted)
        newest = "" if wanted.limit is None else " ORDER BY started DESC, id DESC LIMIT ?"
        (number,) = self._connection.execute(
            f"SELECT count(*) FROM (SELECT verified FROM call WHERE {condition.sql}{newest}) AS matching"  # noqa: S608
            " WHERE NOT verified",
            (*condition.values, *([] if wanted.limit is None else [wanted.limit])),
        ).fetchone()
        return int(number)

    def _later(self, ids: Sequence[str]) -> dict[str, list[tuple[int, dict[str, Any]]]]:
        """The amendments by call id, each with its position in the list of the transcript."""
        found = self._connection.execute(
            "SELECT call, place, at, field, old, new FROM amendment WHERE call = ANY (?) ORDER BY call, place", (ids,)
        )
        later: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for call_id, place, at, field, old, new in found:
            later.setdefault(call_id, []).append((place, {"at": at, "field": field, "old": old, "new": new}))
        return later


class _Asked:
    """A connection that accepts SQL like the index: `?` as placeholder, and integers for sums."""

    def __init__(self, database: Database) -> None:
        from psycopg.adapt import Loader

        class Number(Loader):
            """PostgreSQL returns sums as decimals."""

            def load(self, data: Any) -> int | float:
                text = bytes(data).decode()
                return int(text) if text.lstrip("-").isdecimal() else float(text)

        self._database = database
        database.adapters.register_loader("numeric", Number)

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> QueryResult:
        return self._database.execute(sql.replace("%", "%%").replace("?", "%s").encode(), tuple(values))


def _read(call_id: str, raw: bytes | None, later: Sequence[tuple[int, dict[str, Any]]]) -> Stored | Skipped:
    path = Path(f"{call_id}.json")
    if raw is None:
        return Skipped(path, "it is not in the database, or you may not read it")
    try:
        transcript = decode(raw)
        had = len(transcript.call.amendments)
        if new := [amendment for place, amendment in later if place >= had]:
            amended = {**transcript.document, "amendments": [*transcript.document.get("amendments", ()), *new]}
            transcript = decode(msgspec.json.encode(amended))
            # Like the file at the desk.
            raw = encode_document(transcript)
    except Unreadable as why:
        return Skipped(path, str(why))
    return Stored(path, transcript, raw)


def _with_role(review: Review, role: str, *, judges: bool) -> Review:
    """What a role wrote, with the role beside each name; without the right of a reviewer, only what is of oneself."""
    mine = (one for one in review.assessments if judges or one.role == "self")
    return msgspec.structs.replace(
        review,
        assessments=tuple(msgspec.structs.replace(one, by=name_with_role(one.by, role)) for one in mine),
        disputes=tuple(msgspec.structs.replace(one, by=name_with_role(one.by, role)) for one in review.disputes),
    )


def name_with_role(name: str | None, role: str) -> str:
    """Return who somebody is in the database, beside the name that was typed."""
    return role if name is None else f"{name} ({role})"


def _join_reviews(call_id: str, reviews: Sequence[Review]) -> Review:
    """The reviews of a call by several people, oldest first."""
    if len(reviews) == 1:
        return reviews[0]
    assessments = sorted((one for review in reviews for one in review.assessments), key=lambda one: one.at)
    disputes = sorted((one for review in reviews for one in review.disputes), key=lambda one: one.at)
    return Review(call_id, 1, tuple(assessments), tuple(disputes))
