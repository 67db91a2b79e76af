"""`recovery team versions`: list published versions, newest first."""

from __future__ import annotations

import os
from typing import Annotated

import msgspec
import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.times.clock import now

HELP = help_with_examples(
    "List published versions, newest first.\n\nEach version shows when and by whom it was published, its note, "
    "and what changed. The current version and the version at this desk are marked.",
    "recovery team versions",
    "recovery team versions -n 3 --json",
)


def command(
    context: typer.Context,
    limit: Annotated[
        int | None,
        typer.Option("--limit", "-n", min=1, max=1_000_000, metavar="N", help="Show only this many of the newest."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List published versions, newest first."""
    from recoverycli.team.connection import open_database
    from recoverycli.team.content.versions import versions
    from recoverycli.terminal.views.team.content import versions_page

    setup: Setup = context.obj
    here = setup.team.version if setup.team is not None else None
    with open_database(setup.home, os.environ) as database:
        found = versions(database, here, limit)
    if as_json:
        for version in found:
            setup.output.as_json(msgspec.to_builtins(version))
    elif found:
        setup.output.show(versions_page(found, now()))
    else:
        setup.output.text("Nothing has been published yet. To publish: recovery team publish DIR")
