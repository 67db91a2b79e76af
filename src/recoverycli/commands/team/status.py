"""`recovery team status`: show the connection of this desk and what waits to be sent."""

from __future__ import annotations

import os

import msgspec
import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Show the connection of this desk and what waits to be sent.\n\nThis includes the role and rights of the "
    "desk, and its last push and pull. The exit code is 1 if the database does not answer.",
    "recovery team status",
    "recovery team status --json",
)


def command(
    context: typer.Context,
    as_json: AsJsonObject = False,
) -> None:
    """Show the connection of this desk and what waits to be sent."""
    from recoverycli.team.status import desk_status
    from recoverycli.terminal.views.team.status import status_page

    setup: Setup = context.obj
    found = desk_status(setup.home, os.environ, now)
    if as_json:
        setup.output.as_json({**msgspec.to_builtins(found), "remarks": found.remarks})
    else:
        setup.output.show(status_page(found, now()))
    if found.problem is not None:
        raise typer.Exit(1)
