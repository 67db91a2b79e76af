"""Figures of a report in words, each with the number behind it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from recoverycli.pages.page import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.review.statistics.figures import Share


def share_text(one: Share) -> str:
    """Return a share with its number: `58 % of 1,204`; of few, the numbers alone: `3 of 5`."""
    return f"{one.count:,} of {one.of:,}" if one.share is None else f"{percent(one.share)} of {one.of:,}"


def percent(share: float) -> str:
    """Return a share in percent; what is not nothing is never rounded to nothing."""
    return "under 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def is_shown(one: Share) -> bool:
    """Whether a share is known and not nothing once it is rounded."""
    return one.share is not None and one.share >= 0.005


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> Table:
    """Return a table; its first columns are `words`, the others are numbers."""
    columns = tuple(Column(name, is_number=place >= words) for place, name in enumerate(head))
    return Table(columns, tuple(tuple(map(Cell, row)) for row in rows))


def command_line(*words: str, team: bool) -> str:
    """Return a command as it is typed in a shell."""
    return shlex.join(("recovery", *words, *(("--team",) if team else ())))
