"""`recovery followups list`: list open follow-ups, overdue first."""

from __future__ import annotations

import typer

from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.followups import FollowUpsDone, gather, show_followups
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Team
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

HELP = help_with_examples(
    "List open follow-ups, overdue first.",
    "recovery followups list",
    "recovery followups list --customer Ana --all",
    "recovery followups list --since yesterday --json",
)


@with_filter_options
def command(
    context: typer.Context,
    *,
    all_: FollowUpsDone = False,
    wanted: Filters,
    team: Team = False,
    as_json: AsJson = False,
) -> None:
    """List open follow-ups, overdue first."""
    moment = now()
    rows = gather(context.obj, moment, wanted, done=all_, team=team).rows
    show_followups(
        context.obj, [row for row in rows if all_ or row.done_at is None][: wanted.limit], moment, as_json=as_json
    )
