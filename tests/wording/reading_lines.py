"""What the customer said before the labelled answers in own words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from recoverycli.training.scenarios.model import first_wording
from tests.training.played import scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from recoverycli.training.scenarios.model import Scenario, ScenarioNode
    from tests.wording.reading_sets import LabelledSentence


def line_answered(row: LabelledSentence) -> str:
    """What the customer said, whom an answer answers."""
    return first_wording(node_answered(row).says)


def node_answered(row: LabelledSentence) -> ScenarioNode:
    """The node of the scenario that an answer belongs to."""
    return scenario_answered(row).node(row.answers.split("/")[1])


def scenario_answered(row: LabelledSentence) -> Scenario:
    """The scenario that an answer belongs to."""
    return _scenario(row.answers.split("/")[0])


_scenario: Callable[[str], Scenario] = cache(scenario)
