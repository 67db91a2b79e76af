"""The report: everything that is known about many calls on one page, with the pages of the calls themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.pages.templating import environment
from recoverycli.review.followups import when
from recoverycli.review.statistics.groupings import WEEKDAYS
from recoverycli.review.statistics.overview import overview
from recoverycli.review.story import call_page
from recoverycli.session.transcript.amendments import current_call
from recoverycli.store.calls.transcript_file import Stored
from recoverycli.store.index.rows import broken_promises, page
from recoverycli.text.format import clock
from recoverycli.times.recorded import recorded_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from recoverycli.pages.page import Section
    from recoverycli.review.statistics.figures import StepFigures
    from recoverycli.review.statistics.overview import Overview
    from recoverycli.review.statistics.topics import Topics
    from recoverycli.session.filters import Filters
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.call_source import Calls
    from recoverycli.store.index.rows import CallRow, DueItem

TEMPLATES = Path(__file__).parent / "templates"
# Further calls are counted but not shown: the page must open on a phone.
MOST_CALLS = 200
_MOST_DUE = 20
_BEST_AND_WORST = 5


class ReportedCall(NamedTuple):
    """A call of the report, and its page."""

    call: Call
    sections: tuple[Section, ...]


class Report(NamedTuple):
    """What the page holds. `rows` are the newest calls, `told` their pages."""

    title: str
    made_at: datetime
    overview: Overview
    rows: tuple[CallRow, ...]
    due: tuple[DueItem, ...]
    skipped_most: tuple[StepFigures, ...]
    skipped_least: tuple[StepFigures, ...]
    told: Iterator[ReportedCall]


def report(kept: Calls, wanted: Filters, now: datetime, topics: Topics, title: str) -> Report:
    """Return the report of the matching calls; StoreProblem where the store cannot be read."""
    found = overview(kept, wanted, now, topics)
    most = MOST_CALLS if wanted.limit is None else min(wanted.limit, MOST_CALLS)
    rows = kept.ask(lambda connection: page(connection, wanted, now, None, most)).rows
    due = kept.ask(lambda connection: broken_promises(connection, now, wanted))[:_MOST_DUE]
    steps = sorted(
        (step for step in found.figures.steps if step.skipped.share is not None),
        key=lambda step: (-step.skipped.count / step.skipped.of, step.framework, step.step),
    )
    half = min(_BEST_AND_WORST, len(steps) // 2)
    return Report(
        title=title,
        made_at=now,
        overview=found,
        rows=rows,
        due=tuple(due),
        skipped_most=tuple(steps[:half]),
        skipped_least=tuple(reversed(steps[len(steps) - half :])),
        # Overdue promises may belong to calls beyond the list; their pages are included.
        told=_read_pages(kept, dict.fromkeys((*[row.id for row in rows], *[one.call for one in due]))),
    )


def pieces(made: Report) -> Iterator[str]:
    """Return the page piece by piece."""
    values: dict[str, Any] = {
        **made._asdict(),
        "weekdays": WEEKDAYS,
        "hours": _hours(made.overview),
        "busiest": max((max(day) for day in made.overview.figures.heat), default=0),
        "clock": clock,
        "day_and_time": recorded_time,
        "when": lambda moment: when(moment, made.made_at),
    }
    return iter(environment(TEMPLATES).get_template("report.html").generate(**values))


def _read_pages(kept: Calls, ids: Iterable[str]) -> Iterator[ReportedCall]:
    for read in kept.each(ids):
        if isinstance(read, Stored):
            call = current_call(read.transcript.call)
            yield ReportedCall(call, call_page(call))


def _hours(found: Overview) -> range:
    busy = [hour for hour in range(24) if any(day[hour] for day in found.figures.heat)]
    return range(busy[0], busy[-1] + 1) if busy else range(0)
