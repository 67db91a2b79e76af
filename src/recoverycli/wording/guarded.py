"""Finds phrases where no other words make them harmless, and where they have the features they need. Pure.

The readings of a text (`wording.sentences.features`, `wording.search.canonical`) are imported by the first pattern
that needs one.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple, Protocol

from recoverycli.wording.search.phrases import Malformed
from recoverycli.wording.search.places import places, words_in
from recoverycli.wording.search.sequences import Sequences
from recoverycli.wording.search.table import compile_table, words_of_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from collections.abc import Sequence as Owners

    from recoverycli.wording.model import When
    from recoverycli.wording.search.canonical import Spelling
    from recoverycli.wording.search.phrases import TokenizedText
    from recoverycli.wording.search.table import Numbered, PhraseTable
    from recoverycli.wording.sentences.features import TextReading

    ClauseEnds = Callable[[], Owners[int]]

# In canonical words they are the same.
_CANNOT = frozenset(["not", "unable", "to"])


class Guarded(Protocol):
    """Phrases to find, words beside or after them that make them harmless, and the features they need."""

    @property
    def say(self) -> tuple[str, ...]: ...
    @property
    def unless(self) -> tuple[str, ...]: ...
    @property
    def unless_followed_by(self) -> tuple[str, ...]: ...
    @property
    def when(self) -> When | None: ...


class GuardedTables(NamedTuple):
    """The phrases of owners, compiled.

    `says` are the phrases, each with the number of its owner: in the tables each is an owner of its own, because what
    it denies is its own affair. `loose` are the numbers of the owners whose phrases are looked for in canonical words
    (`wording.search.canonical`), in the table `loosely`, which has the words `known`.
    """

    owners: Numbered[Guarded]
    says: Numbered[tuple[int, str]]
    plain: PhraseTable
    loose: frozenset[int]
    loosely: PhraseTable
    known: Collection[str]


def compile_guarded(owners: Owners[Guarded], loose: Collection[int] = ()) -> GuardedTables:
    """Compile the phrases of owners, except the words that make them harmless."""
    says = [(number, say) for number, one in enumerate(owners) for say in one.say]
    plain = compile_table((at, say) for at, (number, say) in enumerate(says) if number not in loose)
    loosely = compile_table(((at, say) for at, (number, say) in enumerate(says) if number in loose), loosely=True)
    return GuardedTables(owners, says, plain, frozenset(loose), loosely, words_of_table(loosely))


class GuardedPhrases:
    """Finds phrases where nothing makes them harmless, and where they have the features that their owner demands.

    The words that make them harmless are compiled on first use.
    """

    def __init__(self, tables: GuardedTables) -> None:
        self._owners, self._says, plain, self._loose, loosely, known = tables
        self._phrases = Sequences(plain)
        self._canonical: tuple[Sequences, Spelling] | None = None
        if self._loose:
            from recoverycli.wording.search.canonical import Spelling

            self._canonical = Sequences(loosely), Spelling(known)
        self._guards: dict[int, tuple[Sequences | None, Sequences | None]] = {}
        self._own: dict[int, frozenset[str]] = {}

    @classmethod
    def of(cls, owners: Owners[Guarded], loose: Collection[int] = ()) -> GuardedPhrases:
        """Compile the phrases of owners; those of the numbers `loose` are looked for in canonical words."""
        return cls(compile_guarded(owners, loose))

    def find(
        self, typed: str, text: TokenizedText, among: Collection[int] | None = None
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the number of an owner, the first word and the one after the last of each match in the words `text`."""
        reading: TextReading | None = None
        for at, first, after in self._harmful(typed, text, among):
            number = self._says[at][0]
            when = self._owners[number].when
            if when is not None:
                from recoverycli.wording.sentences.features import meets, read

                reading = reading or read(typed, text)
                if not meets(when, reading.features(first, after, self._own_words(at))):
                    continue
            yield number, first, after

    def _harmful(
        self, typed: str, text: TokenizedText, among: Collection[int] | None
    ) -> Iterator[tuple[int, int, int]]:
        yield from self._search(self._phrases, typed, text, among)
        if self._canonical is not None:
            from recoverycli.wording.search.canonical import canonical

            loosely, spelling = self._canonical
            rewritten = canonical(text, spelling)
            for at, first, after in self._search(loosely, typed, rewritten.text, among):
                yield at, rewritten.firsts[first], rewritten.afters[after - 1]

    def _search(
        self, phrases: Sequences, typed: str, text: TokenizedText, among: Collection[int] | None
    ) -> Iterator[tuple[int, int, int]]:
        # A text without full stops is one sentence: it is searched once per owner, not once per match.
        known: dict[tuple[int, int], int] = {}
        ends = functools.cache(functools.partial(_clause_ends, typed, text))
        for at, first, after in phrases.find(text, 0, len(text.words), ends):
            number = self._says[at][0]
            if (among is None or number in among) and after > self._harmless_until(number, text, first, known, ends):
                yield at, first, after

    def _own_words(self, at: int) -> frozenset[str]:
        """Return the words of a phrase: a cue among them denies nothing."""
        if at not in self._own:
            number, say = self._says[at]
            found = places(say)
            own = set() if isinstance(found, Malformed) else words_in(found)
            self._own[at] = frozenset(own | _CANNOT if number in self._loose and own & {"not", "unable"} else own)
        return self._own[at]

    def _harmless_until(
        self, number: int, text: TokenizedText, first: int, known: dict[tuple[int, int], int], ends: ClauseEnds
    ) -> int:
        """Return the word up to which words of this sentence are harmless because of what is beside or after them."""
        if number not in self._guards:
            owner = self._owners[number]
            self._guards[number] = self._guard(number, owner.unless), self._guard(number, owner.unless_followed_by)
        unless, followed = self._guards[number]
        if unless is None and followed is None:
            return -1
        begin, end = text.first[first], text.last[first]
        if (number, begin) not in known:
            next_end = text.last[end] if end < len(text.words) else end
            if unless is not None and unless.has(text, begin, end, ends):
                known[number, begin] = len(text.words)
            else:
                known[number, begin] = followed.latest(text, begin, next_end, ends) if followed is not None else -1
        return known[number, begin]

    def _guard(self, number: int, phrases: tuple[str, ...]) -> Sequences | None:
        return Sequences.of(((0, one) for one in phrases), loosely=number in self._loose) if phrases else None


def _clause_ends(typed: str, text: TokenizedText) -> Owners[int]:
    from recoverycli.wording.sentences.clauses import clause_ends

    return clause_ends(typed, text)
