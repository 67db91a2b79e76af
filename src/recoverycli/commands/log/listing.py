"""`recovery log list`: the finished calls, newest first."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.setup import Setup, now

HELP = described(
    "List the finished calls, newest first.",
    "recovery log list",
    "recovery log list -n 5 --json",
)

_MOST_WARNINGS = 5

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def command(
    context: typer.Context,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the finished calls, newest first."""
    setup: Setup = context.obj
    listing = setup.archive().listing(limit)
    for skipped in listing.skipped[:_MOST_WARNINGS]:
        setup.output.tell(f"warning: {skipped.path}: {skipped.why}; it is left alone")
    if len(listing.skipped) > _MOST_WARNINGS:
        setup.output.tell(f"warning: {len(listing.skipped) - _MOST_WARNINGS} more files were skipped")
    if as_json:
        for row in listing.calls:
            setup.output.as_json(row._asdict())
        return
    from recoverycli.terminal.views.calls import calls_screen, calls_text

    if setup.look.plain:
        setup.output.text("\n".join(calls_text(listing.calls, now())))
    else:
        setup.output.draw(calls_screen(listing.calls, now(), setup.look.width))
