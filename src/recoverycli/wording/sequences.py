"""Finds many phrases in a text. Pure: no screen, no file, no clock.

A phrase is tried only in a sentence with a word for each of its places that must be there, the rarest first, and only
where a word stands that it can begin with. The length of a phrase and its gaps bound each trial: the time is linear in
the length of the text.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.phrases import BEGIN, CLAUSE_GAP, GAPS, Malformed, TokenizedText
from recoverycli.wording.places import fault, places, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recoverycli.wording.places import Places


class _Phrase(NamedTuple):
    """A phrase: its owner, and the words it can begin with.

    `second` are the words that can follow the first, None if any can. A sentence must have a word of each of the
    `needed` lists as well, the rarest first.
    """

    owner: int
    places: Places
    beginnings: frozenset[str]
    second: frozenset[str] | None
    needed: list[frozenset[str]]


def compile_phrase(phrase: str, *, loosely: bool = False) -> Places | Malformed:
    """Return the places of a phrase; `loosely` in canonical words."""
    found = places(phrase)
    if isinstance(found, Malformed) or not loosely:
        return found
    from recoverycli.wording.canonical import canonical_places

    rewritten = tuple(canonical_places(found))
    if fault(rewritten) is not None:
        return Malformed("the phrase begins or ends with words that `loosely` leaves out", "add another word")
    return rewritten


class Sequences:
    """Phrases, each with the number of its owner, by the rarest words that a sentence must have."""

    def __init__(self, phrases: Iterable[tuple[int, str]], *, loosely: bool = False) -> None:
        compiled = ((owner, compile_phrase(phrase, loosely=loosely)) for owner, phrase in phrases)
        found = [(owner, one, _requirements(one)) for owner, one in compiled if not isinstance(one, Malformed)]
        frequencies = _frequencies([needed for _, _, needed in found])
        self._phrases: list[_Phrase] = []
        self._by_rarest: dict[str, list[_Phrase]] = {}
        for owner, one, needed in found:
            rarest, *others = sorted(needed, key=frequencies.__getitem__)
            phrase = _Phrase(owner, one, _beginnings(one), _second_words(one), others)
            self._phrases.append(phrase)
            for word in rarest:
                self._by_rarest.setdefault(word, []).append(phrase)

    def words(self) -> set[str]:
        """Return all words of the phrases."""
        return {word for phrase in self._phrases for word in words_in(phrase.places)}

    def find(
        self, text: TokenizedText, begin: int, end: int, clause_ends: Callable[[], Sequence[int]] | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the matches between two words of the text: the number, the first word and the one after the last.

        `clause_ends` returns for each word the one after the last of its clause, without it a clause is a sentence.
        """
        while begin < end:
            after = min(text.last[begin], end)
            yield from self._find_in_sentence(text, begin, after, clause_ends)
            begin = after

    def _find_in_sentence(
        self, text: TokenizedText, begin: int, end: int, clause_ends: Callable[[], Sequence[int]] | None
    ) -> Iterator[tuple[int, int, int]]:
        words = text.words
        positions: dict[str, list[int]] = {}
        for at in range(begin, end):
            positions.setdefault(words[at], []).append(at)
        present = positions.keys()
        for phrase in self._possible(positions):
            second = phrase.second
            for word in present & phrase.beginnings:
                for at in positions[word]:
                    if second is not None and (at + 1 >= end or words[at + 1] not in second):
                        continue
                    for after in _ends(phrase.places, text, at, end, clause_ends):
                        yield phrase.owner, at, after

    def has(
        self, text: TokenizedText, begin: int, end: int, clause_ends: Callable[[], Sequence[int]] | None = None
    ) -> bool:
        """Whether any phrase matches between two words of the text."""
        return next(self.find(text, begin, end, clause_ends), None) is not None

    def latest(
        self, text: TokenizedText, begin: int, end: int, clause_ends: Callable[[], Sequence[int]] | None = None
    ) -> int:
        """Return the first word of the last match, -1 if there is none."""
        return max((first for _, first, _ in self.find(text, begin, end, clause_ends)), default=-1)

    def _possible(self, positions: dict[str, list[int]]) -> Iterator[_Phrase]:
        """Yield each phrase once that has a word for each place that must be there."""
        present, tried = positions.keys(), set()
        for word in present:
            for phrase in self._by_rarest.get(word, ()):
                if id(phrase) not in tried:
                    tried.add(id(phrase))
                    if not any(map(present.isdisjoint, phrase.needed)):
                        yield phrase


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


def _ends(
    found: Places, text: TokenizedText, start: int, last: int, clause_ends: Callable[[], Sequence[int]] | None
) -> Iterator[int]:
    """Yield the word after each match that begins at `start`."""
    words = text.words
    todo, seen = [(0, start)], set()
    while todo:
        state = todo.pop()
        if state in seen:
            continue
        seen.add(state)
        number, at = state
        if number == len(found):
            yield at
            continue
        place = found[number]
        if place.mark in GAPS:
            until = last - 1
            if place.mark == CLAUSE_GAP and clause_ends is not None:
                until = min(until, clause_ends()[at - 1] - 1)
            todo += [(number + 1, to) for to in range(at, min(at + GAPS[place.mark], until) + 1)]
        elif place.mark:
            edge = text.first[start] if place.mark == BEGIN else text.last[start]
            if at == edge:
                todo.append((number + 1, at))
        else:
            if place.optional:
                todo.append((number + 1, at))
            if at < last and words[at] in place.words:
                todo.append((number + 1, at + 1))
            for size in place.sizes:
                if at + size <= last and tuple(words[at : at + size]) in place.longer:
                    todo.append((number + 1, at + size))
