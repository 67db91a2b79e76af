"""A week or a month of one's own calls as one value: for the person who made them, and for nobody else."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from recoverycli.review.statistics.figures import PromiseFigures, Share
from recoverycli.review.week.periods import Period


class PeriodScore(msgspec.Struct, frozen=True):
    """The scores of the finished calls of some days.

    `mean` is from 0 to 100 over the `scored` calls, `coverage` the mean share of the card on which they stand, in
    percent; both None without a score.
    """

    since: date
    until: date
    finished: int
    scored: int
    mean: float | None
    coverage: float | None


class NotShownCriterion(msgspec.Struct, frozen=True):
    """A criterion that nothing shows in `calls` of the `of` finished calls without a score."""

    name: str
    calls: int
    of: int


class BackfiredWords(msgspec.Struct, frozen=True):
    """Words of one kind that backfired in own words: how often, in how many of the `of` calls with something said.

    `sentence` is the newest example, in the call of that id; `words` are those of it, `instead` what to say.
    """

    kind: str
    times: int
    calls: int
    of: int
    words: str
    sentence: str
    call: str
    because: str
    instead: str


class CallToReplay(msgspec.Struct, frozen=True):
    """A call to replay, why, and the command."""

    call: str
    why: str
    command: str


class Drill(msgspec.Struct, frozen=True):
    """A drill to do, why, and the command."""

    what: str
    why: str
    command: str


class GoalOnPage(msgspec.Struct, frozen=True):
    """The goal and the note of a page, empty where there is none, with the days of that page."""

    since: date
    until: date
    goal: str
    note: str


class OwnWeek(msgspec.Struct, frozen=True):
    """The page, made at `at`. `scores` are of these days and of the ones before them, the oldest first.

    `others` counts calls of these days that are recorded under another name, or under none; they are in no figure.
    `missing_parts` are the parts of an apology with how many calls that asked for the part, and in which something was
    said, lack it. `own` are the goals and notes of these days, `earlier` the newest of the days before.
    """

    schema: int
    at: datetime
    period: Period
    agent: str | None
    calls: int
    finished: int
    abandoned: int
    others: int
    scores: tuple[PeriodScore, ...]
    not_shown: tuple[NotShownCriterion, ...]
    backfired: tuple[BackfiredWords, ...]
    missing_parts: tuple[Share, ...]
    promises: PromiseFigures
    replay: CallToReplay | None
    drill: Drill | None
    earlier: GoalOnPage | None
    own: tuple[GoalOnPage, ...]
