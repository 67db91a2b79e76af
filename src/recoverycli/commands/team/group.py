"""`recovery team`: many desks, one PostgreSQL. One command a module, of which only the one asked for is loaded."""

from __future__ import annotations

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.grouping import grouped

HELP = described(
    "The whole floor: desks that share their calls and their playbooks through a PostgreSQL of their own. No desk "
    "needs it.",
    "recovery team trial",
    "recovery team status",
)

CONNECT, CALLS, CONTENT = "Connect", "Calls", "Playbooks for every desk"
# Command, its module (with a HELP and a `command`), and its place in the help.
COMMANDS = {
    "trial": ("trying", CONNECT),
    "connect": ("connecting", CONNECT),
    "init": ("initiating", CONNECT),
    "status": ("standing", CONNECT),
    "push": ("pushing", CALLS),
    "publish": ("publishing", CONTENT),
    "pull": ("pulling", CONTENT),
    "versions": ("versions", CONTENT),
    "rollback": ("rolling_back", CONTENT),
}


def group(only: str | None) -> typer.Typer:
    """Return the group with the one command that is wanted, or whole where it has none of that name."""
    return grouped("recoverycli.commands.team", HELP, COMMANDS, only)
