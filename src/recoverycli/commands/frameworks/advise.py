"""`recovery frameworks advise`: suggest a framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson, Issue, Mood, Ours
from recoverycli.commands.common.told_words import told_fault, told_word
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.frameworks.model import CHANNELS, MOODS, TIMES, Fault, TimeAtHand
from recoverycli.frameworks.phrasing import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recoverycli.training.advice import Advice

HELP = help_with_examples(
    "Suggest a framework, and words for its steps.\n\nThree questions decide: the channel, the available time, and "
    "whether the fault is ours. Options can answer them. The words also fit the mood and the issue.",
    "recovery frameworks advise",
    "recovery frameworks advise --channel chat --time short --ours yes",
    'recovery frameworks advise --channel phone --time some --ours no --mood angry --issue "charged twice"',
)
Word = TypeVar("Word", bound=str)
_TIMES: dict[TimeAtHand, str] = {
    "short": "short: a minute or two, somebody is waiting",
    "some": "some: five minutes or so",
    "ample": "ample: as long as it takes",
}
_OURS_TOLD: dict[Fault, str] = {
    "ours": "yes: we failed them",
    "not-ours": "no: others did, or nobody",
    "unclear": "unclear: nobody knows yet",
}


def command(
    context: typer.Context,
    *,
    channel: Annotated[
        str | None,
        typer.Option(
            "--channel", metavar="WORD", help=f"{', '.join(CHANNELS)}.", autocompletion=completion_values.channels
        ),
    ] = None,
    time: Annotated[str | None, typer.Option("--time", metavar="WORD", help=f"{', '.join(TIMES)}.")] = None,
    ours: Ours = None,
    mood: Mood = None,
    issue: Issue = None,
    as_json: AsJson = False,
) -> None:
    """Suggest a framework."""
    from recoverycli.training.advice import Moment, advise, example_words

    setup: Setup = context.obj
    told = told_word("channel", channel, CHANNELS), told_word("time", time, TIMES), told_fault(ours)
    told_mood = told_word("mood", mood, MOODS)
    moment = Moment(
        told[0] or _ask_word(setup, "--channel", "How do they talk to you?", {one: one for one in CHANNELS}),
        told[1] or _ask_word(setup, "--time", "How much time is there?", _TIMES),
        told[2] or _ask_word(setup, "--ours", "Is the fault ours?", _OURS_TOLD),
    )
    listing = setup.library().listing()
    setup.warn(listing.problems)
    advice = advise([loaded.content for loaded in listing.entries], moment)
    if advice is None:
        raise NotFound("there is no framework to choose from", hint="See: recovery frameworks list")
    family = setup.issue_families().find(issue)
    facts = Facts(moment.channel, told_mood, issue, family.id if family else None, moment.fault)
    taken = next(loaded.content for loaded in listing.entries if loaded.content.id == advice.take.id)
    advice = advice._replace(words=example_words(setup.shared_phrases().offer(taken, facts)))
    if as_json:
        setup.output.as_json({**complete(advice), "mood": told_mood, "issue": issue, "family": facts.family})
        return
    from recoverycli.terminal.views.frameworks.advice import advice_page

    given = {"channel": moment.channel, "mood": told_mood, "issue": issue}
    setup.output.show(advice_page(advice, {name: value for name, value in given.items() if value}))


def complete(advice: Advice) -> dict[str, Any]:
    """The advice as an object for JSON."""
    picks = {name: pick and pick._asdict() for name, pick in (("later", advice.later), ("instead", advice.instead))}
    words = [one._asdict() for one in advice.words]
    whole = {"moment": advice.moment._asdict(), "take": advice.take._asdict(), "words": words}
    return {**advice._asdict(), **whole, **picks}


def _ask_word(setup: Setup, option: str, question: str, options: Mapping[Word, str]) -> Word:
    from recoverycli.terminal.ask.questions import choose

    chosen = choose(setup.output, question, list(options.values()))
    found = next((word for word, told in options.items() if chosen in {word, told}), None)
    if found is None:
        hint = "For example: recovery frameworks advise --channel chat --time short --ours yes"
        raise UsageProblem(f"an answer is missing: {option}", hint=hint)
    return found
