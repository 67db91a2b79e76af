"""`recovery log score`: score a call with the scorecard, and show the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from recoverycli import paths
from recoverycli.commands.common.calls import find_call, refuse_option, review_of
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJsonObject, CallId, Team
from recoverycli.commands.common.start_call import WordingLoader
from recoverycli.errors import RecoveryError

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.review.scoring.case import Case
    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.score import Score
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.reviews import Review

HELP = help_with_examples(
    "Score a call with the scorecard, and show the evidence.\n\nThe score is feedback for the agent who took the call.",
    "recovery log score last",
    "recovery log score 7k2q --json",
)
CONTEXT = {"ignore_unknown_options": True}


def command(
    context: typer.Context,
    call: CallId = "last",
    *,
    team: Team = False,
    as_json: AsJsonObject = False,
) -> None:
    """Score a call with the scorecard, and show the evidence."""
    refuse_option(call, "score")
    setup: Setup = context.obj
    stored = find_call(setup, call, team=team).transcript.call
    found = Scorer(setup)(stored, review_of(setup, stored.id, team=team))
    if as_json:
        setup.output.as_json(found)
        return
    from recoverycli.terminal.views.log.score import score_page

    setup.output.show(score_page(found))


def own_scorecard(setup: Setup) -> Scorecard:
    """Return the scorecard of the project, the user, the team, or the built-in one. Raises ContentProblem."""
    from recoverycli.review.scoring.reader import load_scorecard

    *own, built_in = (source.folder for source in setup.search_order("scorecards"))
    # There is one scorecard per user, next to the folders of content.
    near = [folder.with_name(paths.SCORECARD_FILE) for folder in own]
    return load_scorecard([*near, built_in / "default.yaml"])


class Scorer:
    """Scores calls by the scorecard that applies here. Raises ContentProblem."""

    def __init__(self, setup: Setup) -> None:
        self.card = own_scorecard(setup)
        self._matcher = WordingLoader(setup)()
        self._library = setup.library()
        self._frameworks: dict[str, Framework | None] = {}

    def __call__(self, call: Call, review: Review | None = None) -> Score:
        """Return the score of a call; what reviewers answered decides about critical items."""
        from recoverycli.review.scoring.scorecard import score

        return score(call, self.card, self._matcher, self._framework, review)

    def case(self, call: Call) -> Case:
        """Return a call as it is scored."""
        from recoverycli.review.scoring.scorecard import case_of

        return case_of(call, self._matcher, self._framework)

    def _framework(self, framework_id: str) -> Framework | None:
        if framework_id not in self._frameworks:
            try:
                self._frameworks[framework_id] = self._library.load(framework_id).content
            except RecoveryError:
                # The framework no longer exists or is broken: the call is scored without it.
                self._frameworks[framework_id] = None
        return self._frameworks[framework_id]
