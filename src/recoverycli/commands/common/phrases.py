"""Personal phrases on the command line: their place, and finding one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar

import typer

from recoverycli.commands.common import completion_values
from recoverycli.commands.common.context import Setup
from recoverycli.commands.common.start_call import phrasebook
from recoverycli.errors import NotFound, UsageProblem, known_word
from recoverycli.frameworks.model import CHANNELS, INTENTS, MOODS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.frameworks.library import FrameworkLibrary
    from recoverycli.phrases.model import PersonalPhrase, PhrasesRead
    from recoverycli.store.phrasebook import StoredPhrase


Word = TypeVar("Word", bound=str)
# Removes a limit.
ANY = "any"
_LONGEST = 72
InIntent = Annotated[
    str | None,
    typer.Option(
        "--intent", autocompletion=completion_values.intents, help=f"The steps it fits: {', '.join(INTENTS)}."
    ),
]
OnlyFramework = Annotated[
    str | None,
    typer.Option(
        "--framework",
        "-f",
        metavar="ID",
        autocompletion=completion_values.frameworks,
        help="Use it only in this framework.",
    ),
]
OnlyStep = Annotated[
    str | None,
    typer.Option(
        "--step",
        metavar="ID",
        autocompletion=completion_values.steps,
        help="Use it only in this step of the framework.",
    ),
]
OnlyChannels = Annotated[
    list[str] | None,
    typer.Option(
        "--channel",
        autocompletion=completion_values.channels,
        help=f"Only for {', '.join(CHANNELS)}; or any. May be repeated.",
    ),
]
OnlyMoods = Annotated[
    list[str] | None,
    typer.Option(
        "--mood", autocompletion=completion_values.moods, help=f"Only for {', '.join(MOODS)}; or any. May be repeated."
    ),
]
OnlyIssues = Annotated[
    list[str] | None,
    typer.Option(
        "--issue", autocompletion=completion_values.families, help="Only for this issue; or any. May be repeated."
    ),
]


class PhraseTarget(NamedTuple):
    """An intent (its steps in every framework), or a framework and perhaps one of its steps."""

    intent: str | None
    framework: str | None
    step: str | None


def check_target(
    library: Callable[[], FrameworkLibrary], told: PhraseTarget, framework: str | None = None
) -> PhraseTarget | None:
    """Return the given place, in its known spelling; None if none was given.

    `framework` is that of a bare step. Raises UsageProblem for an unknown word, and for both an intent and a framework.
    """
    if told.intent is not None:
        if told.framework is not None or told.step is not None:
            hint = "An intent fits every framework; for one of them: --framework learn --step listen"
            raise UsageProblem("--intent and --framework do not go together", hint=hint)
        return PhraseTarget(named_list("intent", [told.intent], INTENTS)[0], None, None)
    wanted = told.framework or (framework if told.step is not None else None)
    if wanted is None:
        if told.step is not None:
            raise UsageProblem(f"--step {told.step[:60]} needs a framework", hint="For example: --framework learn")
        return None
    content = library().load(wanted).content
    if told.step is None:
        return PhraseTarget(None, content.id, None)
    return PhraseTarget(None, content.id, named_list("step", [told.step], [step.id for step in content.steps])[0])


def lists(channels: Sequence[str] | None, moods: Sequence[str] | None, issues: Sequence[str] | None) -> dict[str, Any]:
    """Return the given channels, moods and issues; `any` removes earlier ones."""
    told: dict[str, Any] = {
        "channels": _limits("channel", channels, CHANNELS),
        "moods": _limits("mood", moods, MOODS),
        "issues": None if issues is None else tuple(issue for issue in issues if issue.casefold() != ANY),
    }
    return {key: value for key, value in told.items() if value is not None}


def named_list(kind: str, words: Sequence[str] | None, known: Sequence[Word]) -> tuple[Word, ...]:
    """Return the typed words, each once. Raises UsageProblem with the closest known word."""
    found: dict[Word, None] = {}
    for word in words or ():
        found[known_word(kind, word, known)] = None
    return tuple(found)


def _limits(kind: str, words: Sequence[str] | None, known: Sequence[Word]) -> tuple[Word, ...] | None:
    if words is None:
        return None
    return named_list(kind, [word for word in words if word.casefold() != ANY], known)


def report_phrase(setup: Setup, kept: StoredPhrase, what: str) -> None:
    from recoverycli.terminal.views.frameworks.phrases import phrase_line

    line = phrase_line(kept.phrase, kept.phrase.id)
    shown = line if len(line) <= _LONGEST * 2 else f"{line[: _LONGEST * 2]}…"
    masked = " · a number in it was masked" if kept.masked else ""
    undo = f" · undo: recovery phrases remove {kept.phrase.id}" if what == "added" else ""
    setup.output.text(f"{what}: {shown}{masked}{undo}")


def read_phrasebook(setup: Setup) -> PhrasesRead:
    """Read the phrases; problems of the file are reported in one line, and the rest is used."""
    read = phrasebook(setup).read()
    if read.problems:
        more = f" (and {len(read.problems) - 1} more)" if len(read.problems) > 1 else ""
        setup.output.tell(f"warning: {read.problems[0].as_line()}{more} · correct it: recovery phrases edit")
    return read


def find_phrase(read: PhrasesRead, wanted: str) -> PersonalPhrase:
    """Return the phrase with that id or prefix of an id. Raises NotFound for none and for several."""
    found = [phrase for phrase in read.phrases if phrase.id == wanted]
    found = found or [phrase for phrase in read.phrases if wanted and phrase.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(phrase.id for phrase in found[:5])
        raise NotFound(f"{wanted[:60]} matches {len(found)} phrases: {ids}", hint="Type more of the id.")
    raise NotFound(f"there is no phrase {wanted[:60]}", hint="See: recovery phrases list")
