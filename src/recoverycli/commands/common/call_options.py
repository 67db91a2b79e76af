"""The facts of a call as options, for every command that begins one."""

# No `from __future__ import annotations` here: Typer reads the options as they are.
from typing import Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.frameworks.model import CHANNELS, MOODS

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
    str | None, typer.Option("--issue", help="The issue, in a word.", autocompletion=completion_values.issues)
]
Mood = Annotated[
    str | None,
    typer.Option("--mood", help=f"The customer's mood: {', '.join(MOODS)}.", autocompletion=completion_values.moods),
]
Agent = Annotated[str | None, typer.Option("--agent", help="Your name.")]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="A value for the phrases; may be repeated.")
]
