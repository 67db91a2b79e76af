"""`recovery phrases`: add and change your own phrases."""

from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Add and change your own phrases.\n\nDuring a call they come first, marked as yours.",
    'recovery phrases add "I would be annoyed too, {customer}." --intent empathize --mood angry',
    "recovery phrases list",
)
# In the order of the help.
COMMANDS = dict.fromkeys(("add", "list", "edit", "remove"))
