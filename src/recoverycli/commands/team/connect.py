"""`recovery team connect`: connect this desk to the team's database."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import UsageProblem
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Connect this desk to the team's database.\n\nParts that you leave out come from libpq's usual places: "
    "PGHOST and the like, a service file, a pass file. Never put a password on the command line. No secret "
    "is stored.",
    'recovery team connect "postgresql://ana@db.example/recovery?sslmode=verify-full"',
    "recovery team connect --service floor",
    "recovery team connect --off",
)
# Each of these names a database.
_SAYING = ("RECOVERY_TEAM_DSN", "PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE")


def command(
    context: typer.Context,
    target: Annotated[
        str | None, typer.Argument(metavar="[ADDRESS]", help="A connection string or address, without a password.")
    ] = None,
    service: Annotated[
        str | None, typer.Option("--service", metavar="NAME", help="A service of libpq's service file.")
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Disconnect this desk from the team.")] = False,
) -> None:
    """Connect this desk to the team's database."""
    from recoverycli.team import desk
    from recoverycli.team.connection import DSN, driver, open_connection, parse_target, translate_errors, without_secret
    from recoverycli.team.migrate import newest_version
    from recoverycli.team.status import ask, remarks
    from recoverycli.terminal.views.team.status import server_line

    setup: Setup = context.obj
    if off:
        if target or service:
            raise UsageProblem("choose a database or --off, not both", hint="recovery team connect --off")
        was = desk.disconnect(setup.home)
        setup.output.text("This desk is no longer connected." if was else "This desk was not connected.")
        return
    if target and service:
        raise UsageProblem("choose an address or a service, not both", hint="recovery team connect --service floor")
    driver()
    typed = f"service={_quote_name(service)}" if service else target or ""
    if not typed and not any(os.environ.get(name) for name in _SAYING):
        raise UsageProblem(
            "a database is required",
            hint='recovery team connect "postgresql://ana@db.example/recovery?sslmode=verify-full"\n'
            "Or try it on this computer alone: recovery team trial",
        )
    wished = without_secret(typed) if typed else parse_target(os.environ.get(DSN, ""), DSN)
    with translate_errors(), open_connection(wished) as database:
        server = ask(database, now)
    desk.change(setup.home, how="libpq", target=typed)
    if typed and os.environ.get(DSN):
        setup.output.tell(f"warning: {DSN} is set and takes precedence")
    for remark in remarks(server, newest_version()):
        setup.output.tell(f"note: {remark}")
    setup.output.text(f"connected to {server_line(server)} · details: recovery team status")


def _quote_name(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
