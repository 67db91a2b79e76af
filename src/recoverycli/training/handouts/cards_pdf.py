"""Role cards as pages of PDF, one card a page, to be handed to those who play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.training.handouts.formats import Sheets
from recoverycli.training.handouts.typesetting import largest, pages, pdf_source, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.handouts.formats import Paper

# In points: a card is held in the hand and read at a glance while somebody speaks.
_SMALLEST, _LARGEST = 9.0, 15.0


def cards_pdf(cards: Sequence[Card], paper: Paper) -> Sheets:
    """Return the cards, all in letters of one size; those that are too long for a page take more."""
    data = [{**card._asdict(), "parts": [part._asdict() for part in card.parts]} for card in cards]
    small = pdf_source("cards.typ", data, paper, _SMALLEST)
    draft = largest(small, _SMALLEST, _LARGEST, most=len(cards)) or small
    return Sheets(typeset(draft), pages(draft), len(cards), draft.lost)
