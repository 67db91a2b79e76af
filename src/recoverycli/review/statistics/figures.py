"""The statistics of many calls: each share and mean with the number of calls behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.statistics.intervals import wilson

if TYPE_CHECKING:
    from recoverycli.review.statistics.denominators import ShareRule

# With fewer calls, each one moves a share by more than a tenth.
FEWEST = 10


class Share(msgspec.Struct, frozen=True):
    """How often something was so: `count` of `of`; `among` says what `of` counts.

    `low` and `high` are Wilson's interval of 95 %. They and `share` are None if too few.
    """

    name: str
    count: int
    of: int
    share: float | None
    among: str
    low: float | None = None
    high: float | None = None


class Lengths(msgspec.Struct, frozen=True):
    """Lengths of finished calls in seconds: the median, the mean, and the 90th percentile."""

    calls: int
    median: float | None = None
    mean: float | None = None
    ninth: float | None = None


class StepFigures(msgspec.Struct, frozen=True):
    """A step over the finished calls that it was part of.

    `seconds` is the mean time of the `entered` calls that went through it.
    """

    framework: str
    step: str
    name: str
    calls: int
    done: int
    skipped: Share
    entered: int
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
    """Promises of all calls, abandoned ones included: made, and with a date.

    They are judged by what the customer was promised. Those with a date were kept in time or late, are overdue or still
    open. `undated_done` counts the `undated` ones that are done, `moved` those that are planned for another time than
    was promised. `satisfied` and `dissatisfied` count the customers who were asked.
    """

    made: int
    dated: int
    kept: int
    late: int
    overdue: int
    open: int
    undated: int
    undated_done: int
    moved: int
    kept_in_time: Share
    satisfied: int
    dissatisfied: int


class MoodChange(msgspec.Struct, frozen=True):
    """How many finished calls began in one mood and ended in another."""

    first: str
    last: str
    calls: int


class Group(msgspec.Struct, frozen=True):
    """The calls that share something, and how they went.

    `better`: the mood at the end was calmer than at the start. `seconds` is the mean length of the finished ones.
    """

    name: str
    calls: int
    finished: int
    abandoned: int
    resolved: Share
    escalated: Share
    better: Share
    seconds: float | None


class Statistics(msgspec.Struct, frozen=True):
    """Many calls in figures: `calls` are the finished and the abandoned ones.

    `outcomes` are of the finished ones with an outcome, `without_outcome` counts the other finished ones. `heat` holds
    the calls of each hour (0 to 23) of each weekday (Monday first).
    """

    calls: int
    finished: int
    abandoned: int
    without_outcome: int
    since: str | None
    until: str | None
    outcomes: tuple[Share, ...]
    lengths: Lengths
    steps: tuple[StepFigures, ...]
    remedies: tuple[RemedyFigures, ...]
    promises: PromiseFigures
    moods: tuple[MoodChange, ...]
    better: Share
    own_words: Share
    found_by: tuple[Share, ...]
    heat: tuple[tuple[int, ...], ...]
    weeks: tuple[Group, ...]
    by: str | None = None
    groups: tuple[Group, ...] = ()


def share(rule: ShareRule, count: int, of: int) -> Share:
    """Return how often something was so; no share of fewer than FEWEST."""
    if of < FEWEST:
        return Share(rule.name, count, of, None, rule.of.words)
    low, high = wilson(count, of)
    return Share(rule.name, count, of, round(count / of, 4), rule.of.words, round(low, 4), round(high, 4))


def mean(seconds: float, of: int) -> float | None:
    """Return a mean, None of nothing; in milliseconds first, so that the order of the sum does not matter."""
    return round(round(seconds, 3) / of, 1) if of else None
