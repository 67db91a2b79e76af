"""A page as lines that read well aloud: every line says by itself what it is."""

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
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.pages.page import Cell, Column, Part


def page_lines(page: Iterable[Part]) -> list[str]:
    """Return the lines of a page, with an empty line between its parts."""
    lines: list[str] = []
    for part in page:
        more = list(_part_lines(part))
        lines += ["", *more] if lines and more else more
    return lines


def _part_lines(part: Part) -> Iterator[str]:
    match part:
        case Section():
            yield from _section_lines(part)
        case Groups():
            yield from (row_line(section.title, row) for section in part.sections for row in section.rows)
        case Headlines():
            yield from part.lines
        case NoteBlock():
            yield from part.text.split("\n")
        case Chart():
            yield from _section_lines(Section(part.title, rows=tuple(Row(bar.label, bar.figures) for bar in part.bars)))
        case HeatMap():
            yield from _section_lines(Section(part.title, rows=tuple(_busy_hours(part))))
        case Table():
            yield from (_table_line(part.columns, row, part.key) for row in part.rows)
            if not part.rows:
                yield part.nothing
        case Matrix():
            yield from _section_lines(matrix_rows(part))
        case FlowChart():
            yield from _flow_lines(part)
        case MarkedText():
            return
        case _:
            assert_never(part)


def row_line(title: str, row: Row) -> str:
    """Return a row of a group on one line, with the title of the group."""
    return " ".join(f"{row.label}: {title}: {row.text}{f' ({row.note})' if row.note else ''}".split())


def _section_lines(section: Section) -> Iterator[str]:
    heading = f"{section.title} ({section.aside})" if section.aside else section.title
    yield from (_hang(line) for line in (heading, section.lead) if line)
    for row in section.rows:
        label = ", ".join(filter(None, (row.label, row.note)))
        yield _hang(f"{row.at} {label}: {row.text}".lstrip() if label or row.at else row.text)


def _hang(text: str) -> str:
    """Indent all lines but the first, so that pasted text does not look like further facts."""
    return text.rstrip("\n").replace("\n", "\n    ")


def _busy_hours(heat: HeatMap) -> Iterator[Row]:
    for day, counts in zip(heat.days, heat.counts, strict=True):
        if any(counts):
            yield Row(day, ", ".join(f"{hour:02d}:00 {count}" for hour, count in enumerate(counts) if count))


def _table_line(columns: Sequence[Column], row: Sequence[Cell], key: int) -> str:
    line = ""
    for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
        text = text_of(cell.text)
        if text and place != key:
            line += f"{column.before if line else ': '}{text}"
    # On one line, whatever was pasted: a line is a row.
    return " ".join(f"{text_of(row[key].text)}{line}".split())


def _flow_lines(chart: FlowChart) -> Iterator[str]:
    from recoverycli.frameworks.stops import OTHERWISE, call_words, ends_otherwise

    yield f"{chart.title}: the flow of its steps."
    for step in chart.steps:
        aside = ", by a path alone" if step.aside else ""
        then = f" Then: {step.on}." if not step.branches else ""
        yield f"Step {step.number}{aside}: {step.name}.{then}"
        if step.calls:
            yield f"  It {call_words(step)}."
        for rule in step.rules:
            yield f"  Works out: {rule.name}"
            yield from (f"    {row}." for row in rule.rows)
        if step.branches:
            yield f"  Decides: {step.question}"
        for branch in step.branches:
            words = "Otherwise" if branch.answer == OTHERWISE else f"If {branch.answer}"
            ending = f"; ends as {branch.outcome}" if branch.outcome else ""
            yield f"  {words}: to {', then '.join(branch.through)}{ending}."
        if step.branches and step.on and not ends_otherwise(step):
            yield f"  Otherwise: to {step.on}."
        if step.outcome:
            yield f"  Ends as {step.outcome}."
    yield f"At the end: {'the call returns' if chart.is_called else 'the wrap-up'}."
