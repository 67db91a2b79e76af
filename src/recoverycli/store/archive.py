"""The finished calls: one transcript a file, written whole or not at all, never rewritten."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import NotFound, StoreProblem
from recoverycli.session.transcript import Call, Transcript, Unreadable, decode, encode
from recoverycli.store.files import FILE_MODE, flush_folder, make_folder, refusal, write_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

_ID = re.compile(r"(\d{4})(\d{2})(\d{2})T\d{6}-[a-z0-9-]+-[a-z0-9]{4}")
_BIGGEST = 64 * 1024 * 1024


class CallRow(NamedTuple):
    """A finished call in a line of a list."""

    id: str
    started_at: datetime
    ended_at: datetime
    seconds: float
    state: str
    kind: str
    framework: str
    framework_name: str
    agent: str | None
    channel: str | None
    issue: str | None
    customer: str | None
    ref: str | None
    mood: str | None
    outcome: str | None
    steps_done: int
    steps_total: int
    promises: int
    summary: str | None


class Skipped(NamedTuple):
    """A file that was left alone because it is no transcript, and why."""

    path: Path
    why: str


class Listing(NamedTuple):
    """Calls, newest first, and the files that were skipped on the way."""

    calls: tuple[CallRow, ...]
    skipped: tuple[Skipped, ...]


class Stored(NamedTuple):
    """A transcript and where it lies."""

    path: Path
    transcript: Transcript
    raw: bytes


class Archive:
    """The finished calls below a data folder. Nothing is created before the first transcript is written."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "sessions"

    def write(self, call: Call) -> Path:
        """Write a transcript and return its path. Raises StoreProblem where it cannot be kept whole.

        A transcript of that id that is already there is left as it is.
        """
        path = self._path(call.id)
        make_folder(path.parent, self.home)
        temporary = path.parent / f".{call.id}.{os.urandom(4).hex()}.tmp"
        try:
            descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
            try:
                write_all(descriptor, encode(call))
            finally:
                os.close(descriptor)
            _rename_new(temporary, path)
            flush_folder(path.parent)
        except OSError as refused:
            raise refusal(path.parent, refused) from refused
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        return path

    def listing(self, limit: int | None = None) -> Listing:
        """Return the newest `limit` calls (all without). Raises StoreProblem where the folder cannot be read."""
        calls: list[CallRow] = []
        skipped: list[Skipped] = []
        for path in self._files():
            if limit is not None and len(calls) >= limit:
                break
            read = _read(path)
            if isinstance(read, Stored):
                calls.append(_row(read.transcript.call))
            else:
                skipped.append(read)
        return Listing(tuple(calls), tuple(skipped))

    def newest(self, limit: int) -> tuple[Path, ...]:
        """Return the newest `limit` files, told by their names alone. Raises StoreProblem where there is no reading."""
        return tuple(itertools.islice(self._files(), limit))

    def each(self) -> Iterator[Stored | Skipped]:
        """Read every call, newest first, and what is no transcript on the way; see `listing` for what it raises."""
        return (_read(path) for path in self._files())

    def read(self, wanted: str) -> Stored:
        """Return the call that `wanted` names: an id, a unique part of one, `last`, or `-2` for the one before last.

        Raises NotFound where there is none or more than one, StoreProblem where it cannot be read.
        """
        path = self._find(wanted.strip())
        read = _read(path)
        if isinstance(read, Skipped):
            raise StoreProblem(
                f"{path}: {read.why}", kept="The file is untouched.", hint="Other calls: recovery log list"
            )
        return read

    def _path(self, call_id: str) -> Path:
        found = _ID.fullmatch(call_id)
        if found is None:
            raise StoreProblem(f"{call_id[:80]} is no call id")
        return self.folder.joinpath(*found.groups(), f"{call_id}.json")

    def _find(self, wanted: str) -> Path:
        place = _place(wanted)
        if place is not None:
            for number, path in enumerate(self._readable(), start=1):
                if number == place:
                    return path
            if place == 1:
                raise NotFound("there is no finished call yet", hint="Begin one: recovery start")
            raise NotFound(f"there are fewer than {place} finished calls", hint="See them: recovery log list")
        if _ID.fullmatch(wanted) and self._path(wanted).is_file():
            return self._path(wanted)
        matching = [path for path in self._files() if wanted and wanted in path.stem]
        if len(matching) == 1:
            return matching[0]
        if not matching:
            raise NotFound(f"no finished call has {wanted[:80]} in its id", hint="See them: recovery log list")
        some = ", ".join(path.stem for path in matching[:3])
        raise NotFound(
            f"{len(matching)} calls have {wanted[:80]} in their ids: {some} ...", hint="Name more of the id."
        )

    def _readable(self) -> Iterator[Path]:
        return (path for path in self._files() if isinstance(_read(path), Stored))

    def _files(self) -> Iterator[Path]:
        """The files of the store, newest first, told by their names alone. Hidden ones are unfinished writes."""
        for year in _names(self.folder, folders=True):
            for month in _names(year, folders=True):
                for day in _names(month, folders=True):
                    yield from _names(day, folders=False)


def _names(folder: Path, *, folders: bool) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            names = [entry.name for entry in found if not entry.name.startswith(".") and entry.is_dir() == folders]
    except FileNotFoundError:
        return []
    except OSError as refused:
        raise refusal(folder, refused) from refused
    return [folder / name for name in sorted(names, reverse=True)]


def _read(path: Path) -> Stored | Skipped:
    if _ID.fullmatch(path.stem) is None or path.suffix != ".json":
        return Skipped(path, "it is not named like a call")
    try:
        if path.stat().st_size > _BIGGEST:
            return Skipped(path, "it is larger than any call")
        raw = path.read_bytes()
        transcript = decode(raw)
    except OSError as refused:
        return Skipped(path, f"it cannot be read ({refused.strerror})")
    except Unreadable as why:
        return Skipped(path, str(why))
    if transcript.call.id != path.stem:
        return Skipped(path, "its id is not its name")
    return Stored(path, transcript, raw)


def _row(call: Call) -> CallRow:
    return CallRow(
        id=call.id,
        started_at=call.started_at,
        ended_at=call.ended_at,
        seconds=call.seconds,
        state=call.state,
        kind=call.kind,
        framework=call.framework.id,
        framework_name=call.framework.name,
        agent=call.agent,
        channel=call.channel,
        issue=call.issue,
        customer=call.customer.name,
        ref=call.customer.ref,
        mood=call.moods[-1].mood if call.moods else None,
        outcome=call.outcome,
        steps_done=sum(step.status == "done" for step in call.steps),
        steps_total=len(call.steps),
        promises=len(call.promises),
        summary=call.summary,
    )


def _place(wanted: str) -> int | None:
    """How many calls back `wanted` says: 1 for `last` and `-1`."""
    if wanted == "last":
        return 1
    if wanted.startswith("-") and wanted[1:].isdecimal() and len(wanted) < 12 and int(wanted[1:]) > 0:
        return int(wanted[1:])
    return None


def _rename_new(temporary: Path, path: Path) -> None:
    """Give the file its name unless the name is taken: a transcript is never written over."""
    if os.name == "nt":
        with contextlib.suppress(FileExistsError):
            temporary.rename(path)
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        return
    except OSError:
        # Some network folders know no hard links; there a rename after a look is the best that can be had.
        if not path.exists():
            temporary.rename(path)
