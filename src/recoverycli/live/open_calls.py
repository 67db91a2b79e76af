"""Open calls: paused, open in another window, or left by a process that was killed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import NotFound, StoreProblem
from recoverycli.session.state import fold
from recoverycli.store.files import open_own, refusal, refuse_links
from recoverycli.store.journal.reader import CallGone, is_abandoned, live_folder, read_journal
from recoverycli.store.layout import is_plain
from recoverycli.text.tokens import fold_case
from recoverycli.times.age import format_age

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
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


class OpenCall(NamedTuple):
    """An open call in the words by which people know it."""

    path: Path
    customer: str | None
    ref: str | None
    issue: str | None
    framework: str
    started_at: datetime

    @property
    def words(self) -> tuple[str, ...]:
        """Its names, the first the one to show."""
        return tuple(filter(None, (self.customer, self.ref, self.issue, self.framework)))


def describe_open(path: Path) -> OpenCall | None:
    """Return an open call as people know it; None where its journal cannot be read."""
    try:
        session = fold(read_journal(path).events)
    except StoreProblem:
        return None
    if session is None:
        return None
    return OpenCall(path, session.customer, session.ref, session.issue, session.framework.name, session.started_at)


def open_call_text(call: OpenCall, now: datetime) -> str:
    """Return an open call in a line: customer, issue and age."""
    named = ", ".join(filter(None, (call.customer or call.ref, call.issue))) or call.framework
    return f"{named}, {format_age(call.started_at, now)}"


def find_open(home: Path, wanted: str | None, passed: Callable[[StoreProblem], None] = lambda _: None) -> Path:
    """Return the open call that `wanted` means: part of its id, or of its customer, reference, issue or framework.

    Without it the newest that can be read. Calls `passed` with those that cannot be read. Raises NotFound if there is
    none, or more than one.
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
    asked = fold_case(wanted)
    described = [one for one in map(describe_open, calls) if one is not None]
    named = [one.path for one in described if any(asked in fold_case(words) for words in one.words)]
    if not matching and len(named) == 1:
        return named[0]
    listed = ", ".join(f"{one.words[0]} ({one.path.stem})" for one in described[:5])
    if not matching and not named:
        raise NotFound(f"no open call is called {wanted[:80]}", hint=f"Open: {listed}")
    raise NotFound(f"{len(matching or named)} open calls match {wanted[:80]}", hint=f"Open: {listed}")


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
