"""A list of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Cell, Column, Table
from recoverycli.text.format import clock
from recoverycli.times.age import format_age

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from recoverycli.pages.page import Page
    from recoverycli.store.index.rows import CallRow

_COLUMNS = (
    Column("when"),
    Column("call", role="accent", whole_from=110),
    Column("framework", least=80, whole_from=140, most=10, roomy=100),
    Column("customer", "cut", least=60),
    Column("issue", "cut", least=80),
    Column("outcome", role="strong"),
    Column("length", least=60, is_number=True),
    Column("promises", least=140, is_number=True),
    Column("overdue", least=140, role="danger", is_number=True),
)


def calls_page(calls: Sequence[CallRow], now: datetime) -> Page:
    """Return the calls as a table."""
    return (Table(_COLUMNS, tuple(_cells(row, now) for row in calls), key=1, has_short_keys=True),)


def _cells(row: CallRow, now: datetime) -> tuple[Cell, ...]:
    length = clock(row.seconds) if row.seconds else ""
    return (
        Cell(format_age(row.started_at, now)),
        Cell(row.id),
        Cell(row.framework_name, row.framework),
        _name_cell("customer", row.customer),
        _name_cell("issue", row.issue),
        Cell("abandoned", role="quiet") if row.state == "abandoned" else _name_cell("outcome", row.outcome or "open"),
        Cell(f"length {length}", length) if length else Cell(""),
        _name_cell("promises", row.promises),
        _name_cell("overdue", row.overdue),
    )


def _name_cell(name: str, value: str | int | None) -> Cell:
    return Cell(f"{name} {value}", str(value)) if value else Cell("")
