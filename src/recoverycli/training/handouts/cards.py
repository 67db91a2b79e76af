"""Role cards: what two people and an observer need to play a scenario aloud, each their own and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from recoverycli.training.scenarios.draw import agreed_text
from recoverycli.training.scenarios.model import first_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.training.scenarios.model import Scenario

Role = Literal["customer", "agent", "observer"]
ROLES: tuple[Role, ...] = get_args(Role)
# All of them at once, and what may be asked for.
ALL = "all"
CARDS = (*ROLES, ALL)

_HOW_TO_PLAY = {
    "easy": "You want help. You forgive mistakes, and you become friendly quickly when somebody listens.",
    "medium": "Answer as in real life: good words make you calmer, bad ones do not. If nothing helps, you leave.",
    "hard": "Say little until somebody listens. A second apology changes nothing. After two bad answers you leave.",
}
_FOR_THE_OBSERVER = (
    "Write down the agent's first sentence exactly.",
    "After which sentence did the customer become calmer, or angrier?",
    "Afterwards: first the agent says what went well, then the customer, then you.",
)


class CardPart(NamedTuple):
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


class Card(NamedTuple):
    """The card of one of the three players."""

    scenario: str
    role: Role
    title: str
    lead: str
    parts: tuple[CardPart, ...]


def card(scenario: Scenario, role: Role) -> Card:
    """Return the card of a role."""
    parts = {"customer": _customer, "agent": _agent, "observer": _observer}[role](scenario)
    lead = f"{scenario.channel}, about {scenario.minutes} minutes, {scenario.difficulty}"
    return Card(
        scenario.id, role, f"{scenario.name}: the {role}", lead, tuple(CardPart(*part) for part in parts if part[1])
    )


def _customer(scenario: Scenario) -> list[tuple[str, tuple[str, ...]]]:
    you = scenario.customer
    opening = first_wording(scenario.node(scenario.start).says)
    return [
        ("Who you are", (you.who,)),
        ("What happened", (you.happened,)),
        ("How you feel", (you.feels,)),
        ("What you want", (you.wants,)),
        ("Say this only if you are asked", (you.unsaid,)),
        ("You begin with", (f'"{opening}"',)),
        ("How to play it", (_HOW_TO_PLAY[scenario.difficulty],)),
        ("It ends well if", tuple(_good_endings(scenario))),
    ]


def _good_endings(scenario: Scenario) -> Iterator[str]:
    first = scenario.remedies[0].what if scenario.remedies else ""
    for end in scenario.endings:
        if end.kind == "recovered":
            yield f'You can say: "{agreed_text(first_wording(end.says), first)}"'


def _agent(scenario: Scenario) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("Who you are", (scenario.agent.who,)),
        ("What you know", scenario.agent.knows),
        ("What you may give", scenario.agent.may),
        ("What helps you", (f"The {scenario.framework} framework: recovery frameworks show {scenario.framework}",)),
    ]


def _observer(scenario: Scenario) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("What it is about", (scenario.summary,)),
        ("What the customer does not say", tuple(f"{fact.what} {fact.matters}" for fact in scenario.facts)),
        ("Watch for", scenario.observer),
        ("How to observe", _FOR_THE_OBSERVER),
    ]
