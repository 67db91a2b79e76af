"""Reopening a saved call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.errors import NotFound
from recoverycli.session.transcript.amendments import is_amendable
from recoverycli.store.calls.archive import Archive
from recoverycli.store.journal.closed import closed_calls, reopen_journal

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

_KEPT = "The saved call is untouched."


def reopen(home: Path, wanted: str | None, now: datetime, within: timedelta) -> Path:
    """Open a saved call again and return the path of its journal. `wanted` is its id, a part of it, or `last`.

    Raises NotFound if no call or more than one matches, or if it was corrected since; StoreProblem if it cannot be read
    or written.
    """
    closed = closed_calls(home, now, within)
    if not closed:
        raise NotFound(
            "no call can be reopened",
            kept=_KEPT,
            hint="The setting `reopen` says for how long. To correct one: recovery log amend",
        )
    named = closed[:1] if wanted in {None, "last"} else tuple(path for path in closed if str(wanted) in path.stem)
    if len(named) != 1:
        listed = ", ".join(path.stem for path in closed[:5])
        what = f"no call that can be reopened has {str(wanted)[:80]} in its id" if not named else "several calls match"
        raise NotFound(what, kept=_KEPT, hint=f"These can be reopened: {listed}")
    journal = named[0]
    stored = Archive(home).read(journal.stem)
    if any(is_amendable(change.field) for change in stored.transcript.call.amendments):
        raise NotFound(
            f"call {journal.stem} was corrected after it was saved",
            kept=_KEPT,
            hint=f"Correct it further: recovery log amend {journal.stem}",
        )
    return reopen_journal(home, journal)
