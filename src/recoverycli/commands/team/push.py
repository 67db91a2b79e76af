"""`recovery team push`: send waiting calls and changes to the team's database."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.errors import TeamProblem
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Send waiting calls and changes to the team's database.\n\nThis sends calls, corrections, reviews, "
    "deletions and erasures, oldest first. You can stop and repeat it: each call is stored once. The setting "
    "team.share decides what leaves the desk.",
    "recovery team push",
    "recovery team push --all",
    "recovery config set team.push after-call",
)


def command(
    context: typer.Context,
    *,
    everything: Annotated[
        bool, typer.Option("--all", "-a", help="Send all calls, including those already sent.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what waits to be sent.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing, and wait for another push.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send waiting calls and changes to the team's database."""
    from recoverycli.store import outbox
    from recoverycli.team import desk
    from recoverycli.team.connection import open_database
    from recoverycli.team.push import hold_push, mark_all, push
    from recoverycli.terminal.progress import progress
    from recoverycli.terminal.views.team.push import pushed_lines, waiting_line

    setup: Setup = context.obj
    if dry_run:
        setup.output.text(waiting_line(len(outbox.waiting_calls(setup.home)), len(outbox.erasures(setup.home))))
        return
    with open_database(setup.home, os.environ) as database, hold_push(setup.home, wait=quiet) as free:
        if not free:
            raise TeamProblem(
                "another push of this desk is running",
                kept="It sends everything that waits.",
                hint="recovery team status",
            )
        # From its first push on, a desk records changes, however it is connected.
        this = desk.read_desk(setup.home) or desk.change(setup.home)
        if everything:
            mark_all(setup.home)
        with progress(setup.look, sys.stderr, "Sending calls") as report:
            done = push(setup.home, database, this.id, setup.settings.team_share, report)
        desk.change(setup.home, pushed_at=now().isoformat())
    if as_json:
        setup.output.as_json(done)
    elif not quiet:
        setup.output.text("\n".join(pushed_lines(done)))
    if not quiet:
        for one in done.kept:
            setup.output.tell(f"not sent: {one.id}: {one.why}")
    if done.kept:
        raise typer.Exit(1)
