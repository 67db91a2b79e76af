"""`recovery log`: the calls that are kept. One command a module, of which only the one that was asked for is loaded."""

from __future__ import annotations

import typer

from recoverycli.commands.common.groups import make_group
from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Find stored calls, read them and learn from them.",
    "recovery log list",
    "recovery log show last",
)

FIND, LEARN, SHARE, KEEP = "Find and read", "Learn", "Share", "Maintain"
# Each command with its panel in the help, in the order of the help.
COMMANDS = {
    "list": FIND,
    "search": FIND,
    "browse": FIND,
    "show": FIND,
    "replay": FIND,
    "add": FIND,
    "export": SHARE,
    "import": SHARE,
    "score": LEARN,
    "review": LEARN,
    "reviews": LEARN,
    "stats": LEARN,
    "report": LEARN,
    "amend": KEEP,
    "delete": KEEP,
    "prune": KEEP,
    "erase": KEEP,
    "backup": KEEP,
    "restore": KEEP,
    "scrub": KEEP,
    "reindex": KEEP,
}


def group(only: str | None) -> typer.Typer:
    """Return the group with the one command that is wanted, or whole where it has none of that name."""
    return make_group("recoverycli.commands.log", HELP, COMMANDS, only)
