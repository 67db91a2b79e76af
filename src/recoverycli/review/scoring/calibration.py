"""What the scorecard, the agent and reviewers think of the same calls, side by side, and where they differ."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from recoverycli.review.scoring.agreement import (
    ReviewerAgreement,
    ReviewerGap,
    ReviewerPoints,
    agreement,
    widest_gaps,
)
from recoverycli.review.scoring.model import CriticalKind
from recoverycli.review.scoring.score import CallState, Measurement, Total, does_not_apply, not_shown
from recoverycli.review.scoring.scorecard import total
from recoverycli.store.calls.review_words import ANSWERS
from recoverycli.store.calls.reviews import Dispute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.score import Score
    from recoverycli.store.calls.reviews import Assessment, Review

Judge = Literal["automatic", "own", "reviewer"]
# A difference of this size is another answer, not another way to count.
_APART = 0.5


class CallJudgement(msgspec.Struct, frozen=True):
    """What the scorecard, the agent or one reviewer thinks of a call.

    `points` are from 0 to 1, by the ids of the criteria and critical items that were judged. `total` is from 0 to 100
    on `coverage` percent of the card, None where there is no score; `coverage` is None if no criterion was judged.
    `by` is a reviewer's name, `at` the last correction; the scorecard has neither.
    """

    judge: Judge
    points: dict[str, float]
    total: int | None
    coverage: int | None
    by: str | None = None
    at: datetime | None = None
    note: str | None = None


class Difference(msgspec.Struct, frozen=True):
    """A criterion or critical item, by its id and name, that was judged differently."""

    id: str
    criterion: str


class JudgedCall(msgspec.Struct, frozen=True):
    """A call as it was judged: by the scorecard, then by the agent, then by each reviewer."""

    call: str
    state: CallState
    judgements: tuple[CallJudgement, ...]
    failed: tuple[CriticalKind, ...]
    differences: tuple[Difference, ...]
    disputes: tuple[Dispute, ...]


class SharedAverage(msgspec.Struct, frozen=True):
    """The means of two judges, from 0 to 100, over the same criteria of the same calls, with the weights of the card.

    `answers` is how many criteria both judged, over all `calls`. Several reviewers of a call count as their mean.
    """

    of: tuple[Judge, Judge]
    means: tuple[float, float]
    calls: int
    answers: int


class Calibration(msgspec.Struct, frozen=True):
    """All calls that were judged, newest first. Kinds of critical items are counted apart and are in no mean."""

    calls: tuple[JudgedCall, ...] = ()
    averages: tuple[SharedAverage, ...] = ()
    failed: dict[str, int] = {}
    agreement: tuple[ReviewerAgreement, ...] = ()
    gaps: tuple[ReviewerGap, ...] = ()


def compare(found: Score, review: Review, card: Scorecard) -> JudgedCall:
    """Return all judgements of a call, that of each person as it stands today."""
    judgements = (_automatic(found), *(_of_person(one, found, card) for one in review.current()))
    differences = []
    for item, name in card.names.items():
        points = [one.points[item] for one in judgements if item in one.points]
        if points and max(points) - min(points) >= _APART:
            differences.append(Difference(item, name))
    return JudgedCall(found.call, found.state, judgements, found.failed, tuple(differences), review.disputes)


def calibration(calls: Sequence[JudgedCall], card: Scorecard) -> Calibration:
    """Return the calls with means over what was judged alike, and with the agreement between reviewers."""
    failed: dict[str, int] = {}
    for call in calls:
        for kind in call.failed:
            failed[kind] = failed.get(kind, 0) + 1
    judged = [
        ReviewerPoints(call.call, one.by, one.points)
        for call in calls
        for one in call.judgements
        if one.judge == "reviewer"
    ]
    return Calibration(
        calls=tuple(calls),
        averages=tuple(_averages(calls, card)),
        failed=failed,
        agreement=tuple(agreement(judged, card)),
        gaps=widest_gaps(judged, card),
    )


def _averages(calls: Sequence[JudgedCall], card: Scorecard) -> Iterator[SharedAverage]:
    """Yield the means of each two judges. An abandoned call has no score, and is in none of them."""
    finished = [call for call in calls if call.state == "finished"]
    for one, other in combinations(get_args(Judge), 2):
        shared = [
            (call.call, item.weight, first[item.id], second[item.id])
            for call in finished
            for first, second in [(_mean_points(call, one), _mean_points(call, other))]
            for item in card.criteria
            if item.id in first and item.id in second
        ]
        if weight := sum(weight for _, weight, _, _ in shared):
            means = (
                round(100 * sum(weight * points for _, weight, points, _ in shared) / weight, 1),
                round(100 * sum(weight * points for _, weight, _, points in shared) / weight, 1),
            )
            yield SharedAverage((one, other), means, len({call for call, *_ in shared}), len(shared))


def _mean_points(call: JudgedCall, judge: Judge) -> dict[str, float]:
    """The points by criterion; of several reviewers, their mean."""
    given: dict[str, list[float]] = {}
    for one in call.judgements:
        for item, points in one.points.items() if one.judge == judge else ():
            given.setdefault(item, []).append(points)
    return {item: sum(points) / len(points) for item, points in given.items()}


def _automatic(found: Score) -> CallJudgement:
    points: dict[str, float] = {line.id: line.points for line in found.lines if line.points is not None}
    points |= {line.id: float(line.automatic) for line in found.critical if line.automatic is not None}
    return CallJudgement("automatic", points, found.total, found.coverage)


def _of_person(one: Assessment, found: Score, card: Scorecard) -> CallJudgement:
    points = {item: given for item in card.names if (given := _points(one, item)) is not None}
    whole = _total(points, found, card)
    return CallJudgement(
        judge="own" if one.role == "self" else "reviewer",
        points=points,
        total=whole.points if whole else None,
        coverage=whole.coverage if whole else None,
        by=one.by if one.role == "reviewer" else None,
        at=one.at,
        note=one.note or None,
    )


def _points(assessment: Assessment, question: str) -> float | None:
    answer = assessment.answers.get(question)
    return ANSWERS[answer].points if answer else None


def _total(points: dict[str, float], found: Score, card: Scorecard) -> Total | None:
    """Return the total of a person: over what applies to the call or was judged all the same; None without answers."""
    if not any(item.id in points for item in card.criteria):
        return None
    applies = {line.id for line in found.lines if line.state != "does-not-apply"}
    given = {item.id: _measure(points.get(item.id), applies=item.id in applies) for item in card.criteria}
    whole = total(given, card)
    return msgspec.structs.replace(whole, points=None) if found.state == "abandoned" else whole


def _measure(points: float | None, *, applies: bool) -> Measurement:
    if points is not None:
        return Measurement(points)
    return not_shown() if applies else does_not_apply()
