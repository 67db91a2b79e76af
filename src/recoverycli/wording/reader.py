"""A wording file -> its patterns and parts, or every problem of the file at once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.content.nodes import Problem
from recoverycli.content.reader import ContentRead, read_content
from recoverycli.wording.model import File
from recoverycli.wording.phrases import Malformed, forms

if TYPE_CHECKING:
    from recoverycli.content.checker import Check, Path
    from recoverycli.content.nodes import Node

# The keys of each group of a file that hold phrases, and the one of them that is needed.
_PHRASES = {"patterns": ("say", "unless", "unless_followed_by"), "parts": ("signs", "unless"), "intents": ("signs",)}
_NEEDED = {"patterns": "say", "parts": "signs", "intents": "signs"}


class WordingFile(NamedTuple):
    """A file, and for each pattern that it switches off the problem to report if there is no such pattern."""

    file: File
    off: dict[str, Problem]


@functools.lru_cache(maxsize=32)
def read_wording(data: bytes, file: str) -> ContentRead[WordingFile]:
    """Read the bytes of a wording file. Never raises. What was read is cached for the next call from the same menu."""
    return read_content(data, file, "wording file", _build)


def _build(root: Node, check: Check) -> WordingFile | None:
    file = check.content(root, File, lambda plain: _check(plain, check))
    if file is None:
        return None
    return WordingFile(file, {name: _unknown(name, check, number) for number, name in enumerate(file.off)})


def _unknown(name: str, check: Check, number: int) -> Problem:
    mark = check.places["off", number].start_mark
    return Problem(check.file, mark.line + 1, mark.column + 1, f"there is no pattern `{name}` to switch off")


def _check(plain: dict[str, Any], check: Check) -> None:
    check.id_of_file(plain)
    for group, keys in _PHRASES.items():
        for path, item in check.items(plain, group):
            _check_item(item, path, _NEEDED[group], keys, check)
    _check_phrases(plain.get("occasions"), ("occasions",), check)


def _check_item(item: dict[str, Any], path: Path, needed: str, keys: tuple[str, ...], check: Check) -> None:
    if item.get(needed) == []:
        check.fault_at((*path, needed), f"`{needed}` is empty", "at least one phrase")
    for key in keys:
        _check_phrases(item.get(key), (*path, key), check)


def _check_phrases(phrases: Any, path: Path, check: Check) -> None:
    for number, phrase in enumerate(phrases if isinstance(phrases, list) else []):
        found = forms(phrase) if isinstance(phrase, str) else ()
        if isinstance(found, Malformed):
            check.fault_at((*path, number), f"`{' '.join(phrase.split())[:60]}`: {found.found}", found.allowed)
