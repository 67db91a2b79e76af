"""What the commands about a team's content share: the readers of all rooms, the words for changes, a known number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recoverycli.team.content.check import Readers


def readers() -> Readers:
    """The readers that desks read content with, those of practice and of scores too."""
    from recoverycli.review.scoring.reader import read_scorecard
    from recoverycli.team.content.check import Readers
    from recoverycli.training.scenarios.reader import read_scenario

    return Readers(read_scenario, read_scorecard)
