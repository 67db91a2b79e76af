"""Questions about the steps of a framework: their order, what each is for, and which one a sentence belongs to."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from recoverycli.frameworks.phrasing import fill
from recoverycli.training.quiz.questions import Candidate, QuizQuestion, make_options, shuffle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from recoverycli.frameworks.model import Framework, Step
    from recoverycli.wording.matcher import Matcher, Signs

_OPTIONS = 4
_FEWEST_TO_ORDER, _MOST_TO_ORDER = 3, 6
_LETTERS = re.compile(r"[^\W_]+")


def step_questions(framework: Framework, matcher: Matcher, signs: Signs) -> Iterator[Candidate]:
    """Yield what can be asked about the steps. `signs` tell the intents that a sentence serves."""
    yield from _orders(framework)
    steps = [step for step in framework.steps if _names(framework)[step.name.casefold()] == 1]
    for step in steps:
        others = [other for other in steps if not _serves(step) & _serves(other)]
        if others:
            make = partial(_goal, framework, step, others)
            yield Candidate("goal", step.id, 1, f"goal:{step.id}", make)
            for sentence, plainly in _sentences(framework, step, matcher, signs):
                near = partial(_sentence, framework, step, others, sentence, near=not plainly)
                yield Candidate("step", step.id, 1 if plainly else 2, f"step:{_bare(sentence)}", near)


def _orders(framework: Framework) -> Iterator[Candidate]:
    """The steps whose order depends on no answer; of many, some that follow each other."""
    names = _names(framework)
    steps = [step for step in framework.steps if not step.by_path and names[step.name.casefold()] == 1]
    if len(steps) < _FEWEST_TO_ORDER:
        return
    size = min(len(steps), _MOST_TO_ORDER)
    for first in range(len(steps) - size + 1):
        make = partial(_order, framework, steps[first : first + size])
        yield Candidate("order", None, 1 if size < _MOST_TO_ORDER else 2, "order", make)


def _order(framework: Framework, steps: Sequence[Step], chance: Random) -> QuizQuestion:
    shuffled = shuffle(steps, chance)
    if shuffled == list(steps):
        shuffled = [*shuffled[1:], shuffled[0]]
    whole = len(steps) == len(framework.steps)
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=None,
        step_name="",
        kind="order",
        difficulty=1 if len(steps) < _MOST_TO_ORDER else 2,
        text=f"Put {'the' if whole else 'these'} steps of {framework.name} in order.",
        options=tuple(step.name for step in shuffled),
        answer=tuple(shuffled.index(step) + 1 for step in steps),
        because=tuple(f"{step.name}: {step.goal}" for step in steps),
        hint=f"It begins with {steps[0].name}.",
    )


def _goal(framework: Framework, step: Step, others: Sequence[Step], chance: Random) -> QuizQuestion:
    chosen = shuffle(others, chance)[: _OPTIONS - 1]
    options, answer, remarks = make_options(step.name, [(one.name, _step_words(one)) for one in chosen], chance)
    said = next((line for phrase in step.phrases if "[" not in (line := fill(phrase.say, {}))), "")
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=step.id,
        step_name=step.name,
        kind="goal",
        difficulty=1,
        text=f"Which step of {framework.name} has this goal?",
        sentence=step.goal,
        options=options,
        answer=(answer,),
        remarks=remarks,
        hint=f'In this step you could say: "{said}"' if said else "",
    )


def _sentence(
    framework: Framework, step: Step, others: Sequence[Step], sentence: str, chance: Random, *, near: bool
) -> QuizQuestion:
    """Ask for the step of a sentence; the other steps offered are those `near` it, or those far away."""
    place = framework.steps.index
    distance = {other.id: abs(place(other) - place(step)) for other in others}
    ordered = sorted(shuffle(others, chance), key=lambda other: distance[other.id] if near else -distance[other.id])
    options, answer, remarks = make_options(
        step.name, [(one.name, _step_words(one)) for one in ordered[: _OPTIONS - 1]], chance
    )
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=step.id,
        step_name=step.name,
        kind="step",
        difficulty=2 if near else 1,
        text=f"Which step of {framework.name} is this sentence from?",
        sentence=sentence,
        options=options,
        answer=(answer,),
        because=(f"The goal of {step.name}: {step.goal}",),
        remarks=remarks,
        hint=f"The goal of the step: {step.goal}",
    )


def _sentences(framework: Framework, step: Step, matcher: Matcher, signs: Signs) -> Iterator[tuple[str, bool]]:
    """Its phrases that no other step has and that serve none of another, and whether words say plainly what for."""
    elsewhere = {_bare(phrase.say) for other in framework.steps if other is not step for phrase in other.phrases}
    foreign = {intent for other in framework.steps for intent in _serves(other)} - _serves(step)
    may_apologize = step.id in _apology_steps(framework, matcher)
    for phrase in step.phrases:
        sentence = fill(phrase.say, {})
        served = {sign.means for sign in signs.find(sentence)}
        apologizes = _apologizes(sentence, matcher)
        plainly = bool(served & _serves(step)) or (apologizes and may_apologize)
        if _bare(phrase.say) not in elsewhere and not served & foreign and (may_apologize or not apologizes):
            yield sentence, plainly


def _apology_steps(framework: Framework, matcher: Matcher) -> set[str]:
    """The steps that a sorry belongs to: those that are for it, else the one that says it most often."""
    own = {step.id for step in framework.steps if "apologize" in _serves(step)}
    if own:
        return own
    said = Counter({step.id: sum(_apologizes(one.say, matcher) for one in step.phrases) for step in framework.steps})
    return {step_id for step_id, _ in said.most_common(1)}


def _apologizes(sentence: str, matcher: Matcher) -> bool:
    return bool({"regret", "responsibility"} & set(matcher.parts(sentence)))


def _serves(step: Step) -> set[str]:
    return {step.intent, *step.also}


def _names(framework: Framework) -> Counter[str]:
    return Counter(step.name.casefold() for step in framework.steps)


def _step_words(step: Step) -> str:
    return f"{step.name}: {step.goal}"


def _bare(text: str) -> str:
    return " ".join(_LETTERS.findall(text.casefold()))
