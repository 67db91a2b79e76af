"""`recovery phrases remove`: remove a phrase."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import Confirmed
from recoverycli.commands.common.phrases import (
    find_phrase,
    read_phrasebook,
)
from recoverycli.commands.common.start_call import phrasebook
from recoverycli.errors import NotFound, UsageProblem

HELP = help_with_examples(
    "Remove a phrase.",
    "recovery phrases remove 9f3a",
    "recovery phrases remove 9f3a --yes",
    "recovery phrases remove 9f3a --dry-run",
)


def command(
    context: typer.Context,
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            autocompletion=completion_values.phrases,
            help="The phrase's id or a unique start of it; see: recovery phrases list",
        ),
    ] = None,
    yes: Confirmed = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be removed.")] = False,
) -> None:
    """Remove a phrase."""
    from recoverycli.commands.common.confirm import confirm
    from recoverycli.terminal.ask.questions import choose
    from recoverycli.terminal.views.frameworks.phrases import phrase_line

    setup: Setup = context.obj
    read = read_phrasebook(setup)
    if id_ is None and read.phrases:
        lines = [phrase_line(phrase, phrase.id) for phrase in read.phrases]
        chosen = choose(setup.output, "Which phrase?", lines)
        id_ = chosen.partition(":")[0] if chosen else None
    if id_ is None:
        raise UsageProblem(
            "the id of a phrase is required",
            hint="For example: recovery phrases remove 9f3a\nSee: recovery phrases list",
        )
    phrase = find_phrase(read, id_)
    line = phrase_line(phrase, phrase.id)
    if dry_run:
        setup.output.text(f"would be removed: {line}")
        return
    if not confirm(setup, f"Remove {line}?", yes=yes):
        return
    if phrasebook(setup).remove(phrase.id) is None:
        raise NotFound(f"phrase {phrase.id} no longer exists", hint="See: recovery phrases list")
    setup.output.text(f"removed: {line} · the others: recovery phrases list")
