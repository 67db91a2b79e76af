"""Examine a data folder, without changing anything."""

from __future__ import annotations

import os
import stat
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.session.transcript.model import Call
from recoverycli.store.calls.transcript_file import read_call
from recoverycli.store.drill_answers import answers_path, read_answers
from recoverycli.store.erased_record import DAMAGED, read_record
from recoverycli.store.files import FOLDER_MODE, read_own, status
from recoverycli.store.index.inspect import IndexFacts, examine_index
from recoverycli.store.journal.reader import is_abandoned, read_journal
from recoverycli.store.layout import (
    CACHE_FILES,
    ERASED_PEOPLE,
    FOLDERS,
    GOALS,
    ID,
    LIVE,
    PRACTICE,
    REVIEWS,
    SESSIONS,
    WORDING_CACHE_UNFINISHED,
    each_file,
    each_folder,
    is_lock,
    is_plain,
    is_unfinished,
    other_files,
    own_files,
)  # fmt: skip
from recoverycli.store.locks import is_open_elsewhere, lock_path
from recoverycli.store.maintenance.place import place_faults
from recoverycli.store.own_goals import read_goals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    Report = Callable[[int, int], None]

OpenState = Literal["waiting", "open in another window", "finished", "unreadable"]
_MOST = 20
_STALE = 3600.0  # seconds after which an unfinished file is a leftover
_NOBODY: Mapping[str, str] = {}
_OWN_BITS = stat.S_IMODE(FOLDER_MODE)


class Sample(msgspec.Struct, frozen=True):
    """How many there are, and the first of them."""

    count: int = 0
    first: tuple[str, ...] = ()


class StorageUse(msgspec.Struct, frozen=True):
    """A kind of stored data: where, how many files, and their bytes."""

    name: str
    path: str
    files: int
    bytes: int


class Fault(msgspec.Struct, frozen=True):
    """A file that is not ours or cannot be read, and why."""

    path: str
    why: str


class JournalState(msgspec.Struct, frozen=True):
    """A journal. `waiting` can be resumed; `finished` is already archived and is a leftover."""

    id: str
    state: OpenState
    why: str = ""


class Examination(msgspec.Struct, frozen=True):
    """The facts of a data folder. Lists contain only the first of the counted items."""

    home: str
    exists: bool
    kinds: tuple[StorageUse, ...] = ()
    too_open: Sample = Sample()
    leftovers: Sample = Sample()
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    open_calls: tuple[JournalState, ...] = ()
    set_aside: Sample = Sample()
    foreign: tuple[str, ...] = ()
    index: IndexFacts = IndexFacts()
    own: tuple[str, ...] = ()
    place: tuple[Fault, ...] = ()
    ahead: Sample = Sample()

    @property
    def fixable(self) -> bool:
        """Whether there is a problem that can be repaired safely."""
        return bool(self.too_open.count or self.leftovers.count or self.index.needs_rebuild)

    @property
    def needs_a_person(self) -> bool:
        """Whether there is a problem that a person has to judge."""
        damaged = any(call.state in {"finished", "unreadable"} for call in self.open_calls)
        return bool(self.fault_count or self.place or self.ahead.count) or damaged


def examine(
    home: Path, now: float, report: Report, *, latest: date = date.max, environ: Mapping[str, str] = _NOBODY
) -> Examination:
    """Examine everything in a data folder. `now` is in seconds since 1970, for the age of leftovers.

    No call can have been made after the day `latest`. `environ` tells who called sudo. Raises StoreProblem if a folder
    cannot be read.
    """
    place = tuple(Fault(str(path), why) for path, why in place_faults(home, environ))
    if not home.is_dir():
        return Examination(str(home), exists=False, place=place)
    faults: list[Fault] = []
    index = examine_index(home, lambda path, why: faults.append(Fault(str(path), why)), report)
    faults += _practice_faults(home)
    faults += _review_faults(home)
    read_record(home, lambda _: faults.append(Fault(str(home / ERASED_PEOPLE), DAMAGED)))
    return Examination(
        home=str(home),
        exists=True,
        kinds=tuple(_kind(home, name) for name in FOLDERS),
        too_open=_some(readable_by_others(home)),
        leftovers=_some(leftovers(home, now)),
        faults=tuple(faults[:_MOST]),
        fault_count=len(faults),
        open_calls=tuple(_open_calls(home)),
        set_aside=_some(path for path in each_file(home / LIVE) if path.suffix == ".unread"),
        foreign=tuple(str(path) for path in other_files(home)[:_MOST]),
        index=index,
        own=own_files(home),
        place=place,
        ahead=_some(dated_ahead(home, latest)),
    )


