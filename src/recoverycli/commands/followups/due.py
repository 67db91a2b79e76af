"""`recovery followups due`: show follow-ups that are overdue or due soon."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.calls import stored_calls
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.followups import gather, show_followups
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.length_option import read_length
from recoverycli.commands.common.options import AsJson
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Show follow-ups that are overdue or due soon.\n\nThe default is today. With --quiet nothing is "
    "printed; the exit code is 1 when something is overdue or due, 0 when nothing is.",
    "recovery followups due",
    "recovery followups due --within 4h",
    'recovery followups due --quiet || echo "a promise is due"',
)


@with_filter_options
def command(
    context: typer.Context,
    *,
    within: Annotated[
        str | None, typer.Option("--within", metavar="TIME", help="Due within this time: 4h, 30m, 2d (default: today).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing: exit 1 when due, 0 when not.")] = False,
    wanted: Filters,
    as_json: AsJson = False,
) -> None:
    """Show follow-ups that are overdue or due soon."""
    from recoverycli.review.followups import due_now, is_due

    moment = now()
    length = None if within is None else read_length("within", within)
    setup: Setup = context.obj
    if quiet and wanted == Filters(limit=wanted.limit):
        with stored_calls(setup, quiet=True) as index:
            raise typer.Exit(1 if due_now(index, moment, length) else 0)
    gathered = gather(setup, moment, wanted, done=False, quiet=quiet)
    rows = [row for row in gathered.rows if row.done_at is None and is_due(row, moment, length)]
    if quiet:
        raise typer.Exit(1 if rows else 0)
    show_followups(setup, rows[: wanted.limit], moment, as_json=as_json, nothing="Nothing is due.")
