"""The causes of calls: a bar for each, and the spellings that are counted together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Bar, Chart, Row, Section
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.pages.page import Page
    from recoverycli.review.statistics.causes import CauseCount


def causes_page(found: Sequence[CauseCount]) -> Page:
    """Return the causes, at least one, as a page."""
    calls, most = sum(one.calls for one in found), max(one.calls for one in found)
    bars = tuple(Bar(one.cause, one.calls / most, plural(one.calls, "call")) for one in found)
    several = [one for one in found if len(one.spellings) > 1 or one.spellings[0].text != one.cause]
    rows = tuple(
        Row(one.cause, ", ".join(f"{spelling.text} ({spelling.calls:,})" for spelling in one.spellings))
        for one in several
    )
    chart = Chart(f"Causes of {plural(calls, 'call')}", bars)
    return (chart, Section("Counted together", rows=rows)) if rows else (chart,)
