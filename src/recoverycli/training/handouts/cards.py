"""Role cards: what two people and an observer need to play a scenario aloud, each their own and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from recoverycli.training.scenarios.draw import agreed_text
from recoverycli.training.scenarios.model import first_wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.training.scenarios.model import Customer, Scenario

Role = Literal["customer", "agent", "observer"]
ROLES: tuple[Role, ...] = get_args(Role)
# All of them at once, and what may be asked for.
ALL = "all"
CARDS = (*ROLES, ALL)
# What can be ticked beside a line of the scorecard.
BOXES = ("yes", "no")

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
_FOR_THE_SHEET = "Tick while you listen, and write the words that you heard. What did not come up stays empty."


class CardPart(NamedTuple):
    """A heading and the lines below it; `kind` is what they are: sentences, the steps of the agent, lines to tick."""

    heading: str
    lines: tuple[str, ...]
    kind: Literal["text", "steps", "ticks"] = "text"


class Card(NamedTuple):
    """A card of one of the three players."""

    scenario: str
    role: Role
    title: str
    lead: str
    parts: tuple[CardPart, ...]


def cards_of(scenario: Scenario, role: Role, framework: Framework | None, scorecard: Sequence[str]) -> tuple[Card, ...]:
    """Return the cards of a role: one, and for the observer a second one to write on.

    `framework` is that of the scenario, for the agent; `scorecard` are the names of its lines, for the observer.
    """
    match role:
        case "customer":
            return (_card(scenario, role, "the customer", _customer(scenario)),)
        case "agent":
            return (_card(scenario, role, "the agent", _agent(scenario, framework)),)
        case "observer":
            ticks = [CardPart(_FOR_THE_SHEET, tuple(scorecard), "ticks")]
            return (
                _card(scenario, role, "the observer", _observer(scenario)),
                _card(scenario, role, "the observer's sheet", ticks),
            )


def _card(scenario: Scenario, role: Role, whose: str, parts: Sequence[CardPart]) -> Card:
    lead = f"{scenario.channel}, about {scenario.minutes} minutes, {scenario.difficulty}"
    return Card(scenario.id, role, f"{scenario.name}: {whose}", lead, tuple(part for part in parts if any(part.lines)))


def _customer(scenario: Scenario) -> list[CardPart]:
    opening = first_wording(scenario.node(scenario.start).says)
    return [
        *_brief(scenario.customer),
        CardPart("You begin with", (f'"{opening}"',)),
        CardPart("How to play it", (_HOW_TO_PLAY[scenario.difficulty],)),
        CardPart("At a good end you can say", tuple(_good_endings(scenario))),
    ]


def _brief(customer: Customer) -> list[CardPart]:
    """What the scenario says to the player, else what it says of the customer."""
    if customer.card is None:
        return [
            CardPart("Who the customer is", (customer.who,)),
            CardPart("What happened", (customer.happened,)),
            CardPart("What they feel", (customer.feels,)),
            CardPart("What they want", (customer.wants,)),
            CardPart("Say this only if you are asked", (customer.unsaid,)),
        ]
    you = customer.card
    return [
        CardPart("Who you are", (you.who,)),
        CardPart("What happened", (you.happened,)),
        CardPart("What you want", (you.wants,)),
        CardPart("Say this only if you are asked", (you.asked,)),
        CardPart("What changes your mood", (you.softens, you.hardens)),
    ]


def _good_endings(scenario: Scenario) -> Iterator[str]:
    first = scenario.remedies[0].what if scenario.remedies else ""
    for end in scenario.endings:
        if end.kind == "recovered":
            yield f'"{agreed_text(first_wording(end.says), first)}"'


def _agent(scenario: Scenario, framework: Framework | None) -> list[CardPart]:
    live = framework.live_steps if framework is not None else ()
    steps = tuple(f"{step.name}: {step.goal}" if step.goal else step.name for step in live)
    return [
        CardPart("Who you are", (scenario.agent.who,)),
        CardPart("What you know", scenario.agent.knows),
        CardPart("What you may give", scenario.agent.may),
        CardPart(f"Your steps: {framework.name if framework is not None else ''}", steps, "steps"),
    ]


def _observer(scenario: Scenario) -> list[CardPart]:
    return [
        CardPart("What it is about", (scenario.summary,)),
        CardPart("What the customer does not say", tuple(f"{fact.what} {fact.matters}" for fact in scenario.facts)),
        CardPart("Watch for", scenario.observer),
        CardPart("How to observe", _FOR_THE_OBSERVER),
    ]
