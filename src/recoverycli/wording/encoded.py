"""Compiled phrases as bytes, for a cache. Pure: no screen, no file, no clock.

The bytes are MessagePack of words and numbers: nothing in them can run. Lists of words that phrases share are there
once, and what a sentence does not need is never decoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from recoverycli.wording.guarded import GuardedTables
from recoverycli.wording.model import When
from recoverycli.wording.search.places import Place
from recoverycli.wording.search.table import CompiledPhrase, PhraseTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.wording.guarded import Guarded

T = TypeVar("T")


class EncodedTable(msgspec.Struct, frozen=True, array_like=True):
    """A table of phrases: lists of words, and the places and phrases that name them by number."""

    words: tuple[msgspec.Raw, ...]
    places: tuple[msgspec.Raw, ...]
    phrases: tuple[msgspec.Raw, ...]
    by_rarest: dict[str, tuple[int, ...]]


class EncodedGuarded(msgspec.Struct, frozen=True, array_like=True):
    """The phrases of owners, and for each owner what makes them harmless."""

    owners: tuple[msgspec.Raw, ...]
    says: tuple[msgspec.Raw, ...]
    plain: EncodedTable
    loose: frozenset[int]
    loosely: EncodedTable
    known: frozenset[str]


class _Place(msgspec.Struct, frozen=True, array_like=True):
    words: int
    longer: frozenset[tuple[str, ...]]
    optional: bool
    mark: str
    sizes: tuple[int, ...]
    firsts: int


class _Phrase(msgspec.Struct, frozen=True, array_like=True):
    owner: int
    places: tuple[int, ...]
    beginnings: int
    second: int | None
    needed: tuple[int, ...]


class _Owner(msgspec.Struct, frozen=True, array_like=True):
    """What remains of an owner (`wording.guarded.Guarded`) whose phrases are in a table."""

    unless: tuple[str, ...]
    unless_followed_by: tuple[str, ...]
    when: When | None

    @property
    def say(self) -> tuple[str, ...]:
        return ()


class _Decoded(dict[int, T], Generic[T]):
    """Items that are decoded when they are asked for."""

    def __init__(self, items: Sequence[msgspec.Raw], decode: Callable[[msgspec.Raw], T]) -> None:
        super().__init__()
        self._items = items
        self._decode = decode

    def __missing__(self, number: int) -> T:
        found = self[number] = self._decode(self._items[number])
        return found


class _Numbers(dict[Any, int]):
    """Different items in the order in which they first came, each with its number."""

    def __missing__(self, item: Any) -> int:
        number = self[item] = len(self)
        return number


def table_data(table: PhraseTable) -> list[Any]:
    """Return what an encoded table is made of."""
    words, places = _Numbers(), _Numbers()
    phrases = [
        (
            phrase.owner,
            [places[place] for place in phrase.places],
            words[phrase.beginnings],
            None if phrase.second is None else words[phrase.second],
            [words[one] for one in phrase.needed],
        )
        for phrase in table.each()
    ]
    plain = [(words[one.words], one.longer, one.optional, one.mark, one.sizes, words[one.firsts]) for one in places]
    return [list(words), plain, phrases, table.by_rarest]


def guarded_data(tables: GuardedTables, owners: Sequence[Guarded]) -> list[Any]:
    """Return what the encoded phrases of owners are made of."""
    kept = [(one.unless, one.unless_followed_by, one.when) for one in owners]
    says = [(number, say) for number, one in enumerate(owners) for say in one.say]
    return [kept, says, table_data(tables.plain), tables.loose, table_data(tables.loosely), tables.known]


def decode_table(table: EncodedTable) -> PhraseTable:
    """Return a table whose phrases are decoded when a sentence may have them."""
    words = _Decoded(table.words, msgspec.msgpack.Decoder(frozenset[str]).decode)
    of_place = msgspec.msgpack.Decoder(_Place).decode
    of_phrase = msgspec.msgpack.Decoder(_Phrase).decode

    def place(raw: msgspec.Raw) -> Place:
        one = of_place(raw)
        return Place(words[one.words], one.longer, one.optional, one.mark, one.sizes, words[one.firsts])

    places = _Decoded(table.places, place)

    def phrase(raw: msgspec.Raw) -> CompiledPhrase:
        one = of_phrase(raw)
        second = None if one.second is None else words[one.second]
        found = tuple(places[at] for at in one.places)
        return CompiledPhrase(one.owner, found, words[one.beginnings], second, tuple(words[at] for at in one.needed))

    return PhraseTable(_Decoded(table.phrases, phrase), len(table.phrases), table.by_rarest)


def decode_guarded(tables: EncodedGuarded) -> GuardedTables:
    """Return the phrases of owners."""
    owners = _Decoded(tables.owners, msgspec.msgpack.Decoder(_Owner).decode)
    says = _Decoded(tables.says, msgspec.msgpack.Decoder(tuple[int, str]).decode)
    return GuardedTables(
        owners, says, decode_table(tables.plain), tables.loose, decode_table(tables.loosely), tables.known
    )
