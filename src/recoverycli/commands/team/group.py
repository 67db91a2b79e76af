"""`recovery team`: share calls and playbooks between desks through PostgreSQL."""

from recoverycli.commands.common.help_text import help_with_examples

HELP = help_with_examples(
    "Share calls and playbooks between desks through PostgreSQL.\n\nThe database is your own. A desk works without it.",
    "recovery team trial",
    "recovery team status",
)

CONNECT, CALLS, CONTENT = "Connect", "Calls", "Playbooks for every desk"
# Each command with its panel in the help, in the order of the help.
COMMANDS = {
    "trial": CONNECT,
    "connect": CONNECT,
    "init": CONNECT,
    "status": CONNECT,
    "push": CALLS,
    "publish": CONTENT,
    "pull": CONTENT,
    "versions": CONTENT,
    "rollback": CONTENT,
}
