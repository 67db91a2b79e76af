"""What a transcript says about each criterion. Where it does not say enough the criterion does not apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.checks import is_done
from recoverycli.review.scoring.score import Evidence, Measurement
from recoverycli.review.story import since
from recoverycli.session.phrases import fault
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.facts import framework_steps, item_words
from recoverycli.text.format import day_and_time
from recoverycli.times.wall_clock import to_local
from recoverycli.wording.apology import applies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from recoverycli.frameworks.model import Fault, Framework
    from recoverycli.review.scoring.model import CriterionId
    from recoverycli.review.scoring.spoken_lines import SpokenLine
    from recoverycli.session.transcript.model import Call, TranscriptStep
    from recoverycli.wording.matcher import Finding
    from recoverycli.wording.model import ApologyPart

# Half for a skip with a reason: the decision was made, the step was not.
_DECIDED = 0.5
# What each place that backfires costs.
_PLACE = 0.25
# Points of a part by its rank in the study, which gives an order and no figures; the last can be left out.
_BY_RANK = {1: 3, 2: 2, 3: 1, 4: 0}
_WHOSE: dict[Fault, str] = {
    "ours": "the fault is ours",
    "unclear": "whose fault it was is not recorded",
    "not-ours": "the fault is not ours",
}
# The share of own words for full points, and the minimum of lines.
_ENOUGH = 0.5
_FEWEST_LINES = 3


class Case(NamedTuple):
    """A call as it stands today, what was said in it, the parts of an apology, and the available frameworks."""

    call: Call
    said: tuple[SpokenLine, ...]
    parts: tuple[ApologyPart, ...]
    framework: Callable[[str], Framework | None]

    def evidence(self, text: str, at: datetime | None = None) -> Evidence:
        """Return evidence with its time in the call."""
        return Evidence(text, since(at, self.call) if at is not None else "")


def counted_steps(call: Call) -> list[TranscriptStep]:
    """The live steps that count: of a framework that was left, and of a call that broke off, none that stayed open.

    No step of a card counts.
    """
    last = call.switches[-1].after if call.switches else call.framework.id
    live = [step for step in framework_steps(call) if step.phase == "live"]
    return [step for step in live if step.status != "open" or (call.state == "finished" and step.framework == last)]


def _steps(case: Case) -> Measurement:
    live = counted_steps(case.call)
    if not live:
        return Measurement(None)
    done = [step.name for step in live if step.status == "done"]
    points = float(len(done))
    evidence = [Evidence(f"done: {', '.join(done)}")] if done else []
    for step in live:
        if step.status == "skipped":
            points += _DECIDED if step.skipped_because else 0
            why = step.skipped_because or "no reason was given"
            evidence.append(case.evidence(f"skipped: {step.name} ({why})", _leave_time(step)))
        elif step.status == "open":
            evidence.append(Evidence(f"left open: {step.name}"))
    return Measurement(points / len(live), tuple(evidence))


def _required(case: Case) -> Measurement:
    """How much is required only the framework says: without it, there is no evidence."""
    missed, done = [], 0
    for step in (step for step in framework_steps(case.call) if step.status != "open"):
        missed += [
            case.evidence(f"left open in {step.name}: {item}", _leave_time(step))
            for item in item_words(step, step.left_open)
        ]
        framework = case.framework(step.framework)
        here = framework.step(step.id) if framework is not None else None
        if here is None and step.left_open:
            return Measurement(None)
        if here is not None:
            done += sum(item.required and is_done(item, step.ticked) for item in here.checklist)
            done += sum(fact.required and fact.id in step.captured for fact in here.capture)
    required = len(missed) + done
    return (
        Measurement(done / required, (Evidence(f"{done} of {required} done"), *missed))
        if required
        else Measurement(None)
    )


def _wording(case: Case) -> Measurement:
    if not case.said:
        return Measurement(None)
    places = tuple(
        case.evidence(f'"{line.said.text[found.start : found.end]}": {found.pattern.because}', line.said.at)
        for line in case.said
        for found in line.heard.findings
    )
    count = sum(_count_apart(line.heard.findings) for line in case.said)
    return Measurement(
        max(0.0, 1 - _PLACE * count), places or (Evidence(f"nothing backfires in {lines(len(case.said))}"),)
    )


def _count_apart(findings: Iterable[Finding]) -> int:
    """Return at how many places something backfires: words of two classes that overlap are one place."""
    count, end = 0, -1
    for found in findings:
        count += found.start >= end
        end = max(end, found.end)
    return count


def _apology(case: Case) -> Measurement:
    """Over all that was said; where an apology was called for and its words are recorded.

    Nobody is asked to admit, explain or repair a failure that is not known to be ours. What was said all the same
    counts, except taking the blame for what is recorded as not ours.
    """
    apologized = [
        step
        for step in counted_steps(case.call)
        if "apologize" in (step.intent, *step.also) and (step.status == "done" or not step.skipped_because)
    ]
    called_for = apologized or any(line.heard.needed for line in case.said)
    first = _first_lines(case)
    unrecorded = not first and any(step.status == "done" and not step.said for step in apologized)
    whose = fault(case.call)
    said = {*first} - ({"responsibility"} if whose == "not-ours" else set())
    counted = (part for part in case.parts if part.id in said or applies(part, whose))
    parts = sorted(counted, key=lambda part: part.weight)
    reachable = sum(_BY_RANK[part.weight] for part in parts)
    if not case.said or not called_for or unrecorded or not reachable:
        return Measurement(None)
    there = [part for part in parts if part.id in said]
    evidence = [case.evidence(f"{part.name}: {first[part.id].said.text}", first[part.id].said.at) for part in there]
    missing = [part.name for part in parts if part not in there]
    evidence += [Evidence(f"missing: {', '.join(missing)}")] if missing else []
    apart = [part.name for part in case.parts if part not in parts and _BY_RANK[part.weight]]
    evidence += [Evidence(f"does not apply, {_WHOSE[whose]}: {', '.join(apart)}")] if apart else []
    return Measurement(sum(_BY_RANK[part.weight] for part in there) / reachable, tuple(evidence))


def _first_lines(case: Case) -> dict[str, SpokenLine]:
    """The line in which each part of an apology was said first."""
    first: dict[str, SpokenLine] = {}
    for line in case.said:
        for name in line.heard.parts:
            first.setdefault(name, line)
    return first


def _own_words(case: Case) -> Measurement:
    """Verbatim phrases do not count."""
    free = [line for line in case.said if line.own or not _verbatim(case, line)]
    if len(free) < _FEWEST_LINES:
        return Measurement(None)
    own = [line for line in free if line.own]
    share = len(own) / len(free)
    evidence = [Evidence(f"{len(own)} of {lines(len(free))} in own words")]
    evidence += [case.evidence(f'"{line.said.text}"', line.said.at) for line in own]
    return Measurement(min(1.0, share / _ENOUGH), tuple(evidence))


def _promise_dated(case: Case) -> Measurement:
    """A promise that was given its date after the call has it."""
    promised = [bound for bound in commitments(case.call) if bound.kind == "promise"]
    if not promised:
        return Measurement(None)
    moments = {promise.id: promise.at for promise in case.call.promises}
    evidence = tuple(
        case.evidence(
            f"{bound.entry.what}, {f'by {day_and_time(to_local(bound.due))}' if bound.due else 'no date'}",
            moments[bound.entry.id],
        )
        for bound in promised
    )
    return Measurement(sum(bound.due is not None for bound in promised) / len(promised), evidence)


def _alternatives(case: Case) -> Measurement:
    offers = case.call.offers
    if not offers:
        return Measurement(None)
    several = len({offer.remedy.casefold() for offer in offers}) > 1
    return Measurement(
        1.0 if several else 0.5, tuple(case.evidence(f"offered: {offer.remedy}", offer.at) for offer in offers)
    )


MEASURES: dict[CriterionId, Callable[[Case], Measurement]] = {
    "steps": _steps,
    "required": _required,
    "wording": _wording,
    "apology": _apology,
    "own-words": _own_words,
    "promise-dated": _promise_dated,
    "alternatives": _alternatives,
    "outcome": lambda case: _measure_text(case, case.call.outcome, "outcome"),
    "cause": lambda case: _measure_text(case, case.call.root_cause, "cause"),
    "summary": lambda case: _measure_text(case, case.call.summary, "summary"),
}


def lines(count: int) -> str:
    """Return a number of lines in words."""
    return "1 line" if count == 1 else f"{count} lines"


def _measure_text(case: Case, value: str | None, name: str) -> Measurement:
    if value and value.strip():
        return Measurement(1.0, (Evidence(value.strip()),))
    # An abandoned call had no wrap-up.
    return (
        Measurement(None) if case.call.state == "abandoned" else Measurement(0.0, (Evidence(f"no {name} is recorded"),))
    )


def _verbatim(case: Case, line: SpokenLine) -> bool:
    framework = case.framework(line.step.framework)
    step = framework.step(line.step.id) if framework is not None else None
    wanted = line.said.phrase.id if line.said.phrase is not None else None
    return step is not None and any(phrase.id == wanted and phrase.verbatim for phrase in step.phrases)


def _leave_time(step: TranscriptStep) -> datetime | None:
    return step.visits[-1].left_at if step.visits else None
