"""A comparison as a self-contained page of HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.pages.templating import environment

if TYPE_CHECKING:
    from recoverycli.training.comparison import Comparison

_TEMPLATES = Path(__file__).parent / "templates"


def comparison_page(compared: Comparison) -> str:
    """Return the page."""
    return environment(_TEMPLATES).get_template("comparison.html").render(compared=compared)
