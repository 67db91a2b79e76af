"""What a transcript says about each criterion.

What the framework asks for in this call and is not in the transcript counts against it. What nothing shows does not
count, and neither does what does not apply. To do more never costs points (docs/guide/scoring.md): whether a criterion
is judged depends on the call, or the first that is recorded has full points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.checks import is_done
from recoverycli.review.scoring.case import counted_steps, is_shown, is_taken
from recoverycli.review.scoring.score import Evidence, Measurement, does_not_apply, not_shown
from recoverycli.session.offer_text import offer_text
from recoverycli.session.phrases import fault
from recoverycli.session.transcript.commitments import commitments
from recoverycli.session.transcript.facts import framework_steps, item_words, offer_fact
from recoverycli.text.format import plural
from recoverycli.times.recorded import recorded_time
from recoverycli.wording.apology import applies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from recoverycli.frameworks.model import Fault
    from recoverycli.review.scoring.case import Case
    from recoverycli.review.scoring.model import CriterionId
    from recoverycli.session.transcript.model import TranscriptStep
    from recoverycli.wording.matcher import Finding
    from recoverycli.wording.model import ApologyPart, PartId

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
# Each line in own words adds so much of the weight.
_OWN_LINES = 3


def _steps(case: Case) -> Measurement:
    """Of the steps that something shows, or that were left out: passing a step with Enter alone shows nothing."""
    live = counted_steps(case.call)
    if not live:
        return does_not_apply()
    points = 0.0
    done: list[str] = []
    bare: list[str] = []
    left_out = []
    for step in live:
        if is_taken(step, case.call):
            (done if is_shown(step, case.call) else bare).append(step.name)
        elif step.status == "skipped":
            points += _DECIDED if step.skipped_because else 0
            why = step.skipped_because or "no reason was given"
            left_out.append(case.evidence(f"skipped: {step.name} ({why})", _leave_time(step), "missing"))
        else:
            left_out.append(Evidence(f"left open: {step.name}", kind="missing"))
    evidence = [Evidence(f"done: {', '.join(done)}")] if done else []
    evidence += left_out
    evidence += [Evidence(f"passed, with nothing recorded: {', '.join(bare)}", kind="missing")] if bare else []
    judged = len(live) - len(bare)
    if not judged:
        return not_shown(*evidence)
    return Measurement((points + len(done)) / judged, tuple(evidence), judged / len(live))


def _required(case: Case) -> Measurement:
    """How much is required only the framework says: without it, there is no evidence."""
    missed, done = [], 0
    for step in (step for step in framework_steps(case.call) if step.status != "open"):
        missed += [
            case.evidence(f"left open in {step.name}: {item}", _leave_time(step), "missing")
            for item in item_words(step, step.left_open)
        ]
        framework = case.framework(step.framework)
        here = framework.step(step.id) if framework is not None else None
        if here is None and step.left_open:
            return not_shown(Evidence(f"the framework {step.framework} is not available", kind="missing"))
        if here is not None:
            done += sum(item.required and is_done(item, step.ticked) for item in here.checklist)
            done += sum(fact.required and fact.id in step.captured for fact in here.capture)
    required = len(missed) + done
    return (
        Measurement(done / required, (Evidence(f"{done} of {required} done"), *missed))
        if required
        else does_not_apply()
    )


def _wording(case: Case) -> Measurement:
    """Of own words. What was read out was written by others: what backfires in it is a hint."""
    if not case.said:
        return not_shown(Evidence("nothing that was said is recorded", kind="missing"))
    own = [line for line in case.said if line.own]
    places = tuple(
        case.evidence(f"{line.quote(found)}: {found.pattern.because}", line.said.at, "backfires")
        for line in own
        for found in line.heard.findings
    )
    count = sum(_count_apart(line.heard.findings) for line in own)
    clean = Evidence(f"nothing backfires in {plural(len(case.said), 'line')}")
    return Measurement(max(0.0, 1 - _PLACE * count), places or (clean,))


def _count_apart(findings: Iterable[Finding]) -> int:
    """Return at how many places something backfires: words of two classes that overlap are one place."""
    count, end = 0, -1
    for found in findings:
        count += found.start >= end
        end = max(end, found.end)
    return count


def _apology(case: Case) -> Measurement:
    """Over all that was said; asked for where a step apologizes or the fault is ours.

    Nobody is asked to admit, explain or repair a failure that is not known to be ours. What was said all the same
    counts, except taking the blame for what is recorded as not ours. An offer or a promise that is recorded offers
    repair.
    """
    whose, first = fault(case.call), _first_shown(case)
    parts, there = _counted_parts(case, first)
    reachable = sum(_BY_RANK[part.weight] for part in parts)
    if not reachable:
        return does_not_apply()
    evidence = [msgspec.structs.replace(first[part.id], text=f"{part.name}: {first[part.id].text}") for part in there]
    missing = [part.name for part in parts if part not in there and _BY_RANK[part.weight]]
    evidence += [Evidence(f"no words for: {', '.join(missing)}", kind="missing")] if missing else []
    apart = [part.name for part in case.parts if part not in parts and _BY_RANK[part.weight]]
    evidence += [Evidence(f"not asked for, {_WHOSE[whose]}: {', '.join(apart)}", kind="left-out")] if apart else []
    points = sum(_BY_RANK[part.weight] for part in there) / reachable
    return _measure_asked(points, evidence, asked=_asks_for_apology(case))


def apology_parts(case: Case) -> tuple[tuple[ApologyPart, bool], ...]:
    """Return the parts that count for the apology of a call, and whether each was said; none if none was asked for."""
    if not _asks_for_apology(case):
        return ()
    parts, there = _counted_parts(case, _first_shown(case))
    return tuple((part, part in there) for part in parts if _BY_RANK[part.weight])


def _asks_for_apology(case: Case) -> bool:
    return fault(case.call) == "ours" or case.asks_for("apologize")


def _counted_parts(case: Case, first: Mapping[PartId, Evidence]) -> tuple[list[ApologyPart], list[ApologyPart]]:
    """The parts that count, the most important first, and those of them that were said."""
    whose = fault(case.call)
    said = {*first} - ({"responsibility"} if whose == "not-ours" else set())
    counted = (part for part in case.parts if part.id in said or applies(part, whose))
    parts = sorted(counted, key=lambda part: part.weight)
    return parts, [part for part in parts if part.id in said]


def _first_shown(case: Case) -> dict[PartId, Evidence]:
    """What shows each part of an apology first; of a line in which something backfires, no words."""
    first: dict[PartId, Evidence] = {}
    for line in case.said:
        for name in line.heard.parts:
            words = "said in a line of which other words backfire" if line.heard.findings else line.said.text
            first.setdefault(name, case.evidence(words, line.said.at))
    if "repair" not in first and case.call.offers:
        offer = case.call.offers[0]
        first["repair"] = case.evidence(f"recorded as offered, {offer_text(offer)}", offer.at)
    if "repair" not in first and case.call.promises:
        promise = case.call.promises[0]
        first["repair"] = case.evidence(f"recorded as promised, {promise.what}", promise.at)
    return first


def _own_words(case: Case) -> Measurement:
    """Only own words show any: what was read out costs nothing. A line of which words backfire adds nothing."""
    own = [line for line in case.said if line.own and not line.heard.findings]
    if not own:
        return not_shown(Evidence("nothing is recorded in own words", kind="missing"))
    more = f", {plural(_OWN_LINES, 'line')} count in full" if len(own) < _OWN_LINES else ""
    evidence = [Evidence(f"{plural(len(own), 'line')} of {len(case.said)} in own words{more}")]
    evidence += [case.evidence(f'"{line.said.text}"', line.said.at) for line in own]
    return Measurement(1.0, tuple(evidence), min(1.0, len(own) / _OWN_LINES))


def _promise_dated(case: Case) -> Measurement:
    """Asked for where a step is for the follow-up. A date that only the agent knows is no date of a promise."""
    promised = [bound for bound in commitments(case.call) if bound.kind == "promise"]
    if not promised:
        none = Evidence("no promise is recorded", kind="missing")
        return _measure_asked(0.0, [none], asked=case.asks_for("follow-up"))
    moments = {promise.id: promise.at for promise in case.call.promises}
    evidence = tuple(
        case.evidence(
            f"{bound.entry.what}, {f'by {recorded_time(bound.promised)}' if bound.promised else 'no date'}",
            moments[bound.entry.id],
            "shown" if bound.promised else "missing",
        )
        for bound in promised
    )
    return Measurement(sum(bound.promised is not None for bound in promised) / len(promised), evidence)


def _alternatives(case: Case) -> Measurement:
    """Asked for where a step is for a solution and the fault may be ours. What was accepted needs no second offer."""
    offers = case.call.offers
    several = len({offer.remedy.casefold() for offer in offers}) > 1
    full = several or any(offer.answer == "accepted" for offer in offers)
    evidence = [case.evidence(f"offered: {offer_fact(offer)}", offer.at) for offer in offers]
    asked = fault(case.call) != "not-ours" and case.asks_for("solve", "compensate")
    points = 1.0 if full else 0.5 if offers else 0.0
    none = Evidence("no offer is recorded", kind="missing")
    return _measure_asked(points, evidence or [none], asked=asked)


def _measure_asked(points: float, evidence: Iterable[Evidence], *, asked: bool) -> Measurement:
    """Return the points of what was asked for; of what was not, only full points count, so that it costs nothing."""
    return Measurement(points, tuple(evidence)) if asked or points >= 1 else does_not_apply(*evidence)


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


def _measure_text(case: Case, value: str | None, name: str) -> Measurement:
    if value and value.strip():
        return Measurement(1.0, (Evidence(value.strip()),))
    # An abandoned call had no wrap-up.
    if case.call.state == "abandoned":
        return does_not_apply()
    return Measurement(0.0, (Evidence(f"no {name} is recorded", kind="missing"),))


def _leave_time(step: TranscriptStep) -> datetime | None:
    return step.visits[-1].left_at if step.visits else None
