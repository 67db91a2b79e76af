"""Scoring calls: the scorecard in force, the wording, and the frameworks, loaded once for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli import paths
from recoverycli.commands.common.coach import WordingLoader
from recoverycli.errors import RecoveryError

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.frameworks.model import Framework
    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.scorecard import Score
    from recoverycli.session.transcript.model import Call


class Scorer:
    """Scores calls by the scorecard of the project, the user, the team, or the built-in one. Raises ContentProblem."""

    def __init__(self, setup: Setup) -> None:
        from recoverycli.review.scoring.reader import load_scorecard

        *own, built_in = (source.folder for source in setup.search_order("scorecards"))
        # People have one scorecard, beside the folders of what they have several of.
        near = [folder.with_name(paths.SCORECARD_FILE) for folder in own]
        self.card: Scorecard = load_scorecard([*near, built_in / "default.yaml"])
        self._matcher = WordingLoader(setup)()
        self._library = setup.library()
        self._frameworks: dict[str, Framework | None] = {}

    def __call__(self, call: Call) -> Score:
        """Return the score of a call."""
        from recoverycli.review.scoring.scorecard import score

        return score(call, self.card, self._matcher, self._framework)

    def _framework(self, framework_id: str) -> Framework | None:
        if framework_id not in self._frameworks:
            try:
                self._frameworks[framework_id] = self._library.load(framework_id).content
            except RecoveryError:
                # It is not here any more, or broken: the call is scored without it.
                self._frameworks[framework_id] = None
        return self._frameworks[framework_id]
