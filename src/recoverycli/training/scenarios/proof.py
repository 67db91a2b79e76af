"""A proof by play: every reply and own words of each kind, in every state that the customer can be in.

No conversation goes round in circles, so there is an end to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.conditions import names_of
from recoverycli.training.scenarios.draw import AGREED
from recoverycli.training.scenarios.facts import Agreement
from recoverycli.training.scenarios.model import wordings_of
from recoverycli.training.scenarios.play import Roleplay, answer, answer_freely, begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Check
    from recoverycli.training.scenarios.model import Scenario, ScenarioEnding


class Reach(NamedTuple):
    """What can be reached: nodes, replies, endings, what ends with something agreed, and the most ease at an end.

    `untold` has pairs of an agreed remedy and an ending whose texts speak of nothing that was agreed.
    """

    nodes: frozenset[str]
    replies: frozenset[str]
    endings: frozenset[str]
    untold: frozenset[tuple[str, str]]
    most_ease: int


def play_all(scenario: Scenario) -> Reach:
    """Play every answer in every state that can be reached; the scenario must be free of circles."""
    counts_harm = depends_on_harm(scenario)
    seen: set[tuple[object, ...]] = set()
    nodes, replies, endings, most = set[str](), set[str](), set[str](), 0
    untold = set[tuple[str, str]]()
    waiting = [begin(scenario)]
    while waiting:
        play = waiting.pop()
        if play.ending is not None:
            endings.add(play.ending)
            most = max(most, play.ease)
            if play.agreed and not _tells_of(scenario.ending(play.ending), play):
                untold.add((play.agreed[0], play.ending))
            continue
        nodes.add(play.node or "")
        replies |= {reply.id for reply in play.choices}
        for after in answers(play):
            state = state_of(after, counts_harm=counts_harm)
            if state not in seen:
                seen.add(state)
                waiting.append(after)
    return Reach(frozenset(nodes), frozenset(replies), frozenset(endings), frozenset(untold), most)


def depends_on_harm(scenario: Scenario) -> bool:
    """Return whether an ending depends on how many answers made it worse."""
    return any("harm" in names_of(ending.when) for ending in scenario.endings)


def check_reach(scenario: Scenario, check: Check) -> None:
    """Note what no conversation reaches, and endings that leave out what was agreed."""
    found = play_all(scenario)
    for at, node in enumerate(scenario.nodes):
        if node.id not in found.nodes:
            check.fault_at(("nodes", at), f"no reply leads to the node `{node.id}`", "a reply with that `to`")
            continue
        for place, reply in enumerate(node.replies):
            if reply.id not in found.replies:
                told = f"the reply `{reply.id}` can never be given"
                check.fault_at(("nodes", at, "replies", place), told, f"`{reply.needs}` is never known here")
    for at, ending in enumerate(scenario.endings):
        if ending.id not in found.endings:
            told = f"no reply leads to the ending `{ending.id}`"
            check.fault_at(("endings", at), told, f"the customer is never more at ease than {found.most_ease} of 10")
        elif untold := sorted(remedy for remedy, end in found.untold if end == ending.id):
            told = f"`{ending.id}` can be reached after `{untold[0]}` was agreed, and does not tell of it"
            allowed = "an ending before it whose `when` has it as agreed, with `tells` or {agreed} in its text"
            check.fault_at(("endings", at), told, allowed)


def answers(play: Roleplay) -> Iterator[Roleplay]:
    """Yield the role-play after every reply, and after own words of each kind."""
    for reply in play.choices:
        yield answer(play, reply)
    if play.scenario.remedies:
        yield from (answer_freely(play, acts) for acts in (("refuses",), ("acknowledges", "apologizes")))
    for remedy in play.scenario.remedies:
        yield answer_freely(play, ("acknowledges", "offers"), agreement=Agreement((remedy.id,)))


def _tells_of(ending: ScenarioEnding, play: Roleplay) -> bool:
    texts = (*wordings_of(ending.says), ending.after)
    return bool(set(ending.tells) & set(play.agreed)) or any(f"{{{AGREED}}}" in text for text in texts)


def state_of(play: Roleplay, *, counts_harm: bool) -> tuple[object, ...]:
    """Return all that what follows depends on."""
    return (
        play.node, play.ending, play.ease, play.known, play.heard, play.apologized, frozenset(play.agreed),
        play.refused, play.promised, play.helped, play.harm if counts_harm else 0,
    )  # fmt: skip
