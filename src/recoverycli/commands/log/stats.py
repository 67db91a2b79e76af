"""`recovery log stats`: show statistics of calls, and what stands out."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.calls import calls_of
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject, Team
from recoverycli.errors import UsageProblem, known_word
from recoverycli.review.statistics.groupings import GROUPINGS
from recoverycli.session.filters import Filters
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from recoverycli.review.statistics.groupings import Grouping

HELP = help_with_examples(
    "Show statistics of calls, and what stands out.\n\nThis counts outcomes, lengths, steps, remedies, "
    "promises and moods, and finds what is more frequent than chance on a weekday, in an hour or lately. "
    "--changed compares the same measures in as many weeks before a day as after it.",
    "recovery log stats",
    "recovery log stats --by issue --since 2026-01-01",
    "recovery log stats --issue late --changed 2026-09-01",
)


@with_filter_options
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="WORD",
            help=f"Group by: {', '.join(GROUPINGS)}.",
            autocompletion=completion_values.groupings,
        ),
    ] = None,
    changed: Annotated[
        str | None, typer.Option("--changed", metavar="DATE", help="Compare before and after this day.")
    ] = None,
    team: Team = False,
    as_json: AsJsonObject = False,
) -> None:
    """Show statistics of calls, and what stands out."""
    from recoverycli.commands.common.topics import topics_of
    from recoverycli.review.statistics.overview import overview
    from recoverycli.review.statistics.small_groups import FEWEST_OF_ONE, hide_small_groups
    from recoverycli.team.calls import TeamCalls
    from recoverycli.text.format import plural

    setup: Setup = context.obj
    grouped, day = _by(by), _day(changed)
    with calls_of(setup, team=team) as kept:
        found = overview(kept, wanted, now(), topics_of(setup), grouped, day)
        unverified = kept.unverified_count(wanted) if isinstance(kept, TeamCalls) else 0
    if team:
        found, left_out = hide_small_groups(found, wanted)
        if left_out:
            groups = "1 group is" if left_out == 1 else f"{left_out} groups are"
            setup.output.tell(
                f"{groups} not shown: fewer than {FEWEST_OF_ONE} calls of an agent are too few for figures"
            )
        if unverified:
            setup.output.tell(
                f"{plural(unverified, 'call')} came as numbers only (team.share): no transcript checks their figures"
            )
    if as_json:
        setup.output.as_json(found)
    elif not found.figures.calls:
        setup.output.text("No calls match. See all calls: recovery log list")
    else:
        from recoverycli.terminal.views.log.statistics import statistics_page

        setup.output.show(statistics_page(found))


def _by(word: str | None) -> Grouping | None:
    return None if word is None else GROUPINGS[known_word("group", word, GROUPINGS)]


def _day(words: str | None) -> date | None:
    from recoverycli.times.past import read_time
    from recoverycli.times.wall_clock import to_local

    if words is None:
        return None
    moment = now()
    named = read_time(words, moment)
    if named is None:
        raise UsageProblem(f"--changed {words[:60]}: not a date", hint="For example: 2026-09-01")
    if not isinstance(named, datetime):
        return named
    return (to_local(named, moment) if named.tzinfo else named).date()
