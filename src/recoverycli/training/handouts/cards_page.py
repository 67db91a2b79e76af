"""Role cards as a self-contained page of HTML; printed, each has a sheet of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.pages.templating import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.handouts.formats import Paper

_TEMPLATES = Path(__file__).parent / "templates"


def cards_page(cards: Sequence[Card], paper: Paper) -> str:
    """Return the page."""
    return environment(_TEMPLATES).get_template("cards.html").render(cards=cards, paper=paper)
