"""What every framework draws on beside its own words: phrases by intent, and the families of issues.

A folder holds `<intent>.yaml` for phrases, or `families.yaml`. What stands in a nearer folder comes first, and nothing
in it hides what comes with the tool.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from recoverycli.content.model import ContentNode, Line, Name, Slug
from recoverycli.content.reader import ContentRead, read_content, read_file
from recoverycli.frameworks.model import Framework, Intent, Phrase, Step
from recoverycli.frameworks.phrasing import choose
from recoverycli.frameworks.reader import phrase_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Problem
    from recoverycli.frameworks.phrasing import Facts

# Longest first: "wrong person" is a matter of privacy, whatever "person" alone would be.
_MOST_WORDS = 4
_AFTERWARDS: Intent = "follow-up"
_INTENT = re.compile(rb"^intent:", re.MULTILINE)
_STEPS = re.compile(rb"^(?:steps|extends):", re.MULTILINE)

File = TypeVar("File", bound=ContentNode)


class SharedFile(ContentNode, frozen=True, kw_only=True):
    """The phrases of one intent."""

    schema: Literal[1]
    intent: Intent
    placeholders: tuple[Name, ...] = ()
    phrases: tuple[Phrase, ...]


class IssueFamily(ContentNode, frozen=True, kw_only=True):
    """A kind of complaint, and the words that people write for it."""

    id: Slug
    name: Line
    words: tuple[Line, ...] = ()


class FamilyFile(ContentNode, frozen=True, kw_only=True):
    """The families of issues."""

    schema: Literal[1]
    families: Annotated[tuple[IssueFamily, ...], msgspec.Meta(min_length=1)]


class SharedPhrases:
    """The shared phrases of the search order, each intent read once; `problems` are those of unreadable files."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._by_intent: dict[Intent, tuple[Phrase, ...]] = {}
        self.problems: list[Problem] = []

    def of(self, framework: Framework, step: Step) -> tuple[Phrase, ...]:
        """Return the phrases that a step draws on: those of its intent, then those of what it carries besides."""
        intents = _intents(step) if framework.shared else ()
        return tuple(phrase for intent in intents for phrase in self._of(intent))

    def complete(self, framework: Framework, family: str | None = None) -> Framework:
        """Return a framework whose steps hold after their own the shared phrases: general ones and a family's."""
        steps = []
        for step in framework.steps:
            own = {phrase.id for phrase in step.phrases}
            more = (one for one in self.of(framework, step) if not one.issues or family in one.issues)
            added = {phrase.id: phrase for phrase in more if phrase.id not in own}
            steps.append(replace(step, phrases=(*step.phrases, *added.values())))
        return replace(framework, steps=tuple(steps))

    def offer(self, framework: Framework, facts: Facts) -> Framework:
        """Return a framework whose steps hold what a call with those facts is offered, best first."""
        whole = self.complete(framework, facts.family)
        steps = (replace(step, phrases=choose(step.phrases, facts)) for step in whole.steps)
        return replace(whole, steps=tuple(steps))

    def count(self, framework: Framework) -> dict[str, int]:
        """Return how many shared phrases each step draws on, by its id, those of every family included."""
        return {step.id: len(self.of(framework, step)) for step in framework.steps}

    def _of(self, intent: Intent) -> tuple[Phrase, ...]:
        if intent not in self._by_intent:
            files = _read(self._sources, f"{intent}.yaml", SharedFile, self.problems)
            self._by_intent[intent] = tuple(_with_id(phrase) for file in files for phrase in file.phrases)
        return self._by_intent[intent]


class IssueFamilies:
    """The families of the search order, read when an issue is first looked up."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._words: dict[str, str] | None = None
        self.problems: list[Problem] = []

    def find(self, issue: str | None) -> str | None:
        """Return the id of the family that an issue belongs to, or None: by the longest of its words that is known."""
        if not issue:
            return None
        known = self._placeholder_names()
        words = "".join(letter if letter.isalnum() or letter in "'-" else " " for letter in issue.casefold()).split()
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                family = known.get(" ".join(words[start : start + length]))
                if family is not None:
                    return family
        return None

    def _placeholder_names(self) -> dict[str, str]:
        if self._words is None:
            self._words = {}
            for file in _read(self._sources, "families.yaml", FamilyFile, self.problems):
                for family in file.families:
                    for word in (family.id, *family.words):
                        self._words.setdefault(word.casefold(), family.id)
        return self._words


def holds_shared_phrases(data: bytes) -> bool:
    """Whether a file holds the phrases of an intent, and no framework."""
    return bool(_INTENT.search(data)) and not _STEPS.search(data)


def as_framework(file: SharedFile) -> Framework:
    """Return the phrases of an intent as a framework of one step, so that they can be checked like one."""
    step = Step(id=file.intent, name=file.intent, intent=file.intent, goal=file.intent, phrases=file.phrases)
    return Framework(
        schema=1,
        id=file.intent,
        name=file.intent,
        expands_to=file.intent,
        summary=file.intent,
        placeholders=file.placeholders,
        steps=(step,),
    )


def _intents(step: Step) -> tuple[Intent, ...]:
    """The intents whose phrases fit the moment of a step: what is asked afterwards is not said during the call."""
    match step.phase:
        case "live":
            return tuple(intent for intent in (step.intent, *step.also) if intent != _AFTERWARDS)
        case "follow-up":
            return (_AFTERWARDS,)
        case _:
            return ()


def _with_id(phrase: Phrase) -> Phrase:
    return phrase if phrase.id else replace(phrase, id=phrase_id(phrase.say))


def _read(sources: tuple[Source, ...], name: str, type_: type[File], problems: list[Problem]) -> Iterator[File]:
    for source in sources:
        path = source.folder / name
        if not path.exists():
            continue
        if source.kind == "built-in":
            yield _convert(path.read_bytes(), type_)
            continue
        read = read_file(path, lambda data, file: read_shared(data, file, type_))
        problems += read.problems
        if read.content is not None:
            yield read.content


def read_shared(data: bytes, file: str, type_: type[File]) -> ContentRead[File]:
    """Read the bytes of a file of shared phrases or of families. Never raises."""

    return read_content(
        data,
        file,
        "list of phrases" if type_ is SharedFile else "list of families",
        lambda root, check: check.content(root, type_, lambda _data: None),
    )


def _convert(data: bytes, type_: type[File]) -> File:
    """Read a file that comes with the tool and is known to be sound: a third of the time, before the first screen."""
    import yaml

    return msgspec.convert(yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader)), type_)  # noqa: S506
