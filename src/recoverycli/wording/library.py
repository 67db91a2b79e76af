"""The wording in force: the files of every folder, pattern by pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.content.library import Library, Source
from recoverycli.content.nodes import Problem
from recoverycli.errors import nearest
from recoverycli.wording.model import Wording
from recoverycli.wording.reader import WordingFile, read_built_in, read_wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from recoverycli.content.reader import ContentRead
    from recoverycli.wording.reader import TriggerExample

FOLDER = "wording"


class WordingLibrary(Library[WordingFile]):
    """Wording files by id."""

    noun = "wording file"

    # `before` is for content that extends other content, which this does not.
    def read(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[WordingFile]:  # noqa: ARG002
        """Read the bytes of a wording file."""
        return read_wording(data, file)

    def read_built_in(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[WordingFile]:  # noqa: ARG002
        """Read the bytes of a wording file that comes with the tool."""
        return read_built_in(data)


class LoadedWording(msgspec.Struct, frozen=True):
    """The wording of all valid files, and the problems of the others."""

    wording: Wording
    problems: tuple[Problem, ...]


def load(sources: tuple[Source, ...], cards: Collection[str] | None = None) -> LoadedWording:
    """Read every wording file of the folders, which are given nearest first.

    A pattern, a part or a trigger replaces one of the same id in a folder further down, and any file may switch
    patterns and triggers `off`. With the ids of all `cards`, a trigger of any other card is a problem, and so is an
    example that its own words contradict.
    """
    listing = WordingLibrary(sources).listing()
    folders = [source.folder for source in sources]
    entries = sorted(listing.entries, key=lambda loaded: folders.index(loaded.path.parent))
    nearest_first = [loaded.content.file for loaded in entries]
    patterns = {one.id: one for file in reversed(nearest_first) for one in file.patterns}
    parts = {one.id: one for file in reversed(nearest_first) for one in file.parts}
    intents = {one.id: one for file in reversed(nearest_first) for one in file.intents}
    triggers = {one.id: one for file in reversed(nearest_first) for one in file.triggers}
    occasions = dict.fromkeys(words for file in nearest_first for words in file.occasions)
    off = [pair for loaded in entries for pair in loaded.content.off.items()]
    named = [pair for loaded in entries for pair in loaded.content.cards] if cards is not None else []
    unknown = (*_unknown(off, {**patterns, **triggers}), *_unknown(named, cards or (), ", ".join(cards or ())))
    kept = tuple(one for one in patterns.values() if one.id not in dict(off))
    triggering = tuple(one for one in triggers.values() if one.id not in dict(off))
    wording = Wording(kept, tuple(parts.values()), tuple(occasions), tuple(intents.values()), triggering)
    examples = [one for loaded in entries for one in loaded.content.examples] if cards is not None else []
    return LoadedWording(wording, (*listing.problems, *unknown, *_contradictions(examples)))


def _contradictions(examples: list[TriggerExample]) -> Iterator[Problem]:
    from recoverycli.wording.cards import CardTriggers

    alone = {one.trigger: CardTriggers(Wording(triggers=(one.trigger,))) for one in examples}
    for one in examples:
        if (alone[one.trigger].suggest(one.sentence) is not None) != one.suggests:
            yield one.problem


def _unknown(named: list[tuple[str, Problem]], known: Collection[str], allowed: str = "") -> tuple[Problem, ...]:
    """Return the problems of the names that are not known, each with the nearest one that is."""
    return tuple(
        msgspec.structs.replace(problem, allowed=allowed, nearest=nearest(name, known))
        for name, problem in named
        if name not in known
    )
