"""Reviewed calls, with the scores of the scorecard, the agent and a reviewer. Agents are not ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.text.format import day_and_time, plural
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.pages.page import Page
    from recoverycli.review.scoring.calibration import Calibration, JudgedCall

_NONE = "No calls have been reviewed yet. Start with: recovery log review last --as self"
_WHO = {"automatic": "Scorecard", "own": "Agent", "reviewer": "Reviewer"}


def reviews_page(found: Calibration) -> Page:
    """Return the calls as a page."""
    if not found.calls:
        return (Section(lead=_NONE),)
    averages = [
        Row(_WHO[one.of], f"{one.mean:g} on average, over {plural(one.calls, 'call')}")
        for one in found.averages
        if one.mean is not None
    ]
    failed = [Row(f"{kind.capitalize()}-critical", f"failed in {number}") for kind, number in found.failed.items()]
    number = len(found.calls)
    together = Section(f"{plural(number, 'call')} judged", rows=(*averages, *failed))
    return (together, *(Section(call.call, rows=tuple(_rows(call))) for call in found.calls))


def _rows(call: JudgedCall) -> Iterator[Row]:
    totals = (("automatic", call.automatic), ("own", call.own), ("reviewer", call.reviewer))
    told = ", ".join(f"{_WHO[of].lower()} {total}" for of, total in totals if total is not None)
    yield Row("Score", told or "nothing to go by")
    for kind in call.failed:
        yield Row("Failed", f"a {kind}-critical item")
    for one in call.differences:
        points = (("automatic", one.automatic), ("own", one.own), ("reviewer", one.reviewer))
        told = ", ".join(f"{_WHO[of].lower()} {given:.0%}" for of, given in points if given is not None)
        yield Row("Differ", told, one.criterion)
    for note in call.notes:
        yield Row("Note", note)
    for dispute in call.disputes:
        by = f"{dispute.by}, " if dispute.by else ""
        yield Row("Disputed", dispute.why, f"{by}{day_and_time(to_local(dispute.at))}")
