"""The calls that a command works on, chosen by ids or filters; deleting them."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from recoverycli.commands.common.calls import calls_of, find_call, read_rows
from recoverycli.errors import NotFound, StoreProblem, UsageProblem
from recoverycli.session.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.store.calls.transcript_file import Skipped, Stored

_SEE = "See them: recovery log list"
_WORDS = ("framework", "issue", "agent", "customer", "remedy", "mood")


def chosen_ids(
    setup: Setup, wanted: Sequence[str], filters: Filters, *, everything: bool, team: bool = False
) -> list[str]:
    """Return the ids of the chosen calls, newest first with filters.

    Without ids and filters, `everything` chooses all calls; `team` chooses among the calls of the team. Raises NotFound
    if no call matches, UsageProblem if both ids and filters were given, or neither.
    """
    if wanted and filters != Filters():
        raise UsageProblem("choose calls by ids or by filters, not both")
    if wanted:
        return list(dict.fromkeys(find_call(setup, one, team=team).path.stem for one in wanted))
    if filters == Filters() and not everything:
        raise UsageProblem("calls are required", hint="Give ids, filters such as --since yesterday, or --all")
    with calls_of(setup, team=team) as calls:
        ids = [row.id for row in read_rows(calls, filters)]
    if not ids:
        raise NotFound("no calls match", hint=_SEE)
    return ids


def read_each(setup: Setup, ids: Sequence[str], *, practice: bool = False, team: bool = False) -> Iterator[Stored]:
    """Read the calls one after another; a call that was deleted meanwhile is reported and skipped."""
    from recoverycli.store.calls.transcript_file import read_stored

    if team:
        with calls_of(setup, team=True) as calls:
            yield from _report_skipped(setup, calls.each(ids))
        return
    archive = setup.archive(practice=practice)
    yield from _report_skipped(setup, (read_stored(archive.path(call_id)) for call_id in ids))


def _report_skipped(setup: Setup, found: Iterable[Stored | Skipped]) -> Iterator[Stored]:
    from recoverycli.store.calls.transcript_file import Skipped

    for read in found:
        if isinstance(read, Skipped):
            setup.output.tell(f"warning: {read.path}: {read.why}; it was skipped")
        else:
            yield read


def refuse_blank(wanted: Filters) -> None:
    """Raise UsageProblem for an empty filter, which would match every call that has a value."""
    for name in _WORDS:
        word = getattr(wanted, name)
        if word is not None and not word.strip():
            raise UsageProblem(f"--{name} is empty", kept="Nothing was changed.", hint=f"Give a value: --{name} WORD")


def confirm_removal(setup: Setup, ids: Sequence[str], *, dry_run: bool, yes: bool, note: str = "") -> None:
    """Show what would be deleted, ask, and delete it. `note` says which calls are not deleted."""
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
        # After an interruption too, report what was done.
        if done < len(ids):
            setup.output.tell(f"{done:,} of {number} were deleted; the others were not changed.")
    _update_index(setup)
    setup.output.text(f"{number} deleted.")


def _update_index(setup: Setup) -> None:
    """Remove deleted calls from the index; if that fails, a later reading command does it."""
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
