"""Pages of HTML: one environment, in which what people wrote is escaped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from jinja2 import Environment

_SHARED = Path(__file__).parent / "templates"


def environment(templates: Path) -> Environment:
    """Return where templates are, beside those that all pages share; a filter `visible` escapes control characters."""
    from jinja2 import Environment, FileSystemLoader

    made = Environment(
        loader=FileSystemLoader([templates, _SHARED]), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["visible"] = escape
    return made
