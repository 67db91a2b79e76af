"""`recovery log report`: write a report as one self-contained HTML page."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.calls import calls_of
from recoverycli.commands.common.confirm import confirm
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.export_target import STANDARD_OUTPUT, there_already, write_pieces
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Overwrite, Team
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Write a report as one self-contained HTML page.\n\nThe page holds a summary, the trend, times, recurring "
    "issues, promises, steps, remedies, and the newest calls with their pages.",
    "recovery log report --output report.html",
    "recovery log report --since 2026-10-01 --issue late --output late.html",
)
_TITLE = "Calls and what to learn from them"


@with_filter_options
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file, - for standard output.")],
    title: Annotated[str, typer.Option("--title", help="The title of the report.")] = _TITLE,
    team: Team = False,
    yes: Overwrite = False,
) -> None:
    """Write a report as one self-contained HTML page."""
    from recoverycli.commands.common.topics import topics_of
    from recoverycli.review.report import pieces, report
    from recoverycli.review.statistics.small_groups import hide_small_groups

    setup: Setup = context.obj
    there = there_already([output])
    if there and not confirm(setup, f"{there[0]} already exists; overwrite it?", yes=yes, previews=False):
        return
    with calls_of(setup, team=team) as kept:
        made = report(kept, wanted, now(), topics_of(setup), title)
        if team:
            hide_small_groups(made.overview, wanted)
        write_pieces(output, pieces(made))
    if output != STANDARD_OUTPUT:
        setup.output.tell(f"{made.overview.figures.calls} calls in {there_already([output])[0]}")
