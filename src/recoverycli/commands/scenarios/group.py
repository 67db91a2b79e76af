"""`recovery scenarios`: list role-plays, print their cards, and write new ones."""

from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "List role-plays, print their cards, and write new ones.",
    "recovery scenarios list",
    "recovery scenarios show late-parcel --card customer",
)

READ, WRITE = "Read", "Write your own"
# Each command with its panel in the help, in the order of the help.
COMMANDS = {
    "list": READ,
    "show": READ,
    "new": WRITE,
    "validate": WRITE,
    "lint": WRITE,
    "schema": WRITE,
}
