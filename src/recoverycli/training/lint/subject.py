"""The input of the rules: the texts of a framework with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.avoided import avoided_in
from recoverycli.wording.matcher import Matcher
from recoverycli.wording.model import Wording
from recoverycli.wording.search.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from recoverycli.content.checker import Path
    from recoverycli.frameworks.model import Framework, Phrase, Step
    from recoverycli.wording.model import Kind, Pattern


class RuleFinding(NamedTuple):
    """A finding: its step (None: the file), the part of the step, what, and what to do."""

    step: str | None
    path: Path
    what: str
    instead: str
    # The place in the file if the step is inherited from another framework.
    otherwise: Path | None = None
    # Why it matters, where that is more than the rule says.
    because: str = ""


class Subject(NamedTuple):
    """A framework to check, `whole` with its shared phrases, the wording, and how its steps are drawn.

    `lists` finds by kind what phrases should not say, `avoided` are the words that all frameworks tell to avoid.
    """

    framework: Framework
    whole: Framework
    matcher: Matcher
    lists: Mapping[Kind, Matcher]
    avoided: AvoidedWords
    misfits: Callable[[Framework], Iterator[RuleFinding]]


class AvoidedWords:
    """What frameworks tell to avoid, with the framework that it is from."""

    def __init__(self, frameworks: Iterable[Framework]) -> None:
        self._known = avoided_in(frameworks)
        self._matcher = Matcher(Wording(tuple(pattern for _, pattern in self._known.values())))

    def find(self, text: str) -> Iterator[tuple[str, str, Pattern]]:
        """Yield what of it a text has: the words, the framework's id, and the pattern with the better words."""
        for found in self._matcher.findings(text):
            yield text[found.start : found.end], self._known[found.pattern.id][0], found.pattern


def say_path(number: int) -> Path:
    return ("phrases", number, "say")


def wordable_phrases(framework: Framework) -> Iterator[tuple[Step, int, Phrase]]:
    """The phrases that an author is free to word."""
    for step in framework.steps:
        yield from ((step, number, phrase) for number, phrase in enumerate(step.phrases) if not phrase.verbatim)


def spoken_texts(framework: Framework) -> Iterator[tuple[str | None, Path, str]]:
    """All texts for an agent to say."""
    for step, number, phrase in wordable_phrases(framework):
        yield step.id, say_path(number), phrase.say
    for step in framework.steps:
        yield from ((step.id, ("ask", number), line) for number, line in enumerate(step.questions))
        yield from ((step.id, ("avoid", number, "instead"), one.instead) for number, one in enumerate(step.avoid))


def texts(framework: Framework) -> Iterator[tuple[str | None, Path, str]]:
    """All that an author writes."""
    for key in ("name", "expands_to", "summary"):
        yield None, (key,), getattr(framework, key)
    yield from ((None, ("principles", number), line) for number, line in enumerate(framework.principles))
    for step in framework.steps:
        yield step.id, ("name",), step.name
        yield step.id, ("goal",), step.goal
        yield from ((step.id, ("do", number), line) for number, line in enumerate(step.do))
        for number, one in enumerate(step.avoid):
            yield step.id, ("avoid", number, "say"), one.say
            yield step.id, ("avoid", number, "because"), one.because
    yield from spoken_texts(framework)


def plain(text: str) -> str:
    return " ".join(words_of(text).words)
