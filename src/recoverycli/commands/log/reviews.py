"""`recovery log reviews`: what the scorecard, the agents and the reviewers think of the same calls."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.examples import described
from recoverycli.commands.filtering import filtered
from recoverycli.commands.kept import each_row, kept
from recoverycli.commands.scored import Scorer
from recoverycli.commands.setup import Setup
from recoverycli.errors import StoreProblem
from recoverycli.session.filters import Filters

HELP = described(
    "Show the calls that were judged: automatic, own and reviewer's side by side, where they differ, what is disputed.",
    "recovery log reviews",
    "recovery log reviews --since 2026-11-01 --json",
)


@filtered
def command(
    context: typer.Context,
    *,
    wanted: Filters,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts: one object.")] = False,
) -> None:
    """Show the calls that were judged."""
    from recoverycli.review.calibration import calibration, compared
    from recoverycli.store.reviews import Reviews
    from recoverycli.store.transcripts import Stored, read_stored

    setup: Setup = context.obj
    judged = {}
    for review in Reviews(setup.home).each():
        if isinstance(review, StoreProblem):
            setup.output.tell(f"warning: {review.message}; it is left alone")
        else:
            judged[review.call] = review
    calls = []
    if judged:
        scorer = Scorer(setup)
        with kept(setup) as index:
            ids = [row.id for row in each_row(index, wanted) if row.id in judged]
        for call_id in ids:
            stored = read_stored(setup.archive().path(call_id))
            if isinstance(stored, Stored):
                calls.append(compared(scorer(stored.transcript.call), judged[call_id], scorer.card))
    found = calibration(calls)
    if as_json:
        setup.output.as_json(found)
        return
    from recoverycli.terminal.views.reviews import reviews_screen, reviews_text

    if setup.look.plain:
        setup.output.text("\n".join(reviews_text(found)))
    else:
        setup.output.draw(reviews_screen(found))
