"""Where a phrase of one's own belongs and for whom it is, from the words of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from recoverycli.errors import UsageProblem, known_word
from recoverycli.frameworks.model import CHANNELS, INTENTS, MOODS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.frameworks.library import FrameworkLibrary

Word = TypeVar("Word", bound=str)
# Takes a limit away again.
ANY = "any"


class PhraseTarget(NamedTuple):
    """An intent (its steps in every framework), or a framework and perhaps one of its steps."""

    intent: str | None
    framework: str | None
    step: str | None


def check_target(
    library: Callable[[], FrameworkLibrary], told: PhraseTarget, framework: str | None = None
) -> PhraseTarget | None:
    """Return the place that was named, spelt as it is known; None if none was. `framework` is that of a bare step.

    Raises UsageProblem for a word that is not known, and for an intent beside a framework.
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
    """Return what was said of channels, moods and issues; `any` takes away what was said before."""
    told: dict[str, Any] = {
        "channels": _limits("channel", channels, CHANNELS),
        "moods": _limits("mood", moods, MOODS),
        "issues": None if issues is None else tuple(issue for issue in issues if issue.casefold() != ANY),
    }
    return {key: value for key, value in told.items() if value is not None}


def named_list(kind: str, words: Sequence[str] | None, known: Sequence[Word]) -> tuple[Word, ...]:
    """Return the known words that were typed, each once. Raises UsageProblem with the nearest for any other."""
    found: dict[Word, None] = {}
    for word in words or ():
        found[known_word(kind, word, known)] = None
    return tuple(found)


def _limits(kind: str, words: Sequence[str] | None, known: Sequence[Word]) -> tuple[Word, ...] | None:
    if words is None:
        return None
    return named_list(kind, [word for word in words if word.casefold() != ANY], known)
