"""Journals of calls that were saved: stored for a time, so that a call that was ended by mistake can go on.

A journal lies in `closed` from the end of its call until it is reopened, until the time for that is over, or until
words of any call are erased or masked.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from recoverycli.errors import NotFound, StoreProblem
from recoverycli.store.files import flush_folder, make_folder, read_own, refusal, refuse_links, status, write_all
from recoverycli.store.journal.reader import live_folder
from recoverycli.store.layout import CLOSED, ID, is_plain
from recoverycli.system.disk import open_binary, rename_new, unlink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from pathlib import Path

_NOT_REOPENED = "The saved call is untouched."


def closed_folder(home: Path) -> Path:
    """Return the folder of the closed journals."""
    return home / CLOSED


def closed_calls(home: Path, now: datetime, within: timedelta) -> tuple[Path, ...]:
    """Return the journals of the calls that were saved within a time, the call that was saved last first.

    Raises StoreProblem if the folder cannot be read.
    """
    oldest = (now - within).timestamp()
    written = {path: found.st_mtime for path in _journals(home) if (found := status(path)) is not None}
    recent = (path for path, moment in written.items() if within and moment >= oldest)
    return tuple(sorted(recent, key=lambda path: written[path], reverse=True))


def reopen_journal(home: Path, journal: Path) -> Path:
    """Put a closed journal among the open calls, without the event of its end, and return its path there.

    Raises StoreProblem, and the closed journal stays as it is; NotFound where it is gone.
    """
    folder = live_folder(home)
    target = folder / journal.name
    temporary = folder / f".{journal.stem}.{os.urandom(4).hex()}.tmp"
    try:
        lines = read_own(journal).splitlines(keepends=True)
        make_folder(folder, home, kept=_NOT_REOPENED)
        descriptor = open_binary(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        try:
            write_all(descriptor, b"".join(line for line in lines if not _is_end(line)))
        finally:
            os.close(descriptor)
        if not rename_new(temporary, target):
            raise StoreProblem(
                f"call {journal.stem} is open already",
                kept=_NOT_REOPENED,
                hint=f"Continue: recovery resume {journal.stem}",
            )
        flush_folder(folder)
        unlink(journal, missing_ok=True)
    except FileNotFoundError as gone:
        raise NotFound(
            f"call {journal.stem} can no longer be reopened", kept=_NOT_REOPENED, hint="Correct it: recovery log amend"
        ) from gone
    except OSError as refused:
        raise refusal(target, refused, kept=_NOT_REOPENED) from refused
    finally:
        unlink(temporary, missing_ok=True)
    return target


def remove_closed(home: Path, call_id: str | None = None) -> None:
    """Remove the closed journal of a call, or all of them. Raises OSError, StoreProblem for a link."""
    folder = closed_folder(home)
    gone = tuple(_journals(home)) if call_id is None else (folder / f"{call_id}.jsonl",)
    for path in gone:
        unlink(path, missing_ok=True)
    if gone and folder.is_dir():
        # Also after a power failure they are gone.
        flush_folder(folder)


def remove_expired(home: Path, now: datetime, within: timedelta) -> None:
    """Remove the journals that can no longer be reopened. Raises OSError, StoreProblem if there is no reading."""
    kept = set(closed_calls(home, now, within))
    for path in _journals(home):
        if path not in kept:
            unlink(path, missing_ok=True)


def _journals(home: Path) -> Iterator[Path]:
    folder = closed_folder(home)
    refuse_links(folder, home)
    try:
        found = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as refused:
        raise refusal(folder, refused) from refused
    yield from (path for path in found if path.suffix == ".jsonl" and ID.fullmatch(path.stem) and is_plain(path))


def _is_end(line: bytes) -> bool:
    """Whether the line is the event of the end of the call."""
    # The line of the start holds the whole framework.
    return line.startswith(b'{"event":"finished"')
