"""`recovery phrases`: the phrases of one's own, which come first in a call."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.help_text import help_with_examples
from recoverycli.commands.common.options import AsJson
from recoverycli.commands.common.phrase_target import PhraseTarget, check_target, lists, named_list
from recoverycli.commands.common.start_call import phrasebook
from recoverycli.errors import NotFound, UsageProblem
from recoverycli.frameworks.model import CHANNELS, INTENTS, MOODS

if TYPE_CHECKING:
    from recoverycli.phrases.model import PersonalPhrase, PhrasesRead
    from recoverycli.store.phrasebook import StoredPhrase

app = typer.Typer(
    help=help_with_examples(
        "Add and change your own phrases.\n\nDuring a call they come first, marked as yours.",
        'recovery phrases add "I would be annoyed too, {customer|honestly}." --intent empathize --mood angry',
        "recovery phrases list",
    ),
    no_args_is_help=True,
)

_ADD = 'recovery phrases add "I am so sorry." --intent apologize'
_LONGEST = 72

Intent = Annotated[
    str | None,
    typer.Option(
        "--intent", autocompletion=completion_values.intents, help=f"The steps it fits: {', '.join(INTENTS)}."
    ),
]
Framework = Annotated[
    str | None,
    typer.Option(
        "--framework",
        "-f",
        metavar="ID",
        autocompletion=completion_values.frameworks,
        help="Use it only in this framework.",
    ),
]
Step = Annotated[
    str | None,
    typer.Option(
        "--step",
        metavar="ID",
        autocompletion=completion_values.steps,
        help="Use it only in this step of the framework.",
    ),
]
Channels = Annotated[
    list[str] | None,
    typer.Option(
        "--channel",
        autocompletion=completion_values.channels,
        help=f"Only for {', '.join(CHANNELS)}; or any. May be repeated.",
    ),
]
Moods = Annotated[
    list[str] | None,
    typer.Option(
        "--mood", autocompletion=completion_values.moods, help=f"Only for {', '.join(MOODS)}; or any. May be repeated."
    ),
]
Issues = Annotated[
    list[str] | None,
    typer.Option(
        "--issue", autocompletion=completion_values.issues, help="Only for this issue; or any. May be repeated."
    ),
]


@app.command(
    help=help_with_examples(
        "Add a phrase and choose the steps it fits.",
        _ADD,
        'recovery phrases add "I see {order} here." --framework learn --step resolve --channel chat --mood angry',
    ),
)
def add(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="The phrase; {name|fallback} is filled in.")
    ] = None,
    intent: Intent = None,
    framework: Framework = None,
    step: Step = None,
    channel: Channels = None,
    mood: Moods = None,
    issue: Issues = None,
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
    _confirm(setup, kept, "added" if kept.new else "already there")


@app.command(
    "list",
    help=help_with_examples(
        "List your phrases and the steps they fit.",
        "recovery phrases list",
        "recovery phrases list --intent apologize --json",
    ),
)
def list_(context: typer.Context, intent: Intent = None, framework: Framework = None, as_json: AsJson = False) -> None:
    """List your phrases and the steps they fit."""
    from recoverycli.terminal.views.frameworks.phrases import phrases_page, short_ids

    setup: Setup = context.obj
    wanted = named_list("intent", [intent] if intent else None, INTENTS)
    read = _read_book(setup)
    ids = [phrase.id for phrase in read.phrases]
    names = dict(zip(ids, short_ids(ids), strict=True))
    phrases = [
        phrase
        for phrase in read.phrases
        if (not wanted or phrase.intent in wanted) and (not framework or phrase.framework == framework)
    ]
    if as_json:
        for phrase in phrases:
            setup.output.as_json({name: getattr(phrase, name) for name in phrase.__struct_fields__})
        return
    shown = [names[phrase.id] for phrase in phrases]
    setup.output.show(phrases_page(phrases, shown, chosen=bool(intent or framework)))


@app.command(
    help=help_with_examples(
        "Change a phrase.\n\nWithout an id, the file of all phrases opens in your editor.",
        "recovery phrases edit",
        'recovery phrases edit 9f3a --say "I am truly sorry." --mood upset --mood angry',
        "recovery phrases edit 9f3a --channel any",
    ),
)
def edit(
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
    intent: Intent = None,
    framework: Framework = None,
    step: Step = None,
    channel: Channels = None,
    mood: Moods = None,
    issue: Issues = None,
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
        from recoverycli.commands.common.editor import edit_file

        edit_file(setup, phrasebook(setup))
        return
    if not asked:
        raise UsageProblem(
            "a change is required", hint=f'For example: recovery phrases edit {id_[:60]} --say "I am truly sorry."'
        )
    phrase = _find(_read_book(setup), id_)
    place = check_target(setup.library, PhraseTarget(intent, framework, step), phrase.framework)
    changes = {**narrow, **(place._asdict() if place else {}), **({"say": say} if say is not None else {})}
    kept = phrasebook(setup).replace(phrase.id, replace(phrase, **changes))
    _confirm(setup, kept, "changed" if kept.new else "unchanged")


@app.command(
    help=help_with_examples(
        "Remove a phrase.",
        "recovery phrases remove 9f3a",
        "recovery phrases remove 9f3a --yes",
        "recovery phrases remove 9f3a --dry-run",
    ),
)
def remove(
    context: typer.Context,
    id_: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            autocompletion=completion_values.phrases,
            help="The phrase's id or a unique start of it; see: recovery phrases list",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be removed.")] = False,
) -> None:
    """Remove a phrase."""
    from recoverycli.terminal.ask.missing_word import choose
    from recoverycli.terminal.views.frameworks.phrases import phrase_line

    setup: Setup = context.obj
    read = _read_book(setup)
    if id_ is None and read.phrases:
        lines = [phrase_line(phrase, phrase.id) for phrase in read.phrases]
        chosen = choose(setup.output, "Which phrase?", lines)
        id_ = chosen.partition(":")[0] if chosen else None
    if id_ is None:
        raise UsageProblem(
            "the id of a phrase is required",
            hint="For example: recovery phrases remove 9f3a\nSee: recovery phrases list",
        )
    phrase = _find(read, id_)
    line = phrase_line(phrase, phrase.id)
    if dry_run:
        setup.output.text(f"would be removed: {line}")
        return
    if not yes:
        if not setup.look.interactive:
            raise UsageProblem(f"not removed without --yes: {line}", hint=f"recovery phrases remove {phrase.id} --yes")
        setup.output.text(line)
        if choose(setup.output, "Remove this phrase?", ("keep it", "remove it")) != "remove it":
            setup.output.text("Nothing was removed.")
            return
    if phrasebook(setup).remove(phrase.id) is None:
        raise NotFound(f"phrase {phrase.id} no longer exists", hint="See: recovery phrases list")
    setup.output.text(f"removed: {line} · the others: recovery phrases list")


def _confirm(setup: Setup, kept: StoredPhrase, what: str) -> None:
    from recoverycli.terminal.views.frameworks.phrases import phrase_line

    line = phrase_line(kept.phrase, kept.phrase.id)
    shown = line if len(line) <= _LONGEST * 2 else f"{line[: _LONGEST * 2]}…"
    masked = " · a number in it was masked" if kept.masked else ""
    undo = f" · undo: recovery phrases remove {kept.phrase.id}" if what == "added" else ""
    setup.output.text(f"{what}: {shown}{masked}{undo}")


def _read_book(setup: Setup) -> PhrasesRead:
    """Read the phrases; what is wrong in the file is told in a line, and the rest serves."""
    read = phrasebook(setup).read()
    if read.problems:
        more = f" (and {len(read.problems) - 1} more)" if len(read.problems) > 1 else ""
        setup.output.tell(f"warning: {read.problems[0].as_line()}{more} · correct it: recovery phrases edit")
    return read


def _find(read: PhrasesRead, wanted: str) -> PersonalPhrase:
    """Return the phrase that an id or the beginning of one names. Raises NotFound for none and for several."""
    found = [phrase for phrase in read.phrases if phrase.id == wanted]
    found = found or [phrase for phrase in read.phrases if wanted and phrase.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(phrase.id for phrase in found[:5])
        raise NotFound(f"{wanted[:60]} matches {len(found)} phrases: {ids}", hint="Type more of the id.")
    raise NotFound(f"there is no phrase {wanted[:60]}", hint="See: recovery phrases list")


def _ask_words(setup: Setup) -> str | None:
    """Ask for the words of a phrase; None if nobody can be asked, or nothing was typed."""
    if not setup.look.interactive:
        return None
    from recoverycli.terminal.call.plain_input import PlainInput

    setup.output.text("Which words? {customer|there} is filled in during the call.")
    typed = PlainInput(sys.stdin.buffer, lambda: setup.output.raw("> "))()
    if typed.interrupted:
        raise KeyboardInterrupt
    return (typed.line or "").strip() or None


def _ask_target(setup: Setup, example: str) -> PhraseTarget:
    """Ask for the intent of a phrase. Raises UsageProblem with the example if nobody can be asked."""
    from recoverycli.terminal.ask.missing_word import choose

    intent = choose(setup.output, "What is it for? It fits these steps in every framework.", INTENTS)
    place = check_target(setup.library, PhraseTarget(intent, None, None))
    if place is None:
        raise UsageProblem("an intent or a framework is required", hint=f"For example: {example}")
    return place
