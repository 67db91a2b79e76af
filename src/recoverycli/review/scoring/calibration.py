"""What the scorecard, the agent and a reviewer think of the same calls, side by side, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.scoring.model import CriticalKind
from recoverycli.review.scoring.scorecard import total
from recoverycli.store.calls.review_words import ANSWERS
from recoverycli.store.calls.reviews import Dispute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.review.scoring.model import Scorecard
    from recoverycli.review.scoring.scorecard import Score
    from recoverycli.store.calls.reviews import Assessment, Review

# A difference of this size is another answer, not another way to count.
_APART = 0.5


class Difference(msgspec.Struct, frozen=True):
    """A criterion that was judged differently: points from 0 to 1, None if it was not judged."""

    criterion: str
    automatic: float | None
    own: float | None
    reviewer: float | None


class JudgedCall(msgspec.Struct, frozen=True):
    """A call as it was judged: totals from 0 to 100, None if nobody judged so."""

    call: str
    automatic: int | None
    own: int | None
    reviewer: int | None
    failed: tuple[CriticalKind, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    disputes: tuple[Dispute, ...]


class Average(msgspec.Struct, frozen=True):
    """The mean of totals, and over how many calls it is."""

    of: str
    mean: float | None
    calls: int


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
    return JudgedCall(
        call=found.call,
        automatic=found.total,
        own=_total(own, card),
        reviewer=_total(reviewer, card),
        failed=found.failed,
        differences=tuple(differences),
        notes=tuple(one.note for one in (own, reviewer) if one and one.note),
        disputes=review.disputes,
    )


def calibration(calls: Sequence[JudgedCall]) -> Calibration:
    """Return the calls with their means."""
    totals: dict[str, Iterable[int | None]] = {
        "automatic": (call.automatic for call in calls),
        "own": (call.own for call in calls),
        "reviewer": (call.reviewer for call in calls),
    }
    failed: dict[str, int] = {}
    for call in calls:
        for kind in call.failed:
            failed[kind] = failed.get(kind, 0) + 1
    return Calibration(tuple(calls), tuple(_average(of, some) for of, some in totals.items()), failed)


def _average(of: str, totals: Iterable[int | None]) -> Average:
    known = [total for total in totals if total is not None]
    return Average(of, round(sum(known) / len(known), 1) if known else None, len(known))


def _points(assessment: Assessment | None, criterion: str) -> float | None:
    answer = assessment.answers.get(criterion) if assessment else None
    return ANSWERS[answer].points if answer else None


def _total(assessment: Assessment | None, card: Scorecard) -> int | None:
    return total({one.id: _points(assessment, one.id) for one in card.criteria}, card)
