"""A backup: all stored data in one archive with checksums, written as a stream and renamed when it is complete.

It is a gzipped tar: it needs constant memory, compresses many small transcripts together, and opens on every system.
The record of erasures comes first, so that a restore knows of them before the calls. The last member lists the SHA-256
of all others in the format of `sha256sum -c`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import tempfile
from typing import IO, TYPE_CHECKING, NamedTuple

from recoverycli.store.files import refusal, replacement
from recoverycli.store.layout import (
    CAUSES,
    ERASED_PEOPLE,
    FOLDERS,
    LIVE,
    PRACTICE,
    REVIEWS,
    SESSIONS,
    each_file,
    is_lock,
    is_plain,
)
from recoverycli.system.disk import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Report = Callable[[int, int], None]

MANIFEST = "MANIFEST.sha256"
_LEVEL = 6
_DEEPEST, _LONGEST_NAME = 8, 1000
# Characters that are not portable in file names, or that lead elsewhere.
_NOWHERE_NAMED = frozenset('\\:*?"<>|\x7f')


class BackupResult(NamedTuple):
    """The content of a backup: files by folder (or name), total bytes, and what was left out."""

    counts: dict[str, int]
    size: int
    left_out: tuple[Path, ...]


def back_up(home: Path, target: Path, report: Report) -> BackupResult:
    """Write the archive. Raises StoreProblem; an earlier file with that name is unchanged then."""
    # Open calls first: a call that is finished meanwhile is in the archive twice rather than not at all.
    live = [(path, path.read_bytes()) for path in _paths(home, LIVE) if is_plain(path)]
    try:
        with replacement(target) as file, tempfile.TemporaryFile() as manifest:
            return _write(home, _Archive(file, manifest), live, report)
    except OSError as refused:
        raise refusal(target, refused, kept="No backup was written; an existing file was not changed.") from refused


def is_member(name: str) -> bool:
    """Whether a file with that name belongs in a backup: below one of our folders, with a safe path."""
    parts = name.split("/")
    return name == ERASED_PEOPLE or (
        1 < len(parts) <= _DEEPEST
        and len(name) <= _LONGEST_NAME
        and parts[0] in FOLDERS
        # Hidden files are unfinished writes and locks; Windows drops a space or a dot at the end.
        and not any(part.startswith(".") or not part or part[-1] in " ." for part in parts)
        and not any(letter in _NOWHERE_NAMED or letter < " " for letter in name)
    )


def line(name: str, digest: str) -> bytes:
    """Return a member's line of the manifest."""
    return f"{digest}  {name}\n".encode("utf-8", "surrogateescape")


class _Archive:
    """An archive that is being written, and its manifest."""

    def __init__(self, file: IO[bytes], manifest: IO[bytes]) -> None:
        self._packed = gzip.GzipFile("", "wb", _LEVEL, file, mtime=0)
        self._tar = tarfile.open(fileobj=self._packed, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  # closed below
        self._manifest = manifest

    def add(self, name: str, data: IO[bytes], size: int) -> None:
        """Add a file of that size."""
        hashed = Hashing(data)
        self._put(name, hashed, size)
        self._manifest.write(line(name, hashed.digest))

    def close(self) -> None:
        """Add the manifest and end the archive."""
        size = self._manifest.tell()
        self._manifest.seek(0)
        self._put(MANIFEST, self._manifest, size)
        self._tar.close()
        self._packed.close()

    def _put(self, name: str, data: IO[bytes] | Hashing, size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, FILE_MODE
        self._tar.addfile(entry, data)
        # tarfile remembers every member for a listing, a kilobyte each.
        vars(self._tar)["members"].clear()


class Hashing:
    """A file that is read once, and its SHA-256 afterwards."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        data = self._file.read(size)
        self._hash.update(data)
        return data

    @property
    def digest(self) -> str:
        """The SHA-256 of what was read."""
        return str(self._hash.hexdigest())


def _paths(home: Path, folder: str) -> Iterator[Path]:
    return (path for path in each_file(home / folder) if not path.name.startswith(".") and not is_lock(path))


def _write(home: Path, archive: _Archive, live: list[tuple[Path, bytes]], report: Report) -> BackupResult:
    counts = dict.fromkeys((*FOLDERS, ERASED_PEOPLE), 0)
    left_out: list[Path] = []
    size = done = 0
    if is_plain(home / ERASED_PEOPLE) and (added := _add(home, archive, home / ERASED_PEOPLE)):
        size += added
        counts[ERASED_PEOPLE] += 1
    folders = (CAUSES, PRACTICE, REVIEWS, SESSIONS)
    total = sum(1 for folder in folders for _ in _paths(home, folder))
    for folder in folders:
        for path in _paths(home, folder):
            added = _add(home, archive, path)
            if added is None:
                left_out.append(path)
            else:
                size += added
                counts[folder] += 1
            report(done := done + 1, max(total, done))
    for path, data in live:
        archive.add(path.relative_to(home).as_posix(), io.BytesIO(data), len(data))
        size += len(data)
        counts[LIVE] += 1
    archive.close()
    return BackupResult(counts, size, tuple(left_out))


def _add(home: Path, archive: _Archive, path: Path) -> int | None:
    """Add a file and return its size; None for a link, a name that is not portable, or a deleted file."""
    name = path.relative_to(home).as_posix()
    if not is_plain(path) or not is_member(name):
        return None
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            archive.add(name, file, size)
    except (FileNotFoundError, PermissionError):
        return None
    return size
