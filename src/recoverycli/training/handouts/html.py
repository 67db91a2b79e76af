"""Handouts as self-contained HTML pages: a framework, role cards, a comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.pages.templating import environment
from recoverycli.training.handouts.cards import BOXES
from recoverycli.training.handouts.pdf import fit_cards, fit_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.comparison import Comparison
    from recoverycli.training.handouts.cards import Card
    from recoverycli.training.handouts.formats import Paper
    from recoverycli.training.handouts.handout import Handout

_TEMPLATES = Path(__file__).parent / "templates"
# Browsers and fonts differ in width: a full page needs some slack, and more with small letters.
_SLACK, _SLACK_OF_SMALL = 0.95, 0.9
_SMALL = 9.0  # points


def handout_page(handout: Handout, paper: Paper) -> str:
    """Return the page. The parts omitted in print are the same as in the PDF."""
    fit = fit_page(handout, paper)
    size = fit.draft.size
    return (
        environment(_TEMPLATES)
        .get_template("handout.html")
        .render(
            page=handout,
            pairs=list(zip(handout.steps, fit.handout.steps, strict=True)),
            kept=fit.handout,
            left_out=fit.left_out,
            paper=paper,
            size=round(size * (_SLACK_OF_SMALL if size < _SMALL else _SLACK), 2),
        )
    )


def cards_page(cards: Sequence[Card], paper: Paper) -> str:
    """Return the page. In print, as many cards are on a sheet as in the PDF."""
    fit = fit_cards(cards, paper)
    size = round(fit.draft.size * _SLACK, 2)
    template = environment(_TEMPLATES).get_template("cards.html")
    return template.render(cards=cards, paper=paper, up=fit.up, size=size, boxes=BOXES)


def comparison_page(compared: Comparison) -> str:
    """Return the page."""
    return environment(_TEMPLATES).get_template("comparison.html").render(compared=compared)
