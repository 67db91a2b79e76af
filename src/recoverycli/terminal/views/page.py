"""A page drawn with Rich, in columns that fit the width."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from recoverycli.pages.page import (
    Chart,
    FlowChart,
    Groups,
    Headlines,
    HeatMap,
    MarkedText,
    Matrix,
    NoteBlock,
    Row,
    Section,
    Table,
    matrix_rows,
)
from recoverycli.terminal.views.charts import chart_lines, flow_lines, heat_lines
from recoverycli.terminal.views.tables import matrix_table, table_parts
from recoverycli.terminal.views.words import hung, text, visible_text
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

    from recoverycli.pages.page import Page, Part, TextSpan

# Longer lines are hard to read, however wide the window is.
_WIDEST = 100
# Below this a column of labels leaves too little room for the words.
_NARROW = 60


class DrawnPage:
    """A page that fits the width of the console."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        sections = (part.sections if isinstance(part, Groups) else (part,) for part in self._page)
        columns = _Columns([one for some in sections for one in some if isinstance(one, Section)])
        is_first = True
        for part in self._page:
            drawn = _draw(part, options.max_width, columns)
            if drawn and not is_first:
                yield Text("")
            is_first = is_first and not drawn
            yield from drawn


def _draw(part: Part, width: int, columns: _Columns) -> Sequence[RenderableType]:
    readable = min(width, _WIDEST)
    match part:
        case Section():
            return _section(part, readable, columns)
        case Groups(sections):
            drawn = [_section(section, readable, columns) for section in sections]
            return [line for number, lines in enumerate(drawn) for line in (*([text("")] if number else []), *lines)]
        case Headlines((first, *others)):
            first_lines = hung(text(f"▸ {first}", "strong"), readable, 2)
            return [*first_lines, *(line for other in others for line in hung(text(f"  {other}"), readable, 2))]
        case Headlines():
            return []
        case NoteBlock(words, role):
            return [text(words, role)]
        case MarkedText(spans):
            return _in_margins([_mark(spans)], readable)
        case Chart():
            return chart_lines(part, readable)
        case HeatMap():
            return heat_lines(part, readable)
        case FlowChart():
            return flow_lines(part, readable)
        case Table():
            return table_parts(part, width)
        case Matrix():
            rows = matrix_rows(part)
            return matrix_table(part, width) or _section(rows, readable, _Columns([rows]))
        case _:
            assert_never(part)


def _mark(spans: tuple[TextSpan, ...]) -> Text:
    """The text with its marks in brackets, labelled and underlined, for those who see no colour."""
    from rich.text import Text

    drawn = Text()
    for span in spans:
        if not span.role:
            drawn.append_text(visible_text(span.text))
            continue
        words = text((span,))
        words.stylize("underline")
        drawn.append(f"[{span.label}: ", style=span.role).append_text(words).append("]", style=span.role)
    return drawn


def _section(section: Section, width: int, columns: _Columns) -> Sequence[RenderableType]:
    from rich.text import Text

    parts: list[RenderableType] = []
    if section.title:
        title = text(section.title, "accent")
        parts.append(title + Text("  ") + text(section.aside, "quiet") if section.aside else title)
    if section.lead:
        parts.append(text(section.lead, "strong"))
    if section.rows:
        parts.append(
            columns.grid(section.rows, width - 2) if width >= _NARROW else _draw_narrow(section.rows, width - 2)
        )
    return _in_margins(parts, width)


def _in_margins(parts: Iterable[RenderableType], width: int) -> Sequence[RenderableType]:
    from rich.constrain import Constrain
    from rich.padding import Padding

    return [Constrain(Padding(part, (0, 1)), width) for part in parts]


class _Columns:
    """Columns that are aligned across all sections of a page."""

    def __init__(self, sections: Sequence[Section]) -> None:
        from rich.cells import cell_len

        rows = [row for section in sections for row in section.rows]
        self._at = max((len(row.at) for row in rows), default=0)
        self._label = max((cell_len(escape(row.label)) for row in rows), default=0)
        self._marked = any(_series(section.rows, index) for section in sections for index in range(len(section.rows)))

    def grid(self, rows: tuple[Row, ...], width: int) -> RenderableType:
        from rich.table import Table
        from rich.text import Text

        label = min(self._label, width // 3)
        words = width - label - 2 - (self._at + 2 if self._at else 0) - (3 if self._marked else 0)
        table = Table.grid(padding=(0, 2, 0, 0))
        if self._at:
            table.add_column(width=self._at, justify="right", style="quiet", no_wrap=True)
        table.add_column(width=label, style="quiet")
        if self._marked:
            table.add_column(width=1, style="quiet")
        table.add_column(overflow="fold", max_width=words)
        for index, row in enumerate(rows):
            goes_on = _series(rows, index) and index > 0 and rows[index - 1].label == row.label
            cells = [Text(row.at)] if self._at else []
            cells.append(Text("") if goes_on else text(row.label))
            if self._marked:
                cells.append(Text("·" if _series(rows, index) else ""))
            table.add_row(*cells, _words(row))
        return table


def _series(rows: tuple[Row, ...], index: int) -> bool:
    """Whether a row is one of several with the same label and without a time."""
    row = rows[index]
    beside = (*rows[max(0, index - 1) : index], *rows[index + 1 : index + 2])
    return not row.at and any(other.label == row.label and not other.at for other in beside)


def _words(row: Row) -> Text:
    return text(row.text) + text(f"  ({row.note})", "quiet") if row.note else text(row.text)


def _draw_narrow(rows: tuple[Row, ...], width: int) -> Text:
    """Draw rows for a narrow screen: the label before the words, further lines indented."""
    from rich.text import Text

    lines: list[Text] = []
    for row in rows:
        label = f"{row.at} {row.label}".strip()
        lines += hung(text(f"{label}: " if label else "", "quiet") + _words(row), width, 2)
    return Text("\n").join(lines)
