"""HTML: one page that needs nothing beside itself, to read on any screen, light or dark, and to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.review.story import sections
from recoverycli.session.safe_text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported

_TEMPLATES = Path(__file__).parent / "templates"


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the page; its calls follow each other, each on a sheet of its own when it is printed."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = visible
    told = ({"call": exported.call, "sections": sections(exported.call)} for exported in calls)
    yield from environment.get_template("calls.html").generate(calls=told)
