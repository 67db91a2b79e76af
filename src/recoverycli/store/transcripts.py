"""One file of the store: the transcript that it holds, or why it is left alone."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.transcript import Call, Transcript, Unreadable, decode, decode_call

if TYPE_CHECKING:
    import os
    from pathlib import Path

ID = re.compile(r"(\d{4})(\d{2})(\d{2})T\d{6}-[a-z0-9-]+-[a-z0-9]{4}")
BIGGEST = 64 * 1024 * 1024  # bytes; a call of a whole day has not a tenth of that


class Skipped(NamedTuple):
    """A file that was left alone because it is no transcript of this store, and why."""

    path: Path
    why: str
    # Whether it may be readable later without any change of its own.
    passing: bool = False


class Stored(NamedTuple):
    """A transcript and where it lies."""

    path: Path
    transcript: Transcript
    raw: bytes


def misplaced(path: Path) -> str:
    """Return why a file of that name and place is no transcript; empty where it may be one."""
    found = ID.fullmatch(path.stem) if path.suffix == ".json" else None
    if found is None:
        return "it is not named like a call"
    day = tuple(folder.name for folder in (path.parent.parent.parent, path.parent.parent, path.parent))
    return "" if day == found.groups() else "it lies in the folder of another day"


def unfit(found: os.stat_result) -> str:
    """Return why what is there (not followed, if it is a link) is no transcript; empty where it may be one."""
    if stat.S_ISLNK(found.st_mode):
        return "it is a link"
    if stat.S_ISDIR(found.st_mode):
        return "it is a folder"
    if not stat.S_ISREG(found.st_mode):
        return "it is no file"
    if not found.st_size:
        return "it is empty"
    return "it is larger than any call" if found.st_size > BIGGEST else ""


def read_stored(path: Path) -> Stored | Skipped:
    """Read a transcript whole, or say why not."""
    raw = _bytes(path)
    if isinstance(raw, Skipped):
        return raw
    try:
        transcript = decode(raw)
    except Unreadable as why:
        return Skipped(path, str(why))
    return Stored(path, transcript, raw) if transcript.call.id == path.stem else _stranger(path)


def read_call(path: Path) -> Call | Skipped:
    """Read the typed view of a transcript alone, in half the time."""
    raw = _bytes(path)
    if isinstance(raw, Skipped):
        return raw
    try:
        call = decode_call(raw)
    except Unreadable as why:
        return Skipped(path, str(why))
    return call if call.id == path.stem else _stranger(path)


def _bytes(path: Path) -> bytes | Skipped:
    why = misplaced(path)
    try:
        why = why or unfit(path.lstat())
        return Skipped(path, why) if why else path.read_bytes()
    except OSError as refused:
        return Skipped(path, f"it cannot be read ({refused.strerror})", passing=True)


def _stranger(path: Path) -> Skipped:
    return Skipped(path, "its id is not its name")
