"""`recovery team init`: create or upgrade the tables of the team's database."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Create or upgrade the tables of the team's database.\n\nThis creates tables, roles and their rights; the "
    "owner of the database runs it. It is safe to run twice, or twice at the same time. It completes in full "
    "or changes nothing.",
    'recovery team init "postgresql://owner@db.example/recovery?sslmode=verify-full"',
    "recovery team init --dry-run",
)


def command(
    context: typer.Context,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="[ADDRESS]", help="A connection string or address, without a password (default: as connected)."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
) -> None:
    """Create or upgrade the tables of the team's database."""
    from recoverycli.team.connection import open_connection, parameters, translate_errors, without_secret
    from recoverycli.team.migrate import migrate, migrations, newer, version
    from recoverycli.terminal.views.team.status import init_lines

    setup: Setup = context.obj
    wished = without_secret(target) if target else parameters(setup.home, os.environ, owner=True)
    steps = migrations()
    with translate_errors(), open_connection(wished) as database:
        if dry_run:
            found = version(database)
            if found > steps[-1].number:
                raise newer(found, steps[-1].number)
            names = [step.name for step in steps if step.number > found]
        else:
            names = [step.name for step in migrate(database, steps)]
    setup.output.text("\n".join(init_lines(names, steps[-1].number, dry_run=dry_run)))
