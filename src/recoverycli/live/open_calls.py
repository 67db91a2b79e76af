"""Open calls: paused, open in another window, or left by a process that was killed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from recoverycli.errors import NotFound, StoreProblem
from recoverycli.store.files import open_own, refusal, refuse_links
from recoverycli.store.journal.reader import CallGone, is_abandoned, live_folder, read_journal
from recoverycli.store.layout import is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from recoverycli.session.events import Kind


# Only practice names its kind, and inside a text the quotes would be escaped.
_PRACTICE = b'"kind":"practice"'


def journals_of_kind(journals: Iterable[Path], kind: Kind) -> tuple[Path, ...]:
    """Return the journals of a kind. One that cannot be read counts as a call."""
    return tuple(path for path in journals if _is_practice(path) == (kind == "practice"))


def _is_practice(path: Path) -> bool:
    try:
        with os.fdopen(open_own(path), "rb") as file:
            file.readline()
            return _PRACTICE in file.readline()
    except OSError:
        return False


def open_calls(home: Path) -> tuple[Path, ...]:
    """Return the journals of open calls and practice, newest first, recognised by their names and first lines.

    Leaves out what a process left that ended before its call had begun. Raises StoreProblem if the folder cannot be
    read.
    """
    folder = live_folder(home)
    refuse_links(folder, home)
    try:
        named = [path for path in folder.iterdir() if path.suffix == ".jsonl" and not path.name.startswith(".")]
        found = [path for path in named if _is_call(path)]
    except FileNotFoundError:
        return ()
    except OSError as refused:
        raise refusal(folder, refused) from refused
    return tuple(sorted(found, reverse=True))


def _is_call(path: Path) -> bool:
    try:
        return is_plain(path) and not is_abandoned(path)
    except FileNotFoundError:  # finished in another window at this moment
        return False
    except OSError:  # the code that opens it reports why
        return True


def find_open(home: Path, wanted: str | None, passed: Callable[[StoreProblem], None] = lambda _: None) -> Path:
    """Return the open call that `wanted` names: an id or a unique part of one; without it the newest readable one.

    Calls `passed` with those that cannot be read. Raises NotFound if there is none, or more than one.
    """
    calls = open_calls(home)
    if not calls:
        raise NotFound("no call is open", hint="Begin one: recovery start")
    if wanted is None or wanted == "last":
        return _newest_readable(calls, passed)
    matching = [path for path in calls if wanted in path.stem]
    exact = [path for path in matching if path.stem == wanted]
    if exact or len(matching) == 1:
        return (exact or matching)[0]
    listed = ", ".join(path.stem for path in calls[:5])
    if not matching:
        raise NotFound(f"no open call has {wanted[:80]} in its id", hint=f"Open: {listed}")
    raise NotFound(f"{len(matching)} open calls have {wanted[:80]} in their ids", hint=f"Open: {listed}")


def _newest_readable(calls: tuple[Path, ...], passed: Callable[[StoreProblem], None]) -> Path:
    unread: list[StoreProblem] = []
    for path in calls:
        try:
            read_journal(path)
        except CallGone:
            continue
        except StoreProblem as fault:
            unread.append(fault)
            continue
        for one in unread:
            passed(one)
        return path
    # None can be: opening the newest one reports why.
    return calls[0]
