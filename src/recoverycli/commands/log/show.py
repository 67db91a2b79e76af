"""`recovery log show`: show a call."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import find_call, refuse_option
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Practised, Team

HELP = help_with_examples(
    "Show a call.\n\nThis includes what was said, noted, offered and promised, and how the call ended.",
    "recovery log show last",
    "recovery log show -2",
    "recovery log show 20261123T0912 --json",
)
# A position such as -2 is not an option.
CONTEXT = {"ignore_unknown_options": True}


def command(
    context: typer.Context,
    call: Annotated[
        str,
        typer.Argument(
            metavar="[ID|last|-2]",
            help="An id, a unique part of one, or a position.",
            autocompletion=completion_values.calls,
        ),
    ] = "last",
    practice: Practised = False,
    team: Team = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the stored transcript, for scripts.")] = False,
) -> None:
    """Show a call."""
    refuse_option(
        call, "show", ("--json", "--practice", "--team", "--help", "--plain", "--no-color", "--no-pager", "--data-dir")
    )
    setup: Setup = context.obj
    stored = find_call(setup, call, practice=practice, team=team)
    if as_json:
        setup.output.as_json(stored.transcript.document)
        return
    from recoverycli.review.story import call_page

    setup.output.show(call_page(stored.transcript.call))
