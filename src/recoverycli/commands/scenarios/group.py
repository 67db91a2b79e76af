"""`recovery scenarios`: role-plays for practice and for the classroom. One command a module."""

from __future__ import annotations

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.grouping import grouped

HELP = described(
    "The role-plays: list and read them, print cards for playing aloud, check and write your own.",
    "recovery scenarios list",
    "recovery scenarios show late-parcel --card customer",
)

READ, WRITE = "Read", "Write your own"
# Command, its module (with a HELP and a `command`), and its place in the help.
COMMANDS = {
    "list": ("listing", READ),
    "show": ("showing", READ),
    "new": ("making", WRITE),
    "validate": ("validating", WRITE),
    "schema": ("schema", WRITE),
}


def group(only: str | None) -> typer.Typer:
    """Return the group with the one command that is wanted, or whole where it has none of that name."""
    return grouped("recoverycli.commands.scenarios", HELP, COMMANDS, only)
