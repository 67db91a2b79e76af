"""Restore a backup.

The whole archive is checked before anything is written, and no file is overwritten. Every name must be below the data
folder, every member a regular file, and every checksum must match; otherwise nothing is written. Missing answers of
drills, notes and goals are added to their files, and missing erasures to the record of them. A call with numbers or
times that no call can have is refused.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import tarfile
import tempfile
import zlib
from collections import Counter
from typing import IO, TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.transcript_file import BIGGEST
from recoverycli.store.erased_record import decode_record, merge_records, read_record, write_record
from recoverycli.store.files import make_folder, refusal, replacement
from recoverycli.store.layout import ERASED_PEOPLE, FOLDERS, ID, LIVE, PRACTICE, PRACTICE_LINES, is_plain
from recoverycli.store.maintenance.backup import MANIFEST, Hashing, is_member, line
from recoverycli.store.maintenance.refused_files import why_refused
from recoverycli.store.outbox import note_change
from recoverycli.store.practice_lines import append_lines
from recoverycli.store.privacy.erase import is_same_but_for_erasures
from recoverycli.system.disk import is_link, rename

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    Report = Callable[[int, int], None]
    _Outcome = Literal["restored", "there", "differs"]

_PIECE = 2**20
# Bytes of a header: no name of ours needs more, and a header of gigabytes would fill the memory.
_LONGEST_READ = 4 * 2**20
_UNTOUCHED = "Nothing was restored."
_LINES = frozenset(f"{PRACTICE}/{name}" for name in PRACTICE_LINES)


class BackupContent(NamedTuple):
    """The content of a backup: files by folder, and total bytes."""

    counts: dict[str, int]
    size: int


class RefusedFile(NamedTuple):
    """A file of a backup that was not restored, and why."""

    name: str
    why: str


class RestoreResult(NamedTuple):
    """The result: files that were restored, existed already, differ and were not changed, or were refused."""

    restored: int
    there: int
    differ: tuple[str, ...] = ()
    refused: tuple[RefusedFile, ...] = ()


class Filter(Protocol):
    """Decides what of a file is restored."""

    def __call__(self, name: str, data: bytes) -> bytes | None:
        """Return the data to restore; None to leave the file out."""


def check_archive(archive: Path, home: Path) -> BackupContent:
    """Check the whole archive. Raises StoreProblem if it is damaged, unsafe or larger than the free space."""
    counts = dict.fromkeys((*FOLDERS, ERASED_PEOPLE), 0)
    size, room = 0, _free_space(home)
    with tempfile.TemporaryFile() as computed, members(archive) as files:
        for name, file in files:
            if name == MANIFEST:
                _compare(archive, file, computed)
                break
            hashed = Hashing(file)
            while piece := hashed.read(_PIECE):
                size += len(piece)
                if size > room:
                    raise _refusal(archive, "it needs more space than the disk has")
            computed.write(line(name, hashed.digest))
            counts[name.partition("/")[0]] += 1
        else:
            raise _refusal(archive, "it is not complete: its list of checksums is missing")
        if next(files, None) is not None:
            raise _refusal(archive, "something was added to it")
    return BackupContent(counts, size)


def restore(
    archive: Path, home: Path, now: datetime, report: Report, only: Filter | None = None, *, dry_run: bool = False
) -> RestoreResult:
    """Restore missing files, after the whole archive was checked; of each, what `only` returns.

    No call may be dated after `now` (aware). Raises StoreProblem; files restored before a full disk stay, each
    complete.
    """
    total = sum(check_archive(archive, home).counts.values())
    counted: Counter[_Outcome] = Counter()
    differ: list[str] = []
    refused: list[RefusedFile] = []
    with members(archive) as files:
        for done, (name, file) in enumerate(_parts_to_restore(files, only), start=1):
            try:
                outcome = _restore_file(name, file, home, now, dry_run=dry_run)
            except _Refused as why:
                refused.append(RefusedFile(name, str(why)))
            else:
                counted[outcome] += 1
                differ += [name] if outcome == "differs" else []
            report(done, total)
    return RestoreResult(counted["restored"], counted["there"], tuple(differ), tuple(refused))


class _Refused(Exception):  # an outcome
    """Why a file is not restored."""


def _restore_file(name: str, file: IO[bytes], home: Path, now: datetime, *, dry_run: bool) -> _Outcome:
    """Restore a file, if it is missing. Raises _Refused."""
    target = home / name
    if _is_finished(home, name):
        return "there"
    if name == ERASED_PEOPLE:
        return "restored" if _add_erasures(home, file.read(), dry_run=dry_run) else "there"
    if name in _LINES and is_plain(target):
        return "restored" if _add_lines(target, home, file, dry_run=dry_run) else "there"
    data = file.read()
    if os.path.lexists(target):
        return "there" if _is_same(target, data) else "differs"
    if why := why_refused(name, data, now):
        raise _Refused(why)
    if not dry_run:
        _put(target, home, data)
    return "restored"


def _parts_to_restore(files: Iterator[tuple[str, IO[bytes]]], only: Filter | None) -> Iterator[tuple[str, IO[bytes]]]:
    """The files of a backup up to the list of checksums, with what is to be restored of each."""
    for name, file in files:
        if name == MANIFEST:
            return
        if only is None:
            yield name, file
        elif (kept := only(name, file.read())) is not None:
            yield name, io.BytesIO(kept)


def _put(target: Path, home: Path, data: bytes) -> None:
    make_folder(target.parent, home)

    def put(temporary: Path, target: Path) -> None:
        with note_change(target, "added"):
            rename(temporary, target)

    try:
        with replacement(target, put) as out:
            out.write(data)
    except OSError as refused:
        raise refusal(target, refused, kept="Files restored before this are complete.") from refused


def _add_lines(target: Path, home: Path, file: IO[bytes], *, dry_run: bool) -> bool:
    """Add missing answers of drills, notes and goals: the file only grows, so both sides are valid."""
    there = set(target.read_bytes().split(b"\n"))
    missing = [line for line in dict.fromkeys(file.read().split(b"\n")) if line and line not in there]
    if missing and not dry_run:
        append_lines(home, target.name, missing)
    return bool(missing)


def _add_erasures(home: Path, data: bytes, *, dry_run: bool) -> bool:
    """Add missing erasures to the record of this data folder. Raises _Refused."""
    try:
        other = decode_record(data)
    except ValueError as broken:
        raise _Refused("it is not a valid record of erasures") from broken
    before = read_record(home)
    merged = merge_records(before, other)
    if merged is not before and not dry_run:
        write_record(home, merged, kept="No calls were restored yet.")
    return merged is not before


def _is_finished(home: Path, name: str) -> bool:
    """Whether it is the journal of a call that was finished later, which must not be opened again."""
    folder, _, file = name.partition("/")
    found = ID.fullmatch(file.partition(".")[0]) if folder == LIVE else None
    return found is not None and home.joinpath("sessions", *found.groups(), f"{found[0]}.json").exists()


def _is_same(target: Path, data: bytes) -> bool:
    """Whether the file that is there has the same content, apart from traces of erasures."""
    if is_link(target) or not target.is_file():
        return False
    try:
        there = target.read_bytes() if target.stat().st_size <= BIGGEST else b""
    except OSError as refused:
        raise refusal(target, refused) from refused
    if there == data or target.suffix != ".json":
        return there == data
    try:
        return is_same_but_for_erasures(*(msgspec.json.decode(one, type=dict[str, Any]) for one in (there, data)))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


class _Bounded:
    """A stream that limits how much is read at once."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self.tell = file.tell
        self.seek = file.seek

    def read(self, size: int) -> bytes:
        """Read the next bytes. Raises OSError for more than the limit."""
        if not 0 <= size <= _LONGEST_READ:
            raise tarfile.ReadError("a header is too long")
        return self._file.read(size)


