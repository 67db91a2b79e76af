"""Phrases with long lists of words, matched place by place: ten lists of forty words are not 40**10 phrases.

They are written like those of `wording.phrases`. Pure: no screen, no file, no clock.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.phrases import BEGIN, END, GAP, MOST_GAPS, WIDEST_GAP, Malformed, TokenizedText, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.wording.phrases import Form


class Place(NamedTuple):
    """One place of a phrase: the words that may stand there, or a mark.

    `words` are alternatives of one word, `longer` those of several. `mark` is GAP, BEGIN, END or empty.
    """

    words: frozenset[str]
    longer: tuple[Form, ...]
    optional: bool
    mark: str = ""


Sequence = tuple[Place, ...]


@functools.lru_cache(maxsize=4096)
def sequence(phrase: str) -> Sequence | Malformed:
    """Return the places of a phrase."""
    found = parts(phrase)
    if isinstance(found, Malformed):
        return found
    places = tuple(_place(choices) for choices in found)
    return _fault(places) or places


def _place(choices: tuple[Form, ...]) -> Place:
    if choices[0] in {(GAP,), (BEGIN,), (END,)}:
        return Place(frozenset(), (), optional=False, mark=choices[0][0])
    words = frozenset(form[0] for form in choices if len(form) == 1)
    return Place(words, tuple(form for form in choices if len(form) > 1), optional=() in choices)


def _fault(places: Sequence) -> Malformed | None:
    marks = [place.mark for place in places]
    if BEGIN in marks[1:] or END in marks[:-1]:
        return Malformed("^ comes first in a phrase and $ last", "move it there")
    gaps, last_needed = 0, ""
    for place in places:
        if place.mark == GAP:
            if last_needed == "":
                return _bare()
            if last_needed == GAP or gaps == MOST_GAPS:
                return Malformed("the phrase has too many gaps", f"at most {MOST_GAPS}, with a word between")
            gaps, last_needed = gaps + 1, GAP
        elif not place.optional and not place.mark:
            last_needed = "word"
    return None if last_needed == "word" else _bare()


def _bare() -> Malformed:
    return Malformed("a phrase must begin and end with a word that is not optional", "add a word")


class Sequences:
    """Phrases by the words that they begin with, each with the number of its owner."""

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self._phrases: list[tuple[int, Sequence, list[frozenset[str]]]] = []
        self._beginnings: dict[str, list[int]] = {}
        for owner, phrase in phrases:
            places = sequence(phrase)
            if isinstance(places, Malformed):
                continue
            for word in _beginnings(places):
                self._beginnings.setdefault(word, []).append(len(self._phrases))
            self._phrases.append((owner, places, _lists(places)))

    def find(self, text: TokenizedText, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the matches between two words of the text: the number, the first word and the one after the last."""
        present = set(text.words[begin:end])
        possible: dict[int, bool] = {}
        for at in range(begin, end):
            for number in self._beginnings.get(text.words[at], ()):
                owner, places, needed = self._phrases[number]
                if number not in possible:
                    possible[number] = not any(words.isdisjoint(present) for words in needed)
                if possible[number]:
                    for after in _ends(places, text, at, min(text.last[at], end)):
                        yield owner, at, after

    def has(self, text: TokenizedText, begin: int, end: int) -> bool:
        """Whether any phrase matches between two words of the text."""
        return next(self.find(text, begin, end), None) is not None

    def latest(self, text: TokenizedText, begin: int, end: int) -> int:
        """Return the first word of the last match, -1 if there is none."""
        return max((first for _, first, _ in self.find(text, begin, end)), default=-1)


def _beginnings(places: Sequence) -> set[str]:
    """Return every word that can be the first of a match."""
    words: set[str] = set()
    for place in places:
        words |= place.words
        words.update(form[0] for form in place.longer)
        if not place.optional and not place.mark:
            break
    return words


def _lists(places: Sequence) -> list[frozenset[str]]:
    """Return the lists of which a text must have a word: most texts lack one, which saves trying the phrase."""
    return [place.words for place in places[1:] if place.words and not place.longer and not place.optional]


def _ends(places: Sequence, text: TokenizedText, start: int, last: int) -> Iterator[int]:
    """Yield the word after each match that begins at `start`."""
    words = text.words
    todo = [(0, start)]
    while todo:
        number, at = todo.pop()
        if number == len(places):
            yield at
            continue
        place = places[number]
        if place.mark == GAP:
            todo += [(number + 1, to) for to in range(at, min(at + WIDEST_GAP, last - 1) + 1)]
        elif place.mark:
            edge = text.first[start] if place.mark == BEGIN else text.last[start]
            if at == edge:
                todo.append((number + 1, at))
        else:
            if place.optional:
                todo.append((number + 1, at))
            if at < last and words[at] in place.words:
                todo.append((number + 1, at + 1))
            for form in place.longer:
                if at + len(form) <= last and tuple(words[at : at + len(form)]) == form:
                    todo.append((number + 1, at + len(form)))
