"""`recovery log`: find stored calls, read them and learn from them."""

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
    "causes": LEARN,
    "amend": KEEP,
    "delete": KEEP,
    "prune": KEEP,
    "erase": KEEP,
    "backup": KEEP,
    "restore": KEEP,
    "scrub": KEEP,
    "reindex": KEEP,
}
