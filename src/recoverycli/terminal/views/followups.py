"""What was promised and what is left to do: when, what, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.followups import when
from recoverycli.text.safe import escape, isolate
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import RenderableType

    from recoverycli.review.followups import FollowUp

_ROOM_FOR_CUSTOMERS = 60
_LONGEST_CUSTOMER = 24
_SATISFIED = {True: "customer satisfied", False: "customer not satisfied"}


def followups_text(rows: Sequence[FollowUp], now: datetime, nothing: str) -> list[str]:
    """Return a line a follow-up, every word of it; `nothing` where there is none."""
    return [_line(row, now) for row in rows] or [nothing]


def followups_screen(rows: Sequence[FollowUp], now: datetime, width: int, nothing: str) -> RenderableType:
    """Return the follow-ups as a table; what is to be done wraps, a narrow screen leaves the customer out."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return Text(nothing)
    with_customer = width >= _ROOM_FOR_CUSTOMERS
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="quiet", pad_edge=False)
    table.add_column("when", no_wrap=True)
    table.add_column("id", no_wrap=True)
    if with_customer:
        table.add_column("customer", max_width=_LONGEST_CUSTOMER, overflow="fold")
    table.add_column("what", overflow="fold", ratio=1)
    for row in rows:
        told = "; ".join(filter(None, (row.what, *_how_it_went(row))))
        cells = [Text(_when(row, now), style=_style(row)), Text(row.id, style="accent")]
        if with_customer:
            cells.append(Text(_show(row.customer or "-")))
        table.add_row(*cells, Text(_show(told), style="quiet" if row.done_at else ""))
    return table


def _line(row: FollowUp, now: datetime) -> str:
    customer = f"customer {row.customer}" if row.customer else ""
    facts = (_when(row, now), row.what, customer, *_how_it_went(row), "" if row.kind == "promise" else "a task")
    # On one line, whatever was pasted: a line is a follow-up.
    return " ".join(f"{row.id}: {', '.join(filter(None, facts))}".split())


def _when(row: FollowUp, now: datetime) -> str:
    return f"done {to_local(row.done_at, now):%Y-%m-%d}" if row.done_at else when(row.due, now)


def _how_it_went(row: FollowUp) -> tuple[str, ...]:
    if row.done_at is None:
        return ()
    return tuple(filter(None, (_SATISFIED[row.satisfied] if row.satisfied is not None else "", row.note or "")))


def _style(row: FollowUp) -> str:
    if row.overdue:
        return "danger"
    return "quiet" if row.done_at or row.due is None else "strong"


def _show(text: str) -> str:
    return isolate(escape(" ".join(text.split())))
