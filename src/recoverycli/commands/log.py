"""`recovery log`: the calls that are kept."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands import completing
from recoverycli.commands.examples import described
from recoverycli.commands.setup import Setup, now
from recoverycli.errors import UsageProblem, nearest

app = typer.Typer(
    help=described(
        "The calls that are kept: list them, read one again.", "recovery log list", "recovery log show last"
    ),
    no_args_is_help=True,
)

_MOST_WARNINGS = 5

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


@app.command(
    "list",
    help=described(
        "List the finished calls, newest first.",
        "recovery log list",
        "recovery log list -n 5 --json",
    ),
)
def list_(
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


@app.command(
    help=described(
        "Show a call as it was. What was said, noted, offered, promised, and how it ended.",
        "recovery log show last",
        "recovery log show -2",
        "recovery log show 20261123T0912 --json",
    ),
    context_settings={"ignore_unknown_options": True},
)
def show(
    context: typer.Context,
    call: Annotated[
        str,
        typer.Argument(
            metavar="[ID|last|-2]", help="An id, a unique part of one, or a place.", autocompletion=completing.calls
        ),
    ] = "last",
    as_json: AsJson = False,
) -> None:
    """Show a call as it was. What was said, noted, offered, promised, and how it ended."""
    if call.startswith("--"):
        near = nearest(call, ("--json", "--help", "--plain", "--no-color", "--no-pager", "--data-dir"))
        hint = f"Did you mean {near}?\n" if near else ""
        raise UsageProblem(f"No such option: {call}", hint=f"{hint}All of it: recovery log show --help")
    setup: Setup = context.obj
    stored = setup.archive().read(call)
    if as_json:
        setup.output.as_json(stored.transcript.document)
        return
    from recoverycli.terminal.views.call import call_screen, call_text

    if setup.look.plain:
        setup.output.text("\n".join(call_text(stored.transcript.call)))
    else:
        setup.output.draw(call_screen(stored.transcript.call))
