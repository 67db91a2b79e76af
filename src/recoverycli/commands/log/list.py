"""`recovery log list`: list finished calls, newest first."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from recoverycli.commands.common.calls import calls_of, read_rows
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonLines, Team
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.store.call_source import Calls
    from recoverycli.store.index.rows import CallRow

HELP = help_with_examples(
    "List finished calls, newest first.\n\nOn a terminal, calls are shown a page at a time; elsewhere all "
    "matching calls are printed.",
    "recovery log list",
    'recovery log list --since "last monday" --outcome escalated',
    "recovery log list --overdue --customer Ana",
    "recovery log list -n 5 --json",
)
# Rows of the screen for the header of the table, the question below it, and the prompt of the shell.
_AROUND = 4
_FEWEST = 5
_AT_ONCE = 500
_READ_AT_ONCE = 100
_NONE_YET = "No calls are stored yet. Start one: recovery start"
_NONE_MEANT = "No calls match. See all calls: recovery log list"


@with_filter_options
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    min_score: Annotated[
        int | None, typer.Option("--min-score", min=0, max=100, help="Calls with at least this automatic score.")
    ] = None,
    team: Team = False,
    as_json: AsJsonLines = False,
) -> None:
    """List finished calls, newest first."""
    setup: Setup = context.obj
    with calls_of(setup, team=team) as calls:
        rows = read_rows(calls, wanted) if min_score is None else _calls_with_score(setup, calls, wanted, min_score)
        if as_json:
            for row in rows:
                setup.output.as_json(row._asdict())
        elif (first := next(rows, None)) is None:
            narrowed = wanted != Filters(limit=wanted.limit) or min_score is not None
            setup.output.text(_NONE_MEANT if narrowed else _NONE_YET)
        else:
            _show(setup, chain((first,), rows), wanted.limit)


def _calls_with_score(setup: Setup, calls: Calls, wanted: Filters, least: int) -> Iterator[CallRow]:
    """The calls with at least that score, up to the limit; each is read and scored."""
    from recoverycli.commands.log.score import Scorer

    scorer = Scorer(setup)
    every = read_rows(calls, msgspec.structs.replace(wanted, limit=None))

    def rows_with_score() -> Iterator[CallRow]:
        while some := list(islice(every, _READ_AT_ONCE)):
            for row, call in zip(some, calls.each_call([row.id for row in some]), strict=True):
                total = scorer(call).total if call is not None else None
                if total is not None and total >= least:
                    yield row

    return islice(rows_with_score(), wanted.limit)


def _show(setup: Setup, rows: Iterator[CallRow], limit: int | None) -> None:
    """Show one screen at a time on a terminal, else all calls."""
    from recoverycli.terminal.ask.questions import ask_line
    from recoverycli.terminal.views.log.calls import calls_page

    look = setup.look
    # Plain lines are read aloud or piped, so nothing interrupts them.
    asks = look.interactive and limit is None and not look.plain
    size = max(_FEWEST, look.height - _AROUND) if asks else _AT_ONCE if look.plain else 10**9
    page = list(islice(rows, size))
    while page:
        setup.output.show(calls_page(page, now()))
        page = list(islice(rows, size))
        if page and asks and ask_line(setup.output, "Enter for older calls, q to end:") != "":
            return