def dated_ahead(home: Path, latest: date) -> Iterator[Path]:
    """Return the calls that are dated after the day `latest`: a clock was wrong, or they were made elsewhere."""
    for path in each_file(home / SESSIONS):
        found = ID.fullmatch(path.stem)
        if found is not None and "-".join(found.groups()) > latest.isoformat():
            yield path


def readable_by_others(home: Path) -> Iterator[Path]:
    """Return what other users of this computer can read. The folder itself counts if it contains only our files."""
    if os.name == "nt":
        return
    folders = [home] if not other_files(home) else []
    ours = [home / name for name in CACHE_FILES if (home / name).exists()]
    for name in FOLDERS:
        folders += each_folder(home / name)
        ours += each_file(home / name)
    for path in (*folders, *ours):
        found = status(path)
        if found and not stat.S_ISLNK(found.st_mode) and stat.S_IMODE(found.st_mode) & ~_OWN_BITS:
            yield path


def leftovers(home: Path, now: float) -> Iterator[Path]:
    """Return leftovers: interrupted writes older than an hour, locks of finished calls, calls that never started."""
    unfinished = [home / ".index.tmp", home / WORDING_CACHE_UNFINISHED]
    paths = [*unfinished, *(path for name in FOLDERS for path in each_file(home / name))]
    for path in paths:
        ends = is_unfinished(path) or (path.parent.name == LIVE and (_is_over(path) or _is_empty(path)))
        found = status(path) if ends else None
        if found and found.st_mtime < now - _STALE:
            yield path


def _is_over(lock: Path) -> bool:
    journal = lock.with_suffix(".jsonl")
    return is_lock(lock) and lock_path(journal) == lock and not journal.exists() and not is_open_elsewhere(journal)


def _is_empty(journal: Path) -> bool:
    return journal.suffix == ".jsonl" and is_plain(journal) and is_abandoned(journal)


def _some(paths: Iterator[Path]) -> Sample:
    first: list[str] = []
    count = 0
    for path in paths:
        count += 1
        if count <= _MOST:
            first.append(str(path))
    return Sample(count, tuple(first))


def _kind(home: Path, name: str) -> StorageUse:
    files = size = 0
    for path in each_file(home / name):
        found = None if is_lock(path) else status(path)
        if found:
            files += not is_unfinished(path) and path.suffix != ".unread"
            size += found.st_size
    return StorageUse(name, str(home / name), files, size)


def _practice_faults(home: Path) -> Iterator[Fault]:
    for path in each_file(home / PRACTICE):
        if path.name.startswith("."):
            continue
        if path == answers_path(home):
            yield from _line_faults(path, read_answers(home).damaged, "answer")
            continue
        if path == home / PRACTICE / GOALS:
            yield from _line_faults(path, read_goals(home).damaged, "goal")
            continue
        read = read_call(str(path.parent), path.name)
        if not isinstance(read, Call):
            yield Fault(str(path), read.why)
        elif read.kind != "practice":
            yield Fault(str(path), "it is a call, not practice")


def _line_faults(path: Path, damaged: Sequence[int], kind: str) -> Iterator[Fault]:
    if damaged:
        lines = ", ".join(map(str, damaged[:_MOST]))
        yield Fault(str(path), f"not a valid {kind}, ignored: line {lines}")


def _review_faults(home: Path) -> Iterator[Fault]:
    for path in each_file(home / REVIEWS):
        if path.name.startswith("."):
            continue
        found = ID.fullmatch(path.stem) if path.suffix == ".json" else None
        if found is None or path.parent.name != REVIEWS or not path.is_file():
            yield Fault(str(path), "its name is not a call id")
            continue
        try:
            msgspec.json.decode(read_own(path), type=dict[str, msgspec.Raw])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OSError):
            yield Fault(str(path), "it is not complete JSON")
            continue
        if not any((home / kind).joinpath(*found.groups(), path.name).exists() for kind in (SESSIONS, PRACTICE)):
            yield Fault(str(path), "its call no longer exists")


def _open_calls(home: Path) -> Iterator[JournalState]:
    for path in each_file(home / LIVE):
        if path.suffix != ".jsonl" or _is_empty(path):
            continue
        found = ID.fullmatch(path.stem)
        if is_open_elsewhere(path):
            yield JournalState(path.stem, "open in another window")
        elif found and (home / SESSIONS).joinpath(*found.groups(), f"{path.stem}.json").exists():
            yield JournalState(path.stem, "finished")
        else:
            try:
                read = read_journal(path)
            except StoreProblem as fault:
                yield JournalState(path.stem, "unreadable", fault.message.removeprefix(f"{path}: "))
            else:
                yield JournalState(read.call_id, "waiting")
