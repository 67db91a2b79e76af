"""Advice on which framework to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section

if TYPE_CHECKING:
    from recoverycli.pages.page import Page
    from recoverycli.training.advice import Advice


def advice_page(advice: Advice) -> Page:
    """Return the advice as a page: which framework, why, and the next command."""
    take, later, instead = advice.take, advice.later, advice.instead
    channel = advice.moment.channel
    title = f"Take {take.name}" + (f" now, and {', '.join(later.steps)} of {later.name} later" if later else "")
    rows = [Row("Steps", ", ".join(take.steps)), *(Row("Why", reason) for reason in advice.reasons)]
    rows.append(Row("Begin", f"recovery start {take.id} --channel {channel}"))
    if later is not None:
        rows.append(Row("Later", f"/switch {later.id} in the same call, or: recovery frameworks show {later.id}"))
    if instead is not None:
        rows.append(Row("Or", f"{instead.name}; side by side: recovery frameworks compare {take.id} {instead.id}"))
    return (Section(title, rows=tuple(rows)),)
