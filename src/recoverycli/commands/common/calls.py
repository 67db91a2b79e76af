"""Stored calls for a command: open the index, report each problem once, find a call by name."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from recoverycli.errors import StoreProblem, UsageProblem, nearest
from recoverycli.store.outbox import is_connected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.commands.common.context import Setup
    from recoverycli.session.filters import Filters
    from recoverycli.store.call_source import Calls
    from recoverycli.store.calls.reviews import Review
    from recoverycli.store.calls.transcript_file import Stored
    from recoverycli.store.index.rows import CallRow
    from recoverycli.store.local_calls import KeptCalls
    from recoverycli.store.queries import CallQueries

MOST_WARNINGS = 5
_PAGE = 500


def refuse_option(word: str, command: str, known: Sequence[str] = ()) -> None:
    """Raise UsageProblem for an unknown option, in commands with an argument such as -2."""
    if not word.startswith("--"):
        return
    near = nearest(word, known)
    hint = f"Did you mean {near}?\n" if near else ""
    raise UsageProblem(f"No such option: {word[:60]}", hint=f"{hint}Help: recovery log {command} --help")


@contextlib.contextmanager
def stored_calls(setup: Setup, *, quiet: bool = False) -> Iterator[KeptCalls]:
    """Open the calls of this desk, and report at the end what was skipped and whether the index is not writable."""
    from recoverycli.store.local_calls import KeptCalls
    from recoverycli.terminal.progress import progress

    with progress(setup.look, sys.stderr, "Reading past calls") as report, KeptCalls(setup.home, report) as index:
        yield index
        if not quiet:
            warn(setup, index)


@contextlib.contextmanager
def calls_of(setup: Setup, *, team: bool, quiet: bool = False) -> Iterator[Calls]:
    """Open the calls of this desk, like `stored_calls`, or those of the whole team. Raises TeamProblem."""
    if not team:
        with stored_calls(setup, quiet=quiet) as calls:
            yield calls
        return
    from recoverycli.team.calls import team_calls

    with team_calls(setup.home, os.environ) as calls_of_all:
        yield calls_of_all


def keep_up(setup: Setup) -> None:
    """Update the index if that is fast; otherwise the next reading command does it.

    Then send changes to the team, if configured.
    """
    from recoverycli.store.index.index import Index

    # Reading commands report why it cannot be written.
    with contextlib.suppress(StoreProblem), Index(setup.home) as index:
        if index.is_ready:
            index.ask(lambda _: None)
    if setup.settings.team_push == "after-call" and is_connected(setup.home):
        from recoverycli.team.after_call import start_push

        try:
            start_push(setup.home, setup.options.words, os.environ)
        except OSError as refused:
            setup.output.tell(f"warning: the push to the team could not be started ({refused.strerror or refused})")


def warn(setup: Setup, index: CallQueries) -> None:
    """Report the first skipped files, and an index that cannot be written."""
    skipped = index.skipped
    for one in skipped[:MOST_WARNINGS]:
        setup.output.tell(f"warning: {one.path}: {one.why}; it was skipped")
    if len(skipped) > MOST_WARNINGS:
        setup.output.tell(f"warning: {len(skipped) - MOST_WARNINGS} more files were skipped: recovery doctor")
    if index.notice:
        setup.output.tell(f"note: {index.notice}")


def read_rows(index: CallQueries, wanted: Filters) -> Iterator[CallRow]:
    """Return the matching calls, newest first, read from the index page by page."""
    from recoverycli.store.index.rows import page
    from recoverycli.times.clock import now

    moment, after, left = now(), None, wanted.limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(left, _PAGE)
        found = index.ask(lambda connection: page(connection, wanted, moment, after, size))  # noqa: B023  # asked at once
        yield from found.rows
        left, after = left and left - len(found.rows), found.after
        if after is None:
            return


def review_of(setup: Setup, call_id: str, *, team: bool = False) -> Review | None:
    """Return the assessments and disputes of a call, None without any. One that cannot be read is reported."""
    with calls_of(setup, team=team, quiet=True) as kept:
        read = list(kept.reviews(call_id))
    for fault in read:
        if isinstance(fault, StoreProblem):
            setup.output.tell(f"warning: {fault.message}; it was skipped")
    return next((one for one in read if not isinstance(one, StoreProblem)), None)


def find_call(setup: Setup, wanted: str, *, practice: bool = False, team: bool = False) -> Stored:
    """Return the call that `wanted` names: an id, a unique part of one, `last`, or `-2` for the one before last.

    `practice` searches practice, which has no index; `team` the calls of the team. An edited file is noticed. Raises
    NotFound if there is none or more than one, StoreProblem if it cannot be read.
    """
    from recoverycli.store.call_names import find_id, find_practice_id

    if practice and team:
        raise UsageProblem(
            "--practice and --team cannot be combined: practice is not sent to the team", hint="Choose one of them."
        )
    if practice:
        practised = setup.archive(practice=True)
        return practised.read(find_practice_id(practised, wanted.strip()))
    with calls_of(setup, team=team, quiet=True) as index:
        return index.find(find_id(index, wanted.strip()))
