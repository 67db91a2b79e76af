"""How a conversation can still end: the kinds of endings within reach of a state. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.training.scenarios.model import ENDINGS
from recoverycli.training.scenarios.proof import answers, depends_on_harm, state_of

if TYPE_CHECKING:
    from recoverycli.training.scenarios.model import EndingKind, Scenario
    from recoverycli.training.scenarios.play import Roleplay


class Prospects:
    """The kinds of endings that every reply, and own words of each kind, can still lead to.

    What was worked out for a state is kept, because most conversations meet in the same states.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._counts_harm = depends_on_harm(scenario)
        self._known: dict[tuple[object, ...], frozenset[EndingKind]] = {}

    def kinds(self, play: Roleplay) -> frozenset[EndingKind]:
        """Return the kinds of endings that can still be reached."""
        if play.ending is not None:
            return frozenset({self._scenario.ending(play.ending).kind})
        state = state_of(play, counts_harm=self._counts_harm)
        if state not in self._known:
            found: frozenset[EndingKind] = frozenset()
            for after in answers(play):
                found |= self.kinds(after)
                if len(found) == len(ENDINGS):
                    break
            self._known[state] = found
        return self._known[state]
