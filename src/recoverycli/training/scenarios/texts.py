"""The texts of a scenario file that may use what is drawn, each with its place. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Path
    from recoverycli.training.scenarios.model import Scenario, ScenarioNode, Wordings

CUSTOMER_TEXTS = ("who", "happened", "feels", "wants", "unsaid")
CARD_TEXTS = ("who", "happened", "wants", "asked", "softens", "hardens")


def drawn_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Yield each text of the file that may use what is drawn, with its place."""
    yield from ((("customer", key), getattr(scenario.customer, key)) for key in CUSTOMER_TEXTS)
    if scenario.customer.card is not None:
        yield from ((("customer", "card", key), getattr(scenario.customer.card, key)) for key in CARD_TEXTS)
    yield ("agent", "who"), scenario.agent.who
    for key in ("knows", "may"):
        yield from _each(("agent", key), getattr(scenario.agent, key))
    yield from _each(("observer",), scenario.observer)
    for at, fact in enumerate(scenario.facts):
        yield from ((("facts", at, key), getattr(fact, key)) for key in ("what", "matters"))
    for at, remedy in enumerate(scenario.remedies):
        yield ("remedies", at, "what"), remedy.what
        yield from _each(("remedies", at, "signs"), remedy.signs)
    for at, node in enumerate(scenario.nodes):
        yield from _node_texts(("nodes", at), node)
    for at, ending in enumerate(scenario.endings):
        yield from _each(("endings", at, "says"), ending.says)
        yield ("endings", at, "after"), ending.after


def _node_texts(place: Path, node: ScenarioNode) -> Iterator[tuple[Path, str]]:
    yield from _each((*place, "says"), node.says)
    for mood, lines in node.moods.items():
        yield from _each((*place, "moods", mood), lines)
    if node.unhelped is not None:
        yield from _each((*place, "unhelped"), node.unhelped)
    for at, reply in enumerate(node.replies):
        here = (*place, "replies", at)
        yield from (((*here, key), getattr(reply, key)) for key in ("say", "because"))
        yield from _each((*here, "signs"), reply.signs)
        for number, promise in enumerate(reply.promises):
            yield from (((*here, "promises", number, key), getattr(promise, key)) for key in ("what", "by"))


def _each(place: Path, wordings: Wordings) -> Iterator[tuple[Path, str]]:
    if isinstance(wordings, str):
        yield place, wordings
    else:
        yield from (((*place, at), words) for at, words in enumerate(wordings))
