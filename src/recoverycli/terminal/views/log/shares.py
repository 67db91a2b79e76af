"""A share in words and as a bar, the same in every chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Bar

if TYPE_CHECKING:
    from recoverycli.review.statistics.figures import Share


def share_text(one: Share) -> str:
    """Return a share with its numbers; of few, the numbers alone."""
    return f"{one.count} of {one.of}" if one.share is None else f"{one.share:.0%}, {one.count} of {one.of}"


def share_bar(one: Share) -> Bar:
    """Return a share as a bar with its name."""
    return Bar(one.name, one.count / one.of if one.of else 0.0, share_text(one))
