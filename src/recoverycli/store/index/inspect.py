"""Compare the index with all files, without updating it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.session.transcript.model import Call
from recoverycli.store.calls.folders import days, files
from recoverycli.store.calls.transcript_file import read_call
from recoverycli.store.files import status
from recoverycli.store.index.columns import VERSION
from recoverycli.store.index.index import NAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    Report = Callable[[int, int], None]
    Known = dict[str, tuple[int, int, str]]

State = Literal["missing", "broken", "of another version", "behind", "up to date"]


class IndexFacts(msgspec.Struct, frozen=True):
    """The state of the index. `calls` counts files; `edited` were changed in place, `unknown` are not in the index."""

    state: State = "missing"
    path: str = ""
    bytes: int = 0
    version: int | None = None
    why: str = ""
    calls: int = 0
    edited: int = 0
    unknown: int = 0
    gone: int = 0

    @property
    def needs_rebuild(self) -> bool:
        """Whether the next reading command would not repair it: that notices new and deleted files, but no edits."""
        return self.edited > 0 or self.state == "broken"


def examine_index(home: Path, fault: Callable[[Path, str], None], report: Report) -> IndexFacts:
    """Compare the index with the files.

    `fault` is called with each file that is no transcript. A file that is unchanged since it was indexed is not read.
    Raises StoreProblem if a folder cannot be read.
    """
    import sqlite3

    path = home / NAME
    found = days(home / "sessions")
    for stray in found.strays:
        fault(stray.path, stray.why)
    there = status(path)
    size = there.st_size if there else 0
    state, version, why = _state(path)
    counts = dict.fromkeys(("calls", "edited", "unknown", "gone"), 0)
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(contextlib.closing(_open(path))) if state == "up to date" else None
        for done, day in enumerate(found.days, start=1):
            known: Known = {}
            is_unseen = False
            if connection is not None:
                try:
                    known = _known_files(connection, day.name)
                    is_unseen = _change_time(connection, day.name) == day.changed
                except sqlite3.DatabaseError as broken:
                    connection, state, why = None, "broken", str(broken)
            _compare(day.path, known, counts, fault, "edited" if is_unseen else "unknown")
            report(done, len(found.days))
    if connection is None:
        counts.update(edited=0, unknown=0, gone=0)
    elif any(counts[name] for name in ("edited", "unknown", "gone")):
        state = "behind"
    return IndexFacts(state, str(path), size, version, why, **counts)


def _state(path: Path) -> tuple[State, int | None, str]:
    import sqlite3

    if not path.exists():
        return "missing", None, ""
    try:
        with contextlib.closing(_open(path)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                return "of another version", version, ""
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as broken:
        return "broken", None, str(broken)
    return ("up to date", version, "") if sound == "ok" else ("broken", version, str(sound))


def _open(path: Path) -> sqlite3.Connection:
    import sqlite3

    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)


def _known_files(connection: sqlite3.Connection, day: str) -> Known:
    calls = connection.execute(
        "SELECT id, size, call.changed FROM call JOIN folder ON folder.key = call.folder WHERE folder.path = ?", (day,)
    )
    skipped = connection.execute(
        "SELECT name, size, skipped.changed, why FROM skipped JOIN folder ON folder.key = skipped.folder"
        " WHERE folder.path = ?",
        (day,),
    )
    return {
        **{f"{name}.json": (size, changed, "") for name, size, changed in calls},
        **{name: (size, changed, why) for name, size, changed, why in skipped},
    }


def _change_time(connection: sqlite3.Connection, day: str) -> int | None:
    """When the folder of a day changed last, according to the index."""
    row = connection.execute("SELECT changed FROM folder WHERE path = ?", (day,)).fetchone()
    return row[0] if row else None


def _compare(
    day: Path, known: Known, counts: dict[str, int], fault: Callable[[Path, str], None], different: str
) -> None:
    for entry in files(day):
        found = status(entry)
        if found is None:
            continue
        stamp, why = (found.st_size, found.st_mtime_ns), ""
        if entry.name in known and known[entry.name][:2] == stamp:
            why = known[entry.name][2]
        else:
            counts[different if entry.name in known else "unknown"] += 1
            read = read_call(str(day), entry.name)
            if not isinstance(read, Call):
                why = read.why
            elif read.kind != "call":
                why = "it is practice, not a call"
        known.pop(entry.name, None)
        if why:
            fault(day / entry.name, why)
        else:
            counts["calls"] += 1
    counts["gone"] += len(known)
