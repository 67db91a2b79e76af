"""Scoring calls: the scorecard in force, the wording, and the frameworks, loaded once for a command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from recoverycli import locations
from recoverycli.commands.coached import Wording
from recoverycli.errors import RecoveryError

if TYPE_CHECKING:
    from recoverycli.commands.setup import Setup
    from recoverycli.framework.model import Framework
    from recoverycli.review.scorecard import Score
    from recoverycli.review.scorecard_model import Scorecard
    from recoverycli.session.transcript import Call


class Scorer:
    """Scores calls by the scorecard of the project, the user, the team, or the built-in one. Raises ContentProblem."""

    def __init__(self, setup: Setup) -> None:
        from recoverycli.review.scorecard_reader import load_scorecard

        near = [setup.project] if setup.project else []
        folders = [*near, locations.config_home(os.environ)]
        shared = [setup.team_folder] if setup.team_folder else []
        paths = [folder / locations.SCORECARD_FILE for folder in (*folders, *shared)]
        self.card: Scorecard = load_scorecard([*paths, locations.built_in_scorecard()])
        self._matcher = Wording(setup)()
        self._library = setup.library()
        self._frameworks: dict[str, Framework | None] = {}

    def __call__(self, call: Call) -> Score:
        """Return the score of a call."""
        from recoverycli.review.scorecard import score

        return score(call, self.card, self._matcher, self._framework)

    def _framework(self, framework_id: str) -> Framework | None:
        if framework_id not in self._frameworks:
            try:
                self._frameworks[framework_id] = self._library.load(framework_id).framework
            except RecoveryError:
                # It is not here any more, or broken: the call is scored without it.
                self._frameworks[framework_id] = None
        return self._frameworks[framework_id]
