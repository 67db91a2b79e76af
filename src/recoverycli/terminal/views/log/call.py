"""One call as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.story import sections

if TYPE_CHECKING:
    from recoverycli.pages.page import Page
    from recoverycli.session.transcript.model import Call


def call_page(call: Call) -> Page:
    """Return the call as a page."""
    return tuple(sections(call))
