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
    from collections.abc import Iterator, Sequence

    from recoverycli.review.statistics.figures import Statistics
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.review.statistics.pareto import Pareto

# Some three printed pages.
MOST_ROWS = 120
Row = TypeVar("Row")


def appendices(found: Overview) -> tuple[ReportSection, ...]:
    """Return the appendices of the figures, in the order of their letters."""
    figures = found.figures
    heat = HeatMap("Calls by hour and weekday", WEEKDAYS, figures.heat)
    return (
        ReportSection("issues", "Appendix A: issues", (_issues(found),)),
        ReportSection("steps", "Appendix B: steps", (_steps(figures),)),
        ReportSection("costs", "Appendix C: causes and remedies", (*_causes(found.causes), _remedies(figures))),
        ReportSection("hours", "Appendix D: hours and weekdays", (), heat=heat),
        ReportSection("weeks", "Appendix E: weeks", (_weeks(figures),)),
    )


def _issues(found: Overview) -> Exhibit:
    of_demand = {one.issue: one for one in found.demand.issues}
    shown, left = _first(found.figures.groups, "issues", "recovery log stats --by issue --json")
    rows = (
        (
            one.name,
            f"{one.calls:,}",
            f"{one.abandoned:,}",
            share_text(one.resolved),
            share_text(one.escalated),
            share_text(one.better),
            *(
                (share_text(of_demand[one.name].severe), share_text(of_demand[one.name].repeats))
                if one.name in of_demand
                else ("-", "-")
            ),
            "-" if one.seconds is None else clock(one.seconds),
        )
        for one in shown
    )
    head = (
        "Issue", "Calls", "Abandoned", "Resolved", "Escalated", "Ended calmer", "Severe", "Repeats", "Mean length",
    )  # fmt: skip
    return Exhibit("All issues, those with most calls first", table=table(head, rows), closing=left)


def _causes(causes: Pareto) -> Iterator[Exhibit]:
    if causes.causes:
        shown, left = _first(causes.causes, "causes", "recovery log causes")
        rows = ((one.cause, f"{one.calls:,}", f"{one.finished:,}", share_text(one.cumulative)) for one in shown)
        head = ("Cause", "Calls", "Finished", "So far")
        yield Exhibit("All causes, the most frequent first", table=table(head, rows), closing=left)
    if causes.costs:
        dear, more = _first(causes.costs, "costs", "recovery log stats --json")
        sums = ((one.cause or "no cause", f"{one.offers:,}", amount_text(one.value, one.currency)) for one in dear)
        costs = table(("Cause", "Accepted offers with a value", "Cost"), sums)
        yield Exhibit("What accepted remedies cost by cause", table=costs, closing=more)


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
        return Exhibit("Remedies", ("No remedy was offered.",), is_wide=True)
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
    return Exhibit("All remedies, those offered most first", table=table(head, rows), closing=left, is_wide=True)


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
