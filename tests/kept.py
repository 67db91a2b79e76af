"""What is made of the files that come with the tool, kept in a process of tests for all its commands and tests.

The files do not change while tests run, yet most commands read and compile them again: half of the time of the tests.
Only what is made of the files of the tool alone is kept; with a file of anybody else's everything is read as ever.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

from recoverycli import paths
from recoverycli.content import reader
from recoverycli.content.library import yaml_files
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.wording import compiled, matcher
from recoverycli.wording.files import library

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from recoverycli.content.library import Source
    from recoverycli.content.nodes import Problem
    from recoverycli.content.reader import ContentRead
    from recoverycli.frameworks.model import Framework
    from recoverycli.wording.files.library import LoadedWording

FRAMEWORKS, WORDING = (paths.built_in_folder(name) for name in ("frameworks", "wording"))


def keep() -> None:
    """Keep, from now on, what is made."""
    FrameworkLibrary.read_built_in = _keep_frameworks(FrameworkLibrary.read)  # type: ignore[method-assign]
    _replace(reader.convert_built_in, functools.lru_cache(maxsize=64)(reader.convert_built_in))
    load, own = _keep_wording(library.load)
    _replace(library.load, load)
    _replace(matcher.compile_matcher, _keep_made_of(own, matcher.compile_matcher))
    _replace(compiled.compile_for_call, _keep_made_of(own, compiled.compile_for_call))
    _replace(compiled.encode, _keep_made_of(own, compiled.encode))


def _alone(sources: tuple[Source, ...], kept: Any) -> bool:
    """Whether a search order has files in a folder of the tool alone."""
    problems: list[Problem] = []
    found = [source.folder for source in sources if yaml_files(source.folder, problems)]
    return not problems and found == [kept] and sources[-1].kind == "built-in"


def _keep_frameworks(read: Callable[..., ContentRead[Framework]]) -> Callable[..., ContentRead[Framework]]:
    kept: dict[tuple[bytes, str, tuple[str, ...]], ContentRead[Framework]] = {}

    def read_built_in(
        self: FrameworkLibrary, data: bytes, file: str, before: tuple[str, ...] = ()
    ) -> ContentRead[Framework]:
        if not _alone(self.sources, FRAMEWORKS):
            return read(self, data, file, before)
        key = (data, file, before)
        if key not in kept:
            kept[key] = read(self, data, file, before)
        return kept[key]

    return read_built_in


def _keep_wording(read: Callable[..., LoadedWording]) -> tuple[Callable[..., LoadedWording], list[Any]]:
    kept: dict[object, LoadedWording] = {}
    own: list[Any] = []

    def load(sources: tuple[Source, ...], cards: Collection[str] | None = None) -> LoadedWording:
        if not _alone(sources, WORDING):
            return read(sources, cards)
        files = tuple(path.read_bytes() for path in yaml_files(WORDING, []))
        key = (files, None if cards is None else tuple(cards))
        if key not in kept:
            kept[key] = read(sources, cards)
            own.append(kept[key].wording)
        return kept[key]

    return load, own


def _keep_made_of(own: list[Any], make: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what is made of the wording of the tool, and what is made of that."""
    kept: dict[tuple[int, object], Any] = {}

    def made(source: Any, *more: Any) -> Any:
        if not any(source is one for one in own):
            return make(source, *more)
        key = (id(source), more)
        if key not in kept:
            kept[key] = make(source, *more)
            own.append(kept[key])
        return kept[key]

    return made


def _replace(function: Callable[..., Any], kept: Callable[..., Any]) -> None:
    """Put a function in place of another wherever it was imported."""
    for module in [*sys.modules.values()]:
        for name, value in [*getattr(module, "__dict__", {}).items()]:
            if value is function:
                setattr(module, name, kept)
