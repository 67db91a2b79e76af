"""One file of the store: its transcript, or why it is skipped."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.store.layout import ID
from recoverycli.system.disk import open_binary

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call, Transcript

BIGGEST = 64 * 1024 * 1024  # bytes; the transcript of a call of a whole day is less than a tenth

_STRANGER = "its id differs from its file name"
_PIECE = 64 * 1024


class UnfitFile(NamedTuple):
    """Why a file is no transcript of this store; `passing`: this may change without a change to the file."""

    why: str
    passing: bool = False


class Skipped(NamedTuple):
    """A file that was skipped because it is no transcript of this store, and why."""

    path: Path
    why: str
    passing: bool = False


class Stored(NamedTuple):
    """A transcript and its path; `pushed_by` is the role that it belongs to in a team's database, else empty."""

    path: Path
    transcript: Transcript
    raw: bytes
    pushed_by: str = ""


def why_misplaced(folder: str, name: str) -> str:
    """Return why a file of that name, in the folder of a day, is no transcript; empty if it may be one."""
    found = ID.fullmatch(name, 0, len(name) - 5) if name.endswith(".json") else None
    if found is None:
        return "its name is not a call id"
    is_there = folder[-2:] == found[3] and folder[-5:-3] == found[2] and folder[-10:-6] == found[1]
    return "" if is_there else "it is in the folder of another day"


def why_unfit(found: os.stat_result) -> str:
    """Return why a file (links are not followed) is no transcript; empty if it may be one."""
    if stat.S_ISLNK(found.st_mode):
        return "it is a link"
    if stat.S_ISDIR(found.st_mode):
        return "it is a folder"
    if not stat.S_ISREG(found.st_mode):
        return "it is not a file"
    if not found.st_size:
        return "it is empty"
    return "it is too large for a call" if found.st_size > BIGGEST else ""


def read_stored(path: Path) -> Stored | Skipped:
    """Read a whole transcript, or return why it cannot be read."""
    from recoverycli.session.transcript.model import Unreadable, decode

    raw = _bytes(str(path.parent), path.name)
    if isinstance(raw, UnfitFile):
        return Skipped(path, raw.why, raw.passing)
    try:
        transcript = decode(raw)
    except Unreadable as why:
        return Skipped(path, str(why))
    return Stored(path, transcript, raw) if transcript.call.id == path.stem else Skipped(path, _STRANGER)


def read_call(folder: str, name: str, found: os.stat_result | None = None) -> Call | UnfitFile:
    """Read only the typed view of a transcript, in half the time. `found` saves a stat of the file."""
    from recoverycli.session.transcript.model import Unreadable, decode_call

    raw = _bytes(folder, name, found)
    if isinstance(raw, UnfitFile):
        return raw
    try:
        call = decode_call(raw)
    except Unreadable as why:
        return UnfitFile(str(why))
    return call if call.id == name[:-5] else UnfitFile(_STRANGER)


def _bytes(folder: str, name: str, found: os.stat_result | None = None) -> bytes | UnfitFile:
    why = why_misplaced(folder, name)
    path = f"{folder}{os.sep}{name}"
    try:
        why = why or why_unfit(found or os.lstat(path))
        if why:
            return UnfitFile(why)
        # Takes a third of the time of pathlib, which matters for 100,000 files.
        descriptor = open_binary(path)
        try:
            return _read_all(descriptor)
        finally:
            os.close(descriptor)
    except OSError as refused:
        return UnfitFile(f"it cannot be read ({refused.strerror})", passing=True)


def _read_all(descriptor: int) -> bytes:
    data = os.read(descriptor, _PIECE)
    if len(data) < _PIECE:
        return data
    pieces = [data]
    while piece := os.read(descriptor, _PIECE):
        pieces.append(piece)
    return b"".join(pieces)
