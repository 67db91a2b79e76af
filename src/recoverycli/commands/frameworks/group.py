"""`recovery frameworks`: list, compare, check and write recovery frameworks."""

from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "List, compare, check and write recovery frameworks.",
    "recovery frameworks list",
    "recovery frameworks show heart",
)

READ, TEACH, WRITE = "Read", "Teach", "Write your own"
# Each command with its panel in the help, in the order of the help.
COMMANDS = {
    "list": READ,
    "show": READ,
    "compare": TEACH,
    "advise": TEACH,
    "handout": TEACH,
    "new": WRITE,
    "lint": WRITE,
    "validate": WRITE,
    "test": WRITE,
    "schema": WRITE,
}
