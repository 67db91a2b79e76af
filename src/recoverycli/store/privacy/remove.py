"""Delete finished calls permanently: transcript, reviews, leftovers, and empty folders."""

from __future__ import annotations

import contextlib
import itertools
import os
from typing import TYPE_CHECKING

from recoverycli.store.calls.archive import Archive
from recoverycli.store.files import flush_folder, refusal, refuse_links
from recoverycli.store.index.rows import where
from recoverycli.store.journal.closed import remove_closed
from recoverycli.store.journal.reader import live_folder
from recoverycli.store.locks import LOCK, FolderGone, hold_folder
from recoverycli.store.outbox import note_change
from recoverycli.system.disk import rmdir, unlink

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from recoverycli.session.filters import Filters

_GONE_SO_FAR = "What was deleted before is gone; everything else was not changed."


def remove_calls(home: Path, ids: Iterable[str]) -> Iterator[str]:
    """Delete the calls with those ids and their reviews; yields each id after it is deleted.

    Each call is deleted completely; an interruption leaves the remaining calls. Ids of one day are best given in
    sequence. A call that no longer exists is skipped. Raises StoreProblem if a file cannot be removed.
    """
    archive = Archive(home)
    for day, paths in itertools.groupby((archive.path(call_id) for call_id in ids), key=lambda path: path.parent):
        yield from remove_files(home, day, paths)


def remove_files(home: Path, day: Path, paths: Iterable[Path]) -> Iterator[str]:
    """Delete transcripts in the folder of a day, real or practice; yields the id of each after it is deleted."""
    refuse_links(day, home)
    if not day.is_dir():
        return
    # Another process already deleted the folder.
    with contextlib.suppress(FolderGone), contextlib.ExitStack() as stack:
        stack.enter_context(hold_folder(day))
        removed = False
        for path in paths:
            if _remove(home, path):
                removed = True
                yield path.stem
        if removed:
            flush_folder(day)
        if os.name == "nt":
            # There a lock cannot be deleted while it is held.
            stack.close()
        # Also if nothing was left: locking a folder creates it again.
        _tidy(home, day)


def remove_review(home: Path, call_id: str) -> None:
    """Delete the reviews of a call, with unfinished writes of them. Raises OSError, StoreProblem for a link."""
    folder = home / "reviews"
    refuse_links(folder, home)
    if not folder.is_dir():
        return
    unlink(folder / f"{call_id}.json", missing_ok=True)
    _remove_unfinished(folder, call_id)


def calls_with_open_promises(connection: sqlite3.Connection, wanted: Filters) -> set[str]:
    """Return the ids of the matching calls with an open promise."""
    meant = where(wanted)
    rows = connection.execute(
        f"SELECT id FROM call WHERE {meant.sql} AND EXISTS (SELECT 1 FROM commitment "  # noqa: S608  # bound, not spliced
        "WHERE commitment.call = call.key AND commitment.kind = 'promise' AND commitment.done IS NULL)",
        meant.values,
    )
    return {call_id for (call_id,) in rows}


def _remove(home: Path, path: Path) -> bool:
    """Delete a call, its reviews first: after an interruption between the two, the call is found again."""
    try:
        with note_change(path, "deleted"):
            remove_review(home, path.stem)
            remove_closed(home, path.stem)
            _remove_unfinished(path.parent, path.stem)
            unlink(path)
    except FileNotFoundError:
        return False
    except OSError as refused:
        raise refusal(path, refused, kept=_GONE_SO_FAR) from refused
    return True


def _remove_unfinished(folder: Path, call_id: str) -> None:
    """Delete what an interrupted write left of a call."""
    for left in folder.glob(f".{call_id}.*tmp"):
        unlink(left, missing_ok=True)


def _tidy(home: Path, day: Path) -> None:
    """Delete empty folders, unless a call of that day is open and will need them."""
    if any(live_folder(home).glob(f"{''.join(day.parts[-3:])}T*.jsonl")):
        return
    # The folder stays if another process has a lock open (Windows) or a call was just added.
    with contextlib.suppress(OSError):
        if {entry.name for entry in day.iterdir()} <= {LOCK}:
            (day / LOCK).unlink(missing_ok=True)
            for folder in (day, day.parent, day.parent.parent):
                if not folder.name.isdecimal():
                    return
                rmdir(folder)
                flush_folder(folder.parent)
