"""Customers who were erased: told to the database and to other desks by marks that hold no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.store import outbox
from recoverycli.store.erased_people import is_erased
from recoverycli.store.index.columns import micros
from recoverycli.store.index.index import Index

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.team.connection import Database


def send(home: Path, database: Database, desk: str) -> int:
    """Tell of the customers who were erased here, and take their calls out; return how many. Raises StoreProblem."""
    entries = outbox.erasures(home)
    for entry in entries:
        with database.transaction():
            for mark in entry.marks:
                database.execute("INSERT INTO erasure (desk, mark) VALUES (%s, %s)", (desk, mark))
            # The calls that are still at this desk under other words are marked by themselves.
            for call_id, name, ref in database.execute(
                "SELECT id, customer, ref FROM call WHERE owner = current_user::text"
                " AND (customer IS NOT NULL OR ref IS NOT NULL)"
            ).fetchall():
                if is_erased(entry.marks, name, ref):
                    database.execute("DELETE FROM known WHERE id = %s", (call_id,))
        outbox.confirm(home, entry)
    return len(entries)


def calls_to_erase(home: Path, database: Database) -> list[str]:
    """Return the calls of this desk, newest first, whose customer was erased at another since. Raises StoreProblem."""
    told = database.execute("SELECT mark, at FROM erasure").fetchall()
    if not told:
        return []
    with Index(home) as index:
        calls = index.ask(
            lambda connection: connection.execute(
                "SELECT id, customer, ref, started FROM call WHERE customer IS NOT NULL OR ref IS NOT NULL"
                " ORDER BY started DESC, id DESC"
            ).fetchall()
        )
    return [
        call_id
        for call_id, name, ref, started in calls
        if is_erased((mark for mark, at in told if started <= micros(at)), name, ref)
    ]
