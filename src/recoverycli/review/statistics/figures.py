"""The statistics of many calls: each share and mean with the number of calls behind it."""

from __future__ import annotations

import msgspec

# With fewer calls, each one moves a share by more than a tenth.
FEWEST = 10


class Share(msgspec.Struct, frozen=True):
    """How often something was so among `of` calls; `share` is None if those are too few."""

    name: str
    count: int
    of: int
    share: float | None


class Lengths(msgspec.Struct, frozen=True):
    """Lengths in seconds: the median, the mean, and the 90th percentile."""

    calls: int
    median: float | None = None
    mean: float | None = None
    ninth: float | None = None


class StepFigures(msgspec.Struct, frozen=True):
    """A step over all calls that it was part of: how many went through it, how long it took them, how many skipped."""

    framework: str
    step: str
    name: str
    calls: int
    done: int
    skipped: int
    seconds: float | None


class RemedyFigures(msgspec.Struct, frozen=True):
    """A remedy: how often it was offered, accepted and refused, and how often beyond authority.

    `value` is the sum of the accepted offers in their currency. An offer without a recorded answer, as in calls before
    answers could be recorded, is neither accepted nor refused; `unanswered` is the sum of those.
    """

    remedy: str
    offered: int
    accepted: int
    refused: int
    currency: str | None
    value: float
    unanswered: float
    beyond: int


class PromiseFigures(msgspec.Struct, frozen=True):
    """Promises: made, with a date; kept in time, kept late, overdue, open; how satisfied customers were."""

    made: int
    dated: int
    kept: int
    late: int
    overdue: int
    open: int
    satisfied: int
    dissatisfied: int


class MoodChange(msgspec.Struct, frozen=True):
    """How many calls began in one mood and ended in another."""

    first: str
    last: str
    calls: int


class Group(msgspec.Struct, frozen=True):
    """The calls that share something, and how they went. `better`: the mood at the end was calmer than at the start."""

    name: str
    calls: int
    resolved: Share
    escalated: Share
    better: Share
    seconds: float | None


class Statistics(msgspec.Struct, frozen=True):
    """Many calls in figures. `heat` holds the calls of each hour (0 to 23) of each weekday (Monday first)."""

    calls: int
    abandoned: int
    since: str | None
    until: str | None
    outcomes: tuple[Share, ...]
    lengths: Lengths
    steps: tuple[StepFigures, ...]
    remedies: tuple[RemedyFigures, ...]
    promises: PromiseFigures
    moods: tuple[MoodChange, ...]
    better: Share
    own_words: int
    read_out: int
    found_by: tuple[Share, ...]
    heat: tuple[tuple[int, ...], ...]
    weeks: tuple[Group, ...]
    by: str | None = None
    groups: tuple[Group, ...] = ()


def share(name: str, count: int, of: int) -> Share:
    """Return how often something was so; no share of fewer than FEWEST."""
    return Share(name, count, of, round(count / of, 4) if of >= FEWEST else None)
