"""Finds many phrases in a text. Pure: no screen, no file, no clock.

A phrase is tried only in a sentence with a word for each of its places that must be there, the rarest first, and only
where a word stands that it can begin with. The length of a phrase and its gaps bound each trial: the time is linear in
the length of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.wording.search.phrases import BEGIN, CLAUSE_GAP, GAPS
from recoverycli.wording.search.table import compile_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recoverycli.wording.search.phrases import TokenizedText
    from recoverycli.wording.search.places import Places
    from recoverycli.wording.search.table import CompiledPhrase, PhraseTable


class Sequences:
    """Finds the phrases of a table."""

    def __init__(self, table: PhraseTable) -> None:
        self._phrases, _, self._by_rarest = table

    @classmethod
    def of(cls, phrases: Iterable[tuple[int, str]], *, loosely: bool = False) -> Sequences:
        """Compile phrases, each with the number of its owner."""
        return cls(compile_table(phrases, loosely=loosely))

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

    def _possible(self, positions: dict[str, list[int]]) -> Iterator[CompiledPhrase]:
        """Yield each phrase once that has a word for each place that must be there."""
        present = positions.keys()
        tried: set[int] = set()
        for word in present:
            for number in self._by_rarest.get(word, ()):
                if number not in tried:
                    tried.add(number)
                    phrase = self._phrases[number]
                    if not any(map(present.isdisjoint, phrase.needed)):
                        yield phrase


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
