"""The appendices of a report: everything that its first pages show the top of.

Rows beyond a documented number are left out, and counted: the report stays short enough to be printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from recoverycli.pages.page import HeatMap
from recoverycli.review.report.model import Exhibit, ReportSection
from recoverycli.review.report.words import share_text, table
from recoverycli.review.statistics.groupings import WEEKDAYS
from recoverycli.text.format import amount_text, clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.review.statistics.figures import Statistics

# Some three printed pages.
MOST_ROWS = 120
Row = TypeVar("Row")


def appendices(figures: Statistics) -> tuple[ReportSection, ...]:
    """Return the appendices of the figures, in the order of their letters."""
    heat = HeatMap("Calls by hour and weekday", WEEKDAYS, figures.heat)
    return (
        ReportSection("issues", "Appendix A: issues", (_issues(figures),)),
        ReportSection("steps", "Appendix B: steps", (_steps(figures),)),
        ReportSection("remedies", "Appendix C: remedies", (_remedies(figures),)),
        ReportSection("hours", "Appendix D: hours and weekdays", (), heat=heat),
        ReportSection("weeks", "Appendix E: weeks", (_weeks(figures),)),
    )


def _issues(figures: Statistics) -> Exhibit:
    shown, left = _first(figures.groups, "issues", "recovery log stats --by issue --json")
    rows = (
        (
            one.name,
            f"{one.calls:,}",
            f"{one.abandoned:,}",
            share_text(one.resolved),
            share_text(one.escalated),
            share_text(one.better),
            "-" if one.seconds is None else clock(one.seconds),
        )
        for one in shown
    )
    head = ("Issue", "Calls", "Abandoned", "Resolved", "Escalated", "Ended calmer", "Mean length")
    return Exhibit("All issues, those with most calls first", table=table(head, rows), closing=left)


def _steps(figures: Statistics) -> Exhibit:
    shown, left = _first(figures.steps, "steps", "recovery log stats --json")
    rows = (
        (
            step.framework,
            step.name,
            f"{step.calls:,}",
            share_text(step.skipped),
            "-" if step.seconds is None else f"{clock(step.seconds)} in {step.entered:,}",
        )
        for step in shown
    )
    head = ("Framework", "Step", "Finished calls", "Skipped", "Mean time")
    return Exhibit("Steps of finished calls, in the order of the call", table=table(head, rows, words=2), closing=left)


def _remedies(figures: Statistics) -> Exhibit:
    if not figures.remedies:
        return Exhibit("", ("No remedy was offered.",))
    shown, left = _first(figures.remedies, "remedies", "recovery log stats --json")
    rows = (
        (
            one.remedy,
            f"{one.offered:,}",
            f"{one.accepted:,}",
            f"{one.refused:,}",
            amount_text(one.value, one.currency) if one.value else "-",
            amount_text(one.unanswered, one.currency) if one.unanswered else "-",
            f"{one.beyond:,}",
        )
        for one in shown
    )
    head = ("Remedy", "Offered", "Accepted", "Refused", "Accepted value", "Without an answer", "Beyond authority")
    return Exhibit("All remedies, those offered most first", table=table(head, rows), closing=left)


def _weeks(figures: Statistics) -> Exhibit:
    newest = figures.weeks[::-1]
    shown, left = _first(newest, "weeks", "recovery log stats --by week --json")
    rows = (
        (one.name, f"{one.calls:,}", f"{one.abandoned:,}", share_text(one.resolved), share_text(one.better))
        for one in shown
    )
    head = ("Week", "Calls", "Abandoned", "Resolved", "Ended calmer")
    return Exhibit("All weeks with calls, the newest first", table=table(head, rows), closing=left)


def _first(rows: Sequence[Row], what: str, command: str) -> tuple[Sequence[Row], str]:
    """The first rows, and how many are left out."""
    left = len(rows) - MOST_ROWS
    return rows[:MOST_ROWS], f"{left:,} more {what} are not listed here. All of them: {command}" if left > 0 else ""
