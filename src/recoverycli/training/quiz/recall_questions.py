"""Questions that are answered from memory: the next step, a sentence that does something, a sentence to repair.

A repair is only asked for where its own example is read as right, and the sentence itself as one that backfires.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from recoverycli.frameworks.phrasing import fill
from recoverycli.training.quiz.questions import Candidate, QuestionKind, QuizQuestion, shuffle
from recoverycli.training.quiz.step_names import read_name
from recoverycli.training.quiz.word_questions import step_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from recoverycli.frameworks.model import Framework, Intent, Step
    from recoverycli.training.quiz.sentences import SentenceReader
    from recoverycli.wording.matcher import Matcher
    from recoverycli.wording.model import GoodAct, Pattern

# The acts by which a sentence serves an intent; those that are left out no sentence to a customer serves.
_ACTS: dict[Intent, tuple[GoodAct, ...]] = {
    "listen": ("asks", "acknowledges"),
    "acknowledge": ("acknowledges", "thanks"),
    "believe": ("acknowledges",),
    "empathize": ("acknowledges",),
    "apologize": ("apologizes", "takes-responsibility"),
    "assess": ("asks",),
    "widen": ("asks", "offers"),
    "agree": ("asks", "offers", "commits"),
    "solve": ("offers", "commits"),
    "compensate": ("offers",),
    "thank": ("thanks",),
    "explain": ("explains",),
    "notify": ("commits",),
    "follow-up": ("commits",),
}
# What is asked for; a reason needs facts that no exercise has.
_ASKED: dict[GoodAct, str] = {
    "acknowledges": "Type a sentence that shows you heard them.",
    "asks": "Type a sentence that asks them to tell you more.",
    "apologizes": "Type a sentence that says sorry, once.",
    "takes-responsibility": "The fault is ours. Type a sentence that takes responsibility.",
    "offers": "Type a sentence that offers a way to solve it.",
    "commits": "Type a sentence that says what you will do, and by when.",
    "thanks": "Type a sentence that thanks them for telling you.",
}
_MOST_PHRASES = 12


def recall_questions(
    framework: Framework, matcher: Matcher, reader: SentenceReader, customers: Sequence[str]
) -> Iterator[Candidate]:
    """Yield what can be asked from memory. `customers` are sentences of customers, to answer."""
    yield from _names(framework)
    heard = [line for line in customers if "?" not in line]
    for step in framework.steps:
        for act in _ACTS.get(step.intent, ()):
            if act in _ASKED and heard and step.phase != "organisation":
                make = partial(_say, framework, step, act, heard, matcher, reader)
                yield Candidate("say", step.id, 3, f"say:{step.id}:{act}", make)
        for avoid in step.avoid:
            make = partial(_repair, framework, step, avoid.say, avoid.because, avoid.instead, reader)
            yield Candidate("repair", step.id, 3, f"repair:{avoid.say}", make)
    for pattern in matcher.wording.patterns:
        trained = step_for(framework, pattern.kind)
        channels = framework.suits.channels or pattern.channels
        if trained is not None and (not pattern.channels or set(pattern.channels) & set(channels)):
            make = partial(_repair_any, framework, trained, pattern, reader)
            yield Candidate("repair", trained.id, 3, f"words:{pattern.id}", make)


def _names(framework: Framework) -> Iterator[Candidate]:
    """The first step, each step after another, and each step by its goal; without steps of one name."""
    times = Counter(step.name.casefold() for step in framework.steps)
    steps = [step for step in framework.steps if times[step.name.casefold()] == 1]
    if len(steps) < len(framework.steps) or len(steps) < 2:
        return
    first = steps[0]
    if not first.by_path:
        text = f"What is the first step of {framework.name}?"
        make = partial(_name, framework, first, "next", None, text, "")
        yield Candidate("next", None, 2, f"next:{first.id}", make)
    for before, after in pairwise(steps):
        if not before.by_path and not after.by_path:
            text = f"Which step of {framework.name} comes after {before.name}?"
            make = partial(_name, framework, after, "next", None, text, "")
            yield Candidate("next", None, 2, f"next:{after.id}", make)
    for step in steps:
        text = f"What is the step of {framework.name} with this goal called?"
        make = partial(_name, framework, step, "name", step, text, step.goal)
        yield Candidate("name", step.id, 2, f"goal:{step.id}", make)


def _name(
    framework: Framework,
    step: Step,
    kind: QuestionKind,
    trained: Step | None,
    text: str,
    sentence: str,
    _chance: Random,
) -> QuizQuestion:
    others = [one for one in framework.steps if one is not step]
    # The purpose of a step names it too, unless another step has that name or purpose.
    alone = all(one.intent != step.intent for one in others)
    also = (step.intent,) if alone and read_name(step.intent, [one.name for one in framework.steps]) is None else ()
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=trained.id if trained is not None else None,
        step_name=trained.name if trained is not None else "",
        kind=kind,
        difficulty=2,
        text=text,
        sentence=sentence,
        names=(step.name, *also),
        others=tuple(one.name for one in others),
        example=step.name,
        because=(f"{step.name}: {step.goal}",),
        hint=f"It begins with {step.name[0]}." if sentence else f"Its goal: {step.goal}",
    )


def _say(
    framework: Framework,
    step: Step,
    act: GoodAct,
    customers: Sequence[str],
    matcher: Matcher,
    reader: SentenceReader,
    chance: Random,
) -> QuizQuestion | None:
    """Ask for a sentence; its example is a phrase of the step or of the wording that is read as right."""
    heard = shuffle(customers, chance)[0]
    phrases = [fill(phrase.say, {}) for phrase in shuffle(step.phrases, chance)[:_MOST_PHRASES]]
    signs = [line for one in matcher.wording.acts if one.act == act for line in one.catches]
    read = (line for line in (*phrases, *signs) if "[" not in line and reader.read(line, (act,), heard).does)
    example = next(read, None)
    if example is None:
        return None
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=step.id,
        step_name=step.name,
        kind="say",
        difficulty=3,
        text=f"A customer says this. {_ASKED[act]}",
        sentence=heard,
        wants=(act,),
        example=example,
        because=(f"The goal of {step.name}: {step.goal}",),
        hint=f"{step.name}: {next(iter(step.do), step.goal)}",
    )


def _repair_any(
    framework: Framework, step: Step, pattern: Pattern, reader: SentenceReader, chance: Random
) -> QuizQuestion | None:
    said = shuffle(pattern.catches, chance)[:1]
    return _repair(framework, step, said[0], pattern.because, pattern.instead, reader, chance) if said else None


def _repair(
    framework: Framework, step: Step, said: str, because: str, instead: str, reader: SentenceReader, _chance: Random
) -> QuizQuestion | None:
    wants = tuple(dict.fromkeys(act for intent in (step.intent, *step.also) for act in _ACTS.get(intent, ())))
    if not reader.read(instead, wants).does or not reader.read(said, wants).backfires:
        return None
    return QuizQuestion(
        framework=framework.id,
        framework_name=framework.name,
        step=step.id,
        step_name=step.name,
        kind="repair",
        difficulty=3,
        text=f"This sentence backfires. Type one for {step.name} that does not.",
        sentence=said,
        wants=wants,
        example=instead,
        because=(f'"{said}" {because}',),
        hint=because,
    )
