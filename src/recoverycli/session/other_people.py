"""Other people in a text that is handed to a customer, or everybody in one for a manager: names and references masked.

Known are the customers of all calls with their references, the agents, and people who are named with a title. Another
name is not recognised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.session.address import TITLES
from recoverycli.text.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.session.person import Person

OTHER_PERSON = "[another person]"
# Titles after which a full stop ends no sentence.
_ABBREVIATED = frozenset({
    "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "sr", "sra", "srta", "sig", "dott", "mme", "mlle", "dhr", "mevr",
})  # fmt: skip
# A reference of fewer signs is a number like any other.
_SHORTEST_REF = 4


class OtherPeople:
    """Masks everybody except one person. Names are compared as in a search: whole words, without case and accents.

    `mark` stands in the place of a name.
    """

    def __init__(self, person: Person, names: Iterable[str], refs: Iterable[str], mark: str = OTHER_PERSON) -> None:
        self._person = person
        self._mark = mark
        self._own = {token.text for wanted in person.queries for token in tokens(wanted.words)}
        # By their first word: the words of names, longest first.
        self._known: dict[str, list[tuple[str, ...]]] = {}
        for words in {tuple(token.text for token in tokens(name)) for name in names}:
            if not self._own.issuperset(words):
                self._add(words)
        for ref in refs:
            if len(ref) >= _SHORTEST_REF and not person.is_customer(None, ref):
                self._add(tuple(token.text for token in tokens(ref)))
        for several in self._known.values():
            several.sort(key=len, reverse=True)

    def mask(self, text: str) -> tuple[str, int]:
        """Return the text without other people, and how many mentions were masked."""
        spans = self._spans(text)
        for start, end in reversed(spans):
            text = f"{text[:start]}{self._mark}{text[end:]}"
        return text, len(spans)

    def _add(self, words: tuple[str, ...]) -> None:
        if words:
            self._known.setdefault(words[0], []).append(words)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        found = list(tokens(text))
        own = self._person.spans(text)
        spans: list[tuple[int, int]] = []
        place = 0
        while place < len(found):
            number = self._known_here(text, found, place) or self._titled_here(text, found, place)
            start, end = found[place].start, found[place + max(number, 1) - 1].end
            if number and not any(first < end and start < last for first, last in own):
                spans.append((start, end))
                place += number
            else:
                place += 1
        return spans

    def _known_here(self, text: str, found: list[Token], place: int) -> int:
        """The number of words of a known name that begins at a place; 0 for none."""
        for words in self._known.get(found[place].text, ()):
            if tuple(token.text for token in found[place : place + len(words)]) == words and (
                # A single word may be a word of the language as well.
                len(words) > 1 or not text[found[place].start].islower()
            ):
                return len(words)
        return 0

    def _titled_here(self, text: str, found: list[Token], place: int) -> int:
        """The number of words of a title with a name of capital letters; 0 for none, and for the person's own name."""
        end = place
        while end < len(found) and found[end].text in TITLES:
            end += 1
        first = end
        while first > place and end < len(found) and self._goes_on(text, found, end):
            end += 1
        names = {token.text for token in found[first:end]}
        return 0 if not names or names & self._own else end - place

    @staticmethod
    def _goes_on(text: str, found: list[Token], place: int) -> bool:
        before, token = found[place - 1], found[place]
        gap = text[before.end : token.start]
        joined = gap in {" ", "-", "'", "\u2019"} or (gap == ". " and before.text in _ABBREVIATED)
        return joined and text[token.start].isupper()
