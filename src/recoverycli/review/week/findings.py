"""What the calls of a week have in common: words that backfired, missing parts of an apology, scores, a call to replay.

Pure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverycli.review.scoring.measures import apology_parts
from recoverycli.review.statistics.denominators import Denominator, ShareRule
from recoverycli.review.statistics.figures import share
from recoverycli.review.week.figures import BackfiredWords, NotShownCriterion, PeriodScore

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.review.scoring.case import Case
    from recoverycli.review.scoring.score import Score
    from recoverycli.review.statistics.figures import Share
    from recoverycli.review.week.periods import Period

_ASKED = Denominator("", "finished calls with something said that asked for this part of an apology")
# Points from 0 to 100 below which a call is worth another look.
_HIGH = 90


class ScoredCase(NamedTuple):
    """A call as it is scored, and its score."""

    case: Case
    score: Score


class Replay(NamedTuple):
    """The id of a call to replay, and why."""

    call: str
    why: str


def period_score(period: Period, scores: Iterable[Score]) -> PeriodScore:
    """Return the scores of a period: means over the calls that have one."""
    finished = [one for one in scores if one.state == "finished"]
    known = [(one.total, one.coverage) for one in finished if one.total is not None]
    mean = coverage = None
    if known:
        mean, coverage = (round(sum(of_all) / len(known), 1) for of_all in zip(*known, strict=True))
    return PeriodScore(period.since, period.until, len(finished), len(known), mean, coverage)


def not_shown(scores: Iterable[Score]) -> tuple[NotShownCriterion, ...]:
    """Return what nothing shows in finished calls without a score, the most frequent first."""
    bare = [one for one in scores if one.state == "finished" and one.total is None]
    counted = Counter(line.name for one in bare for line in one.lines if line.state == "not-shown")
    return tuple(NotShownCriterion(name, calls, len(bare)) for name, calls in counted.most_common())


def find_backfired_words(cases: Sequence[Case]) -> tuple[BackfiredWords, ...]:
    """Return the words that backfired in own words by what they are, the most frequent first. `cases`: newest first.

    What was read out was written by others, and is not counted.
    """
    found: dict[str, BackfiredWords] = {}
    times: Counter[str] = Counter()
    calls: dict[str, set[str]] = {}
    with_words = sum(any(line.own for line in case.said) for case in cases)
    for case in cases:
        for line in case.said:
            for one in line.heard.findings if line.own else ():
                key = one.pattern.id
                times[key] += 1
                calls.setdefault(key, set()).add(case.call.id)
                text = line.said.text
                found.setdefault(
                    key,
                    BackfiredWords(
                        kind=one.pattern.kind,
                        times=0,
                        calls=0,
                        of=with_words,
                        words=text[one.start : one.end],
                        sentence=text,
                        call=case.call.id,
                        because=one.pattern.because,
                        instead=one.pattern.instead,
                    ),
                )
    return tuple(
        msgspec.structs.replace(found[key], times=count, calls=len(calls[key])) for key, count in times.most_common()
    )


def missing_parts(cases: Iterable[Case]) -> tuple[Share, ...]:
    """Return the parts of an apology that are missing in calls that asked for them, the most often missing first.

    Of calls in which something was said: the others do not show what their apology had.
    """
    asked: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    for case in cases:
        if case.call.state == "finished" and case.said:
            for part, said in apology_parts(case):
                asked[part.name] += 1
                missing[part.name] += not said
    names = sorted((name for name in asked if missing[name]), key=lambda name: (-missing[name], asked[name], name))
    return tuple(share(ShareRule(name, "", _ASKED), missing[name], asked[name]) for name in names)


def to_replay(scored: Sequence[ScoredCase]) -> Replay | None:
    """Return the call that one learns most from, newest first: a critical item that was not kept, the lowest score, or
    one that was not resolved. None where nothing stands out.
    """
    for case, found in scored:
        # A replay shows what was said, not what was typed.
        failed = next((line for line in found.critical if not line.passed and line.id != "card-data"), None)
        if failed is not None:
            shown = f", {failed.evidence[0].text}" if failed.evidence else ""
            return Replay(case.call.id, f"{failed.name}: not kept{shown}")
    known = [found for _, found in scored if found.total is not None]
    lowest = min(known, key=lambda found: found.total or 0, default=None)
    if lowest is not None and (lowest.total or 0) < _HIGH:
        weakest = max(lowest.lines, key=lambda line: line.weight * line.shown * (1 - (line.points or 0)))
        among = f"the lowest of {len(known)} scores" if len(known) > 1 else "the only score"
        return Replay(lowest.call, f"{lowest.text()}, {among}; weakest in: {weakest.name}")
    unresolved = next((case for case, _ in scored if case.call.outcome in {"unresolved", "escalated"}), None)
    return Replay(unresolved.call.id, f"it ended {unresolved.call.outcome}") if unresolved is not None else None
