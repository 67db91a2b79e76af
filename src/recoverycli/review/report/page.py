"""The report as one page: two printed pages of findings, then appendices, and calls where they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.review.report.appendix import appendices
from recoverycli.review.report.filter_words import filter_words
from recoverycli.review.report.findings import MOST_FINDINGS, findings
from recoverycli.review.report.model import ReportHead
from recoverycli.review.report.people import without_names
from recoverycli.review.report.sections import (
    MOST_NEXT,
    MOST_OVERDUE,
    at_a_glance,
    due_promises,
    patterns_and_issues,
    recent_changes,
)
from recoverycli.review.statistics.groupings import GROUPINGS
from recoverycli.review.statistics.overview import overview
from recoverycli.review.statistics.small_groups import hide_small_groups
from recoverycli.review.statistics.windows import recent_day
from recoverycli.review.web_templates import load_template
from recoverycli.store.index.rows import broken_promises, next_promises
from recoverycli.text.format import plural

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from recoverycli.review.report.calls import ReportedCall
    from recoverycli.review.report.model import ReportFinding, ReportSection
    from recoverycli.review.statistics.figures import Statistics
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.store.call_source import Calls


class ReportOptions(NamedTuple):
    """What a report holds beyond its figures, and whether it is of a team."""

    title: str
    calls: bool = False
    names: bool = False
    team: bool = False


class Report(NamedTuple):
    """What the page holds, in its order; `number` calls were counted. `lacking` says why there are few findings."""

    head: ReportHead
    number: int
    findings: tuple[ReportFinding, ...]
    lacking: str
    sections: tuple[ReportSection, ...]
    appendices: tuple[ReportSection, ...]
    calls: tuple[ReportedCall, ...] | None


def report(kept: Calls, wanted: Filters, now: datetime, topics: Topics, options: ReportOptions) -> Report:
    """Return the report of the matching calls.

    Raises StoreProblem where the store cannot be read, RecoveryError for too few calls of one agent of a team.
    """
    day = kept.ask(lambda connection: recent_day(connection, wanted, now))
    found = overview(kept, wanted, now, topics, GROUPINGS["issue"], day)
    if options.team:
        found = hide_small_groups(found, wanted).overview
    due = kept.ask(
        lambda connection: (
            *broken_promises(connection, now, wanted, MOST_OVERDUE),
            *next_promises(connection, now, wanted, MOST_NEXT),
        )
    )
    if not options.names:
        found, due = without_names(found, due, kept, wanted)
    figures = found.figures
    told = findings(found, due, team=options.team)
    return Report(
        head=ReportHead(options.title, _calls_line(figures), now, tuple(_remarks(wanted, options))),
        number=figures.calls,
        findings=told,
        lacking=_shortage(len(told)),
        sections=(
            at_a_glance(found),
            recent_changes(found),
            patterns_and_issues(found),
            due_promises(found, due, now),
        ),
        appendices=appendices(found),
        calls=_calls(kept, wanted, now, options),
    )


def pieces(made: Report) -> Iterator[str]:
    """Return the page piece by piece."""
    return iter(load_template("report/page.html").generate(report=made))


def _calls_line(figures: Statistics) -> str:
    parts = f" ({figures.finished:,} finished, {figures.abandoned:,} abandoned)" if figures.abandoned else ""
    span = f", {figures.since} to {figures.until}" if figures.since else ""
    return f"{plural(figures.calls, 'call')}{parts}{span}"


def _remarks(wanted: Filters, options: ReportOptions) -> Iterator[str]:
    only = ", ".join(filter_words(wanted, names=options.names))
    if only:
        yield f"Only calls with these filters: {only}."
    if not options.names:
        yield "Names of customers and agents and what was promised are left out."
    if options.calls and not options.names:
        yield "Names that no call has as a customer or an agent may stand in the calls: read them first."


def _shortage(number: int) -> str:
    if number == MOST_FINDINGS:
        return ""
    told = {0: "Nothing", 1: "Only this", 2: "Only this"}[number]
    return f"{told} can be said with enough calls behind it: no more is overdue, changed or stands out."


def _calls(kept: Calls, wanted: Filters, now: datetime, options: ReportOptions) -> tuple[ReportedCall, ...] | None:
    if not options.calls:
        return None
    from recoverycli.review.report.calls import newest_calls

    return tuple(newest_calls(kept, wanted, now, names=options.names))
