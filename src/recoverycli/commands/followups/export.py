"""`recovery followups export`: export follow-ups as a calendar file (.ics)."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.followups import FollowUpsDone, gather
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Overwrite
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Export follow-ups as a calendar file (.ics).\n\nThose whose time has passed are left out, unless --past or --all "
    "asks for them. Importing the file again creates no duplicates.",
    "recovery followups export --output followups.ics",
    "recovery followups export --customer Ana --output -",
)


@with_filter_options
def command(
    context: typer.Context,
    *,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file, - for standard output.")],
    all_: FollowUpsDone = False,
    past: Annotated[bool, typer.Option("--past", help="Include those whose time has passed.")] = False,
    yes: Overwrite = False,
    wanted: Filters,
) -> None:
    """Export follow-ups as a calendar file (.ics)."""
    from recoverycli.commands.common.export_target import ready, write_export
    from recoverycli.review.calendar import calendar

    setup: Setup = context.obj
    moment = now()
    target = ready(output, overwrite=yes)
    rows = [row for row in gather(setup, moment, wanted, done=all_).rows if all_ or row.done_at is None]
    due = [row.due for row in rows if row.due is not None]
    first = min(due, default=moment) if past or all_ else moment
    dated = [row for row in rows if row.due is not None and row.due >= first]
    write_export(target, calendar(dated[: wanted.limit], moment))
    left_out = {"without a date": len(rows) - len(due), "overdue (--past includes them)": len(due) - len(dated)}
    told = "".join(f"; {count} {why} left out" for why, count in left_out.items() if count)
    if target is not None or told:
        setup.output.tell(f"{len(dated[: wanted.limit])} in the calendar file{told}{f': {target}' if target else ''}")
