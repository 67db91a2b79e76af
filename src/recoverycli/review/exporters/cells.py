"""Rows for spreadsheets: UTF-8 with a byte order mark, and cells without formulas.

A cell that begins with = + - @ or a tab is taken for a formula by spreadsheets; an apostrophe before it makes it text.
Numbers are written as numbers, moments as `2026-11-23 09:12:31` in the time of the call, as spreadsheets read them.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING

from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Cell = str | float | int | bool | datetime | None
_MARK = "\ufeff"
# The same for the full-width characters of Chinese, Japanese and Korean keyboards.
_COMPUTES = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Return a head and its rows as CSV (RFC 4180), piece by piece."""
    yield _MARK + _line(head)
    for row in rows:
        yield _line([cell_text(cell) for cell in row])


def cell_text(cell: Cell) -> str:
    """Return a cell as its text."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, str):
        text = escape(cell.replace("\r\n", "\n"))
        return f"'{text}" if text.startswith(_COMPUTES) else text
    return f"{cell:g}" if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15 else str(cell)


def _line(cells: Sequence[str]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerow(cells)
    return file.getvalue()
