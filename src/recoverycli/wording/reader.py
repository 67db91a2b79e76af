"""A wording file -> its patterns and parts, or every problem of the file in one go, told as a framework's are."""

from __future__ import annotations

import functools
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import msgspec

from recoverycli.content.checker import Check, Path, converted, type_of
from recoverycli.content.nodes import Problem, compose, newer_than
from recoverycli.wording.model import File
from recoverycli.wording.phrases import Malformed, forms

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = 1
# The lists of phrases in a file: where they stand, and what each of them holds.
_PHRASES = {"patterns": ("say", "unless", "unless_followed_by"), "parts": ("signs", "unless"), "intents": ("signs",)}
_NEEDED = {"patterns": "say", "parts": "signs", "intents": "signs"}


class WordingRead(msgspec.Struct, frozen=True):
    """What reading a file gave: its content, or the problems that stand in its way; and where `off` names patterns."""

    content: File | None
    problems: tuple[Problem, ...]
    off: tuple[tuple[str, str, int, int], ...] = ()


@functools.lru_cache(maxsize=32)
def read_wording(data: bytes, file: str) -> WordingRead:
    """Read the bytes of a wording file. Never raises. What was read is kept for the next call from the same menu."""
    root = compose(data, file, "wording file")
    if isinstance(root, Problem):
        return WordingRead(None, (root,))
    check = Check(file)
    if (newer := newer_than(root, SCHEMA)) is not None:
        check.fault(
            newer, f"the file is of schema {newer.value[:12]}", "it was written for a newer version of recovery"
        )
        return WordingRead(None, tuple(check.problems))
    plain = check.value(root, type_of(File))
    if isinstance(plain, dict):
        _check(plain, file, check)
    if check.problems:
        return WordingRead(None, tuple(sorted(check.problems, key=lambda problem: (problem.line, problem.column))))
    content: File = converted(plain, File)
    off = tuple((name, file, *_place(check, ("off", number))) for number, name in enumerate(content.off))
    return WordingRead(content, (), off)


def _check(plain: dict[str, Any], file: str, check: Check) -> None:
    stem = PurePath(file).stem
    if isinstance(plain.get("id"), str) and plain["id"] != stem:
        check.fault_at(("id",), f"the id is `{plain['id']}` and the file is named `{stem}`", "they are the same", stem)
    for group, keys in _PHRASES.items():
        seen: set[str] = set()
        for path, item in _items(plain.get(group), (group,)):
            _check_item(item, path, _NEEDED[group], keys, check)
            if item.get("id") in seen:
                check.fault_at((*path, "id"), f"the id `{item['id']}` stands here twice", "each id once")
            seen.add(item.get("id", ""))
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


def _items(values: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for number, item in enumerate(values if isinstance(values, list) else []):
        if isinstance(item, dict):
            yield (*path, number), item


def _place(check: Check, path: Path) -> tuple[int, int]:
    mark = check.places[path].start_mark
    return mark.line + 1, mark.column + 1
