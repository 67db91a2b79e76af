"""Frameworks side by side, by intent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Matrix, Row, Section, TextSpan

if TYPE_CHECKING:
    from recoverycli.pages.page import Page
    from recoverycli.training.comparison import Comparison, IntentCell, Side


def comparison_page(compared: Comparison) -> Page:
    """Return the comparison: intents down, frameworks across, and what sets each apart."""
    lines = tuple((line.intent, tuple(map(_entries, line.cells))) for line in compared.lines)
    names = tuple(side.name for side in compared.sides)
    shared = ", ".join(compared.shared) or "nothing"
    return (
        Matrix("Side by side", names, lines),
        Section(rows=(Row("All of them", shared),)),
        *map(_side, compared.sides),
    )


def _entries(cell: IntentCell) -> tuple[TextSpan, ...]:
    return (
        *(TextSpan(_label(name, cell)) for name in cell.steps),
        *(TextSpan(f"{_label(name, cell)} as well", "quiet") for name in cell.also),
    )


def _label(name: str, cell: IntentCell) -> str:
    return f"{name}, after the call" if name in cell.later else name


def _side(side: Side) -> Section:
    after = f", {side.later} after it" if side.later else ""
    steps = f"{side.live} {'step' if side.live == 1 else 'steps'} in the call{after}"
    facts = (
        ("When", side.when),
        ("It alone", ", ".join(side.alone)),
        ("Leaves out", ", ".join(side.without)),
        ("Suits", "; ".join(filter(None, (", ".join(side.channels), ", ".join(side.industries))))),
    )
    return Section(
        f"{side.name}: {side.expands_to}",
        steps,
        side.summary,
        tuple(Row(label, words) for label, words in facts if words),
    )
