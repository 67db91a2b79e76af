"""`recovery log score`: what went well in a call, and what could go better, each with the evidence."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, refuse_option
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Team
from recoverycli.commands.common.scoring import Scorer

HELP = help_with_examples(
    "Score a call with the scorecard, and show the evidence.\n\nThe score is feedback for the agent who took the call.",
    "recovery log score last",
    "recovery log score 7k2q --json",
)
CONTEXT = {"ignore_unknown_options": True}


def command(
    context: typer.Context,
    call: Annotated[
        str,
        typer.Argument(metavar="[ID|last|-2]", help="The call.", autocompletion=completion_values.calls),
    ] = "last",
    *,
    team: Team = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object.")] = False,
) -> None:
    """Score a call with the scorecard, and show the evidence."""
    refuse_option(call, "score")
    setup: Setup = context.obj
    found = Scorer(setup)(find_call(setup, call, team=team).transcript.call)
    if as_json:
        setup.output.as_json(found)
        return
    from recoverycli.terminal.views.log.score import score_page

    setup.output.show(score_page(found))
