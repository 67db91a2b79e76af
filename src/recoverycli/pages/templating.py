"""HTML pages: one environment that escapes text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from jinja2 import Environment

_SHARED = Path(__file__).parent / "templates"


def environment(templates: Path) -> Environment:
    """Return an environment with the templates of a folder and the shared ones. The filter `visible` escapes."""
    from jinja2 import Environment, FileSystemLoader

    made = Environment(
        loader=FileSystemLoader([templates, _SHARED]), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["visible"] = escape
    return made
