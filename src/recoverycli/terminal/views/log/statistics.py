"""Statistics of calls: headlines, then charts with their figures in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Bar, Chart, Headlines, HeatMap
from recoverycli.review.statistics.denominators import FINISHED
from recoverycli.review.statistics.figures import FEWEST
from recoverycli.review.statistics.groupings import WEEKDAYS
from recoverycli.review.statistics.windows import WEEK
from recoverycli.terminal.views.log.demand import demand_charts, trend_bar
from recoverycli.terminal.views.log.shares import share_bar, share_text
from recoverycli.text.format import clock, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.review.statistics.change import BeforeAndAfter
    from recoverycli.review.statistics.figures import Group, Statistics
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.review.statistics.promise_trend import PromiseTrend

_MOST_STEPS = 12
_MOST_GROUPS = 30
_LATEST_WEEKS = 12


def statistics_page(found: Overview) -> Page:
    """Return the figures as a page."""
    heat = tuple(tuple(day) for day in found.figures.heat)
    return (Headlines(tuple(found.headlines)), *_charts(found), HeatMap("Calls by weekday and hour", WEEKDAYS, heat))


def _charts(found: Overview) -> Iterator[Chart]:
    figures = found.figures
    span = f"{figures.since} to {figures.until}" if figures.since != figures.until else figures.since
    parts = f": {figures.finished} finished, {figures.abandoned} abandoned" if figures.abandoned else ""
    yield Chart(f"{plural(figures.calls, 'call')}, {span}{parts}", tuple(_lengths(figures)))
    if found.patterns:
        yield Chart(
            "More often than chance allows",
            tuple(Bar(f"{pattern.kind}", 0.0, pattern.sentence) for pattern in found.patterns),
        )
    if found.change:
        bars = tuple(Bar(measure.name, 0.0, measure.sentence.partition(": ")[2]) for measure in found.change.measures)
        yield Chart(_change_title(found.change), bars)
    yield Chart(_outcomes_title(figures), tuple(_outcomes(figures)))
    if figures.moods:
        yield Chart("Moods of finished calls, from start to end", tuple(_moods(figures)))
    if figures.by:
        yield Chart(f"By {figures.by}", tuple(_groups(figures.groups, whole=True)))
    else:
        yield Chart("The last weeks", tuple(_groups(figures.weeks[-_LATEST_WEEKS:], whole=False)))
    yield from demand_charts(found.demand, found.causes)
    yield Chart("Steps of finished calls: mean time, and how often skipped", tuple(_steps(figures)))
    if figures.remedies:
        yield Chart("Remedies", tuple(_remedies(figures)))
    yield Chart("Promises", tuple(_promises(figures, found.promise_trend)))
    if figures.own_words.of:
        said = figures.own_words
        yield Chart("Said", (Bar(said.name, said.count / said.of, f"{share_text(said)} {said.among}"),), 1.0)
    if len(figures.found_by) > 1:
        yield Chart(f"Found by, of {figures.finished} {FINISHED.words}", tuple(map(share_bar, figures.found_by)), 1.0)


def _change_title(change: BeforeAndAfter) -> str:
    if not change.days:
        return f"Before and after {change.day}: no whole day on both sides"
    weeks, days = divmod(change.days, WEEK)
    each = plural(change.days, "day") if days else plural(weeks, "week")
    return f"Before and after {change.day}: {each} each, {change.before.since} to {change.after.until}"


def _lengths(figures: Statistics) -> Iterator[Bar]:
    lengths = figures.lengths
    if lengths.median is not None and lengths.mean is not None:
        ninth = f", nine of ten below {clock(lengths.ninth)}" if lengths.ninth is not None else ""
        told = f"{clock(lengths.median)} in the middle, {clock(lengths.mean)} on average{ninth}"
        yield Bar("length", 0.0, f"of {lengths.calls} finished: {told}")


def _outcomes_title(figures: Statistics) -> str:
    of = figures.outcomes[0] if figures.outcomes else None
    if of is None:
        return "Outcomes"
    return f"Outcomes of {of.of} {of.among if of.of != 1 else of.among.replace('calls', 'call', 1)}"


def _outcomes(figures: Statistics) -> Iterator[Bar]:
    yield from map(share_bar, figures.outcomes)
    if figures.without_outcome:
        yield Bar("no outcome", 0.0, f"{figures.without_outcome}, in no share")
    if figures.abandoned:
        yield Bar("abandoned", 0.0, f"{figures.abandoned}, in no share")


def _moods(figures: Statistics) -> Iterator[Bar]:
    of = sum(course.calls for course in figures.moods)
    for first in dict.fromkeys(course.first for course in figures.moods):
        courses = [course for course in figures.moods if course.first == first]
        calls = sum(course.calls for course in courses)
        ends = ", ".join(f"{course.calls} {course.last}" for course in reversed(courses))
        yield Bar(f"from {first}", calls / of, f"{calls} of {of}: to {ends}")


def _groups(groups: Sequence[Group], *, whole: bool) -> Iterator[Bar]:
    """A bar for each group; with less than the whole figures, bars have room beside them in 80 columns."""
    most = max((group.calls for group in groups), default=1)
    for group in groups[:_MOST_GROUPS]:
        facts = [plural(group.calls, "call")]
        if group.resolved.share is not None:
            facts.append(f"{group.resolved.share:.0%} of {group.resolved.of} resolved")
        if group.better.share is not None:
            facts.append(f"{group.better.share:.0%} of {group.better.of} calmer")
        if whole and group.finished >= FEWEST and group.seconds is not None:
            facts.append(f"mean {clock(group.seconds)} of {group.finished}")
        if whole and group.abandoned:
            facts.append(f"{group.abandoned} abandoned")
        yield Bar(group.name, group.calls / most, ", ".join(facts))
    if len(groups) > _MOST_GROUPS:
        yield Bar("", 0.0, f"and {len(groups) - _MOST_GROUPS} more: --json shows all")


def _steps(figures: Statistics) -> Iterator[Bar]:
    steps = sorted(figures.steps, key=lambda step: -step.calls)[:_MOST_STEPS]
    longest = max((step.seconds or 0.0 for step in steps), default=0.0)
    for step in figures.steps:
        if step in steps:
            told = [f"{clock(step.seconds)} in {step.entered}"] if step.seconds is not None else []
            skipped = step.skipped
            part_skipped = f"{skipped.count}" if skipped.share is None else f"{skipped.share:.0%}"
            told.append(f"{part_skipped} of {skipped.of} skipped")
            part = (step.seconds or 0.0) / longest if longest else 0.0
            yield Bar(f"{step.framework}: {step.name}", part, ", ".join(told))
    if len(figures.steps) > len(steps):
        yield Bar("", 0.0, f"and {len(figures.steps) - len(steps)} more steps: --framework shows those of one")


def _remedies(figures: Statistics) -> Iterator[Bar]:
    most = max(one.offered for one in figures.remedies)
    for one in figures.remedies:
        told = [f"{one.offered} offered", f"{one.accepted} accepted"]
        told += [f"{one.refused} refused"] if one.refused else []
        told += [f"{_sum(one.value, one.currency)} accepted"] if one.value else []
        told += [f"{_sum(one.unanswered, one.currency)} without an answer"] if one.unanswered else []
        told += [f"{one.beyond} beyond authority"] if one.beyond else []
        yield Bar(one.remedy, one.offered / most, ", ".join(told))


def _sum(value: float, currency: str | None) -> str:
    return f"{value:,.2f} {currency}" if currency else f"{value:,.2f}"


def _promises(figures: Statistics, trend: PromiseTrend) -> Iterator[Bar]:
    promises = figures.promises
    told = (
        ("made", promises.made), ("with a date", promises.dated), ("kept in time", promises.kept),
        ("kept late", promises.late), ("overdue", promises.overdue), ("not due yet", promises.open),
        ("undated", promises.undated), ("undated, done", promises.undated_done), ("moved", promises.moved),
        ("satisfied", promises.satisfied),
        ("not satisfied", promises.dissatisfied),
    )  # fmt: skip
    asked = promises.satisfied + promises.dissatisfied
    more = {
        "kept in time": f"{share_text(promises.kept_in_time)} done or due",
        "satisfied": f"{promises.satisfied} of {asked} asked",
        "not satisfied": f"{promises.dissatisfied} of {asked} asked",
    }
    for name, number in told:
        if number or name == "made":
            yield Bar(name, number / (promises.made or 1), more.get(name, str(number)))
        if name == "kept in time" and (bar := trend_bar(trend)):
            yield bar
