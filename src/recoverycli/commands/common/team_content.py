"""What the commands about a team's content share: the readers of all rooms, the words for changes, a known number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.content.nodes import Problem
    from recoverycli.team.content.check import Readers


def readers() -> Readers:
    """The readers that desks read content with, those of practice and of scores too."""
    from recoverycli.review.scoring.reader import read_scorecard
    from recoverycli.team.content.check import Readers
    from recoverycli.training.scenarios.reader import read_scenario

    def scenario(data: bytes, file: str, frameworks: Sequence[str]) -> Sequence[Problem]:
        return read_scenario(data, file, frameworks).problems

    def scorecard(data: bytes, file: str) -> Sequence[Problem]:
        found = read_scorecard(data, file)
        return found if isinstance(found, list) else ()

    return Readers(scenario, scorecard)
