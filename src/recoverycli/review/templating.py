"""Pages of HTML: one environment, in which what people wrote is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.session.safe_text import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """Return where the templates are, with a filter `visible` that shows control characters."""
    from jinja2 import Environment, FileSystemLoader

    made = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters["visible"] = visible
    return made
