"""One call as it was, on a page or in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.sections import page_lines
from recoverycli.review.story import sections
from recoverycli.terminal.views.pages import Page

if TYPE_CHECKING:
    from rich.console import RenderableType

    from recoverycli.session.transcript.model import Call


def call_text(call: Call) -> list[str]:
    """Return the call as lines that read well aloud."""
    return page_lines(sections(call))


def call_screen(call: Call) -> RenderableType:
    """Return the call as a page."""
    return Page(sections(call))
