"""The end of a call: its transcript is written before its journal is removed."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem
from recoverycli.live.reply import CallLeft
from recoverycli.session.transcript.account import account
from recoverycli.session.transcript.model import Unreadable, decode_call, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reopened import replace_reopened
from recoverycli.store.files import refusal
from recoverycli.store.journal.closed import closed_folder, remove_expired
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from recoverycli.session.model import Session
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.journal.writer import Journal


def finish(
    session: Session, journal: Journal, home: Path, now: datetime, reopen_within: timedelta = timedelta(0)
) -> CallLeft:
    """Archive a finished call and delete its journal, or set it aside while the call can be reopened.

    `now` is the present, also for a call that is entered afterwards.
    Raises StoreProblem if the transcript cannot be written or the journal not be deleted; `resume` tries again.
    """
    ended_at = session.finished.at if session.finished else session.clock.last_at
    try:
        call = account(session, ended_at)
        _check(call)
        archive = Archive(home, session.kind)
        was_there = archive.path(call.id).exists()
        path = archive.write(call)
        if was_there:
            replace_reopened(path, call)
    except StoreProblem as fault:
        journal.close()
        raise StoreProblem(
            f"the transcript could not be written: {fault.message}",
            kept=f"Every entry of the call is stored in {journal.path}.",
            hint=f"{fault.hint} Then: recovery resume {session.id}",
        ) from fault
    reopens = bool(reopen_within) and session.kind == "call" and _set_aside(journal, home, now, reopen_within)
    try:
        if not reopens:
            journal.remove()
    except OSError as refused:
        told = refusal(journal.path, refused)
        raise StoreProblem(
            f"the journal of the finished call could not be deleted: {told.message}",
            kept=f"The complete call is stored in {path}.",
            hint=f"{told.hint} Then: recovery resume {session.id}",
        ) from refused
    how = "abandoned" if session.finished and session.finished.state == "abandoned" else "finished"
    return CallLeft(
        "abandoned" if how == "abandoned" else "finished", session.id, path, saved_summary(call), reopens=reopens
    )


def _set_aside(journal: Journal, home: Path, now: datetime, reopen_within: timedelta) -> bool:
    """Keep the journal, so that the call can be reopened; without room for it, or a place, the call cannot be."""
    try:
        journal.move_to(closed_folder(home), now)
    except (OSError, StoreProblem):
        return False
    with contextlib.suppress(OSError, StoreProblem):
        # What is too old is removed when the next call ends.
        remove_expired(home, now, reopen_within)
    return True


def saved_summary(call: Call) -> str:
    """Return what was saved in a line: the outcome, and how much of each kind."""
    notes = sum(len(step.notes) for step in call.steps)
    accepted = sum(offer.answer == "accepted" for offer in call.offers)
    told = (
        call.outcome or "no outcome",
        plural(notes, "note") if notes else "",
        plural(len(call.offers), "offer") + (f" ({accepted} accepted)" if accepted else "") if call.offers else "",
        plural(len(call.promises), "promise") if call.promises else "",
    )
    return ", ".join(part for part in told if part)


def _check(call: Call) -> None:
    """Raise StoreProblem if the transcript could not be read back, before its journal is removed."""
    try:
        decode_call(encode(call))
    except Unreadable as why:
        raise StoreProblem(f"it could not be read back: {why}") from why
