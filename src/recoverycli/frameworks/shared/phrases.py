"""The phrases that every framework draws on beside its own words, by intent.

A folder holds `<intent>.yaml`. Its phrases come before those of later folders; the same id in a nearer folder wins.
"""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from msgspec.structs import replace

from recoverycli.content.model import ContentNode, Name
from recoverycli.content.reader import ContentRead, convert_built_in, read_content, read_file
from recoverycli.errors import nearest
from recoverycli.frameworks.model import CALL_FACTS, CALL_RECORDS, CONTACT_FACTS, Framework, Intent, Phrase, Step
from recoverycli.frameworks.phrasing import choose
from recoverycli.frameworks.reader import phrase_id
from recoverycli.frameworks.validation.rules import check_families, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Check, Path
    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Node, Problem
    from recoverycli.frameworks.model import IssueFamily
    from recoverycli.frameworks.phrasing import Facts

_AFTERWARDS: Intent = "follow-up"


class SharedFile(ContentNode, frozen=True, kw_only=True):
    """The phrases of one intent."""

    schema: Literal[1]
    intent: Intent
    placeholders: tuple[Name, ...] = ()
    phrases: tuple[Phrase, ...]


class SharedPhrases:
    """The shared phrases of the search order, each intent read once; `problems` are those of unreadable files."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = sources
        self._by_intent: dict[Intent, tuple[Phrase, ...]] = {}
        self._added: set[str] = set()
        self.problems: list[Problem] = []

    def of(self, framework: Framework, step: Step) -> tuple[Phrase, ...]:
        """Return the phrases that a step draws on: those of its intent, then those of what it carries besides."""
        intents = _intents(step) if framework.shared else ()
        return tuple(phrase for intent in intents for phrase in self._of(intent))

    def source_of(self, phrase: Phrase) -> Literal["built-in", "project"]:
        """Return where a phrase is from: whatever is not built in counts as the project's, as with frameworks."""
        return "project" if phrase.id in self._added else "built-in"

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
            # The same id in a nearer file wins.
            found: dict[str, Phrase] = {}
            for phrase, built_in in self._read(f"{intent}.yaml"):
                named = _with_id(phrase)
                if named.id not in found and not built_in:
                    self._added.add(named.id)
                found.setdefault(named.id, named)
            self._by_intent[intent] = tuple(found.values())
        return self._by_intent[intent]

    def _read(self, name: str) -> Iterator[tuple[Phrase, bool]]:
        """The phrases of every file of that name, and whether each is built in."""
        for source in self._sources:
            path = source.folder / name
            if not os.path.exists(path):  # noqa: PTH110  # False in a folder of another user
                continue
            if source.kind == "built-in":
                yield from ((phrase, True) for phrase in convert_built_in(path.read_bytes(), SharedFile).phrases)
                continue
            read = read_file(path, read_shared)
            self.problems += read.problems
            yield from ((phrase, False) for phrase in (read.content.phrases if read.content is not None else ()))


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


def read_shared(data: bytes, file: str, families: tuple[IssueFamily, ...] | None = None) -> ContentRead[SharedFile]:
    """Read the bytes of a file of shared phrases. Never raises.

    With `families`, the names of families and of placeholders are checked against them: a call does without, since
    words that fit nothing are never offered.
    """
    return read_content(data, file, "list of phrases", lambda root, check: _build(root, check, families))


def _build(root: Node, check: Check, families: tuple[IssueFamily, ...] | None) -> SharedFile | None:
    def rules(plain: dict[str, Any]) -> None:
        intent, stem = plain.get("intent"), PurePath(check.file).stem
        if intent is not None and intent != stem:
            check.fault_at(("intent",), f"the intent is `{intent}` and the file is named `{stem}`", "they must match")
        phrases = check.items(plain, "phrases")
        check.each_once("phrase", (((*path, "say"), one["say"]) for path, one in phrases if "say" in one))
        known = None if families is None else _known_names(plain, [one for _, one in phrases], families)
        for path, one in phrases:
            _check_phrase(one, path, check, known)
            if families is not None:
                check_families(one, path, check, [family.id for family in families])

    return check.content(root, SharedFile, rules)


def _known_names(plain: dict[str, Any], phrases: list[dict[str, Any]], families: tuple[IssueFamily, ...]) -> list[str]:
    """The names that phrases may use: facts of the call, contacts, the file's own, and what families capture."""
    own = (name for name in plain.get("placeholders") or () if isinstance(name, str))
    captured = (capture.id for family in families for capture in family.capture)
    conditions = (name for phrase in phrases for name in phrase.get("when") or {})
    return [*dict.fromkeys((*CALL_FACTS, *CALL_RECORDS, *CONTACT_FACTS, *own, *captured, *conditions))]


def _check_phrase(phrase: dict[str, Any], path: Path, check: Check, known: list[str] | None) -> None:
    for name in names_in(phrase.get("say") or "", (*path, "say"), check):
        if known is not None and name not in known:
            allowed = f"known: {', '.join(known)}; name others under `placeholders`"
            check.fault_at((*path, "say"), f"unknown placeholder `{name}`", allowed, nearest(name, known))
