"""The page of a week as HTML: one self-contained page, to read on any screen and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.web_templates import load_template
from recoverycli.review.week.page import week_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.review.week.figures import OwnWeek


def pieces(found: OwnWeek) -> Iterator[str]:
    """Return the page piece by piece."""
    headlines, *parts, closing = week_page(found)
    told = [(type(part).__name__, part) for part in parts]
    yield from (load_template("week.html").generate(headlines=headlines, parts=told, closing=closing))
