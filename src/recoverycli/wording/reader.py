"""A wording file -> its patterns and parts, or every problem of the file at once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.content.nodes import Problem
from recoverycli.content.reader import ContentRead, convert_built_in, read_content
from recoverycli.wording.model import CardTrigger, File
from recoverycli.wording.phrases import Malformed, forms
from recoverycli.wording.sequences import sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.content.checker import Check, Path
    from recoverycli.content.nodes import Node

    # Returns what a phrase compiles to, or why it does not.
    _Compiled = Callable[[str], tuple[Any, ...] | Malformed]

# The keys of each group of a file that hold phrases, and the one of them that is needed.
_GUARDED = ("say", "unless", "unless_followed_by")
_SIGNS = ("signs", "unless", "unless_followed_by")
_PHRASES = {"patterns": _GUARDED, "parts": ("signs", "unless"), "intents": ("signs",), "triggers": _GUARDED}
_NEEDED = {"patterns": "say", "parts": "signs", "intents": "signs", "triggers": "say"}


class WordingFile(NamedTuple):
    """A file, and the problems to report if what it names does not exist: what it switches off, and cards.

    `examples` are those of its triggers, each with the problem to report if the words contradict it.
    """

    file: File
    off: dict[str, Problem]
    cards: tuple[tuple[str, Problem], ...]
    examples: tuple[TriggerExample, ...] = ()


class TriggerExample(NamedTuple):
    """A sentence that must suggest the card of a trigger, or must not."""

    trigger: CardTrigger
    sentence: str
    suggests: bool
    problem: Problem


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
        name: _problem(f"there is no pattern or trigger `{name}` to switch off", ("off", number), check)
        for number, name in enumerate(file.off)
    }
    cards = tuple(
        (one.card, _problem(f"there is no card `{one.card}`", ("triggers", number, "card"), check))
        for number, one in enumerate(file.triggers)
    )
    return WordingFile(file, off, cards, tuple(_examples(file, check)))


def _examples(file: File, check: Check) -> Iterator[TriggerExample]:
    for number, one in enumerate(file.triggers):
        for key, sentences, found in (("catches", one.catches, "is not found"), ("passes", one.passes, "is found")):
            for at, sentence in enumerate(sentences):
                problem = _problem(f"`{sentence[:60]}` {found} by `{one.id}`", ("triggers", number, key, at), check)
                yield TriggerExample(one, sentence, key == "catches", problem)


def _problem(found: str, path: Path, check: Check) -> Problem:
    mark = check.places[path].start_mark
    return Problem(check.file, mark.line + 1, mark.column + 1, found)


def _check(plain: dict[str, Any], check: Check) -> None:
    check.id_of_file(plain)
    for group, keys in _PHRASES.items():
        for path, item in check.items(plain, group):
            tree = _loose_forms if item.get("loosely") is True else forms
            _check_item(item, path, _NEEDED[group], keys, sequence if group == "triggers" else tree, check)
            for at, signs in enumerate(_groups(item)):
                tree = _loose_forms if signs.get("loosely") is True else forms
                _check_item(signs, (*path, "groups", at), "signs", _SIGNS, tree, check)
    _check_phrases(plain.get("occasions"), ("occasions",), forms, check)


def _groups(part: dict[str, Any]) -> list[dict[str, Any]]:
    groups = part.get("groups")
    return [one if isinstance(one, dict) else {} for one in groups] if isinstance(groups, list) else []


def _loose_forms(phrase: str) -> tuple[Any, ...] | Malformed:
    from recoverycli.wording.canonical import canonical_form

    found = forms(phrase)
    if isinstance(found, Malformed) or all(map(canonical_form, found)):
        return found
    return Malformed("the phrase has only words that `loosely` leaves out", "add another word")


def _check_item(
    item: dict[str, Any], path: Path, needed: str, keys: tuple[str, ...], compiled: _Compiled, check: Check
) -> None:
    if item.get(needed) == []:
        check.fault_at((*path, needed), f"`{needed}` is empty", "at least one phrase")
    for key in keys:
        _check_phrases(item.get(key), (*path, key), compiled, check)


def _check_phrases(phrases: Any, path: Path, compiled: _Compiled, check: Check) -> None:
    for number, phrase in enumerate(phrases if isinstance(phrases, list) else []):
        found = compiled(phrase) if isinstance(phrase, str) else ()
        if isinstance(found, Malformed):
            check.fault_at((*path, number), f"`{' '.join(phrase.split())[:60]}`: {found.found}", found.allowed)
