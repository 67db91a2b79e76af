"""Promises and tasks: when, what, for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Cell, Column, Table
from recoverycli.review.followups import when
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from recoverycli.pages.page import Page, Role
    from recoverycli.review.followups import FollowUp

_SATISFIED = {True: "customer satisfied", False: "customer not satisfied"}
_COLUMNS = (
    Column("when"),
    Column("id", role="accent"),
    Column("customer", "wrap", least=60, most=24),
    Column("what", "body"),
    Column("kind", least=100, role="quiet"),
)


def followups_page(rows: Sequence[FollowUp], now: datetime, nothing: str) -> Page:
    """Return the follow-ups as a table; `nothing` is the text for none."""
    return (Table(_COLUMNS, tuple(_cells(row, now) for row in rows), key=1, nothing=nothing),)


def _cells(row: FollowUp, now: datetime) -> tuple[Cell, ...]:
    what = "; ".join(filter(None, (row.what, _move_text(row, now), ", ".join(_how_it_went(row)))))
    return (
        Cell(_when(row, now), role=_role(row)),
        Cell(row.id),
        Cell(f"customer {row.customer}", row.customer) if row.customer else Cell(""),
        Cell(what, role="quiet" if row.done_at else ""),
        Cell("" if row.kind == "promise" else "a task"),
    )


def _when(row: FollowUp, now: datetime) -> str:
    return f"done {to_local(row.done_at, now):%Y-%m-%d}" if row.done_at else when(row.due, now)


def _move_text(row: FollowUp, now: datetime) -> str:
    """What the customer was promised, where it is planned for another time, and who moved it when."""
    if row.kind == "task" or row.due == row.promised:
        return ""
    promised = f"promised for {to_local(row.promised, now):%Y-%m-%d %H:%M}" if row.promised else "no date promised"
    if row.moved_at is None:
        return promised
    who = f" by {row.moved_by}" if row.moved_by else ""
    return f"{promised}, moved{who} on {to_local(row.moved_at, now):%Y-%m-%d}"


def _how_it_went(row: FollowUp) -> tuple[str, ...]:
    if row.done_at is None:
        return ()
    return tuple(filter(None, (_SATISFIED[row.satisfied] if row.satisfied is not None else "", row.note or "")))


def _role(row: FollowUp) -> Role:
    if row.overdue:
        return "danger"
    return "quiet" if row.done_at or row.due is None else "strong"
