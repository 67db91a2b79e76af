"""The outbox: what a connected desk still has to send to the team's database, one small file per changed call, written
before the change.

A mark says what happened to a call, without any text of it. A change holds the lock of the outbox from before the mark
until the change is on the disk, and a push reads both under the same lock: a mark is never sent before its change, and
a kill leaves the mark.
"""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.errors import StoreProblem
from recoverycli.store.files import make_folder, read_own, refusal, replace_file
from recoverycli.store.layout import ID, REVIEWS, SESSIONS, TEAM
from recoverycli.system.disk import unlink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recoverycli.session.person import Person

# Added: finished, imported or restored. Rewritten: words were masked after it was stored.
What = Literal["added", "amended", "rewritten", "deleted", "review"]

OUTBOX, DESK = "outbox", "desk.json"
_LOCK = ".outbox.lock"
_ERASURE = "erasure-"
_UNTOUCHED = "Nothing was changed."


class OutboxEntry(msgspec.Struct, frozen=True):
    """A call that waits to be sent, and what happened to it. `turn` distinguishes a mark from the next one."""

    id: str
    what: tuple[What, ...] = ("added",)
    turn: str = ""


class Erasure(msgspec.Struct, frozen=True):
    """A customer who was erased on this desk, as salted hashes of name and reference."""

    id: str
    at: datetime
    marks: tuple[str, ...]


def is_connected(home: Path) -> bool:
    """Whether this desk belongs to a team, by one stat call."""
    return (home / TEAM / DESK).exists()


@contextlib.contextmanager
def note_change(path: Path, what: What) -> Iterator[None]:
    """Record that the body changes a file of the store; does nothing if the desk is not connected.

    Raises StoreProblem before the change if that cannot be recorded.
    """
    found = _affected_call(path, what)
    if found is None or not is_connected(found[0]):
        yield
        return
    home, call_id, happened = found
    with hold_outbox(home):
        mark(home, call_id, happened)
        yield


def note_erasure(home: Path, person: Person, at: datetime) -> None:
    """Record that a customer was erased, by hashes only; does nothing if the desk is not connected."""
    if not is_connected(home):
        return
    from recoverycli.store.erased_people import marks_of

    with hold_outbox(home):
        entry = Erasure(f"{_ERASURE}{at:%Y%m%dT%H%M%S%f}-{os.urandom(4).hex()}", at, marks_of(person))
        _write(_folder(home) / f"{entry.id}.json", msgspec.json.encode(entry))


@contextlib.contextmanager
def hold_outbox(home: Path) -> Iterator[None]:
    """Lock the outbox, so that no other window changes a call meanwhile."""
    from recoverycli.store.locks import hold_folder

    make_folder(_folder(home), home, kept=_UNTOUCHED)
    with hold_folder(_folder(home), _LOCK, kept=_UNTOUCHED):
        yield


def mark(home: Path, call_id: str, what: What) -> None:
    """Add a mark to a call. The caller holds the lock of the outbox. Raises StoreProblem."""
    path = _folder(home) / f"{call_id}.json"
    before = _read_mark(path)
    happened = tuple(dict.fromkeys((*(before.what if before else ()), what)))
    _write(path, msgspec.json.encode(OutboxEntry(call_id, happened, os.urandom(8).hex())))


def waiting_calls(home: Path) -> list[str]:
    """Return the ids of the calls that wait, oldest first. Raises StoreProblem."""
    return [name for name in _names(home) if ID.fullmatch(name)]


def read_mark(home: Path, call_id: str) -> OutboxEntry | None:
    """Return the mark of a call. The caller holds the lock of the outbox."""
    return _read_mark(_folder(home) / f"{call_id}.json")


def erasures(home: Path) -> list[Erasure]:
    """Return the customers whose erasure waits, oldest first. Raises StoreProblem."""
    return [_read_erasure(_folder(home) / f"{name}.json") for name in _names(home) if name.startswith(_ERASURE)]


def confirm(home: Path, done: OutboxEntry | Erasure) -> bool:
    """Remove a mark that the database has; False if the call was marked again meanwhile."""
    path = _folder(home) / f"{done.id}.json"
    with hold_outbox(home):
        if isinstance(done, OutboxEntry) and _read_mark(path) != done:
            return False
        try:
            unlink(path, missing_ok=True)
        except OSError as refused:
            raise refusal(path, refused, kept="It was sent, and will be sent again.") from refused
    return True


def _affected_call(path: Path, what: What) -> tuple[Path, str, What] | None:
    """The data folder, the call and what happened to it, by the path of a file; None for files that are not sent."""
    if path.suffix != ".json" or not ID.fullmatch(path.stem):
        return None
    if path.parent.name == REVIEWS:
        return path.parent.parent, path.stem, "review"
    above = path.parents
    return (above[4], path.stem, what) if len(above) > 4 and above[3].name == SESSIONS else None


def _folder(home: Path) -> Path:
    return home / TEAM / OUTBOX


def _names(home: Path) -> list[str]:
    try:
        return sorted(name[:-5] for name in os.listdir(_folder(home)) if name.endswith(".json") and name[0] != ".")  # noqa: PTH208  # names alone
    except FileNotFoundError:
        return []
    except OSError as refused:
        raise refusal(_folder(home), refused) from refused


def _read_mark(path: Path) -> OutboxEntry | None:
    try:
        found = msgspec.json.decode(read_own(path), type=OutboxEntry)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        # A power cut may leave only the name, which identifies the call.
        return OutboxEntry(path.stem)
    except OSError as refused:
        raise refusal(path, refused, kept=_UNTOUCHED) from refused
    return found if found.id == path.stem else OutboxEntry(path.stem)


def _read_erasure(path: Path) -> Erasure:
    try:
        return msgspec.json.decode(read_own(path), type=Erasure)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as broken:
        raise StoreProblem(
            f"{path}: it no longer contains who was erased",
            kept="What waits to be sent is stored.",
            hint="Erase that customer again, then delete this file.",
        ) from broken
    except OSError as refused:
        raise refusal(path, refused) from refused


def _write(path: Path, data: bytes) -> None:
    try:
        replace_file(path, data)
    except OSError as refused:
        raise refusal(path, refused, kept=_UNTOUCHED) from refused
