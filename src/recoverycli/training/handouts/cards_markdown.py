"""Role cards in Markdown, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.markdown import escape_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.handouts.cards import Card


def cards_markdown(cards: Sequence[Card]) -> str:
    """Return the cards, with a rule between them."""
    return "\n---\n\n".join(_card(card) for card in cards)


def _card(card: Card) -> str:
    lines = [f"# {escape_line(card.title)}", "", f"*{escape_line(card.lead)}*"]
    for part in card.parts:
        lines += ["", f"## {escape_line(part.heading)}", "", *(f"- {escape_line(line)}" for line in part.lines)]
    return "\n".join(lines) + "\n"
