"""Advice on which framework to use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.system.programs import quote_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.pages.page import Page
    from recoverycli.training.advice import Advice


def advice_page(advice: Advice, options: Mapping[str, str]) -> Page:
    """Return the advice as a page: which framework, why, words for its steps, and the next command.

    `options` are those of the command that begins the call.
    """
    take, later, instead = advice.take, advice.later, advice.instead
    title = f"Take {take.name}" + (f" now, and {', '.join(later.steps)} of {later.name} later" if later else "")
    rows = [Row("Steps", ", ".join(take.steps)), *(Row("Why", reason) for reason in advice.reasons)]
    words = " ".join(f"--{name} {quote_word(value)}" for name, value in options.items())
    rows.append(Row("Begin", f"recovery start {take.id} {words}"))
    if later is not None:
        rows.append(Row("Later", f"/switch {later.id} in the same call, or: recovery frameworks show {later.id}"))
    if instead is not None:
        rows.append(Row("Or", f"{instead.name}; side by side: recovery frameworks compare {take.id} {instead.id}"))
    said = tuple(Row(one.step, f'"{one.say}"') for one in advice.words)
    return (Section(title, rows=tuple(rows)), *([Section("Words for a start", rows=said)] if said else []))
