"""`recovery log browse`: browse finished calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import typer

from recoverycli.commands.common.calls import stored_calls
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import RecoveryError, UsageProblem
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from recoverycli.store.index.index import Index
    from recoverycli.terminal.ask.browse import BrowseChoice
    from recoverycli.terminal.views.log.browse import BrowseState

HELP = help_with_examples(
    "Browse finished calls.\n\nType letters to filter the list. Enter shows a call, r replays it, x exports it.",
    "recovery log browse",
    "recovery log browse --since last week --issue billing",
)
_MOST = 500


@with_filter_options
def command(context: typer.Context, *, wanted: Filters) -> None:
    """Browse finished calls."""
    from recoverycli.terminal.ask.browse import browse

    setup: Setup = context.obj
    if not setup.look.interactive:
        raise UsageProblem("browsing needs a terminal", hint="For a script: recovery log list --json")
    with stored_calls(setup) as index:
        state = _load(index, wanted, "")
        if not state.calls:
            setup.output.text("No calls are stored yet. Start one: recovery start")
            return
        while chosen := browse(setup.output, lambda typed: _load(index, wanted, typed), state, now):
            _do(setup, chosen)
            state = chosen.state


def _load(index: Index, wanted: Filters, typed: str) -> BrowseState:
    from recoverycli.store.index.search import search_prefix
    from recoverycli.terminal.views.log.browse import BrowseState

    among = wanted if wanted.limit else msgspec.structs.replace(wanted, limit=_MOST)
    rows, total = index.ask(lambda connection: search_prefix(connection, typed, among, now()))
    return BrowseState(typed, rows, total)


def _do(setup: Setup, chosen: BrowseChoice) -> None:
    """Run an action on a call, and wait until it was read; an error returns to the list."""
    from recoverycli.commands.app import invoke
    from recoverycli.terminal.ask.questions import wait

    try:
        more = _to_where(setup) if chosen.action == "export" else ()
        if chosen.action == "export" and not more:
            return
        invoke([*setup.options.words, "log", chosen.action, chosen.call_id, *more])
    except RecoveryError as fault:
        for line in filter(None, (fault.message, fault.kept, fault.hint)):
            setup.output.tell(line)
    if chosen.action != "replay":
        wait(setup.output)


def _to_where(setup: Setup) -> tuple[str, ...]:
    """Ask for a format and a file; empty if the user cancels."""
    from recoverycli.review.exporters.formats import TEXTS
    from recoverycli.terminal.ask.questions import ask_line, choose

    chosen = choose(setup.output, "Export it in which format?", TEXTS)
    target = chosen and ask_line(setup.output, "To which file?")
    return ("--format", chosen, "--output", target) if chosen and target else ()
