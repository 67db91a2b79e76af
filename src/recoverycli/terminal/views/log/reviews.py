"""Reviewed calls, with the scores of the scorecard, the agent and the reviewers. Agents are not ranked or named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.review.scoring.agreement import FEWEST_CALLS
from recoverycli.review.scoring.score import Total
from recoverycli.text.format import day_and_time, plural
from recoverycli.times.wall_clock import to_local

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from recoverycli.pages.page import Page
    from recoverycli.review.scoring.agreement import ReviewerAgreement, ReviewerGap
    from recoverycli.review.scoring.calibration import Calibration, CallJudgement, Difference, Judge, JudgedCall
    from recoverycli.store.calls.reviews import Assessment, Dispute

_NONE = "No calls have been reviewed yet. Start with: recovery log review last --as self"
_WHO: dict[Judge, str] = {"automatic": "Scorecard", "own": "Agent", "reviewer": "Reviewer"}
_SAME = "Each line is over the same criteria of the same calls, with the weights of the card."
_ALPHA = (
    f"Alpha is Krippendorff's, of squared differences, from {FEWEST_CALLS} calls on: 1 is full agreement, 0 what "
    "chance gives."
)


def reviews_page(found: Calibration) -> Page:
    """Return the calls as a page."""
    if not found.calls:
        return (Section(lead=_NONE),)
    averages = [
        Row(
            " and ".join(_WHO[judge].lower() for judge in one.of).capitalize(),
            f"{one.means[0]:g} and {one.means[1]:g} on average",
            f"{_criteria(one.answers)} of {plural(one.calls, 'call')}",
        )
        for one in found.averages
    ]
    failed = [Row(f"{kind.capitalize()}-critical", f"failed in {number}") for kind, number in found.failed.items()]
    title = f"{plural(len(found.calls), 'call')} judged"
    parts = [Section(title, lead=_SAME if averages else "", rows=(*averages, *failed))]
    if found.agreement:
        rows = tuple(_agreement(one) for one in found.agreement)
        parts.append(Section("Agreement between reviewers", "by criterion", lead=_ALPHA, rows=rows))
    if found.gaps:
        parts.append(
            Section("Widest gaps between reviewers", rows=tuple(row for gap in found.gaps for row in _gap(gap)))
        )
    return (*parts, *(Section(call.call, rows=tuple(_rows(call))) for call in found.calls))


def call_reviews(assessments: Sequence[Assessment], disputes: Sequence[Dispute]) -> Page:
    """Return that a call was reviewed or is disputed, for a page about the call; empty without either."""
    rows = []
    for one in assessments:
        who = "Self-review" if one.role == "self" else "Review"
        by = one.by if one.role == "reviewer" else None
        rows.append(Row(who, plural(len(one.answers), "answer"), _by_and_when(by, one.at)))
        if one.note:
            rows.append(Row("Note", one.note))
    rows += _disputes(disputes)
    lead = "Side by side with the score: recovery log reviews"
    return (Section("Reviews", lead=lead, rows=tuple(rows)),) if rows else ()


def _agreement(one: ReviewerAgreement) -> Row:
    alpha = "" if one.alpha is None else f", alpha {one.alpha:.2f}"
    told = f"same answer in {one.same} of {plural(one.pairs, 'pair')} of reviewers"
    return Row(one.criterion, told, f"{plural(one.calls, 'call')}{alpha}")


def _gap(gap: ReviewerGap) -> Iterator[Row]:
    who = " and ".join(name or "a reviewer without a name" for name in gap.between)
    apart = "" if gap.points is None else f"{gap.points} of 100 apart on {_criteria(gap.criteria)}"
    yield Row(gap.call, apart or "apart on a critical item", who)
    if gap.critical:
        yield Row("Critical", ", ".join(gap.critical))
    if gap.differ:
        yield Row("Differ", ", ".join(gap.differ))


def _rows(call: JudgedCall) -> Iterator[Row]:
    for one in call.judgements:
        told = "" if one.coverage is None else Total(one.total, one.coverage).text(call.state)
        if one.judge == "automatic":
            yield Row(_WHO[one.judge], told)
        else:
            yield Row(_WHO[one.judge], told or "no criterion was judged", _by_and_when(one.by, one.at))
    for kind in call.failed:
        yield Row("Failed", f"a {kind}-critical item")
    for differing in call.differences:
        yield Row("Differ", _verdicts(differing, call.judgements), differing.criterion)
    for one in call.judgements:
        if one.note:
            yield Row("Note", one.note)
    yield from _disputes(call.disputes)


def _verdicts(difference: Difference, judgements: Sequence[CallJudgement]) -> str:
    return ", ".join(
        f"{one.by or _WHO[one.judge].lower()} {one.points[difference.id]:.0%}"
        for one in judgements
        if difference.id in one.points
    )


def _disputes(disputes: Sequence[Dispute]) -> Iterator[Row]:
    return (Row("Disputed", one.why, _by_and_when(one.by, one.at)) for one in disputes)


def _by_and_when(by: str | None, at: datetime | None) -> str:
    return ", ".join(filter(None, (by, day_and_time(to_local(at)) if at else "")))


def _criteria(number: int) -> str:
    return "1 criterion" if number == 1 else f"{number:,} criteria"
