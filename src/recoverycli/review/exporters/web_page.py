"""HTML: one self-contained page, to read on any screen, light or dark, and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.story import call_page
from recoverycli.review.web_templates import load_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the page; its calls follow each other, each on a sheet of its own when it is printed."""
    told = ({"call": exported.call, "sections": call_page(exported.call)} for exported in calls)
    yield from load_template("calls.html").generate(told=told)
