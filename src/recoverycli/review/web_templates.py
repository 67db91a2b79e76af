"""The HTML templates of pages of calls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.pages.templating import environment

if TYPE_CHECKING:
    from jinja2 import Template

_FOLDER = Path(__file__).parent / "templates"


def load_template(name: str) -> Template:
    """Return a template by its path in the folder."""
    return environment(_FOLDER).get_template(name)
