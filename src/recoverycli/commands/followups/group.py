"""`recovery followups`: manage promises and open tasks from all calls."""

from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Manage promises and open tasks from all calls.",
    "recovery followups list",
    "recovery followups done 7k2q-p1 --satisfied yes",
    "recovery followups snooze 7k2q-p1 tomorrow 5pm",
)
# In the order of the help.
COMMANDS = dict.fromkeys(("list", "due", "done", "snooze", "export"))
