"""`recovery followups due`: show follow-ups that are overdue or due soon."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

import typer

from recoverycli.commands.common.calls import stored_calls
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.followups import gather, show_followups
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import UsageProblem
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Show follow-ups that are overdue or due soon.\n\nThe default is today. With --quiet nothing is "
    "printed; the exit code is 1 when something is overdue or due, 0 when nothing is.",
    "recovery followups due",
    "recovery followups due --within 4h",
    'recovery followups due --quiet || echo "a promise is due"',
)
_LENGTH = re.compile(r"([0-9]{1,4}) ?(m|min|mins|minutes?|h|hours?|d|days?|w|weeks?)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


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
    length = _length(within)
    setup: Setup = context.obj
    if quiet and wanted == Filters(limit=wanted.limit):
        with stored_calls(setup, quiet=True) as index:
            raise typer.Exit(1 if due_now(index, moment, length) else 0)
    gathered = gather(setup, moment, wanted, done=False, quiet=quiet)
    rows = [row for row in gathered.rows if row.done_at is None and is_due(row, moment, length)]
    if quiet:
        raise typer.Exit(1 if rows else 0)
    show_followups(setup, rows[: wanted.limit], moment, as_json=as_json, nothing="Nothing is due.")


def _length(words: str | None) -> timedelta | None:
    if words is None:
        return None
    found = _LENGTH.fullmatch(words.strip().casefold())
    if found is None:
        raise UsageProblem(f"--within {words[:40]}: not a duration", hint="For example: 4h, 30m, 2d")
    return timedelta(minutes=int(found[1]) * _MINUTES[found[2][0]])
