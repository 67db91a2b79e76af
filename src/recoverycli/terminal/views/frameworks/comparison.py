"""Frameworks side by side: a table where it fits, else intent by intent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.sections import Row, Section, page_lines
from recoverycli.terminal.views.pages import Page
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

    from recoverycli.training.comparison import Cell, Comparison, Side

# A column needs so much, or its words break in the middle; the intents stand in a column before the others.
_COLUMN = 16
_INTENTS = 13
_NOTHING = "–"
_LEGEND = "(in brackets): carried beside another  ·  after: once the call is over"


def comparison_text(compared: Comparison) -> list[str]:
    """Return the comparison as lines that read well aloud."""
    return page_lines([_by_intent(compared), *_plain_sections(compared)])


def comparison_screen(compared: Comparison, width: int) -> RenderableType:
    """Return the comparison: intents down, frameworks across where there is room for them."""
    from rich.console import Group
    from rich.text import Text

    fits = width >= _INTENTS + _COLUMN * len(compared.sides)
    by_intent = _table(compared) if fits else Page([_by_intent(compared)])
    legend = Text(_LEGEND, style="quiet")
    return Group(by_intent, *([Text(), legend, Text()] if fits else [Text()]), Page(_plain_sections(compared)))


def _table(compared: Comparison) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="accent")
    table.add_column("", style="quiet", no_wrap=True)
    for side in compared.sides:
        table.add_column(Text(escape(side.name)), overflow="fold", ratio=1)
    for line in compared.lines:
        table.add_row(Text(line.intent), *(_cell(cell) for cell in line.cells))
    return table


def _cell(cell: Cell) -> Text:
    from rich.text import Text

    if not cell.steps and not cell.also:
        return Text(_NOTHING, style="quiet")
    told = Text()
    for number, (name, style) in enumerate(
        [*((_label(one, cell), "") for one in cell.steps), *((f"({_label(one, cell)})", "quiet") for one in cell.also)]
    ):
        told.append("\n" if number else "").append(escape(name), style=style)
    return told


def _label(name: str, cell: Cell) -> str:
    return f"{name}, after" if name in cell.later else name


def _by_intent(compared: Comparison) -> Section:
    rows = []
    for line in compared.lines:
        for side, cell in zip(compared.sides, line.cells, strict=True):
            own = [_label(name, cell) for name in cell.steps]
            own += [f"{_label(name, cell)} as well" for name in cell.also]
            rows.append(Row(line.intent, f"{side.name}: {', '.join(own) or 'nothing'}"))
    return Section("Side by side", rows=tuple(rows))


def _plain_sections(compared: Comparison) -> list[Section]:
    shared = ", ".join(compared.shared) or "nothing"
    return [Section(rows=(Row("All of them", shared),)), *(_side(side) for side in compared.sides)]


def _side(side: Side) -> Section:
    after = f", {side.later} after it" if side.later else ""
    steps = f"{side.live} {'step' if side.live == 1 else 'steps'} in the call{after}"
    facts = (
        ("When", side.when),
        ("It alone", ", ".join(side.alone)),
        ("Leaves out", ", ".join(side.without)),
        ("Suits", "; ".join(filter(None, (", ".join(side.channels), ", ".join(side.industries))))),
    )
    return Section(
        f"{side.name}: {side.expands_to}",
        steps,
        side.summary,
        tuple(Row(label, words) for label, words in facts if words),
    )
