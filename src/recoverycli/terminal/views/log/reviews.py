"""Reviewed calls, with the scores of the scorecard, the agent and a reviewer. Agents are not ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.review.scoring.score import Total
from recoverycli.text.format import day_and_time, plural
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.pages.page import Page
    from recoverycli.review.scoring.calibration import Average, Calibration, Judge, JudgedCall

_NONE = "No calls have been reviewed yet. Start with: recovery log review last --as self"
_WHO: dict[Judge, str] = {"automatic": "Scorecard", "own": "Agent", "reviewer": "Reviewer"}


def reviews_page(found: Calibration) -> Page:
    """Return the calls as a page."""
    if not found.calls:
        return (Section(lead=_NONE),)
    averages = [row for one in found.averages for row in _average(one)]
    failed = [Row(f"{kind.capitalize()}-critical", f"failed in {number}") for kind, number in found.failed.items()]
    number = len(found.calls)
    together = Section(f"{plural(number, 'call')} judged", rows=(*averages, *failed))
    return (together, *(Section(call.call, rows=tuple(_rows(call))) for call in found.calls))


def _average(one: Average) -> Iterator[Row]:
    if one.mean is not None:
        of = f"on {one.coverage:g} % of the card, over {plural(one.calls, 'call')}"
        yield Row(_WHO[one.of], f"{one.mean:g} on average, {of}")


def _rows(call: JudgedCall) -> Iterator[Row]:
    totals: tuple[tuple[Judge, int | None], ...] = (
        ("automatic", call.automatic),
        ("own", call.own),
        ("reviewer", call.reviewer),
    )
    for of, total in totals:
        if of in call.coverage:
            yield Row(_WHO[of], Total(total, call.coverage[of]).text(call.state))
    for kind in call.failed:
        yield Row("Failed", f"a {kind}-critical item")
    for one in call.differences:
        points = (("scorecard", one.automatic), ("agent", one.own), ("reviewer", one.reviewer))
        told = ", ".join(f"{who} {given:.0%}" for who, given in points if given is not None)
        yield Row("Differ", told, one.criterion)
    for note in call.notes:
        yield Row("Note", note)
    for dispute in call.disputes:
        by = f"{dispute.by}, " if dispute.by else ""
        yield Row("Disputed", dispute.why, f"{by}{day_and_time(to_local(dispute.at))}")
