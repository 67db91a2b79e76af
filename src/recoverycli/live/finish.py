"""The end of a call: its transcript onto the disk first, only then its journal away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem
from recoverycli.live.reply import CallLeft
from recoverycli.session.transcript.account import account
from recoverycli.session.transcript.model import Unreadable, decode_call, encode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.files import refusal

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.model import Session
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.journal.writer import Journal


def finish(session: Session, journal: Journal, home: Path) -> CallLeft:
    """Archive a finished call and take its journal away.

    Raises StoreProblem where the transcript cannot be written, or the journal not be taken away; `resume` tries again.
    """
    ended_at = session.finished.at if session.finished else session.clock.last_at
    try:
        call = account(session, ended_at)
        _check(call)
        path = Archive(home, session.kind).write(call)
    except StoreProblem as fault:
        journal.close()
        raise StoreProblem(
            f"the transcript could not be written: {fault.message}",
            kept=f"Every entry of the call is kept in {journal.path}.",
            hint=f"{fault.hint} Then: recovery resume {session.id}",
        ) from fault
    try:
        journal.remove()
    except OSError as refused:
        told = refusal(journal.path, refused)
        raise StoreProblem(
            f"the journal of the finished call could not be taken away: {told.message}",
            kept=f"The call is kept whole in {path}.",
            hint=f"{told.hint} Then: recovery resume {session.id}",
        ) from refused
    how = "abandoned" if session.finished and session.finished.state == "abandoned" else "finished"
    return CallLeft("abandoned" if how == "abandoned" else "finished", session.id, path)


def _check(call: Call) -> None:
    """Raise StoreProblem where the transcript could not be read back: its journal would be gone by then."""
    try:
        decode_call(encode(call))
    except Unreadable as why:
        raise StoreProblem(f"it could not be read back: {why}") from why
