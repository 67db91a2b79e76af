"""A call as it is scored: what was said in it, the steps that count, and what its frameworks ask for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.review.scoring.score import Evidence
from recoverycli.review.story import since
from recoverycli.session.transcript.facts import framework_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from recoverycli.frameworks.model import Framework, Intent
    from recoverycli.review.scoring.score import EvidenceKind
    from recoverycli.review.scoring.spoken_lines import SpokenLine
    from recoverycli.session.transcript.model import Call, TranscriptStep
    from recoverycli.wording.model import ApologyPart

# Where it is found out whose fault it is; the second where no step is for the first.
_FINDING_OUT: tuple[frozenset[Intent], ...] = (frozenset({"assess", "diagnose"}), frozenset({"listen"}))


class Case(NamedTuple):
    """A call as it stands today, what was said in it, the parts of an apology, and the available frameworks."""

    call: Call
    said: tuple[SpokenLine, ...]
    parts: tuple[ApologyPart, ...]
    framework: Callable[[str], Framework | None]

    def evidence(self, text: str, at: datetime | None = None, kind: EvidenceKind = "shown") -> Evidence:
        """Return evidence with its time in the call."""
        return Evidence(text, since(at, self.call) if at is not None else "", kind)

    def asks_for(self, *intents: Intent) -> bool:
        """Whether a step that counts is for one of the intents, and was not skipped with a reason."""
        return any(
            _is_for(step, intents) and (step.status != "skipped" or not step.skipped_because)
            for step in counted_steps(self.call)
        )


def counted_steps(call: Call) -> list[TranscriptStep]:
    """The live steps that count: of a framework that was left, and of a call that broke off, none that stayed open.

    No step of a card counts, and none that a switch took over as done: it counts where it was done.
    """
    last = call.switches[-1].after if call.switches else call.framework.id
    live = [step for step in framework_steps(call) if step.phase == "live"]
    open_counts = call.state == "finished"
    return [
        step
        for step in live
        if (open_counts and step.framework == last if step.status == "open" else not _was_taken_over(step, call))
    ]


def is_taken(step: TranscriptStep, call: Call) -> bool:
    """Whether a step was done, or was left by the end of the call after something was said in it."""
    return step.status == "done" or (step.status == "open" and bool(step.said) and _is_last(step, call))


def is_shown(step: TranscriptStep, call: Call) -> bool:
    """Whether anything recorded shows that a step was done; passing it with Enter alone shows nothing."""
    if step.said or step.notes or step.ticked or step.captured or any(one.answer for one in step.answers):
        return True
    recorded = [one.at for group in (call.offers, call.promises, call.escalations) for one in group]
    during = any(visit.entered_at <= at <= (visit.left_at or at) for at in recorded for visit in step.visits)
    called = any((one.how, one.before, one.step) == ("call", step.framework, step.id) for one in call.switches)
    return during or called or _is_judging(step, call)


def _is_for(step: TranscriptStep, intents: Collection[Intent]) -> bool:
    return any(intent in intents for intent in (step.intent, *step.also))


def _is_judging(step: TranscriptStep, call: Call) -> bool:
    """Whether the recorded fault, history or severity was found out in a step: their time is not recorded."""
    if call.ours is None and call.repeated is None and call.severity is None:
        return False
    steps = [one for one in framework_steps(call) if one.framework == step.framework]
    group = next((group for group in _FINDING_OUT if any(_is_for(one, group) for one in steps)), None)
    return group is not None and _is_for(step, group)


def _is_last(step: TranscriptStep, call: Call) -> bool:
    """Whether no step was left later."""
    left = [visit.left_at for one in call.steps for visit in one.visits if visit.left_at is not None]
    return any(visit.left_at is not None and visit.left_at >= max(left) for visit in step.visits[-1:])


def _was_taken_over(step: TranscriptStep, call: Call) -> bool:
    return step.status == "done" and not step.visits and step.framework != call.framework.id
