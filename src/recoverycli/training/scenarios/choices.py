"""Whether the choices of a scenario test anything: no reply is given away by its length, place or tone. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.content.reader import ContentRead, read_content
from recoverycli.training.scenarios.draw import draw
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.play import answer, answer_freely, begin
from recoverycli.training.scenarios.reader import build_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from recoverycli.content.checker import Check
    from recoverycli.content.nodes import Node
    from recoverycli.training.scenarios.model import Scenario, ScenarioNode, ScenarioReply
    from recoverycli.training.scenarios.play import Roleplay

    _Choose = Callable[[Sequence[ScenarioReply]], ScenarioReply]

# The share of nodes whose best reply may be the longest, and the share of runs that may end well blindly.
MOST_LONGEST, MOST_BLIND = 0.4, 0.2
_SEEDS = range(10)
_POLITE = re.compile(
    r"\b(?:please|thanks?|sorry|apolog\w+|appreciate|understand|of course|certainly|glad(?:ly)?|happy to|kind(?:ly)?"
    r"|could you|would you|may i|if i may|if you like)\b",
    re.IGNORECASE,
)


def _longest(choices: Sequence[ScenarioReply]) -> ScenarioReply:
    return max(choices, key=lambda reply: len(reply.say))


def _politest(choices: Sequence[ScenarioReply]) -> ScenarioReply:
    return max(choices, key=lambda reply: (len(_POLITE.findall(reply.say)), len(reply.say)))


_BY_LOOK: Mapping[str, _Choose] = {"the longest": _longest, "the politest": _politest}
FIRST, GIBBERISH = "the first", "nonsense, then the longest"


def blind_shares(scenario: Scenario) -> dict[str, float]:
    """Return for each blind strategy the share of runs that end well, over seeds and difficulties.

    Replies are shuffled: the first one is any of them, and its share is worked out over all orders. The last strategy
    types words that say nothing before it chooses the longest reply.
    """
    shares = dict.fromkeys((*_BY_LOOK, FIRST, GIBBERISH), 0.0)
    for drawn in (draw(scenario, seed) for seed in _SEEDS):
        for difficulty in DIFFICULTIES:
            start = begin(drawn, difficulty)
            for name, choose in _BY_LOOK.items():
                shares[name] += _ends_well(start, choose)
            shares[GIBBERISH] += _ends_well(start, _longest, types_first=True)
    shares = {name: count / len(_SEEDS) / len(DIFFICULTIES) for name, count in shares.items()}
    plain = draw(scenario)
    return {**shares, FIRST: sum(_chance(begin(plain, one)) for one in DIFFICULTIES) / len(DIFFICULTIES)}


def lint(data: bytes, file: str, frameworks: Sequence[str] = ()) -> ContentRead[Scenario]:
    """Read the bytes of a scenario file; what gives a choice away is a problem as well."""

    def build(root: Node, check: Check) -> Scenario | None:
        scenario = build_scenario(root, check, frameworks)
        if scenario is not None and not check.problems:
            _check_choices(scenario, check)
        return scenario

    return read_content(data, file, "scenario", build, partly=True)


def longest_share(scenario: Scenario) -> float:
    """Return the share of nodes whose best reply is the longest."""
    return len(_longest_best(scenario)) / len(scenario.nodes)


def _check_choices(scenario: Scenario, check: Check) -> None:
    if longest_share(scenario) > MOST_LONGEST:
        best = _longest_best(scenario)
        told = f"the best reply is the longest in {len(best)} of {len(scenario.nodes)} nodes: {', '.join(best)}"
        check.fault_at(("nodes",), told, f"in at most {MOST_LONGEST:.0%}; make a wrong reply say more")
    for name, share in blind_shares(scenario).items():
        if share > MOST_BLIND:
            told = f"{name} reply everywhere ends well in {share:.0%} of the runs"
            check.fault_at(("nodes",), told, f"at most {MOST_BLIND:.0%}; make wrong replies as tempting")
    for at, node in enumerate(scenario.nodes):
        for place, reply in enumerate(node.replies):
            if reply.effect <= 0 and reply.lure is None:
                told = f"`{reply.id}` does not say why it is tempting"
                check.fault_at(("nodes", at, "replies", place), told, "`lure`, such as early-fix or half-help")


def _chance(play: Roleplay) -> float:
    """The chance that a conversation ends well if each reply is chosen by chance."""
    if play.node is None:
        return float(_is_good(play))
    return sum(_chance(answer(play, reply)) for reply in play.choices) / len(play.choices)


def _is_good(play: Roleplay) -> bool:
    return play.scenario.ending(play.ending or "").kind == "recovered"


def _ends_well(start: Roleplay, choose: _Choose, *, types_first: bool = False) -> bool:
    play = start
    while play.node is not None:
        if types_first:
            play = answer_freely(play, ())
        if play.node is not None:
            play = answer(play, choose(play.choices))
    return _is_good(play)


def _longest_best(scenario: Scenario) -> list[str]:
    return [node.id for node in draw(scenario).nodes if _is_longest(node)]


def _is_longest(node: ScenarioNode) -> bool:
    best = max(node.replies, key=lambda reply: reply.effect)
    return len(best.say) == max(len(reply.say) for reply in node.replies)