@contextlib.contextmanager
def members(archive: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    """Open a backup: its files one after another, each to be read before the next. Raises StoreProblem."""
    try:
        with gzip.open(archive, "rb") as packed, tarfile.open(fileobj=_Bounded(packed), mode="r:") as tar:  # type: ignore[call-overload]
            yield _each(archive, tar, packed)
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, UnicodeError) as broken:
        raise _refusal(archive, "it is damaged, or not a backup made by this tool") from broken
    except OSError as refused:
        raise refusal(archive, refused, kept=_UNTOUCHED) from refused


def _each(archive: Path, tar: tarfile.TarFile, packed: gzip.GzipFile) -> Iterator[tuple[str, IO[bytes]]]:
    while (entry := tar.next()) is not None:
        vars(tar)["members"].clear()
        file = tar.extractfile(entry) if entry.type in {tarfile.REGTYPE, tarfile.AREGTYPE} else None
        if file is None or (entry.name != MANIFEST and not is_member(entry.name)):
            raise _refusal(archive, f"it contains {entry.name[:200]}, which does not belong in a backup")
        # A sparse file is small in the archive and can expand without limit.
        if entry.size > BIGGEST and entry.name != MANIFEST:
            raise _refusal(archive, f"{entry.name[:200]} is too large for a call")
        yield entry.name, file
    # Read to the end, which has the checksum of gzip; only padding may follow.
    rest = packed.read(_PIECE)
    if rest.strip(b"\0") or packed.read(1):
        raise _refusal(archive, "something was added to it")


def _compare(archive: Path, manifest: IO[bytes], computed: IO[bytes]) -> None:
    computed.seek(0)
    while True:
        told, found = manifest.readline(_PIECE), computed.readline(_PIECE)
        if told != found:
            name = (found or told).decode("utf-8", "replace").partition("  ")[2].strip()
            raise _refusal(archive, f"{name[:200]} does not match its checksum")
        if not told:
            return


def _free_space(home: Path) -> int:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    return shutil.disk_usage(there).free


def _refusal(archive: Path, why: str) -> StoreProblem:
    return StoreProblem(f"{archive}: {why}", kept=_UNTOUCHED, hint="Try another backup.")
