"""The finished calls: one file per transcript, written in full or not at all, never rewritten."""

from __future__ import annotations

import contextlib
import itertools
import os
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem
from recoverycli.store.calls.folders import days, files
from recoverycli.store.calls.transcript_file import Skipped, Stored, read_stored
from recoverycli.store.files import flush_folder, make_folder, refusal, write_all
from recoverycli.store.layout import ID, PRACTICE, PRACTICE_LINES, SESSIONS
from recoverycli.store.outbox import note_change
from recoverycli.system.disk import open_binary, rename_new, unlink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.session.events import Kind
    from recoverycli.session.transcript.model import Call


class Archive:
    """The finished calls below a data folder. Nothing is created before the first transcript is written."""

    def __init__(self, home: Path, kind: Kind = "call") -> None:
        """Practice is stored separately from calls."""
        self.home = home
        self.folder = home / (SESSIONS if kind == "call" else PRACTICE)

    def write(self, call: Call) -> Path:
        """Write a transcript and return its path.

        Raises StoreProblem if it cannot be written in full. An existing transcript with that id is not changed; an
        existing file that is no transcript is an error.
        """
        from recoverycli.session.transcript.model import encode

        return self.write_bytes(call.id, encode(call))

    def write_bytes(self, call_id: str, data: bytes) -> Path:
        """Write the bytes of a transcript, like `write`."""
        path = self.path(call_id)
        make_folder(path.parent, self.home)
        temporary = path.parent / f".{call_id}.{os.urandom(4).hex()}.tmp"
        try:
            descriptor = open_binary(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            try:
                write_all(descriptor, data)
            finally:
                os.close(descriptor)
            with note_change(path, "added"):
                is_new = rename_new(temporary, path)
            if not is_new and isinstance(there := read_stored(path), Skipped):
                raise StoreProblem(
                    f"{path}: this is not a transcript: {there.why}",
                    kept="The file was not changed.",
                    hint="Move it away.",
                )
            flush_folder(path.parent)
        except OSError as refused:
            raise refusal(path.parent, refused) from refused
        finally:
            with contextlib.suppress(OSError):
                unlink(temporary, missing_ok=True)
        return path

    def newest(self, limit: int) -> tuple[Path, ...]:
        """Return the newest `limit` files, by name only. Raises StoreProblem if the folders cannot be read."""
        return tuple(itertools.islice(self._files(), limit))

    def each(self) -> Iterator[Stored | Skipped]:
        """Read every call, newest first, and report files that are no transcript.

        Raises StoreProblem if a folder cannot be read.
        """
        lines = {self.home / PRACTICE / name for name in PRACTICE_LINES}
        yield from (stray for stray in days(self.folder).strays if stray.path not in lines)
        yield from (read_stored(path) for path in self._files())

    def read(self, call_id: str) -> Stored:
        """Return the call with that id. Raises StoreProblem if there is none, or it cannot be read."""
        path = self.path(call_id)
        read = read_stored(path)
        if isinstance(read, Skipped):
            raise StoreProblem(
                f"{path}: {read.why}", kept="The file was not changed.", hint="Other calls: recovery log list"
            )
        return read

    def path(self, call_id: str) -> Path:
        """Return the path of the call with that id. Raises StoreProblem if the id is not valid."""
        found = ID.fullmatch(call_id)
        if found is None:
            raise StoreProblem(f"{call_id[:80]} is not a call id")
        return self.folder.joinpath(*found.groups(), f"{call_id}.json")

    def _files(self) -> Iterator[Path]:
        """The files of the store, newest first, by name only."""
        for day in reversed(days(self.folder).days):
            yield from (day.path / entry.name for entry in reversed(files(day.path)))
