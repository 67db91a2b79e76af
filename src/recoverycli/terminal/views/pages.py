"""Pages that are read, not answered, drawn: sections of labelled lines in columns that fit the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.safe import escape, isolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

    from recoverycli.pages.sections import Row, Section

# Lines longer than this are hard to follow back, however wide the window is.
_WIDEST = 100
# Below this a column of labels would eat the words.
_NARROW = 60


class Page:
    """Sections as a page that fits the width that it is drawn in."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.constrain import Constrain
        from rich.padding import Padding
        from rich.text import Text

        width = min(options.max_width, _WIDEST)
        draw = _Columns(self._sections) if width >= _NARROW else _draw_narrow
        parts: list[RenderableType] = []
        for section in self._sections:
            if parts:
                parts.append(Text(" "))
            parts += _heading(section)
            if section.rows:
                parts.append(draw(section.rows, width - 2))
        yield from (Constrain(Padding(part, (0, 1)), width) for part in parts)


def _heading(section: Section) -> list[Text]:
    from rich.text import Text

    lines = []
    if section.title:
        title = Text(safe(section.title), style="accent")
        lines.append(title.append(f"  {safe(section.aside)}" if section.aside else "", style="not bold quiet"))
    if section.lead:
        lines.append(Text(safe(section.lead), style="strong"))
    return lines


class _Columns:
    """Draws rows in columns that stand in the same place all over the page."""

    def __init__(self, sections: Sequence[Section]) -> None:
        from rich.cells import cell_len

        rows = [row for section in sections for row in section.rows]
        self._at = max((len(row.at) for row in rows), default=0)
        self._label = max((cell_len(safe(row.label)) for row in rows), default=0)
        self._marked = any(_series(section.rows, index) for section in sections for index in range(len(section.rows)))

    def __call__(self, rows: tuple[Row, ...], width: int) -> RenderableType:
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
            cells.append(Text("" if goes_on else safe(row.label)))
            if self._marked:
                cells.append(Text("·" if _series(rows, index) else ""))
            table.add_row(*cells, _words(row))
        return table


def _series(rows: tuple[Row, ...], index: int) -> bool:
    """Whether a row is one of several of its kind that follow each other outside of time."""
    row = rows[index]
    beside = (*rows[max(0, index - 1) : index], *rows[index + 1 : index + 2])
    return not row.at and any(other.label == row.label and not other.at for other in beside)


def _words(row: Row) -> Text:
    from rich.text import Text

    words = Text(safe(row.text))
    return words.append(f"  ({safe(row.note)})", style="quiet") if row.note else words


def _draw_narrow(rows: tuple[Row, ...], width: int) -> Text:
    """Draw rows for a narrow screen: the label before the words, the further lines set in by two."""
    from rich.console import Console
    from rich.text import Text

    ruler = Console(width=width, color_system=None)
    lines: list[Text] = []
    for row in rows:
        told = f"{row.at} {safe(row.label)}".strip()
        label = Text(f"{told}: " if told else "", style="quiet")
        wrapped = (Text() + label + _words(row)).wrap(ruler, max(2, width - 2), overflow="fold")
        for line in wrapped:
            line.rstrip()
        first, *more = wrapped or (Text(),)
        lines += [first, *(Text("  ") + line for line in more)]
    return Text("\n").join(lines)


def safe(text: str) -> str:
    """Return words of people safe to show, and so that they do not disturb what stands around them."""
    return isolate(escape(text))
