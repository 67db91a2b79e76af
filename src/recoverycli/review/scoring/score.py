"""The score of a call as a value: every line with its evidence."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from recoverycli.review.scoring.model import CriterionId, CriticalId, CriticalKind
from recoverycli.store.calls.reviews import Assessment, Dispute

CallState = Literal["finished", "abandoned"]
# What the transcript shows, what was asked for and is not in it, what was not asked for, and words that backfire.
EvidenceKind = Literal["shown", "missing", "left-out", "backfires"]
LineState = Literal["judged", "not-shown", "does-not-apply"]
# Below this share of the card, in percent, a total would say more about what was recorded than about the call.
FEWEST = 50
# From this share of its points on, a criterion went well.
_WELL = 0.75


class Evidence(msgspec.Struct, frozen=True):
    """Something in the transcript: what, and how far into the call it was (empty if it has no moment)."""

    text: str
    at: str = ""
    kind: EvidenceKind = "shown"


class Measurement(NamedTuple):
    """What a call has of a criterion: from 0 to 1, None if nothing shows it or it does not apply.

    `shown` is how much of the criterion can be judged, from 0 to 1. Exact: only what is printed is rounded.
    """

    points: float | None
    evidence: tuple[Evidence, ...] = ()
    shown: float = 1.0
    applies: bool = True

    @property
    def state(self) -> LineState:
        """Whether it is judged, or why it is not."""
        return "does-not-apply" if not self.applies else "not-shown" if self.points is None else "judged"


def not_shown(*evidence: Evidence) -> Measurement:
    """Return that a criterion applies, and nothing in the transcript shows it."""
    return Measurement(None, evidence, 0.0)


def does_not_apply(*evidence: Evidence) -> Measurement:
    """Return that a criterion does not apply to a call."""
    return Measurement(None, evidence, 0.0, applies=False)


class ScoreLine(msgspec.Struct, frozen=True):
    """A criterion and what the call has of it, from 0 to 1. Where `points` are None it does not count.

    `shown` is the share of its weight that counts: of five steps of which nothing shows two, three fifths.
    """

    id: CriterionId
    name: str
    weight: int
    state: LineState
    points: float | None
    shown: float
    evidence: tuple[Evidence, ...]
    because: str

    @property
    def went_well(self) -> bool:
        """Whether it has most of its points, and nothing that backfires."""
        return (self.points or 0) >= _WELL and all(one.kind != "backfires" for one in self.evidence)


class CriticalLine(msgspec.Struct, frozen=True):
    """A critical item that applies to the call, and whether it passed: as a reviewer answered, else as it was found.

    `automatic` is what was found, `reviewer` what was answered; None if it does not apply, or nobody answered.
    """

    id: CriticalId
    kind: CriticalKind
    name: str
    passed: bool
    automatic: bool | None
    reviewer: bool | None
    evidence: tuple[Evidence, ...]
    because: str


class Total(msgspec.Struct, frozen=True):
    """Points from 0 to 100 on the share of the card that was judged, in percent; no points on less than half of it."""

    points: int | None
    coverage: int

    def text(self, state: CallState = "finished") -> str:
        """Return it in words, the same in every view: `82 of 100, on 70 % of the card`, or why there are no points."""
        if state == "abandoned":
            return "no score, the call was abandoned"
        if self.points is None:
            return f"no score, only {self.coverage} % of the card is shown"
        return f"{self.points} of 100, on {self.coverage} % of the card"


class Score(msgspec.Struct, frozen=True):
    """A call against a scorecard.

    `total` is from 0 to 100, None for an abandoned call and on less than half of the card. `coverage` is the share of
    the weights that apply on which it stands, in percent. Each kind in `failed` fails the call whatever the total.
    `hints` cost nothing. `assessments` are what people answered, as it stands today, and `disputes` their replies;
    only the reviewers' answers to critical items count.
    """

    call: str
    state: CallState
    card: str
    total: int | None
    coverage: int
    lines: tuple[ScoreLine, ...]
    critical: tuple[CriticalLine, ...]
    failed: tuple[CriticalKind, ...]
    hints: tuple[Evidence, ...]
    assessments: tuple[Assessment, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def text(self) -> str:
        """Return the total with its coverage in words, or why there is none."""
        return Total(self.total, self.coverage).text(self.state)
