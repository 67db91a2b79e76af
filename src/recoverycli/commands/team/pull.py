"""`recovery team pull`: download the team's current content to this desk."""

from __future__ import annotations

import os

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.errors import TeamProblem
from recoverycli.times.clock import now

HELP = help_with_examples(
    "Download the team's current content to this desk.\n\nThis brings frameworks, scenarios, wording, remedies "
    "and the scorecard. They are checked again here and installed in full or not at all; calls can continue "
    "meanwhile. Your own content and a project's content take precedence.",
    "recovery team pull",
    "recovery frameworks list",
)


def command(context: typer.Context) -> None:
    """Download the team's current content to this desk."""
    from recoverycli.commands.team.publish import readers
    from recoverycli.team.connection import open_database
    from recoverycli.team.content import shelf
    from recoverycli.team.content.pull import pull
    from recoverycli.team.erasures import calls_to_erase
    from recoverycli.terminal.views.log.removal import erased_elsewhere_lines
    from recoverycli.terminal.views.team.content import pulled_lines
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    try:
        with open_database(setup.home, os.environ) as database:
            done = pull(setup.home, database, readers(), now())
            erased = calls_to_erase(setup.home, database)
    except TeamProblem as away:
        # A pull sends nothing, so the outbox is not reported.
        raise TeamProblem(away.message, kept=shelf.what_stays(setup.home), hint=away.hint) from away
    setup.output.text("\n".join(pulled_lines(done)))
    for line in erased_elsewhere_lines(erased.ids, "at another desk"):
        setup.output.tell(line)
    if erased.unasked:
        setup.output.tell(
            f"note: {plural(erased.unasked, 'call')} here could not be compared with erasures at other desks: "
            "the database answers each role a limited number of times a day. "
            "Send your calls (recovery team push), and pull again tomorrow."
        )
