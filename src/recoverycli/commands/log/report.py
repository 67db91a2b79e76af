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
from recoverycli.text.format import plural
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Write a report as one self-contained HTML page.\n\nTwo printed pages of findings come first: three sentences to "
    "act on, what changed, what stands out, and what is due. Appendices have issues, steps, causes, remedies, hours "
    "and weeks. Names of customers and agents are left out without --names, the calls themselves without --calls.",
    "recovery log report --output report.html",
    'recovery log report --since "last month" --issue late --output late.html',
    "recovery log report --since yesterday --calls --names --output calls.html",
)
_TITLE = "Calls and what to learn from them"


@with_filter_options
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The file, - for standard output.")],
    title: Annotated[str, typer.Option("--title", help="The title of the report.")] = _TITLE,
    calls: Annotated[bool, typer.Option("--calls", help="Add the newest calls, at most 200.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Include names, and what was promised.")] = False,
    team: Team = False,
    yes: Overwrite = False,
) -> None:
    """Write a report as one self-contained HTML page."""
    from recoverycli.commands.common.topics import topics_of
    from recoverycli.review.report.page import ReportOptions, pieces, report

    setup: Setup = context.obj
    there = there_already([output])
    if there and not confirm(setup, f"{there[0]} already exists; overwrite it?", yes=yes, previews=False):
        return
    with calls_of(setup, team=team) as kept:
        made = report(kept, wanted, now(), topics_of(setup), ReportOptions(title, calls, names, team))
        write_pieces(output, pieces(made))
    if output != STANDARD_OUTPUT:
        setup.output.tell(f"{plural(made.number, 'call')} in {there_already([output])[0]}")
