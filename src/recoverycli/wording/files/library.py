"""The wording in force: the files of every folder, pattern by pattern."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from recoverycli.content.library import Library, Source, yaml_files
from recoverycli.content.nodes import Problem
from recoverycli.content.reader import file_bytes
from recoverycli.errors import nearest
from recoverycli.version import __version__
from recoverycli.wording.files.examples import contradictions
from recoverycli.wording.files.lists import fill_all, resolve
from recoverycli.wording.files.reader import WordingFile, read_built_in, read_wording
from recoverycli.wording.model import Wording

if TYPE_CHECKING:
    from collections.abc import Collection

    from recoverycli.content.library import Loaded
    from recoverycli.content.reader import ContentRead

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

    A pattern, a part, an act or a trigger replaces one of the same id in a folder further down, and any file may
    switch patterns, acts and triggers `off`. Phrases can name the lists of their own folder and of folders further
    down. An example that its own words contradict is a problem, and with the ids of all `cards` a trigger of any other
    card.
    """
    listing = WordingLibrary(sources).listing()
    folders = [source.folder for source in sources]
    entries = sorted(listing.entries, key=lambda loaded: folders.index(loaded.path.parent))
    lists = _lists(sources, entries)
    nearest_first = [fill_all(loaded.content.file, lists[loaded.path]) for loaded in entries]
    patterns = {one.id: one for file in reversed(nearest_first) for one in file.patterns}
    parts = {one.id: one for file in reversed(nearest_first) for one in file.parts}
    intents = {one.id: one for file in reversed(nearest_first) for one in file.intents}
    acts = {one.id: one for file in reversed(nearest_first) for one in file.acts}
    triggers = {one.id: one for file in reversed(nearest_first) for one in file.triggers}
    occasions = dict.fromkeys(words for file in nearest_first for words in file.occasions)
    off = [pair for loaded in entries for pair in loaded.content.off.items()]
    unknown_lists = (
        problem for loaded in entries for problem in _unknown(list(loaded.content.lists), lists[loaded.path])
    )
    named = [pair for loaded in entries for pair in loaded.content.cards] if cards is not None else []
    unknown = (*_unknown(off, {**patterns, **acts, **triggers}), *_unknown(named, cards or (), ", ".join(cards or ())))
    kept = tuple(one for one in patterns.values() if one.id not in dict(off))
    triggering = tuple(one for one in triggers.values() if one.id not in dict(off))
    read_as = tuple(one for one in acts.values() if one.id not in dict(off))
    wording = Wording(kept, tuple(parts.values()), tuple(occasions), tuple(intents.values()), triggering, read_as)
    contradicted = (
        problem
        for loaded, file in zip(entries, nearest_first, strict=True)
        for problem in contradictions(file, loaded.content.examples, kept)
    )
    return LoadedWording(wording, (*listing.problems, *unknown_lists, *unknown, *contradicted))


def fingerprint(sources: tuple[Source, ...], cards: Collection[str] | None = None) -> bytes | None:
    """Return a digest of all that `load` and the compiled phrases depend on; None if a file cannot be read.

    That is the files, their places, the cards, and this version of the tool: in a checkout, the text of its modules.
    """
    problems: list[Problem] = []
    digest = hashlib.sha256(repr((__version__, cards and sorted(cards), sources)).encode())
    files = [path for source in sources for path in yaml_files(source.folder, problems)]
    for path in (*files, *sorted(Path(__file__).parents[1].rglob("*.py"))):
        data = file_bytes(path)
        if isinstance(data, Problem):
            return None
        digest.update(f"{path} {len(data)} ".encode())
        digest.update(data)
    return None if problems else digest.digest()


def validate(data: bytes, file: Path, sources: tuple[Source, ...], cards: Collection[str]) -> ContentRead[WordingFile]:
    """Read a wording file with every check: those against the files of its folder and of `sources` among them."""
    alone = read_wording(data, str(file))
    own = Source(file.parent, "flag")
    loaded = load((own, *(source for source in sources if source.folder.resolve() != own.folder.resolve())), cards)
    together = tuple(problem for problem in loaded.problems if problem.file == str(file))
    return msgspec.structs.replace(alone, problems=tuple(dict.fromkeys((*alone.problems, *together))))


def _lists(sources: tuple[Source, ...], entries: list[Loaded[WordingFile]]) -> dict[Path, dict[str, str]]:
    """Return for each file the lists that its phrases can name: its own, those of its folder and of folders below."""
    found: dict[Path, dict[str, str]] = {}
    below: dict[str, str] = {}
    for source in reversed(sources):
        used = [loaded for loaded in entries if loaded.path.parent == source.folder]
        files = used
        if len(used) < len(yaml_files(source.folder, [])):
            # The lists of a file that a nearer one replaces are still there for the others.
            files = [*WordingLibrary((source,)).listing().entries]
        written = [one.content.file.lists for one in files]
        of_folder = {name: items for lists in written for name, items in lists.items()}
        below = resolve(of_folder, below)
        has_twice = len(of_folder) < sum(map(len, written))
        found |= {one.path: resolve(one.content.file.lists, below) if has_twice else below for one in used}
    return found


def _unknown(named: list[tuple[str, Problem]], known: Collection[str], allowed: str = "") -> tuple[Problem, ...]:
    """Return the problems of the names that are not known, each with the nearest one that is."""
    return tuple(
        msgspec.structs.replace(problem, allowed=allowed, nearest=nearest(name, known))
        for name, problem in named
        if name not in known
    )
