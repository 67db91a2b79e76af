"""`recovery team rollback`: make an earlier version current again."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Make an earlier version current again.\n\nLater versions are not deleted. Each desk receives the change "
    "with its next pull, and a rollback to the later version reverts it.",
    "recovery team rollback 2",
    "recovery team versions",
)


def command(
    context: typer.Context,
    version: Annotated[
        int, typer.Argument(metavar="N", min=1, max=999_999_999, help="The version; see: recovery team versions")
    ],
) -> None:
    """Make an earlier version current again."""
    from recoverycli.team.connection import open_database
    from recoverycli.team.content.versions import roll_back

    setup: Setup = context.obj
    with open_database(setup.home, os.environ) as database:
        was = roll_back(database, version)
    if was is None:
        setup.output.text(f"Version {version} is already current; nothing was changed.")
        return
    setup.output.text(f"version {version} is current again; each desk gets it with its next recovery team pull")
    setup.output.text(f"To undo: recovery team rollback {was}")
