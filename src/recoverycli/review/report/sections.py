"""The first pages of a report after its findings: at a glance, what changed, what stands out, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.review.followups import when
from recoverycli.review.report.findings import place, side
from recoverycli.review.report.model import ColumnPicture, Exhibit, ReportSection
from recoverycli.review.report.words import is_shown, share_text, table
from recoverycli.review.statistics.windows import LAST_WEEKS
from recoverycli.text.format import clock, long_time, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from recoverycli.pages.page import Table
    from recoverycli.review.statistics.change import BeforeAndAfter
    from recoverycli.review.statistics.demand import Demand
    from recoverycli.review.statistics.figures import Share, Statistics
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.review.statistics.pareto import Pareto
    from recoverycli.review.statistics.promise_trend import PromiseTrend
    from recoverycli.store.index.rows import DueItem

# Those that are compared.
_WEEKS = 2 * LAST_WEEKS
_MOST_ISSUES = 6
_MOST_STEPS = _MOST_CARDS = 3
_MOST_CAUSES = 6
_MOST_PATTERNS = 4
# Rows of what is overdue and of what is due next.
MOST_OVERDUE, MOST_NEXT = 5, 3
_HEAD = ("Figure", "Value")
_TREND_WORDS = {
    "rising": "rising over {}, which is unlikely to be chance",
    "falling": "falling over {}, which is unlikely to be chance",
    "unclear": "no trend beyond chance over {}",
    "too few": "too few to tell a trend",
}
_VERDICTS = {"more": "more", "less": "less", "unclear": "may be chance", "too few": "too few to tell"}


def at_a_glance(found: Overview) -> ReportSection:
    """Return the main figures, each with what it counts, and how the calls ended."""
    figures = found.figures
    left = []
    if figures.without_outcome:
        left.append(f"{figures.without_outcome:,} finished without an outcome")
    if figures.abandoned:
        left.append(f"{figures.abandoned:,} abandoned")
    outcomes = Exhibit(
        "How finished calls with an outcome ended",
        table=table(("Outcome", "Calls"), ((one.name, share_text(one)) for one in figures.outcomes)),
        bars=tuple(one.count / one.of for one in figures.outcomes),
        closing=f"In no share: {', '.join(left)}." if left else "",
    )
    results = Exhibit("Results", table=table(_HEAD, _results(found), words=2))
    calls = Exhibit("Calls", table=table(_HEAD, _calls(found), words=2))
    return ReportSection("glance", "At a glance", (results, outcomes, calls))


def _results(found: Overview) -> Iterator[tuple[str, str]]:
    figures, demand = found.figures, found.demand
    resolved = next((one for one in figures.outcomes if one.name == "resolved"), None)
    yield from _shares(resolved, demand.first_contact, demand.repeats)
    times = demand.resolution
    if times.median is not None and times.ninth is not None:
        cases = plural(times.resolved, "case")
        yield (
            "time to resolution",
            f"half of {cases} within {long_time(times.median)}, nine of ten within {long_time(times.ninth)}",
        )
    yield from _shares(figures.promises.kept_in_time, figures.better)


def _calls(found: Overview) -> Iterator[tuple[str, str]]:
    lengths = found.figures.lengths
    if lengths.median is not None:
        ninth = "" if lengths.ninth is None else f", nine of ten under {clock(lengths.ninth)}"
        among = plural(lengths.calls, "finished call")
        yield "length", f"half of {among} with a length under {clock(lengths.median)}{ninth}"
    demand = found.demand
    yield from _shares(found.figures.own_words, demand.ours, demand.handed_on, demand.abandoned)


def _shares(*shares: Share | None) -> Iterator[tuple[str, str]]:
    return ((one.name, f"{share_text(one)} {one.among}") for one in shares if one is not None and one.of)


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
    """Return what comes more often than chance allows, the main issues and causes, and the steps skipped most."""
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
    exhibits += [*_issues(found), *_causes(found.causes), *_left_out_steps(found.figures), *_cards(found.demand)]
    lead = () if found.patterns else ("No issue or cause comes more often at a time than chance allows.",)
    return ReportSection("out", "What stands out", tuple(exhibits), lead)


def _issues(found: Overview) -> Iterator[Exhibit]:
    groups = {one.name: one for one in found.figures.groups}
    issues = [one for one in found.demand.issues if one.issue in groups]
    shown = issues[:_MOST_ISSUES]
    if shown:
        more = f" {len(issues) - len(shown):,} more in appendix A." if len(issues) > len(shown) else ""
        rows = (
            (
                one.issue,
                f"{one.calls:,}",
                share_text(one.severe),
                share_text(one.repeats),
                share_text(groups[one.issue].resolved),
            )
            for one in shown
        )
        most = max(one.calls for one in shown)
        yield Exhibit(
            "Issues by calls, severity and repeat contacts",
            table=table(("Issue", "Calls", "Severe", "Repeat contacts", "Resolved"), rows),
            bars=tuple(one.calls / most for one in shown),
            closing=f"In the order of the product of calls, severe and repeat contacts.{more}",
            is_wide=True,
        )


def _causes(causes: Pareto) -> Iterator[Exhibit]:
    shown = causes.causes[:_MOST_CAUSES]
    if shown:
        first = causes.first_three
        numbered = [(f"{number}", one) for number, one in enumerate(shown, start=1)]
        picture = ColumnPicture(
            tuple(number for number, _ in numbered),
            tuple(float(one.finished) for one in shown),
            tuple(one.cumulative.share for one in shown),
            "Columns: finished calls of each cause, by its number. Line: the share of all causes so far.",
        )
        rows = ((f"{number}. {one.cause}", f"{one.finished:,}", share_text(one.cumulative)) for number, one in numbered)
        yield Exhibit(
            f"Causes: {first.name} are {share_text(first)} {first.among}",
            picture=picture,
            table=table(("Cause", "Calls", "So far"), rows),
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
        )


def _cards(demand: Demand) -> Iterator[Exhibit]:
    shown = [one for one in demand.cards if is_shown(one)][:_MOST_CARDS]
    if shown:
        yield Exhibit(
            "Cards opened most",
            table=table(("Card", "Calls"), ((one.name, share_text(one)) for one in shown)),
            bars=tuple(one.share or 0.0 for one in shown),
        )


def due_promises(found: Overview, due: Sequence[DueItem], now: datetime) -> ReportSection:
    """Return how promises were kept, and those that are due. `due` are promises, the most overdue first."""
    promises = found.figures.promises
    if not promises.made:
        return ReportSection("due", "What is due", (), ("No promise was recorded.",))
    lead = (
        f"{plural(promises.made, 'promise')}: {promises.kept:,} kept in time, {promises.late:,} kept late,"
        f" {promises.overdue:,} overdue, {promises.open:,} not due yet; {promises.undated:,} without a date,"
        f" {promises.undated_done:,} of these done. Kept in time: {share_text(promises.kept_in_time)}"
        f" {promises.kept_in_time.among}."
    )
    exhibits = [*_trend(found.promise_trend)]
    if due:
        late = f"the most overdue of {plural(promises.overdue, 'promise')}" if promises.overdue else ""
        ahead = (
            f"the next of {plural(promises.open, 'promise')} that {'is' if promises.open == 1 else 'are'} not due yet"
        )
        title = ", and ".join(filter(None, (late, ahead if promises.open else "")))
        exhibits.append(Exhibit(f"{title[0].upper()}{title[1:]}", table=_due_table(due, now), is_wide=True))
    return ReportSection("due", "What is due", tuple(exhibits), (lead,))


def _trend(trend: PromiseTrend) -> Iterator[Exhibit]:
    weeks = trend.weeks[-_WEEKS:]
    if weeks:
        picture = ColumnPicture(
            tuple(one.week.partition("-")[2] for one in weeks),
            tuple(float(one.kept_in_time.of) for one in weeks),
            tuple(one.kept_in_time.share for one in weeks),
            "Columns: promises due in the week. Line: the share kept in time, of weeks with enough promises.",
        )
        rows = ((one.week, share_text(one.kept_in_time)) for one in weeks)
        told = _TREND_WORDS[trend.verdict].format(plural(len(trend.weeks), "week"))
        yield Exhibit(
            f"Promises kept in time, by the week in which they were due: {told}",
            picture=picture,
            table=table(("Week", "Kept in time"), rows),
        )


def _due_table(shown: Sequence[DueItem], now: datetime) -> Table:
    """The promises by name; what was promised and to whom, where names are wanted."""
    if any(one.what for one in shown):
        rows = [(f"{one.call}-{one.item}", one.what, one.customer or "-", when(one.promised, now)) for one in shown]
        return table(("Promise", "What", "For whom", "Due"), rows, words=4)
    bare = [(f"{one.call}-{one.item}", one.issue or "-", when(one.promised, now)) for one in shown]
    return table(("Promise", "Issue", "Due"), bare, words=3)
