"""`recovery log`: the calls that are kept. One command a module, of which only the one that was asked for is loaded."""

from __future__ import annotations

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.grouping import grouped

HELP = described(
    "The calls that are kept: find them, read them again, learn from them.",
    "recovery log list",
    "recovery log show last",
)

FIND, LEARN, SHARE, KEEP = "Find and read", "Learn", "Share", "Keep house"
# Command, its module (with a HELP and a `command`), and its place in the help.
COMMANDS = {
    "list": ("listing", FIND),
    "search": ("searching", FIND),
    "browse": ("browsing", FIND),
    "show": ("showing", FIND),
    "replay": ("replaying", FIND),
    "add": ("adding", FIND),
    "export": ("exporting", SHARE),
    "import": ("importing", SHARE),
    "score": ("scoring", LEARN),
    "review": ("reviewing", LEARN),
    "reviews": ("reviews", LEARN),
    "stats": ("counting", LEARN),
    "report": ("reporting", LEARN),
    "amend": ("amending", KEEP),
    "delete": ("deleting", KEEP),
    "prune": ("pruning", KEEP),
    "erase": ("erasing", KEEP),
    "backup": ("backing_up", KEEP),
    "restore": ("restoring", KEEP),
    "scrub": ("scrubbing", KEEP),
    "reindex": ("reindexing", KEEP),
}


def group(only: str | None) -> typer.Typer:
    """Return the group with the one command that is wanted, or whole where it has none of that name."""
    return grouped("recoverycli.commands.log", HELP, COMMANDS, only)
