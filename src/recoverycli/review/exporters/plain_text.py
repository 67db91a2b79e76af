"""Plain text: the page of a call, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.lines import page_lines
from recoverycli.review.story import call_page
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.review.exporters.formats import Exported


def pieces(calls: Iterable[Exported]) -> Iterator[str]:
    """Return the pages with two empty lines between them."""
    for number, exported in enumerate(calls):
        page = "\n".join(page_lines(call_page(exported.call)))
        yield ("\n\n\n" if number else "") + escape(page) + "\n"
