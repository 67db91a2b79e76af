"""`recovery phrases edit`: change a phrase."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.editor import editor, open_editor
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
    find_phrase,
    lists,
    read_phrasebook,
    report_phrase,
)
from recoverycli.commands.common.start_call import phrasebook
from recoverycli.errors import RecoveryError, UsageProblem, did_you_mean

if TYPE_CHECKING:
    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.phrases.model import PersonalPhrase
    from recoverycli.store.phrasebook import Phrasebook

HELP = help_with_examples(
    "Change a phrase.\n\nWithout an id, the file of all phrases opens in your editor.",
    "recovery phrases edit",
    'recovery phrases edit 9f3a --say "I am truly sorry." --mood upset --mood angry',
    "recovery phrases edit 9f3a --channel any",
)


def command(
    context: typer.Context,
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            autocompletion=completion_values.phrases,
            help="The phrase's id or a unique start of it; see: recovery phrases list",
        ),
    ] = None,
    say: Annotated[str | None, typer.Option("--say", metavar="TEXT", help="The new words.")] = None,
    intent: InIntent = None,
    framework: OnlyFramework = None,
    step: OnlyStep = None,
    channel: OnlyChannels = None,
    mood: OnlyMoods = None,
    issue: OnlyIssues = None,
) -> None:
    """Change a phrase."""
    from msgspec.structs import replace

    setup: Setup = context.obj
    narrow = lists(channel, mood, issue)
    asked = say is not None or bool(narrow) or any((intent, framework, step))
    if id_ is None:
        if asked:
            raise UsageProblem(
                "the id of a phrase is required",
                hint='For example: recovery phrases edit 9f3a --say "I am truly sorry."',
            )
        _edit_file(setup, phrasebook(setup))
        return
    if not asked:
        raise UsageProblem(
            "a change is required", hint=f'For example: recovery phrases edit {id_[:60]} --say "I am truly sorry."'
        )
    phrase = find_phrase(read_phrasebook(setup), id_)
    place = check_target(setup.library, PhraseTarget(intent, framework, step), phrase.framework)
    changes = {**narrow, **(place._asdict() if place else {}), **({"say": say} if say is not None else {})}
    kept = phrasebook(setup).replace(phrase.id, replace(phrase, **changes))
    report_phrase(setup, kept, "changed" if kept.new else "unchanged")


def _edit_file(setup: Setup, book: Phrasebook) -> None:
    """Open the file in the editor, wait until it closes, and check the file. Exits with 1 if it has errors."""
    if not setup.look.interactive:
        raise UsageProblem(
            f"an editor needs a terminal; the file is {book.path}",
            hint="Change it there, or one phrase from here: recovery phrases edit ID --say TEXT",
        )
    command = editor(os.environ)
    if not book.path.exists():
        book.begin()
    open_editor(setup, command, book.path)
    read = book.read()
    for line in _unknown_places(read.phrases, setup.library()):
        setup.output.tell(f"warning: {line}")
    for problem in read.problems:
        setup.output.text(problem.as_line())
    serve = f"{len(read.phrases)} {'phrase' if len(read.phrases) == 1 else 'phrases'}"
    if read.problems:
        setup.output.text(f"{serve} can be used; those above are ignored. Correct them: recovery phrases edit")
        raise typer.Exit(1)
    setup.output.text(f"valid: {serve} · recovery phrases list")


def _unknown_places(phrases: tuple[PersonalPhrase, ...], library: FrameworkLibrary) -> list[str]:
    """Return a line for each unknown framework and step of a phrase, which would never be shown."""
    lines = []
    for name, steps in _named_places(phrases).items():
        try:
            known = [step.id for step in library.load(name).content.steps]
        except RecoveryError as missing:
            lines.append(f"a phrase is for the framework {name}: {missing.message.splitlines()[0]}")
            continue
        lines += [
            f"a phrase is for the step {step} of {name}, which has no such step{did_you_mean(step, known)}"
            for step in sorted(steps - set(known))
        ]
    return lines


def _named_places(phrases: tuple[PersonalPhrase, ...]) -> dict[str, set[str]]:
    named: dict[str, set[str]] = {}
    for phrase in phrases:
        if phrase.framework is not None:
            named.setdefault(phrase.framework, set()).update([phrase.step] if phrase.step else [])
    return named
