"""Update the index from the files: folders are compared first, then the files of changed folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store.calls.folders import Day, files
from recoverycli.store.calls.transcript_file import Skipped
from recoverycli.store.files import status
from recoverycli.times.clock import file_time_ns

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from recoverycli.store.index.reader import DayRead
    from recoverycli.store.index.tables import RowWriter

    Report = Callable[[int, int], None]

# A folder that changed this recently may change again within the same tick of the file system's clock (2 s on FAT).
_SETTLED = 3_000_000_000
_UNSURE = 0


class IndexChanges(NamedTuple):
    """What to update: days that changed or are new, and keys of deleted folders."""

    changed: tuple[Day, ...]
    gone: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


class _Known(NamedTuple):
    """A file in the index; `key` is None if it was skipped."""

    size: int
    changed: int
    key: int | None
    again: bool = False


def difference(connection: sqlite3.Connection, days: Sequence[Day]) -> IndexChanges:
    """Return which folders differ between index and store. Reads no file and no folder."""
    known = {path: (key, changed) for key, path, changed in connection.execute("SELECT key, path, changed FROM folder")}
    again = {key for (key,) in connection.execute("SELECT DISTINCT folder FROM skipped WHERE again")}
    changed = tuple(
        day for day in days if day.name not in known or known[day.name][1] != day.changed or known[day.name][0] in again
    )
    there = {day.name for day in days}
    return IndexChanges(changed, tuple(key for name, (key, _) in known.items() if name not in there))


def fill(connection: sqlite3.Connection, days: Sequence[Day], report: Report) -> None:
    """Insert every transcript of those days into empty tables. `report` gets the days done and the total."""
    from recoverycli.store.index.reader import read_days
    from recoverycli.store.index.tables import RowWriter

    rows = RowWriter(connection)
    for done, (day, read) in enumerate(zip(days, read_days([day.path for day in days]), strict=True), start=1):
        _add_day(rows, connection, _folder(connection, day), read)
        report(done, len(days))


def update(connection: sqlite3.Connection, different: IndexChanges, report: Report) -> None:
    """Apply a difference. Nothing of deleted files remains."""
    from recoverycli.store.index.tables import RowWriter, forget

    rows = RowWriter(connection)
    gone = 0
    for key in different.gone:
        keys = [call for (call,) in connection.execute("SELECT key FROM call WHERE folder = ?", (key,))]
        rows.remove(keys)
        gone += len(keys)
        connection.execute("DELETE FROM skipped WHERE folder = ?", (key,))
        connection.execute("DELETE FROM folder WHERE key = ?", (key,))
    for done, day in enumerate(different.changed, start=1):
        gone += _update_day(rows, connection, day)
        report(done, len(different.changed))
    if gone:
        forget(connection)


def _update_day(rows: RowWriter, connection: sqlite3.Connection, day: Day) -> int:
    """Update the folder of a day; returns how many of its files were deleted."""
    from recoverycli.store.index.reader import read_files

    folder = _folder(connection, day)
    known = _known_files(connection, folder)
    stale: list[int] = []
    fresh: list[os.DirEntry[str]] = []
    names: set[str] = set()
    for entry in files(day.path):
        found = status(entry)
        if found is None:
            continue
        names.add(entry.name)
        before = known.get(entry.name)
        if not before or before.again or before[:2] != (found.st_size, found.st_mtime_ns):
            fresh.append(entry)
    gone = known.keys() - names
    for name in {*gone, *(entry.name for entry in fresh)}:
        if name in known and (key := known[name].key) is not None:
            stale.append(key)
        else:
            connection.execute("DELETE FROM skipped WHERE folder = ? AND name = ?", (folder, name))
    rows.remove(stale)
    _add_day(rows, connection, folder, read_files(day.path, fresh))
    return len(gone)


def _known_files(connection: sqlite3.Connection, folder: int) -> dict[str, _Known]:
    calls = connection.execute("SELECT id, size, changed, key FROM call WHERE folder = ?", (folder,))
    skipped = connection.execute("SELECT name, size, changed, again FROM skipped WHERE folder = ?", (folder,))
    return {
        **{f"{name}.json": _Known(size, changed, key) for name, size, changed, key in calls},
        **{name: _Known(size, changed, None, bool(again)) for name, size, changed, again in skipped},
    }


def _folder(connection: sqlite3.Connection, day: Day) -> int:
    """The key of a day's folder, after updating its time."""
    changed = day.changed if day.changed < file_time_ns() - _SETTLED else _UNSURE
    connection.execute(
        "INSERT INTO folder (path, changed) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET changed = excluded.changed",
        (day.name, changed),
    )
    (key,) = connection.execute("SELECT key FROM folder WHERE path = ?", (day.name,)).fetchone()
    return int(key)


def _add_day(rows: RowWriter, connection: sqlite3.Connection, folder: int, read: DayRead) -> None:
    rows.add(folder, read.calls)
    connection.executemany(
        "INSERT OR REPLACE INTO skipped VALUES (?, ?, ?, ?, ?, ?)", [(folder, *one) for one in read.skipped]
    )


def skipped_files(connection: sqlite3.Connection, root: Path) -> Iterable[Skipped]:
    """Return the files in the folders of days that hold no transcript, newest first."""
    found = connection.execute(
        "SELECT path, name, why FROM skipped JOIN folder ON folder.key = skipped.folder ORDER BY path DESC, name DESC"
    )
    return [Skipped(root / path / name, why) for path, name, why in found]
