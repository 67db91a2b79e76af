"""A framework on one page, as the value behind every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.frameworks.computed import is_computed
from recoverycli.frameworks.condition_text import condition_text
from recoverycli.frameworks.model import MOODS
from recoverycli.frameworks.phrasing import Facts, choose, fill
from recoverycli.frameworks.stops import ALONG, END, call_words, ends_otherwise, flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Capture, Framework, Phrase, Step, StepQuestion
    from recoverycli.frameworks.stops import FlowStep

PHRASES = 2
_TASKS = 3


class AvoidAndInstead(msgspec.Struct, frozen=True):
    """Words to avoid, and what to say in their place."""

    avoid: str
    say: str


class NoteField(msgspec.Struct, frozen=True):
    """What is to be written down, and the answers there are where they are few."""

    ask: str
    choices: tuple[str, ...] = ()


class FlowBranch(msgspec.Struct, frozen=True):
    """A branch: the answer, and the steps that it leads through, each with its mark."""

    answer: str
    to: tuple[str, ...]


class HandoutRule(msgspec.Struct, frozen=True):
    """A value that is worked out, and how: a line for each row of its table."""

    name: str
    rows: tuple[str, ...]


class HandoutStep(msgspec.Struct, frozen=True):
    """A step. `mark` is its letter or number; `after` says that it comes after the call, and whose it is.

    `required` are the checks that have to be done, `ask` the questions to the customer, `do` what to do where nothing
    is said. `aside` says that only a branch leads to it, `then` where it leads if that is not the step below it.
    `calls` says which playbook it goes through, in words.
    """

    mark: str
    id: str
    name: str
    goal: str
    after: str = ""
    aside: bool = False
    required: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    avoid: tuple[AvoidAndInstead, ...] = ()
    capture: tuple[NoteField, ...] = ()
    question: str = ""
    turns: tuple[FlowBranch, ...] = ()
    then: str = ""
    calls: str = ""
    rules: tuple[HandoutRule, ...] = ()


class Handout(msgspec.Struct, frozen=True):
    """A framework on one page: all that may stand on it, before a sheet of paper says how much of it does."""

    id: str
    version: int
    title: str
    expands_to: str
    summary: str
    principles: tuple[str, ...]
    steps: tuple[HandoutStep, ...]
    origin: str


_AFTER = {
    "live": "",
    "wrap-up": "at the wrap-up",
    "follow-up": "after the call",
    "organisation": "for the organisation",
}


def handout(framework: Framework, called: Sequence[Framework] = ()) -> Handout:
    """Return the page of a framework; `called` are the playbooks that it calls."""
    marks = _marks(framework)
    stops = {stop.id: stop for stop in flow(framework, called)}
    return Handout(
        framework.id,
        framework.version,
        framework.name.strip() or framework.id,
        framework.expands_to,
        framework.summary,
        framework.principles,
        tuple(_step(framework, step, marks, stops.get(step.id)) for step in framework.steps),
        _origin(framework),
    )


def best(phrases: Sequence[Phrase], most: int = PHRASES) -> tuple[str, ...]:
    """Return the phrases that serve most often, in the order of a conversation.

    What can be said on every channel and in every mood goes before what was written for one, and what holds only under
    a condition stays out: paper does not know the case.
    """
    allowed = choose(phrases, Facts())
    chosen = sorted(allowed, key=_narrowness)[:most]
    return tuple(fill(phrase.say, {}) for phrase in allowed if phrase in chosen)


def _narrowness(phrase: Phrase) -> tuple[int, bool, bool]:
    return (len(phrase.moods) or len(MOODS)) < len(MOODS), bool(phrase.issues), bool(phrase.channels)


def _step(framework: Framework, step: Step, marks: dict[str, str], stop: FlowStep | None) -> HandoutStep:
    question = stop.question if stop is not None and stop.branches else ""
    asked = [capture for capture in step.capture if not is_computed(capture)]
    return HandoutStep(
        marks[step.id],
        step.id,
        step.name,
        step.goal,
        _AFTER[step.phase],
        step.by_path,
        tuple(item.text for item in step.checklist if item.required),
        tuple(one if isinstance(one, str) else _with_condition(one) for one in step.ask),
        best(step.phrases),
        () if step.phrases else step.do[:_TASKS],
        tuple(AvoidAndInstead(avoid.say, avoid.instead) for avoid in step.avoid),
        tuple(NoteField(_with_condition(capture), capture.choices) for capture in asked if capture.ask != question),
        question,
        _turns(framework, stop, marks) if stop is not None else (),
        _then(framework, step, stop, marks) if stop is not None else "",
        f"Then it {call_words(stop)}." if stop is not None and stop.calls else "",
        tuple(HandoutRule(rule.name, rule.rows) for rule in stop.rules) if stop is not None else (),
    )


def _with_condition(capture: Capture | StepQuestion) -> str:
    return f"{capture.ask} (if {condition_text(capture.when)})" if capture.when else capture.ask


def _turns(framework: Framework, stop: FlowStep, marks: dict[str, str]) -> tuple[FlowBranch, ...]:
    return tuple(
        FlowBranch(branch.words, tuple(_mark(framework, name, marks) for name in branch.through))
        for branch in stop.branches
    )


def _then(framework: Framework, step: Step, stop: FlowStep, marks: dict[str, str]) -> str:
    if ends_otherwise(stop) or not stop.on:
        return ""
    live = framework.live_steps
    place = live.index(step)
    below = live[place + 1].name if place + 1 < len(live) else END
    if stop.on == ALONG:
        return "chosen by the branch"
    return _mark(framework, stop.on, marks) if stop.branches or stop.on != below else ""


def _mark(framework: Framework, name: str, marks: dict[str, str]) -> str:
    mark = next((marks[step.id] for step in framework.live_steps if step.name == name), "")
    return f"{mark} {name}".lstrip()


def _marks(framework: Framework) -> dict[str, str]:
    """The letters that spell the name, where they do; else numbers. A step beyond the last letter has a plus."""
    word = framework.name.partition(" ")[0]
    initials = "".join(step.name[0] for step in framework.steps)
    spelt = word.isalpha() and len(word) > 1 and initials.upper().startswith(word)
    letters = word.ljust(len(initials), "+") if spelt else ""
    return {step.id: letters[at] if letters else str(at + 1) for at, step in enumerate(framework.steps)}


def _origin(framework: Framework) -> str:
    """Who uses it and whose it is, as far as the notes do not say so themselves."""
    origin = framework.origin
    told = origin.notes.casefold()
    used = [name for name in origin.used_by if name.casefold() not in told]
    lines = [f"Used by: {', '.join(used)}."] if used else []
    if origin.credit and origin.credit not in origin.used_by and origin.credit.casefold() not in told:
        lines.append(f"Credit: {origin.credit}.")
    return " ".join([*lines, *filter(None, [origin.notes])])
