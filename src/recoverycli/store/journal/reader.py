"""Read a journal: its events, and the lines that could not be read."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.session.events import Event, Promised, PromiseDated, Started
from recoverycli.store.files import read_own, refusal
from recoverycli.store.layout import is_plain
from recoverycli.times.wall_clock import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = 1
# The start of every first line.
_HEAD = b'{"schema":'


class Head(msgspec.Struct, frozen=True):
    """The first line of a journal."""

    schema: int
    id: str


class JournalRead(NamedTuple):
    """The content of a journal: its events, unreadable lines, and an unfinished last line."""

    path: Path
    events: tuple[Event, ...]
    bad: tuple[bytes, ...]
    torn: bytes

    @property
    def call_id(self) -> str:
        """The id of the call."""
        return self.path.stem


class CallGone(StoreProblem):
    """Another process finished or deleted the call before its journal was opened."""


def read_journal(path: Path) -> JournalRead:
    """Read a journal. Raises StoreProblem if it is not a journal, is of a newer version or of another call, and
    CallGone if it does not exist.
    """
    try:
        # A pipe would never end, and a link leads to a file that is not ours.
        if os.path.lexists(path) and not is_plain(path):
            raise StoreProblem(f"{path}: it is not a file", kept="It was not changed.", hint="Move it away.")
        data = read_own(path)
    except FileNotFoundError as gone:
        raise CallGone(
            f"call {path.stem} is no longer open: another window finished or deleted it",
            kept="Nothing was changed.",
            hint="Finished calls: recovery log list",
        ) from gone
    except OSError as refused:
        raise refusal(path, refused) from refused
    *lines, torn = data.split(b"\n")
    # Earlier versions wrote CRLF on Windows; no line of JSON ends in CR.
    lines = [line.rstrip(b"\r") for line in lines]
    _check_head(path, lines[0] if lines else torn)
    events: list[Event] = []
    bad: list[bytes] = []
    for line in filter(None, lines[1:]):
        event = _decode(line)
        if event is None:
            bad.append(line)
        else:
            events.append(event)
    if not events or not isinstance(events[0], Started):
        raise StoreProblem(f"{path}: it contains no readable call", kept="The file was not changed.")
    # If its name was taken during the call, it has a number.
    if events[0].id != path.stem.partition(".")[0]:
        # Finished under that name, its transcript could collide with an existing one, and this file would be deleted.
        raise StoreProblem(f"{path}: it contains the call {events[0].id[:80]}", kept="The file was not changed.")
    return JournalRead(path, tuple(events), tuple(bad), torn)


def is_abandoned(path: Path) -> bool:
    """Whether a process was killed before the start of the call was on the disk: nothing was confirmed.

    Raises OSError.
    """
    with path.open("rb") as file:
        head, first = file.readline(), file.readline()
    return not first.endswith(b"\n") and head.startswith(_HEAD[: len(head)])


def live_folder(home: Path) -> Path:
    """The folder of the calls in progress."""
    return home / "live"


def _check_head(path: Path, line: bytes) -> None:
    try:
        head = msgspec.json.decode(line, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as foreign:
        raise StoreProblem(f"{path}: it is not the journal of a call", kept="The file was not changed.") from foreign
    if head.schema > SCHEMA:
        raise StoreProblem(f"{path}: it was written by a newer version of recovery", kept="The file was not changed.")


@functools.cache
def _decoder() -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(Event)


def _decode(line: bytes) -> Event | None:
    try:
        event: Event = _decoder().decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    moments = (event.at, event.due) if isinstance(event, Promised | PromiseDated) else (event.at,)
    # A transcript with such a time could not be read.
    return event if all(one is None or FIRST_YEAR <= one.year <= LAST_YEAR for one in moments) else None
