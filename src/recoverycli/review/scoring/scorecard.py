"""A call against a scorecard. Pure, and cheap enough to be asked of many calls."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec

from recoverycli.review.scoring.case import Case
from recoverycli.review.scoring.critical import critical_lines
from recoverycli.review.scoring.measures import MEASURES
from recoverycli.review.scoring.model import CRITICAL_KINDS
from recoverycli.review.scoring.score import FEWEST, Evidence, Measurement, Score, ScoreLine, Total
from recoverycli.review.scoring.spoken_lines import SpokenLineReader
from recoverycli.session.transcript.amendments import current_call
from recoverycli.text.format import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from recoverycli.frameworks.model import Framework
    from recoverycli.review.scoring.model import Criterion, CriterionId, Scorecard
    from recoverycli.session.transcript.model import Call
    from recoverycli.store.calls.reviews import Assessment, Review
    from recoverycli.wording.matcher import Matcher

# A step counts as long from half as much again, but not for a few seconds.
_LONG = 1.5
_SECONDS = 30.0


def score(
    stored: Call,
    card: Scorecard,
    matcher: Matcher,
    framework: Callable[[str], Framework | None] = lambda _: None,
    review: Review | None = None,
) -> Score:
    """Return the score of a call as it stands today. `framework` gives one by its id, None if it is not available.

    What reviewers answered about the critical items counts instead of what is found: the newest answer to each.
    """
    case = case_of(stored, matcher, framework)
    call = case.call
    found = {criterion.id: MEASURES[criterion.id](case) for criterion in card.criteria}
    whole = total(found, card)
    critical = tuple(critical_lines(card.critical, case, review.reviewer_answers() if review else None))
    failed = {line.kind for line in critical if not line.passed}
    return Score(
        call=call.id,
        state=call.state,
        card=card.id,
        total=whole.points if call.state == "finished" else None,
        coverage=whole.coverage,
        lines=tuple(_line(criterion, found[criterion.id]) for criterion in card.criteria),
        critical=critical,
        failed=tuple(kind for kind in CRITICAL_KINDS if kind in failed),
        hints=(*_times(case), *_read_out(case)),
        assessments=tuple(map(_without_agent, review.current())) if review else (),
        disputes=review.disputes if review else (),
    )


def case_of(stored: Call, matcher: Matcher, framework: Callable[[str], Framework | None] = lambda _: None) -> Case:
    """Return a call as it stands today, with what was said in it: what is scored."""
    call, hearing = current_call(stored), _line_reader(matcher)
    return Case(call, tuple(hearing.lines(call)), hearing.parts, framework)


def total(found: Mapping[CriterionId, Measurement], card: Scorecard) -> Total:
    """Return the total from 0 to 100 over what is judged, and the share of the weights that apply which that is."""
    applying = [(one.weight, found[one.id]) for one in card.criteria if found[one.id].applies]
    weight = sum(weight for weight, _ in applying)
    judged = sum(weight * of.shown for weight, of in applying)
    earned = sum(weight * of.shown * of.points for weight, of in applying if of.points is not None)
    coverage = _whole(100 * judged / weight, rounded=0.0) if weight else 0
    return Total(_whole(100 * earned / judged, rounded=0.5) if coverage >= FEWEST else None, coverage)


def _whole(number: float, *, rounded: float) -> int:
    """Return a whole number; half a point is rounded up, as people do it. Errors of binary fractions do not count."""
    return int(round(number, 6) + rounded)


def _without_agent(assessment: Assessment) -> Assessment:
    """Reviewers are named, the person who took the call is not."""
    return msgspec.structs.replace(assessment, by=None) if assessment.role == "self" else assessment


@functools.lru_cache(maxsize=1)
def _line_reader(matcher: Matcher) -> SpokenLineReader:
    return SpokenLineReader(matcher)


def _line(criterion: Criterion, found: Measurement) -> ScoreLine:
    points = None if found.points is None else round(found.points, 3)
    return ScoreLine(
        criterion.id,
        criterion.name,
        criterion.weight,
        found.state,
        points,
        round(found.shown, 3),
        found.evidence,
        criterion.because,
    )


def _read_out(case: Case) -> Iterator[Evidence]:
    """What backfires in phrases that were read out: they were written by others."""
    for line in case.said:
        if not line.own:
            for found in line.heard.findings:
                yield case.evidence(f"{line.quote(found)} in a phrase that was read out", line.said.at, "backfires")


def _times(case: Case) -> Iterator[Evidence]:
    """The steps that took much longer than their framework suggests: a hint, never a penalty."""
    for step in case.call.steps:
        framework = case.framework(step.framework)
        content = framework.step(step.id) if framework is not None else None
        if content is None or not step.visits:
            continue
        if step.seconds > max(content.target_seconds * _LONG, content.target_seconds + _SECONDS):
            told = f"{step.name} took {clock(step.seconds)}; about {clock(content.target_seconds)} is usual"
            yield case.evidence(told, step.visits[0].entered_at)
