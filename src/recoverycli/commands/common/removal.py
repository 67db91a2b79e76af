"""Calls that go for good: shown, asked about, removed, and the index brought up to date."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.session.filters import Filters

_WORDS = ("framework", "issue", "agent", "customer", "remedy", "mood")


def refuse_blank(wanted: Filters) -> None:
    """Raise UsageProblem for a filter without a word in it: an empty one would mean every call that has one."""
    for name in _WORDS:
        word = getattr(wanted, name)
        if word is not None and not word.strip():
            raise UsageProblem(f"--{name} is empty", kept="Nothing was changed.", hint=f"Give a value: --{name} WORD")


def confirm_removal(setup: Setup, ids: Sequence[str], *, dry_run: bool, yes: bool, note: str = "") -> None:
    """Show what would go, ask, and remove it. `note` says what is kept though it might be meant."""
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.store.privacy.remove import remove_calls
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.log.removal import some_lines
    from recoverycli.text.format import plural

    number = plural(len(ids), "call")
    if dry_run or not yes:
        for line in some_lines(_lines(setup, ids), len(ids), every=dry_run):
            setup.output.text(line)
    if note:
        setup.output.tell(note)
    if dry_run:
        setup.output.text(f"{number} would be deleted, with their reviews. Nothing was changed.")
        return
    if not confirm(setup, f"Permanently delete {number}?", yes=yes):
        return
    done = 0
    try:
        with progress(setup.look, sys.stderr, "Deleting") as report:
            for done, _ in enumerate(remove_calls(setup.home, ids), start=1):  # told at the end
                report(done, len(ids))
    finally:
        # Where it is interrupted too, it says what was done.
        if done < len(ids):
            setup.output.tell(f"{done:,} of {number} were deleted; the others were not changed.")
    _update_index(setup)
    setup.output.text(f"{number} deleted.")


def _update_index(setup: Setup) -> None:
    """Take what was deleted out of the index, word by word; where it cannot be written a later reading command does."""
    from recoverycli.store.index.index import Index

    with contextlib.suppress(StoreProblem), Index(setup.home) as index:
        index.forget()


def _lines(setup: Setup, ids: Sequence[str]) -> Iterator[str]:
    from recoverycli.session.transcript.amendments import current_call
    from recoverycli.store.calls.transcript_file import Stored, read_stored
    from recoverycli.terminal.views.log.removal import call_line
    from recoverycli.times.clock import now

    moment = now()
    archive = setup.archive()
    for one in ids:
        read = read_stored(archive.path(one))
        if isinstance(read, Stored):
            yield call_line(current_call(read.transcript.call), moment)
        else:
            yield f"{one}: {read.why}"
