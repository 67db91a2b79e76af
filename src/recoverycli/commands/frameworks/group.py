"""`recovery frameworks`: what each of them says, which suits, and files of one's own. One command a module."""

from __future__ import annotations

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.grouping import grouped

HELP = described(
    "The recovery frameworks: list, read, compare and check them, hand them out, write your own.",
    "recovery frameworks list",
    "recovery frameworks show heart",
)

READ, TEACH, WRITE = "Read", "Teach", "Write your own"
# Command, its module (with a HELP and a `command`), and its place in the help.
COMMANDS = {
    "list": ("listing", READ),
    "show": ("showing", READ),
    "compare": ("comparing", TEACH),
    "advise": ("advising", TEACH),
    "handout": ("handing_out", TEACH),
    "new": ("making", WRITE),
    "lint": ("linting", WRITE),
    "validate": ("validating", WRITE),
    "schema": ("schema", WRITE),
}


def group(only: str | None) -> typer.Typer:
    """Return the group with the one command that is wanted, or whole where it has none of that name."""
    return grouped("recoverycli.commands.frameworks", HELP, COMMANDS, only)
