"""The score of a call as a value: every line with its evidence."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from recoverycli.review.scoring.model import CriterionId, CriticalId, CriticalKind


class Evidence(msgspec.Struct, frozen=True):
    """Something in the transcript: what, and how far into the call it was (empty if it has no moment)."""

    text: str
    at: str = ""


class Measurement(NamedTuple):
    """What a call has of a criterion: from 0 to 1, None if it does not apply."""

    points: float | None
    evidence: tuple[Evidence, ...] = ()


class ScoreLine(msgspec.Struct, frozen=True):
    """A criterion and what the call has of it. Where `points` are None it does not apply, and does not count."""

    id: CriterionId
    name: str
    weight: int
    points: float | None
    evidence: tuple[Evidence, ...]
    because: str


class CriticalLine(msgspec.Struct, frozen=True):
    """A critical item that applies to the call, and whether it passed."""

    id: CriticalId
    kind: CriticalKind
    name: str
    passed: bool
    evidence: tuple[Evidence, ...]
    because: str


class Score(msgspec.Struct, frozen=True):
    """A call against a scorecard.

    `total` is from 0 to 100 over the weights that apply, None if nothing does. Each kind in `failed` fails the call
    whatever the total. `hints` cost nothing.
    """

    call: str
    state: Literal["finished", "abandoned"]
    card: str
    total: int | None
    lines: tuple[ScoreLine, ...]
    critical: tuple[CriticalLine, ...]
    failed: tuple[CriticalKind, ...]
    hints: tuple[Evidence, ...]
