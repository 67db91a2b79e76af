"""`recovery config`: show and change settings."""

from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Show and change settings.",
    "recovery config show",
    "recovery config set channel chat",
    "recovery config path",
)
# In the order of the help.
COMMANDS = dict.fromkeys(("show", "set", "unset", "path", "edit"))
