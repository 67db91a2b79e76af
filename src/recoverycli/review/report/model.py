"""What a report is made of: findings, and exhibits in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from recoverycli.pages.page import HeatMap, Table


class ReportFinding(NamedTuple):
    """A fact with its figures, what it means, what to look at next, and the command that shows it."""

    fact: str
    meaning: str
    look: str
    command: str


class ColumnPicture(NamedTuple):
    """Columns side by side, each a number, and a line of shares from 0 to 1 across them; None leaves a gap.

    `names` stand below the columns: of many, the first, the middle and the last one. `legend` says what both are.
    """

    names: tuple[str, ...]
    columns: tuple[float, ...]
    line: tuple[float | None, ...]
    legend: str

    @property
    def highest(self) -> float:
        """The number of the highest column, 1 at least."""
        return max((*self.columns, 1))


class Exhibit(NamedTuple):
    """A picture with its table. `bars` are a picture in the table: the length of a bar, 0 to 1, for each row.

    It takes the width of the page if it `is_wide` or has a picture beside its table, else half of it.
    """

    title: str
    lead: tuple[str, ...] = ()
    picture: ColumnPicture | None = None
    table: Table | None = None
    bars: tuple[float, ...] = ()
    closing: str = ""
    is_wide: bool = False


class ReportSection(NamedTuple):
    """Exhibits under a heading; `lead` is said first. `key` names the section in links."""

    key: str
    title: str
    exhibits: tuple[Exhibit, ...]
    lead: tuple[str, ...] = ()
    heat: HeatMap | None = None


class ReportHead(NamedTuple):
    """The title, the calls in a line, when it was made, and what is not in the report."""

    title: str
    calls: str
    made_at: datetime
    remarks: tuple[str, ...]
