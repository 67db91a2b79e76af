"""What the scorecard, the agent and a reviewer think of the same calls, side by side, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from recoverycli.review.scoring.model import CriticalKind
from recoverycli.review.scoring.score import CallState, Measurement, Total, does_not_apply, not_shown
from recoverycli.review.scoring.scorecard import total
from recoverycli.store.calls.review_words import ANSWERS
from recoverycli.store.calls.reviews import Dispute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.score import Score
    from recoverycli.store.calls.reviews import Assessment, Review

Judge = Literal["automatic", "own", "reviewer"]
# A difference of this size is another answer, not another way to count.
_APART = 0.5


class Difference(msgspec.Struct, frozen=True):
    """A criterion or critical item that was judged differently: points from 0 to 1, None if it was not judged."""

    criterion: str
    automatic: float | None
    own: float | None
    reviewer: float | None


class JudgedCall(msgspec.Struct, frozen=True):
    """A call as it was judged: totals from 0 to 100, None if nobody judged so, and where a score has none.

    `coverage` is the share of the card on which each total stands, in percent.
    """

    call: str
    state: CallState
    automatic: int | None
    own: int | None
    reviewer: int | None
    coverage: dict[Judge, int]
    failed: tuple[CriticalKind, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    disputes: tuple[Dispute, ...]


class Average(msgspec.Struct, frozen=True):
    """The mean of totals, over how many calls it is, and the mean share of the card on which they stand."""

    of: Judge
    mean: float | None
    calls: int
    coverage: float | None


class Calibration(msgspec.Struct, frozen=True):
    """All calls that were judged, newest first. Kinds of critical items are counted apart and are in no mean."""

    calls: tuple[JudgedCall, ...]
    averages: tuple[Average, ...]
    failed: dict[str, int]


def compare(found: Score, review: Review, card: Scorecard) -> JudgedCall:
    """Return all judgements of a call, the last of each person."""
    own, reviewer = review.newest("self"), review.newest("reviewer")
    automatic = {line.id: line.points for line in found.lines}
    differences = []
    for criterion in card.criteria:
        points = (automatic.get(criterion.id), _points(own, criterion.id), _points(reviewer, criterion.id))
        judged = [one for one in points if one is not None]
        if len(judged) > 1 and max(judged) - min(judged) >= _APART:
            differences.append(Difference(criterion.name, *points))
    totals: dict[Judge, Total | None] = {
        "automatic": Total(found.total, found.coverage),
        "own": _total(own, found, card),
        "reviewer": _total(reviewer, found, card),
    }
    for line in found.critical:
        verdicts = (_share(line.automatic), _points(own, line.id), _share(line.reviewer))
        if {0.0, 1.0} <= set(verdicts):
            differences.append(Difference(line.name, *verdicts))
    return JudgedCall(
        call=found.call,
        state=found.state,
        automatic=found.total,
        own=_points_of(totals["own"]),
        reviewer=_points_of(totals["reviewer"]),
        coverage={judge: one.coverage for judge, one in totals.items() if one is not None},
        failed=found.failed,
        differences=tuple(differences),
        notes=tuple(one.note for one in (own, reviewer) if one and one.note),
        disputes=review.disputes,
    )


def calibration(calls: Sequence[JudgedCall]) -> Calibration:
    """Return the calls with their means."""
    failed: dict[str, int] = {}
    for call in calls:
        for kind in call.failed:
            failed[kind] = failed.get(kind, 0) + 1
    return Calibration(tuple(calls), tuple(_average(judge, calls) for judge in get_args(Judge)), failed)


def _average(of: Judge, calls: Sequence[JudgedCall]) -> Average:
    known = [(total, call.coverage[of]) for call in calls if (total := getattr(call, of)) is not None]
    if not known:
        return Average(of, None, 0, None)
    mean, coverage = (round(sum(of_all) / len(known), 1) for of_all in zip(*known, strict=True))
    return Average(of, mean, len(known), coverage)


def _points_of(total: Total | None) -> int | None:
    return total.points if total is not None else None


def _share(passed: bool | None) -> float | None:
    return None if passed is None else float(passed)


def _points(assessment: Assessment | None, criterion: str) -> float | None:
    answer = assessment.answers.get(criterion) if assessment else None
    return ANSWERS[answer].points if answer else None


def _total(assessment: Assessment | None, found: Score, card: Scorecard) -> Total | None:
    """Return the total of a person: over what applies to the call or was judged all the same; None without answers."""
    if assessment is None or all(_points(assessment, one.id) is None for one in card.criteria):
        return None
    applies = {line.id for line in found.lines if line.state != "does-not-apply"}
    given = {one.id: _measure(_points(assessment, one.id), applies=one.id in applies) for one in card.criteria}
    whole = total(given, card)
    return msgspec.structs.replace(whole, points=None) if found.state == "abandoned" else whole


def _measure(points: float | None, *, applies: bool) -> Measurement:
    if points is not None:
        return Measurement(points)
    return not_shown() if applies else does_not_apply()
