"""The files in the folder of practice that only grow: one line of JSON each, flushed before it is confirmed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec

from recoverycli.store.files import flush_folder, make_folder, refusal, write_all
from recoverycli.store.layout import PRACTICE
from recoverycli.store.locks import ANSWERS_LOCK, hold_folder
from recoverycli.system.disk import open_binary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Entry = TypeVar("Entry")
_KEPT = "Everything before this line is stored."


class LinesRead(NamedTuple, Generic[Entry]):
    """The entries of a file, and the numbers (from 1) of the lines that cannot be read."""

    path: Path
    entries: tuple[Entry, ...]
    damaged: tuple[int, ...]


def append_lines(home: Path, name: str, lines: Iterable[bytes], *, kept: str = _KEPT) -> None:
    """Add lines at once to the file of that name, after lines of other processes, and flush them to the disk.

    Raises StoreProblem with `kept` if they could not be written; the file is unchanged then.
    """
    path = home / PRACTICE / name
    data = b"".join(line + b"\n" for line in lines)
    if not data:
        return
    make_folder(path.parent, home)
    # One lock for all of these files: they are written seldom.
    with hold_folder(path.parent, ANSWERS_LOCK, kept=kept):
        try:
            is_new = not path.exists()
            flags = os.O_CREAT | os.O_RDWR | os.O_APPEND
            descriptor = open_binary(path, flags)
            try:
                _append(descriptor, data)
            finally:
                os.close(descriptor)
            if is_new:
                flush_folder(path.parent)
        except OSError as refused:
            raise refusal(path, refused, kept=kept) from refused


def read_lines(home: Path, name: str, entry: type[Entry]) -> LinesRead[Entry]:
    """Read every line of the file of that name; none if it does not exist. Raises StoreProblem."""
    path = home / PRACTICE / name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return LinesRead(path, (), ())
    except OSError as refused:
        raise refusal(path, refused) from refused
    decoder = msgspec.json.Decoder(entry)
    entries: list[Entry] = []
    damaged: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            entries.append(decoder.decode(line))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            damaged.append(number)
    return LinesRead(path, tuple(entries), tuple(damaged))


def _append(descriptor: int, data: bytes) -> None:
    size = os.fstat(descriptor).st_size
    if size:
        # A killed process may have left half a line, which must not come before this one.
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        if os.read(descriptor, 1) != b"\n":
            data = b"\n" + data
    try:
        write_all(descriptor, data)
    except OSError:
        os.ftruncate(descriptor, size)
        raise
