"""`recovery log reviews`: compare automatic scores, self-reviews and reviews."""

from __future__ import annotations

import typer

from recoverycli.commands.common.calls import calls_of, warn
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.filter_options import with_filter_options
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject, Team
from recoverycli.commands.log.score import Scorer
from recoverycli.errors import StoreProblem
from recoverycli.session.filters import Filters

HELP = help_with_examples(
    "Compare automatic scores, self-reviews and reviews.\n\nThis shows where they differ, how far reviewers agree on "
    "each criterion, the calls on which they differ most, and what is disputed.",
    "recovery log reviews",
    "recovery log reviews --since 2026-11-01 --json",
)


@with_filter_options
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    team: Team = False,
    as_json: AsJsonObject = False,
) -> None:
    """Compare automatic scores, self-reviews and reviews."""
    from recoverycli.review.scoring.calibration import Calibration, calibration, compare

    setup: Setup = context.obj
    judged = {}
    calls = []
    # Without reviews, nothing else is read or reported.
    found = Calibration()
    with calls_of(setup, team=team, quiet=True) as kept:
        for review in kept.reviews():
            if isinstance(review, StoreProblem):
                setup.output.tell(f"warning: {review.message}; it was skipped")
            else:
                judged[review.call] = review
        if judged:
            scorer = Scorer(setup)
            ids = kept.among(judged.keys(), wanted)
            for call_id, call in zip(ids, kept.each_call(ids), strict=True):
                if call is not None:
                    calls.append(compare(scorer(call, judged[call_id]), judged[call_id], scorer.card))
            found = calibration(calls, scorer.card)
            warn(setup, kept)
    if as_json:
        setup.output.as_json(found)
        return
    from recoverycli.terminal.views.log.reviews import reviews_page

    setup.output.show(reviews_page(found))
