"""The first pages of a report after its findings: at a glance, what changed, what stands out, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.followups import when
from recoverycli.review.report.findings import place, side
from recoverycli.review.report.model import ColumnPicture, Exhibit, ReportSection
from recoverycli.review.report.words import is_shown, share_text, table
from recoverycli.review.statistics.groups import NOT_SAID
from recoverycli.review.statistics.windows import LAST_WEEKS
from recoverycli.text.format import clock, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from recoverycli.pages.page import Table
    from recoverycli.review.statistics.change import BeforeAndAfter
    from recoverycli.review.statistics.figures import Statistics
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.store.index.rows import DueItem

# Those that are compared.
_WEEKS = 2 * LAST_WEEKS
_MOST_ISSUES = 6
_MOST_STEPS = 5
_MOST_PATTERNS = 4
# Rows of what is overdue and of what is due next.
MOST_OVERDUE, MOST_NEXT = 5, 3
_VERDICTS = {"more": "more", "less": "less", "unclear": "may be chance", "too few": "too few to tell"}


def at_a_glance(figures: Statistics) -> ReportSection:
    """Return the main figures, each with what it counts, and how the calls ended."""
    rows = list(_main_figures(figures))
    ended = [(one.name, share_text(one)) for one in figures.outcomes]
    left = []
    if figures.without_outcome:
        left.append(f"{figures.without_outcome:,} finished without an outcome")
    if figures.abandoned:
        left.append(f"{figures.abandoned:,} abandoned")
    return ReportSection(
        "glance",
        "At a glance",
        (
            Exhibit("Main figures", table=table(("Figure", "Value"), rows, words=2)),
            Exhibit(
                "How finished calls with an outcome ended",
                table=table(("Outcome", "Calls"), ended),
                bars=tuple(one.count / one.of for one in figures.outcomes),
                closing=f"In no share: {', '.join(left)}." if left else "",
            ),
        ),
    )


def _main_figures(figures: Statistics) -> Iterator[tuple[str, str]]:
    resolved = next((one for one in figures.outcomes if one.name == "resolved"), None)
    for one in (resolved, figures.better, figures.promises.kept_in_time, figures.own_words):
        if one is not None and one.of:
            yield one.name, f"{share_text(one)} {one.among}"
    lengths = figures.lengths
    if lengths.median is not None:
        ninth = "" if lengths.ninth is None else f", nine of ten under {clock(lengths.ninth)}"
        among = plural(lengths.calls, "finished call")
        yield "length", f"half of {among} with a length under {clock(lengths.median)}{ninth}"
    if figures.abandoned:
        yield "abandoned", f"{figures.abandoned:,} of {plural(figures.calls, 'call')}, in no share and no length"


def recent_changes(found: Overview) -> ReportSection:
    """Return the last weeks, and the comparison of the last of them with as many before."""
    weeks = found.figures.weeks[-_WEEKS:]
    picture = ColumnPicture(
        tuple(week.name.partition("-")[2] for week in weeks),
        tuple(float(week.calls) for week in weeks),
        tuple(week.resolved.share for week in weeks),
        "Columns: calls of a week. Line: the share that was resolved, of weeks with enough calls.",
    )
    rows = ((week.name, f"{week.calls:,}", f"{week.abandoned:,}", share_text(week.resolved)) for week in weeks)
    exhibits = [
        Exhibit("The last weeks", picture=picture, table=table(("Week", "Calls", "Abandoned", "Resolved"), rows))
    ]
    if found.change is not None and found.change.days:
        exhibits.insert(0, _comparison(found.change))
        return ReportSection("changed", "What changed", tuple(exhibits))
    lead = "Less than two weeks are recorded: too little to compare the last weeks with the weeks before."
    return ReportSection("changed", "What changed", tuple(exhibits), (lead,))


def _comparison(did: BeforeAndAfter) -> Exhibit:
    rows = (
        (
            one.name,
            _VERDICTS[one.verdict],
            side(one, one.before, one.calls_before),
            side(one, one.after, one.calls_after),
        )
        for one in did.measures
    )
    days = f"The {did.days} days from {did.after.since} to {did.after.until}"
    return Exhibit(
        f"{days}, and as many before",
        table=table(("Measure", "Difference", "Before", "After"), rows, words=2),
        is_wide=True,
        closing="A difference is named where chance is an unlikely explanation, after a correction for all measures.",
    )


def patterns_and_issues(found: Overview) -> ReportSection:
    """Return what comes more often than chance allows, the issues with most calls, and the steps skipped most."""
    exhibits = []
    if found.patterns:
        shown = found.patterns[:_MOST_PATTERNS]
        rows = ((f"{one.name} {place(one)}", f"{one.count:,} of {one.of:,}", f"{one.expected:,.0f}") for one in shown)
        exhibits.append(
            Exhibit(
                "More often than chance allows",
                table=table(("What and when", "Calls", "Expected"), rows),
                bars=tuple(one.count / one.of for one in shown),
                is_wide=True,
            )
        )
    exhibits += [*_issues(found.figures), *_left_out_steps(found.figures)]
    lead = () if found.patterns else ("No issue or cause comes more often at a time than chance allows.",)
    return ReportSection("out", "What stands out", tuple(exhibits), lead)


def _issues(figures: Statistics) -> Iterator[Exhibit]:
    groups = [one for one in figures.groups if one.name != NOT_SAID]
    shown = groups[:_MOST_ISSUES]
    if shown:
        more = f"{len(groups) - len(shown):,} more in appendix A." if len(groups) > len(shown) else ""
        rows = ((one.name, f"{one.calls:,}", share_text(one.resolved)) for one in shown)
        yield Exhibit(
            "Issues with most calls",
            table=table(("Issue", "Calls", "Resolved"), rows),
            bars=tuple(one.calls / shown[0].calls for one in shown),
            closing=more,
        )


def _left_out_steps(figures: Statistics) -> Iterator[Exhibit]:
    steps = [step for step in figures.steps if is_shown(step.skipped)]
    steps.sort(key=lambda step: (-(step.skipped.share or 0.0), -step.skipped.of, step.framework, step.step))
    shown = steps[:_MOST_STEPS]
    if shown:
        yield Exhibit(
            "Steps skipped most",
            table=table(("Step", "Skipped"), ((f"{s.framework}: {s.name}", share_text(s.skipped)) for s in shown)),
            bars=tuple(step.skipped.share or 0.0 for step in shown),
            closing="All steps are in appendix B.",
        )


def due_promises(figures: Statistics, due: Sequence[DueItem], now: datetime) -> ReportSection:
    """Return how promises were kept, and those that are due. `due` are promises, the most overdue first."""
    promises = figures.promises
    if not promises.made:
        return ReportSection("due", "What is due", (), ("No promise was recorded.",))
    states = (
        ("kept in time", promises.kept), ("kept late", promises.late), ("overdue", promises.overdue),
        ("not due yet", promises.open), ("without a date, done", promises.undated_done),
        ("without a date, open", promises.undated - promises.undated_done),
    )  # fmt: skip
    exhibits = [
        Exhibit(
            f"What became of {plural(promises.made, 'promise')}",
            table=table(("State", "Promises"), ((name, f"{number:,}") for name, number in states)),
            bars=tuple(number / promises.made for _, number in states),
            closing=f"Kept in time: {share_text(promises.kept_in_time)} {promises.kept_in_time.among}.",
        )
    ]
    if due:
        late, ahead = (plural(number, "promise") for number in (promises.overdue, promises.open))
        exhibits.append(
            Exhibit(
                f"The most overdue of {late}, and the next of {ahead}",
                table=_due_table(due, now),
                is_wide=True,
            )
        )
    return ReportSection("due", "What is due", tuple(exhibits))


def _due_table(shown: Sequence[DueItem], now: datetime) -> Table:
    """The promises by name; what was promised and to whom, where names are wanted."""
    if any(one.what for one in shown):
        rows = [(f"{one.call}-{one.item}", one.what, one.customer or "-", when(one.promised, now)) for one in shown]
        return table(("Promise", "What", "For whom", "Due"), rows, words=4)
    bare = [(f"{one.call}-{one.item}", one.issue or "-", when(one.promised, now)) for one in shown]
    return table(("Promise", "Issue", "Due"), bare, words=3)
