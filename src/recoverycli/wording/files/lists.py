"""Lists of words that phrases of wording files name: `<refund>`. Pure: no screen, no file, no clock.

A list is put in the place of its name before a phrase is compiled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from recoverycli.wording.search.phrases import Malformed
from recoverycli.wording.search.places import MOST_FORMS, count, parts, product

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any

    from recoverycli.wording.model import File

    # The items of each list as they are written.
    Written = Mapping[str, tuple[str, ...]]

# The keys that hold phrases, and what has them.
PHRASES = ("say", "signs", "unless", "unless_followed_by")
OWNERS = ("patterns", "parts", "intents", "acts", "triggers")
_NAMED = re.compile(r"<([^<>/()\s]*)>")

# Stands for a list that may be in another file.
UNKNOWN = "list"


def names_in(phrase: str) -> list[str]:
    """Return the names of the lists in a phrase."""
    return _NAMED.findall(phrase)


def fill(phrase: str, lists: Mapping[str, str]) -> str:
    """Return a phrase with lists in the place of their names; a name that is not known is left."""
    return _NAMED.sub(lambda named: lists.get(named[1], named[0]), phrase) if "<" in phrase else phrase


def keep_names(phrase: str, known: Collection[str]) -> str:
    """Return a phrase with a word in the place of the names that are not known."""
    return _NAMED.sub(lambda named: named[0] if named[1] in known else UNKNOWN, phrase)


def phrases_of(file: File) -> Iterator[tuple[tuple[str | int, ...], tuple[str, ...]]]:
    """Yield all phrases of a file, and the items of its lists, each with their place."""
    yield ("occasions",), file.occasions
    yield from ((("lists", name), items) for name, items in file.lists.items())
    for group in OWNERS:
        for number, owner in enumerate(getattr(file, group)):
            yield from (((group, number, key), getattr(owner, key)) for key in _keys(owner))
            for at, signs in enumerate(getattr(owner, "groups", ())):
                yield from (((group, number, "groups", at, key), getattr(signs, key)) for key in _keys(signs))


def entries_of(file: File) -> list[Any]:
    """Return all that has phrases in a file: its patterns, parts, intents, acts and triggers."""
    return [owner for group in OWNERS for owner in getattr(file, group)]


def fill_all(file: File, lists: Mapping[str, str]) -> File:
    """Return a file with lists in the place of their names in all phrases."""
    groups = {group: tuple(_fill_owner(one, lists) for one in getattr(file, group)) for group in OWNERS}
    occasions = tuple(fill(phrase, lists) for phrase in file.occasions)
    return msgspec.structs.replace(file, occasions=occasions, **groups)


def _fill_owner(owner: Any, lists: Mapping[str, str]) -> Any:
    written = {key: getattr(owner, key) for key in _keys(owner)}
    filled = {key: tuple(fill(phrase, lists) for phrase in phrases) for key, phrases in written.items()}
    if groups := getattr(owner, "groups", ()):
        filled["groups"] = tuple(_fill_owner(one, lists) for one in groups)
    return owner if filled == written else msgspec.structs.replace(owner, **filled)


def _keys(owner: Any) -> list[str]:
    return [key for key in PHRASES if key in owner.__struct_fields__]


def resolve(written: Written, below: Mapping[str, str]) -> dict[str, str]:
    """Return all lists that phrases can name, as they stand in a phrase; `below` are those of folders further down.

    A list that is malformed, contains itself or names one that does not exist is left out.
    """
    if not written:
        return dict(below)
    known = {name: text for name, text in below.items() if name not in written}
    for name in in_order(written):
        text = alternatives(written[name], known)
        if not isinstance(text, Malformed):
            known[name] = text
    return known


def in_order(written: Written) -> Iterator[str]:
    """Yield the names of lists, each after those that it names; those that contain themselves are left out."""
    left = {name: {one for item in items for one in names_in(item)} & written.keys() for name, items in written.items()}
    while ready := [name for name, needed in left.items() if not needed & left.keys()]:
        for name in ready:
            del left[name]
            yield name


def alternatives(items: tuple[str, ...], lists: Mapping[str, str]) -> str | Malformed:
    """Return the items of a list as they stand in a phrase: `a/b_c`."""
    found: dict[str, None] = {}
    for item in items:
        together = parts(fill(item, lists))
        if isinstance(together, Malformed):
            return together
        if any(place.mark for place in together):
            return Malformed(f"`{item[:60]}` has a mark", "words, a/b, (word) and <list>")
        if count(together) > MOST_FORMS:
            return Malformed(f"`{item[:60]}` expands to more than {MOST_FORMS} phrases", "write several items")
        if () in (forms := product(together)):
            return Malformed(f"`{item[:60]}` may be empty", "add a word that is not optional")
        found.update(dict.fromkeys(map("_".join, forms)))
    return "/".join(found) if found else Malformed("the list is empty", "at least one word")
