"""Send the outbox: oldest first, in batches, each call once, also after failures.

A mark is removed only after the database has confirmed it. A call that cannot be sent is reported with its reason and
keeps waiting; later ones are sent.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from recoverycli.session.transcript.model import Unreadable, decode
from recoverycli.store import outbox
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Reviews
from recoverycli.store.calls.transcript_file import Stored, read_stored
from recoverycli.store.files import make_folder, read_own, refusal
from recoverycli.store.journal.reader import live_folder
from recoverycli.store.layout import TEAM
from recoverycli.store.locks import hold
from recoverycli.team import erasures, reviews, storage
from recoverycli.team.share import shared_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import psycopg

    from recoverycli.settings.model import Share
    from recoverycli.store.index.columns import StepKind
    from recoverycli.team.connection import Database

    Report = Callable[[int, int], None]

_BATCH = 50
_LOCK = ".push.lock"
_PATIENCE = 600.0  # seconds that a push in the background waits for another
# Errors of a single call: its data, a duplicate id, its size.
_ITS_OWN = ("22", "23", "54")
_ANOTHERS = "another desk has a call with that id; nothing is overwritten"
How = Literal["sent", "amended", "replaced", "deleted", "assessed", "there already", "gone"]


class UnsentCall(msgspec.Struct, frozen=True):
    """A call or an erasure that was not sent, and why; it keeps waiting."""

    id: str
    why: str


class PushResult(msgspec.Struct, frozen=True):
    """The result of a push, in numbers of calls; `erased` counts customers, `waiting` what is left.

    `reviews_here` counts assessments that stay at the desk, because the role has no right to write them.
    """

    sent: int
    amended: int
    replaced: int
    deleted: int
    assessed: int
    there_already: int
    gone: int
    erased: int
    reviews_here: int
    kept: tuple[UnsentCall, ...]
    waiting: int


class _Refused(Exception):
    """A call cannot be sent; the text says why."""


class _Work(NamedTuple):
    """A waiting call: its mark, its file (None if it was deleted), the bytes of its reviews."""

    mark: outbox.OutboxEntry
    sent: storage.PreparedCall | None
    review: bytes | None


@contextlib.contextmanager
def hold_push(home: Path, *, wait: bool = False) -> Iterator[bool]:
    """Lock out other pushes of this desk; False if that failed. With `wait`, wait for a running one."""
    make_folder(home / TEAM, home)
    with hold(home / TEAM / _LOCK, _PATIENCE if wait else 0) as free:
        yield free


def mark_all(home: Path) -> None:
    """Mark every call of this desk as waiting, including those already sent. Raises StoreProblem."""
    with outbox.hold_outbox(home):
        waiting = set(outbox.waiting_calls(home))
        for one in Archive(home).each():
            if isinstance(one, Stored) and one.transcript.call.id not in waiting:
                outbox.mark(home, one.transcript.call.id, "added")


def push(home: Path, database: Database, desk: str, share: Share, report: Report) -> PushResult:
    """Send what waits. Raises StoreProblem and psycopg's errors; confirmed calls are removed from the outbox."""
    erased = erasures.send(home, database, desk)
    ids = outbox.waiting_calls(home)
    counts: Counter[How] = Counter()
    kept = [UnsentCall(name, why) for name, why in erased.kept.items()]
    known: set[StepKind] = set()
    left = iter(ids)
    done = stay = 0
    while some := list(islice(left, _BATCH)):
        works = [work for call_id in some if (work := _read(home, call_id, share, kept)) is not None]
        storage.make_room(database, (work.sent for work in works if work.sent is not None), known)
        finished: list[tuple[outbox.OutboxEntry, How, int]] = []
        with database.transaction():
            for work in works:
                try:
                    finished.append((work.mark, *_send(database, work, desk)))
                except _Refused as why:
                    kept.append(UnsentCall(work.mark.id, str(why)))
        for mark, how, here in finished:
            outbox.confirm(home, mark)
            counts[how] += 1
            stay += here
        done += len(some)
        report(done, len(ids))
    return PushResult(
        sent=counts["sent"],
        amended=counts["amended"],
        replaced=counts["replaced"],
        deleted=counts["deleted"],
        assessed=counts["assessed"],
        there_already=counts["there already"],
        gone=counts["gone"],
        erased=erased.sent,
        reviews_here=stay,
        kept=tuple(kept),
        waiting=len(outbox.waiting_calls(home)),
    )


