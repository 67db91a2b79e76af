"""`recovery reopen`: reopen a call that was saved."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.start import report_end
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Reopen a call that was saved.\n\nThe call continues with everything that was recorded, for a day after it was "
    "saved unless the setting `reopen` says otherwise. When it ends, it is saved in its place.",
    "recovery reopen",
    "recovery reopen 20261123T0912",
)


def command(
    context: typer.Context,
    call_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="The call's id or a part of it (default: the call saved last).",
            autocompletion=completion_values.closed_calls,
        ),
    ] = None,
) -> None:
    """Reopen a call that was saved."""
    from recoverycli.commands.common.start_call import WordingLoader, call_environment, run_call
    from recoverycli.live.call import LiveCall
    from recoverycli.live.reopen import reopen

    setup: Setup = context.obj
    library = setup.library()
    wording = WordingLoader(setup)
    world = call_environment(setup, library, wording)
    path = reopen(setup.home, call_id, now(), world.reopen_within)
    report_end(run_call(setup, library, LiveCall.resume(world, path), wording, "the call is open again"), setup)
