"""Phrases compiled for the search (`wording.search.sequences`). Pure: no screen, no file, no clock."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from recoverycli.wording.search.phrases import Malformed
from recoverycli.wording.search.places import fault, places, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recoverycli.wording.search.places import Places

T_co = TypeVar("T_co", covariant=True)


class Numbered(Protocol[T_co]):
    """Items by their numbers: a list, or one whose items are decoded when they are asked for."""

    def __getitem__(self, number: int, /) -> T_co: ...


class CompiledPhrase(NamedTuple):
    """A phrase: its owner, and the words it can begin with.

    `second` are the words that can follow the first, None if any can. A sentence must have a word of each of the
    `needed` lists as well, the rarest first.
    """

    owner: int
    places: Places
    beginnings: frozenset[str]
    second: frozenset[str] | None
    needed: tuple[frozenset[str], ...]


class PhraseTable(NamedTuple):
    """Phrases, their number, and their numbers by the rarest words that a sentence must have."""

    phrases: Numbered[CompiledPhrase]
    size: int
    by_rarest: Mapping[str, Sequence[int]]

    def each(self) -> Iterator[CompiledPhrase]:
        """Yield the phrases in order."""
        return map(self.phrases.__getitem__, range(self.size))


def compile_phrase(phrase: str, *, loosely: bool = False) -> Places | Malformed:
    """Return the places of a phrase; `loosely` in canonical words."""
    found = places(phrase)
    if isinstance(found, Malformed) or not loosely:
        return found
    from recoverycli.wording.search.canonical import canonical_places

    rewritten = tuple(canonical_places(found))
    if fault(rewritten) is not None:
        return Malformed("the phrase begins or ends with words that `loosely` leaves out", "add another word")
    return rewritten


def compile_table(phrases: Iterable[tuple[int, str]], *, loosely: bool = False) -> PhraseTable:
    """Compile phrases, each with the number of its owner; those that are malformed are left out."""
    parsed: list[tuple[int, Places, tuple[frozenset[str], ...]]] = []
    for owner, phrase in phrases:
        found = compile_phrase(phrase, loosely=loosely)
        if not isinstance(found, Malformed):
            parsed.append((owner, found, _requirements(found)))
    frequencies = _frequencies([needed for _, _, needed in parsed])
    compiled: list[CompiledPhrase] = []
    by_rarest: dict[str, list[int]] = {}
    for number, (owner, found, needed) in enumerate(parsed):
        rarest, *others = sorted(needed, key=frequencies.__getitem__)
        compiled.append(CompiledPhrase(owner, found, _beginnings(found), _second_words(found), tuple(others)))
        for word in rarest:
            by_rarest.setdefault(word, []).append(number)
    return PhraseTable(compiled, len(compiled), by_rarest)


def words_of_table(table: PhraseTable) -> set[str]:
    """Return all words of the phrases."""
    return set().union(*map(words_in, {phrase.places for phrase in table.each()}))


def _beginnings(found: Places) -> frozenset[str]:
    """Return every word that can be the first of a match."""
    words: frozenset[str] = frozenset()
    for place in found:
        words = words | place.firsts if words else place.firsts
        if not place.optional and not place.mark:
            break
    return words


def _second_words(found: Places) -> frozenset[str] | None:
    """Return every word that can be the second of a match, None if it cannot be told."""
    if found[0].optional or found[0].sizes or found[0].mark:
        return None
    for number, place in enumerate(found[1:], start=2):
        if place.mark:
            return None
        if not place.optional:
            return _beginnings(found[1:number])
    return None


def _requirements(found: Places) -> tuple[frozenset[str], ...]:
    return tuple(place.firsts for place in found if not place.optional and not place.mark)


def _frequencies(needed: list[tuple[frozenset[str], ...]]) -> dict[frozenset[str], int]:
    """Return for each list of words how often phrases need one of them, which tells how rare they are in texts."""
    lists = Counter(itertools.chain.from_iterable(needed))
    of_word: Counter[str] = Counter()
    for words, times in lists.items():
        for word in words:
            of_word[word] += times
    return {words: sum(map(of_word.__getitem__, words)) for words in lists}
