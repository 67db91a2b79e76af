"""The wording in force: the files of every folder, pattern by pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.content.library import Library, Source
from recoverycli.content.nodes import Problem
from recoverycli.errors import nearest
from recoverycli.wording.model import Wording
from recoverycli.wording.reader import WordingFile, read_wording

if TYPE_CHECKING:
    from recoverycli.content.reader import ContentRead

FOLDER = "wording"


class WordingLibrary(Library[WordingFile]):
    """Wording files by id."""

    noun = "wording file"

    # `before` is for content that extends other content, which this does not.
    def read(self, data: bytes, file: str, before: tuple[str, ...] = ()) -> ContentRead[WordingFile]:  # noqa: ARG002
        """Read the bytes of a wording file."""
        return read_wording(data, file)


class LoadedWording(msgspec.Struct, frozen=True):
    """The wording of all valid files, and the problems of the others."""

    wording: Wording
    problems: tuple[Problem, ...]


def load(sources: tuple[Source, ...]) -> LoadedWording:
    """Read every wording file of the folders, which are given nearest first.

    A pattern or a part replaces one of the same id in a folder further down, and any file may switch patterns `off`.
    """
    listing = WordingLibrary(sources).listing()
    folders = [source.folder for source in sources]
    entries = sorted(listing.entries, key=lambda loaded: folders.index(loaded.path.parent))
    nearest_first = [loaded.content.file for loaded in entries]
    patterns = {one.id: one for file in reversed(nearest_first) for one in file.patterns}
    parts = {one.id: one for file in reversed(nearest_first) for one in file.parts}
    intents = {one.id: one for file in reversed(nearest_first) for one in file.intents}
    occasions = dict.fromkeys(words for file in nearest_first for words in file.occasions)
    off = [pair for loaded in entries for pair in loaded.content.off.items()]
    unknown = [
        msgspec.structs.replace(problem, nearest=nearest(name, patterns))
        for name, problem in off
        if name not in patterns
    ]
    kept = tuple(one for one in patterns.values() if one.id not in dict(off))
    wording = Wording(kept, tuple(parts.values()), tuple(occasions), tuple(intents.values()))
    return LoadedWording(wording, (*listing.problems, *unknown))