def _read(home: Path, call_id: str, share: Share, kept: list[UnsentCall]) -> _Work | None:
    """Read a call and its mark under the lock; None if it is not sent, with a reason in `kept`."""
    with outbox.hold_outbox(home):
        mark = outbox.read_mark(home, call_id)
        if mark is None or (live_folder(home) / f"{call_id}.jsonl").exists():
            return None
        path = Archive(home).path(call_id)
        stored = read_stored(path) if path.exists() else None
        review = _review(home, call_id)
    if stored is None:
        return _Work(mark, None, review)
    if not isinstance(stored, Stored):
        kept.append(UnsentCall(call_id, f"{stored.path}: {stored.why}"))
        return None
    try:
        return _Work(mark, storage.prepare(shared_bytes(stored, share), share), review)
    except Unreadable as why:
        kept.append(UnsentCall(call_id, str(why)))
        return None


def _review(home: Path, call_id: str) -> bytes | None:
    path = Reviews(home).path(call_id)
    try:
        return read_own(path)
    except FileNotFoundError:
        return None
    except OSError as refused:
        raise refusal(path, refused) from refused


def _send(database: Database, work: _Work, desk: str) -> tuple[How, int]:
    """Send one call, in the transaction of its batch; returns how many of its reviews stay here. Raises _Refused."""
    import psycopg

    try:
        with database.transaction():
            how = _send_call(database, work, desk)
            assessed = "review" in work.mark.what and how != "deleted"
            return how, _assess(database, work) if assessed else 0
    except psycopg.Error as fault:
        if (fault.sqlstate or "")[:2] in _ITS_OWN:
            raise _Refused(_explain(fault)) from fault
        raise


def _explain(fault: psycopg.Error) -> str:
    return f"the database cannot store it ({' '.join(str(fault).split())[:160]})"


def _send_call(database: Database, work: _Work, desk: str) -> How:
    mark, one = work.mark, work.sent
    if mark.what == ("review",):
        # Reviewers can read the calls of others but not insert them.
        return "assessed"
    if one is None:
        return "deleted" if "deleted" in mark.what and storage.remove(database, mark.id) else "gone"
    there = storage.find_stored(database, one.id)
    if there is None:
        if storage.add(database, one, desk):
            return "sent"
        raise _Refused(_ANOTHERS)
    return _update_call(database, there, work.mark, one, desk)


def _update_call(
    database: Database,
    there: storage.StoredCall,
    mark: outbox.OutboxEntry,
    one: storage.PreparedCall,
    desk: str,
) -> How:
    if there.raw == one.raw:
        return "there already"
    if there.started != one.started:
        raise _Refused("the database has it with another start; nothing is overwritten")
    before = decode(there.raw).document if there.raw is not None else {}
    if _without_nulls(before) == _without_nulls(one.document):
        mine, theirs = _amendments(one.document), _amendments(before)
        theirs += [change for place, change in there.later if place >= len(theirs)]
        if theirs == mine[: len(theirs)]:
            if len(mine) == len(theirs):
                return "there already"
            if storage.amend(database, one, len(theirs)):
                return "amended"
            raise _Refused(_ANOTHERS)
        if mine == theirs[: len(mine)]:
            # From a backup: later amendments are in the database and stay.
            return "there already"
    if there.raw is None or there.share != one.share or {"rewritten", "deleted"} & set(mark.what):
        if storage.replace(database, one, desk):
            return "replaced"
        raise _Refused(_ANOTHERS)
    raise _Refused("the database has it with other text; nothing is overwritten")


def _without_nulls(document: dict[str, Any]) -> dict[str, Any]:
    """A document without its amendments and empty fields: a newer version may write more of these."""
    return {name: value for name, value in document.items() if value is not None and name != "amendments"}


def _amendments(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The amendments as the database has those that came later: without who made them."""
    return [{name: change[name] for name in ("at", "field", "old", "new")} for change in document.get("amendments", ())]


def _assess(database: Database, work: _Work) -> int:
    """Send the reviews that the role may write; returns how many others stay here. Deleted reviews are deleted."""
    if work.review is None:
        reviews.remove(database, work.mark.id)
        return 0
    if storage.find_stored(database, work.mark.id) is None:
        raise _Refused("its reviews wait until the database has the call")
    try:
        return reviews.send(database, work.mark.id, work.review)
    except reviews.NoReview as broken:
        raise _Refused("its reviews cannot be read") from broken
