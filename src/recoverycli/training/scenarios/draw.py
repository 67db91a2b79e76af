"""One play of a scenario: its names and sums, a wording of each line, the order of the replies, by a seed. Pure.

The same seed always draws the same: it is worked out from the ids of the file with a digest, without a random
generator, so that neither another version of Python nor a change elsewhere in the file changes it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.frameworks.phrasing import fill
from recoverycli.training.scenarios.texts import CARD_TEXTS, CUSTOMER_TEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.training.scenarios.model import (
        Draws,
        Scenario,
        ScenarioEnding,
        ScenarioNode,
        ScenarioReply,
        Wordings,
    )

# What an ending says was agreed; it is known at the end of a play.
AGREED = "agreed"
_GAP = re.compile(r"\{\{|\}\}|\{(\w+)\}")


def draw(scenario: Scenario, seed: int | None = None) -> Scenario:
    """Return the scenario as it is played: one wording a line, every name filled, the replies shuffled.

    Without a seed the first of everything, in the order of the file.
    """
    return _Play(scenario, seed).scenario()


def draw_names(draws: Draws) -> tuple[str, ...]:
    """Return the names that texts can use."""
    rows = (draws,) if isinstance(draws, dict) else draws
    return tuple(dict.fromkeys(name for row in rows for name in row))


def agreed_text(text: str, words: str) -> str:
    """Return a text of an ending with the words of what was agreed."""
    return fill(text, {AGREED: words})


class _Play:
    def __init__(self, scenario: Scenario, seed: int | None) -> None:
        self._scenario = scenario
        self._seed = seed
        self._values = self._draw_values(scenario.draws)

    def scenario(self) -> Scenario:
        drawn = self._scenario
        customer = {key: self._fill(getattr(drawn.customer, key)) for key in CUSTOMER_TEXTS}
        card = drawn.customer.card
        if card is not None:
            card = replace(card, **{key: self._fill(getattr(card, key)) for key in CARD_TEXTS})
        return replace(
            drawn,
            customer=replace(drawn.customer, card=card, **customer),
            agent=replace(
                drawn.agent,
                who=self._fill(drawn.agent.who),
                knows=self._fill_all(drawn.agent.knows),
                may=self._fill_all(drawn.agent.may),
            ),
            observer=self._fill_all(drawn.observer),
            draws={},
            facts=tuple(
                replace(fact, what=self._fill(fact.what), matters=self._fill(fact.matters)) for fact in drawn.facts
            ),
            remedies=tuple(
                replace(one, what=self._fill(one.what), signs=self._fill_all(one.signs)) for one in drawn.remedies
            ),
            nodes=tuple(map(self._node, drawn.nodes)),
            endings=tuple(map(self._ending, drawn.endings)),
        )

    def _node(self, node: ScenarioNode) -> ScenarioNode:
        replies = map(self._reply, node.replies)
        return replace(
            node,
            says=self._line(node.says, node.id, "says"),
            moods={mood: self._line(lines, node.id, mood) for mood, lines in node.moods.items()},
            unhelped=None if node.unhelped is None else self._line(node.unhelped, node.id, "unhelped"),
            replies=tuple(sorted(replies, key=lambda reply: self._number("reply", node.id, reply.id))),
        )

    def _reply(self, reply: ScenarioReply) -> ScenarioReply:
        return replace(
            reply,
            say=self._fill(reply.say),
            because=self._fill(reply.because),
            signs=self._fill_all(reply.signs),
            promises=tuple(replace(one, what=self._fill(one.what), by=self._fill(one.by)) for one in reply.promises),
        )

    def _ending(self, ending: ScenarioEnding) -> ScenarioEnding:
        # Braces and what was agreed stay as they are: both are filled at the end.
        says = self._choose(ending.says, ending.id, "says")
        return replace(ending, says=self._fill_known(says), after=self._fill_known(ending.after))

    def _line(self, wordings: Wordings, *place: str) -> str:
        return self._fill(self._choose(wordings, *place))

    def _choose(self, wordings: Wordings, *place: str) -> str:
        if isinstance(wordings, str):
            return wordings
        return wordings[self._number(*place) % len(wordings)] if wordings else ""

    def _draw_values(self, draws: Draws) -> Mapping[str, str]:
        if isinstance(draws, dict):
            return {name: values[self._number("draw", name) % len(values)] for name, values in draws.items() if values}
        return draws[self._number("draw") % len(draws)] if draws else {}

    def _fill(self, text: str) -> str:
        return fill(text, self._values)

    def _fill_all(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._fill, texts))

    def _fill_known(self, text: str) -> str:
        return _GAP.sub(lambda gap: self._values.get(gap[1] or "", gap[0]), text)

    def _number(self, *place: str) -> int:
        """A number that depends on the seed and on the place alone; 0 without a seed."""
        if self._seed is None:
            return 0
        told = "/".join((self._scenario.id, str(self._seed), *place))
        return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8])
