"""A page to read: one value that its drawn form, its plain lines and its exports are all made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from recoverycli.frameworks.stops import FlowStep  # noqa: TC004  # a page is never decoded

# How words are drawn. Plain lines are the same words without it.
Role = Literal["", "accent", "quiet", "strong", "warning", "danger"]


class TextSpan(msgspec.Struct, frozen=True):
    """Words in one role. `label` is what a mark in a text says."""

    text: str
    role: Role = ""
    label: str = ""


class Row(msgspec.Struct, frozen=True):
    """One fact: what kind it is, its words, a remark (`note`), and when in the call it was (`at`)."""

    label: str
    text: str
    note: str = ""
    at: str = ""


class Section(msgspec.Struct, frozen=True):
    """A heading with a remark beside it, a leading sentence, and rows. Each may be empty."""

    title: str = ""
    aside: str = ""
    lead: str = ""
    rows: tuple[Row, ...] = ()


class Groups(msgspec.Struct, frozen=True):
    """Rows in groups: drawn below the title of their group; plain lines repeat the title."""

    sections: tuple[Section, ...]


class Headlines(msgspec.Struct, frozen=True):
    """The most important facts, one sentence each."""

    lines: tuple[str, ...]


class NoteBlock(msgspec.Struct, frozen=True):
    """Sentences outside of any section."""

    text: str
    role: Role = ""


class Bar(msgspec.Struct, frozen=True):
    """A line of a chart: its label, the length of its bar, and the figures in words.

    A narrow screen shows `brief` and `brief_figures` where they are given.
    """

    label: str
    part: float
    figures: str
    brief: str = ""
    brief_figures: str = ""


class Chart(msgspec.Struct, frozen=True):
    """Bars under a title. `full` is the value of a bar of full length; None stands for the longest of these."""

    title: str
    bars: tuple[Bar, ...]
    full: float | None = None


class HeatMap(msgspec.Struct, frozen=True):
    """Counts of each weekday by hour, 0 to 23."""

    title: str
    days: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class Cell(msgspec.Struct, frozen=True):
    """A value of a table: `text` in a plain line, `short` (if given) below a heading. Empty: no value."""

    text: str | tuple[TextSpan, ...]
    short: str | tuple[TextSpan, ...] = ""
    role: Role = ""


class Column(msgspec.Struct, frozen=True):
    """A column of a table, and how it fits a screen.

    `fit` says what happens to a long value: `whole` is never broken, `cut` and `wrap` give way, and `body` wraps, and
    stands below the other values where there is no room for columns. `before` precedes the value in a plain line.
    """

    name: str
    fit: Literal["whole", "cut", "wrap", "body"] = "whole"
    role: Role = ""
    before: str = ", "
    # Screens with fewer columns leave it out.
    least: int = 0
    # From so many columns on the whole text is shown, not the short one.
    whole_from: int = 10_000
    # The widest that it gets, on screens with fewer columns than `roomy`.
    most: int = 10_000
    roomy: int = 10_000
    is_number: bool = False


class Table(msgspec.Struct, frozen=True):
    """Rows with a cell for each column; `key` is the place of the column that names a row.

    `stacked` draws a row below the other on screens with fewer columns than that. `nothing` is said of no rows.
    `has_short_keys` is for ids of calls: columns show as much of their end as names them alone.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: int = 0
    stacked: int = 0
    nothing: str = ""
    has_short_keys: bool = False


class Matrix(msgspec.Struct, frozen=True):
    """Lines by columns with several entries in each cell: drawn side by side where the columns fit."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[tuple[TextSpan, ...], ...]], ...]


class FlowChart(msgspec.Struct, frozen=True):
    """The steps of a framework in order, and at each branch which answer leads where.

    `is_called` says that the call returns at its end.
    """

    title: str
    steps: tuple[FlowStep, ...]
    is_called: bool = False


class MarkedText(msgspec.Struct, frozen=True):
    """A text with marks: the spans with a role.

    Sections of the same page repeat the label of each mark, so plain lines leave the text out.
    """

    spans: tuple[TextSpan, ...]


Part = Section | Groups | Headlines | NoteBlock | Chart | HeatMap | Table | Matrix | FlowChart | MarkedText
Page = tuple[Part, ...]


def text_of(words: str | tuple[TextSpan, ...]) -> str:
    """Return words without their roles."""
    return words if isinstance(words, str) else "".join(span.text for span in words)


def matrix_rows(matrix: Matrix) -> Section:
    """Return a matrix line by line and column by column: for plain lines and narrow screens."""
    rows = (
        Row(name, f"{column}: {', '.join(span.text for span in entries) or 'nothing'}")
        for name, cells in matrix.lines
        for column, entries in zip(matrix.columns, cells, strict=True)
    )
    return Section(matrix.title, rows=tuple(rows))
