"""Erasures of customers: sent to the database and to other desks as marks without names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.store import outbox
from recoverycli.store.calls.archive import Archive
from recoverycli.store.erased_people import is_erased
from recoverycli.store.index.columns import micros
from recoverycli.store.index.index import Index
from recoverycli.store.layout import ID
from recoverycli.team import storage

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from recoverycli.team.connection import Database


def send(home: Path, database: Database, desk: str) -> int:
    """Send the erasures of this desk, and delete the calls in the database; returns how many. Raises StoreProblem."""
    entries, archive = outbox.erasures(home), Archive(home)
    for entry in entries:
        with database.transaction():
            for mark in entry.marks:
                database.execute("INSERT INTO erasure (desk, mark) VALUES (%s, %s)", (desk, mark))
            # What is still at this desk was not erased here, or has its own mark.
            for call_id, name, ref in database.execute(
                "SELECT id, customer, ref FROM call WHERE owner = current_user::text"
                " AND (customer IS NOT NULL OR ref IS NOT NULL)"
            ).fetchall():
                if is_erased(entry.marks, name, ref) and not _is_here(archive, call_id):
                    storage.remove(database, call_id)
        outbox.confirm(home, entry)
    return len(entries)


def calls_to_erase(home: Path, database: Database) -> list[str]:
    """Return the calls of this desk, newest first, of customers erased at other desks. Raises StoreProblem."""
    # The marks of one erasure are added in one transaction, so they have one time.
    told: dict[tuple[str, datetime], list[str]] = {}
    for desk, at, mark in database.execute("SELECT desk, at, mark FROM erasure").fetchall():
        told.setdefault((desk, at), []).append(mark)
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
        if any(is_erased(marks, name, ref) for (_, at), marks in told.items() if started <= micros(at))
    ]


def _is_here(archive: Archive, call_id: str) -> bool:
    return ID.fullmatch(call_id) is not None and archive.path(call_id).exists()
