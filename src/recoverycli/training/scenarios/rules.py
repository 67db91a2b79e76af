"""What holds a scenario together beside its types: names that lead somewhere, and a proof that every way ends.

The proof plays the scenario through: every reply, in every state that the customer can be in (node, ease, facts known,
heard, apologized to). No conversation goes round in circles, so there is an end to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.scenarios.model import END, ENDINGS
from recoverycli.training.scenarios.play import Roleplay, answer, begin

if TYPE_CHECKING:
    from recoverycli.content.checker import Check, Path
    from recoverycli.training.scenarios.model import Scenario

_FEWEST_REPLIES = 2
# Nobody plays more in five minutes, and the proof stays a matter of moments.
MOST_NODES, MOST_FACTS = 40, 5


class Reach(NamedTuple):
    """What can be reached: nodes, endings, and the most ease that a customer can have at the end."""

    nodes: frozenset[str]
    endings: frozenset[str]
    most_ease: int


def check_rules(scenario: Scenario, check: Check) -> None:
    """Note every fault of a scenario whose types are right."""
    for part, found, most in (("nodes", scenario.nodes, MOST_NODES), ("facts", scenario.facts, MOST_FACTS)):
        if len(found) > most:
            check.fault_at((part,), f"the scenario has {len(found)} {part}", f"at most {most}")
    _each_once(scenario, check)
    _lead_somewhere(scenario, check)
    _replies(scenario, check)
    _endings(scenario, check)
    if not check.problems and (circle := _circle(scenario)):
        place = next(number for number, node in enumerate(scenario.nodes) if node.id == circle[0])
        told = " -> ".join(circle)
        check.fault_at(("nodes", place), f"the conversation loops: {told}", "every path must end")
    if not check.problems:
        _reachable(scenario, check)


def play_all(scenario: Scenario) -> Reach:
    """Play every reply in every state that can be reached; the scenario must be free of circles."""
    seen: set[tuple[object, ...]] = set()
    nodes, endings, most = set[str](), set[str](), 0
    waiting = [begin(scenario)]
    while waiting:
        play = waiting.pop()
        if play.ending is not None:
            endings.add(play.ending)
            most = max(most, play.ease)
            continue
        nodes.add(play.node or "")
        for reply in play.choices:
            after = answer(play, reply)
            if _state(after) not in seen:
                seen.add(_state(after))
                waiting.append(after)
    return Reach(frozenset(nodes), frozenset(endings), most)


def _state(play: Roleplay) -> tuple[object, ...]:
    return play.node, play.ending, play.ease, play.known, play.heard, play.apologized


def _each_once(scenario: Scenario, check: Check) -> None:
    groups: dict[str, list[tuple[Path, str]]] = {
        "node": [(("nodes", at, "id"), node.id) for at, node in enumerate(scenario.nodes)],
        "reply": [
            (("nodes", at, "replies", place, "id"), reply.id)
            for at, node in enumerate(scenario.nodes)
            for place, reply in enumerate(node.replies)
        ],
        "ending": [(("endings", at, "id"), ending.id) for at, ending in enumerate(scenario.endings)],
        "fact": [(("facts", at, "id"), fact.id) for at, fact in enumerate(scenario.facts)],
    }
    for kind, ids in groups.items():
        check.each_once(kind, ids)
    if any(node.id == END for node in scenario.nodes):
        check.fault_at(("nodes",), f"a node is named `{END}`", "that word marks the end of a conversation")


def _lead_somewhere(scenario: Scenario, check: Check) -> None:
    nodes = [node.id for node in scenario.nodes]
    facts = [fact.id for fact in scenario.facts]
    check.one_of(("start",), "node", scenario.start, nodes)
    revealed = set[str]()
    for at, node in enumerate(scenario.nodes):
        for place, reply in enumerate(node.replies):
            here: Path = ("nodes", at, "replies", place)
            check.one_of((*here, "to"), "node", reply.to, [*nodes, END])
            for key in ("reveals", "needs"):
                if (fact := getattr(reply, key)) is not None:
                    check.one_of((*here, key), "fact", fact, facts)
            revealed |= {reply.reveals} if reply.reveals else set()
    for at, ending in enumerate(scenario.endings):
        for place, fact in enumerate(ending.known):
            check.one_of(("endings", at, "known", place), "fact", fact, facts)
    for at, fact in enumerate(facts):
        if fact not in revealed:
            check.fault_at(("facts", at), f"nothing reveals the fact `{fact}`", "a reply with `reveals`")


def _replies(scenario: Scenario, check: Check) -> None:
    for at, node in enumerate(scenario.nodes):
        free = [reply for reply in node.replies if reply.needs is None]
        if len(free) < _FEWEST_REPLIES:
            found = (
                f"`{node.id}` has {len(free)} replies that can always be given"
                if free
                else f"`{node.id}` is a dead end"
            )
            check.fault_at(("nodes", at), found, f"at least {_FEWEST_REPLIES} replies")
        elif len({reply.effect for reply in free}) == 1:
            check.fault_at(("nodes", at), f"every reply of `{node.id}` has the same effect", "a choice that matters")


def _endings(scenario: Scenario, check: Check) -> None:
    kinds = {ending.kind for ending in scenario.endings}
    missing = [kind for kind in ENDINGS if kind not in kinds]
    if missing:
        check.fault_at(("endings",), f"there is no ending of the kind {' or '.join(missing)}", "at least one of each")
    *before, last = scenario.endings
    for at, ending in enumerate(before):
        if not ending.ease and not ending.known:
            check.fault_at(
                ("endings", at), f"`{ending.id}` has no condition and hides those after it", "`ease` or `known`"
            )
    if last.ease or last.known:
        found = f"the last ending, `{last.id}`, has a condition"
        check.fault_at(("endings", len(before)), found, "none, so that one ending always applies")


def _circle(scenario: Scenario) -> list[str]:
    """A circle that replies lead in; empty if there is none."""
    from graphlib import CycleError, TopologicalSorter

    leads = {node.id: [reply.to for reply in node.replies if reply.to != END] for node in scenario.nodes}
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as found:
        circle: list[str] = found.args[1]
        return circle[::-1]
    return []


def _reachable(scenario: Scenario, check: Check) -> None:
    found = play_all(scenario)
    for at, node in enumerate(scenario.nodes):
        if node.id not in found.nodes:
            check.fault_at(("nodes", at), f"no reply leads to the node `{node.id}`", "a reply with that `to`")
    for at, ending in enumerate(scenario.endings):
        if ending.id not in found.endings:
            told = f"no reply leads to the ending `{ending.id}`"
            check.fault_at(("endings", at), told, f"the customer is never more at ease than {found.most_ease} of 10")
