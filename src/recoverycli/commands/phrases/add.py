"""`recovery phrases add`: add a phrase and choose the steps it fits."""

from __future__ import annotations

from typing import Annotated

import typer

from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.phrases import (
    InIntent,
    OnlyChannels,
    OnlyFramework,
    OnlyIssues,
    OnlyMoods,
    OnlyStep,
    PhraseTarget,
    check_target,
    lists,
    report_phrase,
)
from recoverycli.commands.common.start_call import phrasebook
from recoverycli.errors import UsageProblem
from recoverycli.frameworks.model import INTENTS

_ADD = 'recovery phrases add "I am so sorry." --intent apologize'
HELP = help_with_examples(
    "Add a phrase and choose the steps it fits.",
    _ADD,
    'recovery phrases add "I see {order} here." --framework learn --step resolve --channel chat --mood angry',
)


def command(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="The phrase; {name|fallback} is filled in.")
    ] = None,
    intent: InIntent = None,
    framework: OnlyFramework = None,
    step: OnlyStep = None,
    channel: OnlyChannels = None,
    mood: OnlyMoods = None,
    issue: OnlyIssues = None,
) -> None:
    """Add a phrase and choose the steps it fits."""
    from recoverycli.phrases.model import PersonalPhrase

    setup: Setup = context.obj
    place = check_target(setup.library, PhraseTarget(intent, framework, step))
    narrow = lists(channel, mood, issue)
    if text is None:
        text = _ask_words(setup)
    if text is None:
        raise UsageProblem("a phrase is required", hint=f"For example: {_ADD}")
    if place is None:
        place = _ask_target(setup, _ADD)
    phrase = PersonalPhrase(say=text, **place._asdict(), **narrow)
    kept = phrasebook(setup).keep(phrase)
    report_phrase(setup, kept, "added" if kept.new else "already there")


def _ask_words(setup: Setup) -> str | None:
    """Ask for the words of a phrase; None without a terminal or an answer."""
    from recoverycli.terminal.ask.questions import ask_text

    return ask_text(setup.output, "Which words? {customer} is filled in during the call.") or None


def _ask_target(setup: Setup, example: str) -> PhraseTarget:
    """Ask for the intent of a phrase. Raises UsageProblem with the example without a terminal."""
    from recoverycli.terminal.ask.questions import choose

    intent = choose(setup.output, "What is it for? It fits these steps in every framework.", INTENTS)
    place = check_target(setup.library, PhraseTarget(intent, None, None))
    if place is None:
        raise UsageProblem("an intent or a framework is required", hint=f"For example: {example}")
    return place
