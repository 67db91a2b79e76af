"""The statistics of many calls as one value, for `log stats` and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.statistics.change import BeforeAndAfter, change
from recoverycli.review.statistics.counts import statistics
from recoverycli.review.statistics.demand import Demand, demand
from recoverycli.review.statistics.figures import Statistics
from recoverycli.review.statistics.pareto import Pareto, pareto
from recoverycli.review.statistics.patterns import Hotspot, patterns
from recoverycli.review.statistics.promise_trend import PromiseTrend, promise_trend

if TYPE_CHECKING:
    from datetime import date, datetime

    from recoverycli.review.statistics.groupings import Grouping
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.store.queries import CallQueries


class Overview(msgspec.Struct, frozen=True):
    """Figures, what stands out, why customers call, and what a change did (None if no day was named).

    `headlines` say what matters.
    """

    headlines: tuple[str, ...]
    figures: Statistics
    patterns: tuple[Hotspot, ...]
    demand: Demand
    causes: Pareto
    promise_trend: PromiseTrend
    change: BeforeAndAfter | None = None


def overview(
    kept: CallQueries,
    wanted: Filters,
    now: datetime,
    topics: Topics,
    by: Grouping | None = None,
    changed: date | None = None,
) -> Overview:
    """Return the overview of the matching calls; StoreProblem where the store cannot be read."""
    figures, (found, calls, causes, trend, did) = kept.ask_both(
        lambda connection: statistics(connection, wanted, now, by, topics, steps_have_start=kept.steps_have_start),
        lambda connection: (
            patterns(connection, wanted, topics),
            demand(connection, wanted, now, topics),
            pareto(connection, wanted, topics),
            promise_trend(connection, wanted, now),
            None if changed is None else change(connection, wanted, now, changed),
        ),
    )
    headlines = (*_changes(did), *_headlines(figures, found, calls))
    return Overview(headlines, figures, found, calls, causes, trend, did)


def _changes(did: BeforeAndAfter | None) -> list[str]:
    """What changed, where chance is an unlikely explanation."""
    measures = did.measures if did else ()
    return [f"{one.sentence[0].upper()}{one.sentence[1:]}." for one in measures if one.verdict in ("more", "less")]


def _headlines(figures: Statistics, found: tuple[Hotspot, ...], calls: Demand) -> tuple[str, ...]:
    lines = [f"{pattern.sentence}." for pattern in found[:3]]
    if figures.promises.overdue:
        number = figures.promises.overdue
        lines.append(f"{number:,} {'promise is' if number == 1 else 'promises are'} overdue.")
    resolved = next((one for one in figures.outcomes if one.name == "resolved"), None)
    if resolved and resolved.share is not None:
        lines.append(f"{resolved.share:.0%} of {resolved.of:,} {resolved.among} were resolved.")
    first = calls.first_contact
    if first.share is not None:
        lines.append(f"{first.share:.0%} of {first.of:,} {first.among} were resolved with no further call.")
    if figures.better.share is not None:
        lines.append(f"{figures.better.share:.0%} of {figures.better.of:,} {figures.better.among} ended calmer.")
    if figures.abandoned:
        were = "was abandoned and is" if figures.abandoned == 1 else "were abandoned and are"
        lines.append(f"{figures.abandoned:,} of {figures.calls:,} calls {were} in no share or length.")
    return tuple(lines)
