"""Frameworks side by side: which step of each serves which intent, what each has alone, and when which suits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.model import INTENTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Framework, Step


class IntentCell(NamedTuple):
    """The steps of one framework that serve an intent: those that are for it, and those that carry it as well.

    `later` names those of both that come after the call.
    """

    steps: tuple[str, ...]
    also: tuple[str, ...]
    later: tuple[str, ...]


class IntentRow(NamedTuple):
    """One intent, and a cell for each framework."""

    intent: str
    cells: tuple[IntentCell, ...]


class Side(NamedTuple):
    """One framework: how many screens it has in a call, what it has alone and what it leaves out."""

    id: str
    name: str
    expands_to: str
    summary: str
    when: str
    live: int
    later: int
    channels: tuple[str, ...]
    industries: tuple[str, ...]
    alone: tuple[str, ...]
    without: tuple[str, ...]


class Comparison(NamedTuple):
    """Frameworks side by side. `shared` are the intents that all of them serve."""

    sides: tuple[Side, ...]
    lines: tuple[IntentRow, ...]
    shared: tuple[str, ...]


def compare(frameworks: Sequence[Framework]) -> Comparison:
    """Return two or more frameworks side by side, by intent in the order of a conversation."""
    lines = []
    for intent in INTENTS:
        cells = tuple(_cell(framework, intent) for framework in frameworks)
        if any(cell.steps or cell.also for cell in cells):
            lines.append(IntentRow(intent, cells))
    serving = {line.intent: [bool(cell.steps or cell.also) for cell in line.cells] for line in lines}
    sides = tuple(_side(framework, number, serving) for number, framework in enumerate(frameworks))
    return Comparison(sides, tuple(lines), tuple(intent for intent, served in serving.items() if all(served)))


def _cell(framework: Framework, intent: str) -> IntentCell:
    own = [step for step in framework.steps if step.intent == intent]
    also = [step for step in framework.steps if intent in step.also]
    return IntentCell(_names(own), _names(also), _names([step for step in (*own, *also) if step.phase != "live"]))


def _names(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(step.name for step in steps)


def _side(framework: Framework, number: int, serving: dict[str, list[bool]]) -> Side:
    return Side(
        framework.id,
        framework.name,
        framework.expands_to,
        framework.summary,
        framework.suits.when,
        len(framework.live_steps),
        len(framework.later_steps),
        framework.suits.channels,
        framework.suits.industries,
        tuple(intent for intent, served in serving.items() if served[number] and sum(served) == 1),
        tuple(intent for intent, served in serving.items() if not served[number]),
    )
