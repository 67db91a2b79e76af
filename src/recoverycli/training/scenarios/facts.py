"""What the conditions of endings can name: each fact, remedy and promise by its id, and five numbers. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.conditions import evaluate, names_of
from recoverycli.frameworks.model import Capture
from recoverycli.frameworks.values import ANY_DAY, Known

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.frameworks.conditions import When
    from recoverycli.training.scenarios.model import Scenario

FOUND = ("found", "not found")
SETTLED = ("agreed", "refused", "open")
PROMISED = ("promised", "not promised")
# The ease of the customer, the answers that made it worse, and how many remedies and promises.
NUMBERS = ("ease", "harm", "agreed", "refused", "promised")


class Agreement(NamedTuple):
    """The ids of what an answer agrees, refuses and promises."""

    agrees: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """What came of a conversation: what an ending can depend on."""

    ease: int
    harm: int
    known: Collection[str]
    agreed: Collection[str]
    refused: Collection[str]
    promised: Collection[str]


def fact_captures(scenario: Scenario) -> dict[str, Capture]:
    """Return the names of the facts of a scenario, each with the values that it can have."""
    choices = {
        **dict.fromkeys((fact.id for fact in scenario.facts), FOUND),
        **dict.fromkeys((remedy.id for remedy in scenario.remedies), SETTLED),
        **dict.fromkeys(promise_ids(scenario), PROMISED),
    }
    named = {id_: Capture(id=id_, ask=id_, kind="choice", choices=values) for id_, values in choices.items()}
    return {**named, **{name: Capture(id=name, ask=name, kind="number") for name in NUMBERS}}


def promise_ids(scenario: Scenario) -> tuple[str, ...]:
    """Return the ids of the promises of a scenario, each once."""
    replies = (reply for node in scenario.nodes for reply in node.replies)
    return tuple(dict.fromkeys(promise.id for reply in replies for promise in reply.promises))


def holds(when: When, scenario: Scenario, outcome: Outcome) -> bool:
    """Return whether a condition holds. Every fact is known at the end of a play: there is no third answer."""
    values = {name: _value(name, scenario, outcome) for name in names_of(when)}
    return evaluate(when, Known(values, ANY_DAY)) is True


def _value(name: str, scenario: Scenario, outcome: Outcome) -> str | Decimal:
    match name:
        case "ease" | "harm":
            return Decimal(getattr(outcome, name))
        case "agreed" | "refused" | "promised":
            return Decimal(len(getattr(outcome, name)))
    if any(fact.id == name for fact in scenario.facts):
        return FOUND[name not in outcome.known]
    if any(remedy.id == name for remedy in scenario.remedies):
        agreed, refused, left_open = SETTLED
        return agreed if name in outcome.agreed else refused if name in outcome.refused else left_open
    return PROMISED[name not in outcome.promised]
