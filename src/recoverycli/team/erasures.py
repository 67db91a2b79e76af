"""Erasures of customers: sent to the database and to other desks as marks without names.

The database stores each mark under a key of its own, so a desk asks about its customers by their hashes, and gets no
list of marks (migrations/0008_erasures.sql).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store import outbox
from recoverycli.store.calls.archive import Archive
from recoverycli.store.erased_people import digests_of, is_erased
from recoverycli.store.index.columns import micros
from recoverycli.store.index.index import Index
from recoverycli.store.layout import ID
from recoverycli.team import storage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from recoverycli.store.erased_people import CustomerDigests
    from recoverycli.team.connection import Database

_AT_ONCE = 5000  # hashes; the database takes 10,000
# Errors of a single erasure: its marks, and more of them than a role may add in a day.
_ITS_OWN = ("22", "54")

Customer = tuple[str | None, str | None]


class SentErasures(NamedTuple):
    """How many erasures were sent, and why others were not, by their ids; these keep waiting."""

    sent: int
    kept: dict[str, str]


class ErasedCalls(NamedTuple):
    """The calls of this desk, newest first, whose customers were erased at other desks.

    `unasked` is the number of calls that the database did not compare any more today.
    """

    ids: list[str]
    unasked: int


def send(home: Path, database: Database, desk: str) -> SentErasures:
    """Send the erasures of this desk, and delete the calls in the database. Raises StoreProblem, psycopg's errors."""
    import psycopg

    archive, kept, sent = Archive(home), dict[str, str](), 0
    for entry in outbox.erasures(home):
        try:
            with database.transaction():
                _send(database, archive, entry, desk)
        except psycopg.Error as fault:
            if (fault.sqlstate or "")[:2] not in _ITS_OWN:
                raise
            kept[entry.id] = fault.diag.message_primary or "the database refuses it"
            continue
        outbox.confirm(home, entry)
        sent += 1
    return SentErasures(sent, kept)


def _send(database: Database, archive: Archive, entry: outbox.Erasure, desk: str) -> None:
    database.execute("SELECT add_erasure(%s, %s)", (desk, list(entry.marks)))
    # What is still at this desk was not erased here, or has its own mark.
    for call_id, name, ref in database.execute(
        "SELECT id, customer, ref FROM call WHERE owner = current_user::text"
        " AND (customer IS NOT NULL OR ref IS NOT NULL)"
    ).fetchall():
        if is_erased(entry.marks, name, ref) and not _is_here(archive, call_id):
            storage.remove(database, call_id)


def calls_to_erase(home: Path, database: Database) -> ErasedCalls:
    """Return the calls of this desk of customers erased at other desks. Raises StoreProblem and psycopg's errors."""
    with Index(home) as index:
        calls = index.ask(
            lambda connection: connection.execute(
                "SELECT id, customer, ref, started FROM call WHERE customer IS NOT NULL OR ref IS NOT NULL"
                " ORDER BY started DESC, id DESC"
            ).fetchall()
        )
    known = {customer: digests_of(*customer) for customer in dict.fromkeys((name, ref) for _, name, ref, _ in calls)}
    found, asked = _ask(database, known.values())
    before = _old_erasures(database, known)
    erased: dict[Customer, int] = {}
    for customer, digests in known.items():
        times = [at for at in (digests.erased_at(found), before.get(customer)) if at is not None]
        if times:
            erased[customer] = micros(max(times))
    ids = [call_id for call_id, name, ref, started in calls if started <= erased.get((name, ref), started - 1)]
    unasked = sum(not known[name, ref].every <= asked for _, name, ref, _ in calls)
    return ErasedCalls(ids, unasked)


def _ask(
    database: Database, customers: Iterable[CustomerDigests]
) -> tuple[dict[bytes, dict[bool, datetime]], set[bytes]]:
    """When each hash was last erased, by whether that erasure has a reference; and the hashes that were compared.

    Those of the newest calls come first: the database answers a role so many in a day.
    """
    import psycopg

    found: dict[bytes, dict[bool, datetime]] = {}
    asked: set[bytes] = set()
    digests = list(dict.fromkeys(digest for one in customers for digest in sorted(one.every)))
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        try:
            # Two transactions: the first counts, the second answers.
            (request,) = database.execute("SELECT ask_erased(%s)", (some,)).fetchone() or (None,)
        except psycopg.errors.ProgramLimitExceeded:
            break
        for place, has_ref, at in database.execute("SELECT * FROM find_erased(%s)", (request,)).fetchall():
            found.setdefault(some[place - 1], {})[has_ref] = at
        asked.update(some)
    return found, asked


def _old_erasures(database: Database, customers: Iterable[Customer]) -> dict[Customer, datetime]:
    """When customers were last erased, by marks that every desk can read: none are made any more."""
    # The marks of one erasure were added in one transaction, so they have one time.
    told: dict[tuple[str, datetime], list[str]] = {}
    for desk, at, mark in database.execute("SELECT desk, at, mark FROM erasure").fetchall():
        told.setdefault((desk, at), []).append(mark)
    found: dict[Customer, datetime] = {}
    for customer in customers if told else ():
        times = [at for (_, at), marks in told.items() if is_erased(marks, *customer)]
        if times:
            found[customer] = max(times)
    return found


def _is_here(archive: Archive, call_id: str) -> bool:
    return ID.fullmatch(call_id) is not None and archive.path(call_id).exists()
