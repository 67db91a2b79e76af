"""Tables drawn with Rich: columns that fit the width, or rows one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from recoverycli.pages.page import text_of
from recoverycli.terminal.views.words import hung, isolate_text, text, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table as RichTable
    from rich.text import Text

    from recoverycli.pages.page import Cell, Column, Matrix, Role, Table, TextSpan

_GAP = 2
# A stacked row aligns its body with the other values if so many columns are left for it.
_ROOM_FOR_BODY = 40
# Narrower columns of a matrix break words; the names of the lines stand before them.
_MATRIX_COLUMN = 16
_MATRIX_NAMES = 13


def table_parts(table: Table, width: int) -> Sequence[RenderableType]:
    """Return a table as it fits a screen of `width` columns."""
    if not table.rows:
        return [text(table.nothing)]
    is_stacked = width < table.stacked
    if table.has_short_keys and width < table.columns[table.key].whole_from:
        table = _with_short_keys(table)
    shown = [
        place
        for place, column in enumerate(table.columns)
        if width >= column.least and any(row[place].text for row in table.rows)
    ]
    return [*_stack(table, shown, width)] if is_stacked else [_in_columns(table, shown, width)]


def _with_short_keys(table: Table) -> Table:
    names = tails([text_of(row[table.key].text) for row in table.rows])
    rows = (
        (*row[: table.key], replace(row[table.key], short=name), *row[table.key + 1 :])
        for row, name in zip(table.rows, names, strict=True)
    )
    return replace(table, rows=tuple(rows))


def tails(ids: Sequence[str]) -> list[str]:
    """Return the shortest end of each id that names it alone among these, as `log show` would look for it."""
    every = "\n".join(ids)
    return [next(filter(_UniqueTails(every), (id_[-size:] for size in range(4, len(id_)))), id_) for id_ in ids]


class _UniqueTails:
    """Whether an end names one call. `last` and -2 stand for a place, not for an id."""

    def __init__(self, every: str) -> None:
        self._every = every

    def __call__(self, end: str) -> bool:
        return end != "last" and not end.startswith("-") and self._every.find(end) == self._every.rfind(end)


def _in_columns(table: Table, shown: Sequence[int], width: int) -> RichTable:
    from rich.cells import cell_len
    from rich.table import Table as RichTable

    columns = [table.columns[place] for place in shown]
    rows = [[_value(row[place], table.columns[place], width) for place in shown] for row in table.rows]
    wanted = [
        max(len(column.name), *(cell_len(row[place].plain) for row in rows)) for place, column in enumerate(columns)
    ]
    widths = _widths(columns, wanted, width)
    drawn = RichTable(box=None, padding=(0, _GAP, 0, 0), header_style="quiet", pad_edge=False)
    for column, size in zip(columns, widths, strict=True):
        drawn.add_column(
            column.name,
            justify="right" if column.is_number else "left",
            overflow="fold",
            no_wrap=column.fit in {"whole", "cut"},
            width=size if column.fit in {"whole", "cut"} else None,
            max_width=column.most if column.fit == "wrap" else None,
        )
    for row in rows:
        for value, column, size in zip(row, columns, widths, strict=True):
            if column.fit in {"whole", "cut"}:
                # Cut first: an isolation without its end would reach into the next column.
                value.truncate(size, overflow="ellipsis")
        drawn.add_row(*map(isolate_text, row))
    return drawn


def _value(cell: Cell, column: Column, width: int) -> Text:
    words = cell.text if width >= column.whole_from or not cell.short else cell.short
    if not words:
        return text("-", "quiet")
    return visible_text(_on_a_line(words) if isinstance(words, str) else words, cell.role or column.role)


def _on_a_line(words: str) -> str:
    return " ".join(words.split())


def _widths(columns: Sequence[Column], wanted: Sequence[int], width: int) -> list[int]:
    """Return the width of each column: those that may be cut share what the others leave."""
    widths = [
        min(size, column.most) if width < column.roomy else size for column, size in zip(columns, wanted, strict=True)
    ]
    cut = [place for place, column in enumerate(columns) if column.fit == "cut"]
    left = width - _GAP * (len(columns) - 1) - sum(size for place, size in enumerate(widths) if place not in cut)
    for place in reversed(cut):
        share = left // (cut.index(place) + 1)
        widths[place] = max(len(columns[place].name), min(widths[place], share))
        left -= widths[place]
    return widths


def _stack(table: Table, shown: Sequence[int], width: int) -> Iterator[Text]:
    """Yield each row with its key and facts on a line, and its body below."""
    from rich.cells import cell_len
    from rich.text import Text

    keys = [_value(row[table.key], table.columns[table.key], width).plain for row in table.rows]
    widest = max(map(cell_len, keys))
    indent = widest + _GAP if width - widest >= _ROOM_FOR_BODY + _GAP else _GAP
    for key, row in zip(keys, table.rows, strict=True):
        facts = [(row[place], table.columns[place]) for place in shown if place != table.key and row[place].text]
        said = [_fact(cell, column.role) for cell, column in facts if column.fit != "body"]
        padding = " " * max(_GAP, indent - cell_len(key))
        yield from hung(text(key, "accent") + Text(padding) + text(", ", "quiet").join(said), width, indent)
        for cell, column in facts:
            if column.fit == "body":
                lines = hung(text(cell.text, cell.role or column.role), width - indent, 0)
                yield from (Text(" " * indent) + line for line in lines)


def _fact(cell: Cell, role: Role) -> Text:
    return text(_on_a_line(text_of(cell.text)), cell.role or role)


def matrix_table(matrix: Matrix, width: int) -> Sequence[RenderableType]:
    """Return a matrix as a table; nothing where its columns do not fit."""
    from rich.table import Table as RichTable

    if width < _MATRIX_NAMES + _MATRIX_COLUMN * len(matrix.columns):
        return []
    drawn = RichTable(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="accent")
    drawn.add_column("", style="quiet", no_wrap=True)
    for column in matrix.columns:
        drawn.add_column(text(column, "accent"), overflow="fold", ratio=1)
    for name, cells in matrix.lines:
        drawn.add_row(text(name, "quiet"), *map(_entries, cells))
    return [text(matrix.title, "accent"), drawn]


def _entries(entries: tuple[TextSpan, ...]) -> Text:
    from rich.text import Text

    return Text("\n").join(text((entry,)) for entry in entries) if entries else text("–", "quiet")
