"""The questions of `recovery frameworks new`: what a framework is made of, in the order in which one thinks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.content.draft import LONGEST_ANSWER
from recoverycli.frameworks.draft import AvoidDraft, FrameworkDraft, StepDraft, VariantDraft
from recoverycli.frameworks.model import INTENTS

if TYPE_CHECKING:
    from recoverycli.commands.common.context import Setup
    from recoverycli.frameworks.model import Framework, Intent

_MOST_PHRASES = 3
_NONE = "no more steps"


def name(setup: Setup, default: str) -> str:
    """Ask for the name."""
    return _words(setup, "Name:", default)


def framework(setup: Setup, draft: FrameworkDraft) -> FrameworkDraft:
    """Ask for a whole framework. Raises KeyboardInterrupt if it was left."""
    setup.output.text("Enter accepts the value in brackets, or leaves a line to fill in later. Ctrl-C cancels.")
    named = name(setup, draft.name)
    summary = _words(setup, "What it is for, in one sentence:")
    steps: list[StepDraft] = []
    while step := _step(setup, len(steps) + 1):
        steps.append(step)
    letters = ", ".join(step.name for step in steps)
    expands_to = _words(setup, "What it expands to:", letters) if steps else ""
    return draft._replace(name=named, summary=summary, steps=tuple(steps), expands_to=expands_to)


def variant(setup: Setup, draft: VariantDraft, base: Framework) -> VariantDraft:
    """Ask for what is different from the framework that is extended. Raises KeyboardInterrupt if it was left."""
    from recoverycli.terminal.ask.words import ask_one

    named = name(setup, draft.name)
    summary = _words(setup, "What is different about it, in one sentence:")
    speaking = [step.id for step in base.steps if step.phase != "organisation"]
    changed: dict[str, tuple[str, ...]] = {}
    while left := [id_ for id_ in speaking if id_ not in changed]:
        chosen = ask_one(setup.output, "Which step do you want to say in your own words?", (_NONE, *left), _NONE)
        if chosen == _NONE:
            break
        changed[chosen] = _phrases(setup, chosen)
    return draft._replace(name=named, summary=summary, phrases=tuple(changed.items()))


def _step(setup: Setup, number: int) -> StepDraft | None:
    from recoverycli.terminal.ask.words import ask_one

    done = "Enter alone: no more steps" if number > 1 else "Enter alone: two examples to fill in"
    called = _words(setup, f"Step {number}, its name ({done}):")
    if not called:
        return None
    intent = ask_one(setup.output, f"What does {called} do for the customer?", INTENTS, _likely(called))
    step = StepDraft(
        called,
        next(one for one in INTENTS if one == intent),
        _words(setup, "What has to be true before you go on?"),
        _phrases(setup, called),
        ask=_words(setup, "One question to ask the customer:"),
    )
    bad = _words(setup, "Words to avoid in this step:")
    if not bad:
        return step
    because = _words(setup, "What do they do to the customer?")
    instead = _words(setup, "What is better to say?")
    return step._replace(avoid=(AvoidDraft(bad, because, instead),))


def _phrases(setup: Setup, called: str) -> tuple[str, ...]:
    """Ask for phrases until one is left empty."""
    said: list[str] = []
    for number in range(1, _MOST_PHRASES + 1):
        hint = " {customer|there} becomes the name." if number == 1 else ""
        words = _words(setup, f"What do you say in {called}? Phrase {number} of {_MOST_PHRASES}.{hint}")
        if not words:
            break
        said.append(words)
    return tuple(said)


def _likely(called: str) -> Intent:
    """The intent that a step of that name is likely to have."""
    from recoverycli.errors import nearest

    near = nearest(called, INTENTS)
    return next((one for one in INTENTS if one == near), "listen")


def _words(setup: Setup, question: str, default: str = "") -> str:
    from recoverycli.terminal.ask.words import ask_text

    return ask_text(setup.output, question, default, LONGEST_ANSWER)
