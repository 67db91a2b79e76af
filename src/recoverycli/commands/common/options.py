"""Options that several commands share."""

# No `from __future__ import annotations` here: Typer evaluates the options.
from pathlib import Path
from typing import Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.told_words import FAULT_WORDS
from recoverycli.frameworks.model import CHANNELS, MOODS

Practised = Annotated[bool, typer.Option("--practice", help="Use practice instead of calls.")]
Team = Annotated[bool, typer.Option("--team", help="Use calls from the team's database.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
AsJsonLines = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object a line.")]
AsJsonObject = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object.")]
CallId = Annotated[
    str, typer.Argument(metavar="[ID|last|-2]", help="The call.", autocompletion=completion_values.calls)
]
Confirmed = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
Explained = Annotated[bool, typer.Option("--explain", help="Show every point of the score with its evidence.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would be deleted.")]
NewFile = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The output file; it is named after the id.")
]
NewId = Annotated[str | None, typer.Argument(metavar="[ID]", help="Lowercase letters, digits and dashes.")]
Overwrite = Annotated[bool, typer.Option("--yes", "-y", help="Overwrite an existing file.")]
FrameworkId = Annotated[
    str | None,
    typer.Argument(
        metavar="ID", help="The framework; see: recovery frameworks list", autocompletion=completion_values.frameworks
    ),
]
CallIds = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID...]", help="The calls' ids; or use filters.", autocompletion=completion_values.calls),
]

InFramework = Annotated[
    str | None,
    typer.Argument(
        metavar="[FRAMEWORK]", help="See: recovery frameworks list", autocompletion=completion_values.frameworks
    ),
]
Customer = Annotated[str | None, typer.Option("--customer", help="The customer's name.")]
Ref = Annotated[str | None, typer.Option("--ref", help="The reference of the customer or case.")]
Channel = Annotated[
    str | None,
    typer.Option("--channel", help=f"The channel: {', '.join(CHANNELS)}.", autocompletion=completion_values.channels),
]
Issue = Annotated[
    str | None, typer.Option("--issue", help="The issue, in a word.", autocompletion=completion_values.families)
]
Mood = Annotated[
    str | None,
    typer.Option("--mood", help=f"The customer's mood: {', '.join(MOODS)}.", autocompletion=completion_values.moods),
]
Ours = Annotated[
    str | None, typer.Option("--ours", metavar="WORD", help=f"Whether the fault is ours: {', '.join(FAULT_WORDS)}.")
]
Agent = Annotated[str | None, typer.Option("--agent", help="Your name.")]
DrawSeed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", min=0, help="Seed; the same number draws the same names, words and order."),
]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value for the phrases; may be repeated.")
]
