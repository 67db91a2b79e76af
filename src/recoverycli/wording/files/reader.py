"""A wording file -> its patterns and parts, or every problem of the file at once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.content.nodes import Problem
from recoverycli.content.reader import ContentRead, convert_built_in, read_content
from recoverycli.wording.files.examples import WordingExample
from recoverycli.wording.files.lists import (
    OWNERS,
    PHRASES,
    UNKNOWN,
    alternatives,
    fill,
    in_order,
    keep_names,
    names_in,
    phrases_of,
)
from recoverycli.wording.model import File
from recoverycli.wording.search.phrases import Malformed
from recoverycli.wording.search.table import compile_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Check, Path
    from recoverycli.content.nodes import Node

_NEEDED = {"patterns": "say", "parts": "signs", "intents": "signs", "acts": "say", "triggers": "say"}


class WordingFile(NamedTuple):
    """A file, and the problems to report if what it names does not exist: what it switches off, cards, and lists.

    `examples` are sentences, each with the problem to report if the words of their entry contradict it.
    """

    file: File
    off: dict[str, Problem]
    cards: tuple[tuple[str, Problem], ...]
    examples: tuple[WordingExample, ...] = ()
    lists: tuple[tuple[str, Problem], ...] = ()


@functools.lru_cache(maxsize=32)
def read_wording(data: bytes, file: str) -> ContentRead[WordingFile]:
    """Read the bytes of a wording file. Never raises. What was read is cached for the next call from the same menu."""
    return read_content(data, file, "wording file", _build)


@functools.lru_cache(maxsize=8)
def read_built_in(data: bytes) -> ContentRead[WordingFile]:
    """Read the bytes of a wording file that comes with the tool: it switches nothing off, and its examples hold."""
    return ContentRead(WordingFile(convert_built_in(data, File), {}, ()))


def _build(root: Node, check: Check) -> WordingFile | None:
    file = check.content(root, File, lambda plain: _check(plain, check))
    if file is None:
        return None
    off = {
        name: _problem(f"there is no pattern, act or trigger `{name}` to switch off", ("off", number), check)
        for number, name in enumerate(file.off)
    }
    cards = tuple(
        (one.card, _problem(f"there is no card `{one.card}`", ("triggers", number, "card"), check))
        for number, one in enumerate(file.triggers)
    )
    return WordingFile(file, off, cards, tuple(_examples(file, check)), tuple(_named_lists(file, check)))


def _examples(file: File, check: Check) -> Iterator[WordingExample]:
    kinds = (("catches", "is not found", "sentences that it finds"), ("passes", "is found", "sentences that it leaves"))
    for group in OWNERS:
        for number, one in enumerate(getattr(file, group)):
            twice = set(one.catches) & set(one.passes)
            for key, found, allowed in kinds:
                for at, sentence in enumerate(getattr(one, key)):
                    problem = _problem(
                        f"`{sentence[:60]}` {found} by `{one.id}`",
                        (group, number, key, at),
                        check,
                        "a sentence is in `catches` or in `passes`" if sentence in twice else f"`{key}` has {allowed}",
                    )
                    yield WordingExample(group, number, sentence, key == "catches", problem)


def _problem(found: str, path: Path, check: Check, allowed: str = "") -> Problem:
    mark = check.places[path].start_mark
    return Problem(check.file, mark.line + 1, mark.column + 1, found, allowed)


def _named_lists(file: File, check: Check) -> Iterator[tuple[str, Problem]]:
    """Yield the lists of other files that are named, each with the problem to report if there is none."""
    for path, phrases in phrases_of(file):
        for number, phrase in enumerate(phrases):
            for name in names_in(phrase):
                if name not in file.lists:
                    yield name, _problem(f"there is no list `{name}`", (*path, number), check)


def _check(plain: dict[str, Any], check: Check) -> None:
    check.id_of_file(plain)
    lists = _check_lists(plain.get("lists"), check)
    for group, needed in _NEEDED.items():
        for path, item in check.items(plain, group):
            _check_owner(item, path, needed, lists, check)
            groups = item.get("groups") if group == "parts" else None
            for at, signs in enumerate(groups if isinstance(groups, list) else []):
                if isinstance(signs, dict):
                    _check_owner(signs, (*path, "groups", at), "signs", lists, check)
    _check_phrases(plain.get("occasions"), ("occasions",), lists, check)


def _check_owner(item: dict[str, Any], path: Path, needed: str, lists: dict[str, str], check: Check) -> None:
    if item.get(needed) == [] and item.get("learned") is not True:
        check.fault_at((*path, needed), f"`{needed}` is empty", "at least one phrase")
    for key in PHRASES:
        _check_phrases(item.get(key), (*path, key), lists, check, loosely=item.get("loosely") is True)


def _check_lists(written: Any, check: Check) -> dict[str, str]:
    """Note the faults of lists and return those that the phrases of the file can name."""
    found: dict[str, str] = {}
    if not isinstance(written, dict):
        return found
    texts = {
        name: tuple(items)
        for name, items in written.items()
        if isinstance(items, list) and all(isinstance(item, str) for item in items)
    }
    valid = {name: tuple(keep_names(item, texts) for item in items) for name, items in texts.items()}
    order = list(in_order(valid))
    for name in valid.keys() - set(order):
        check.fault_at(("lists", name), f"the list `{name}` contains itself", "other lists and words")
    for name in order:
        text = alternatives(valid[name], found)
        if isinstance(text, Malformed):
            check.fault_at(("lists", name), f"the list `{name}`: {text.found}", text.allowed)
            text = UNKNOWN
        found[name] = text
    return found


def _check_phrases(phrases: Any, path: Path, lists: dict[str, str], check: Check, *, loosely: bool = False) -> None:
    for number, phrase in enumerate(phrases if isinstance(phrases, list) else []):
        text = fill(keep_names(phrase, lists), lists) if isinstance(phrase, str) else ""
        found = compile_phrase(text, loosely=loosely) if text else ()
        if isinstance(found, Malformed):
            check.fault_at((*path, number), f"`{' '.join(phrase.split())[:60]}`: {found.found}", found.allowed)
