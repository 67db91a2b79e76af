"""Other ways in which a text may name a person: with a title, an initial, another order, a part of the name, and in
addresses of e-mail and pages.

They are proposals: a part of a name may be somebody else's, or a word of the language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.address import PARTICLES, TITLES
from recoverycli.session.person import PersonQuery
from recoverycli.session.same_name import name_likeness, name_parts
from recoverycli.text.tokens import Token, fold_text, tokens

if TYPE_CHECKING:
    from recoverycli.session.person import Person

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']+|[^\s<>\"'()\[\],;:]*@[^\s<>\"'()\[\],;:]+")
_TRIMMED = ".!?"
# What may separate the words of one name.
_JOINED = re.compile(r"[\s,._\-\u2010-\u2015]{1,4}")
# A shorter word is in too many addresses.
_LONG_ENOUGH = 3


class NameVariant(NamedTuple):
    """A place in a text that perhaps names the person, its words, and why."""

    start: int
    end: int
    words: str
    why: str

    @property
    def key(self) -> str:
        """The same for all places with the same words."""
        return PersonQuery(self.words).plain


class NameVariants:
    """The variants of a person's name."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._name = person.name.words if person.name else ""
        parts = name_parts(self._name)
        self._words = {word for word in parts if word not in PARTICLES and (len(word) > 1 or not word.isascii())}
        self._particles = {word for word in parts if word in PARTICLES}
        self._initials = {word[0] for word in self._words}
        self._run_together = _run_together([word for word in parts if word in self._words])
        of_addresses = {word for word in self._words if len(word) >= _LONG_ENOUGH} | self._run_together
        self._in_address = re.compile("|".join(map(re.escape, sorted(of_addresses))) or r"(?!)")
        self._any = re.compile("|".join(map(re.escape, sorted(self._words | self._run_together))) or r"(?!)")

    def may_be_in(self, text: str) -> bool:
        """Whether a close look is worthwhile."""
        return self._any.search(fold_text(text)) is not None

    def find(self, text: str, others: tuple[PersonQuery, ...] = ()) -> list[NameVariant]:
        """Return the variants in a text, in order. What the person's own names cover, and what `others`' names do, is
        left out.
        """
        if not self.may_be_in(text):
            return []
        taken = [*self._person.spans(text), *(span for other in others for span in other.spans(text))]
        found: list[NameVariant] = []
        for address in _ADDRESS.finditer(text):
            words = address[0].rstrip(_TRIMMED)
            if self._in_address.search(fold_text(words)) and _is_free(address.start(), address.end(), taken):
                found.append(NameVariant(address.start(), address.start() + len(words), words, "in an address"))
            taken.append(address.span())
        found += self._names(text, taken)
        return sorted(found)

    def _names(self, text: str, taken: list[tuple[int, int]]) -> list[NameVariant]:
        here = list(tokens(text))
        found: list[NameVariant] = []
        place = 0
        while place < len(here):
            end = self._end_of_name(text, here, place)
            if end == place:
                place += 1
                continue
            span = here[place].start, here[end - 1].end
            if _is_free(*span, taken):
                words = text[span[0] : span[1]]
                found.append(NameVariant(*span, words, name_likeness(self._name, words) or "a part of the name"))
            place = end
        return found

    def _end_of_name(self, text: str, here: list[Token], place: int) -> int:
        """The end of a name that begins at a place, in words; the place itself if none does."""
        end, has_word = place, False
        last = place
        while end < len(here) and (end == place or _JOINED.fullmatch(text[here[end - 1].end : here[end].start])):
            token = here[end]
            if token.text in self._words or token.text in self._run_together:
                has_word = True
            elif not (self._is_title(token, before=not has_word) or self._is_initial(text, token, after=has_word)):
                break
            end += 1
            # A title or a particle ends no name.
            if token.text not in TITLES and token.text not in self._particles:
                last = end
        return last if has_word else place

    def _is_title(self, token: Token, *, before: bool) -> bool:
        return token.text in self._particles or (before and token.text in TITLES)

    def _is_initial(self, text: str, token: Token, *, after: bool) -> bool:
        """Whether it is an initial of the name; after the name it needs a full stop, as "I" may follow."""
        is_letter = token.end - token.start == 1 and token.text in self._initials and text[token.start].isupper()
        return is_letter and (not after or text[token.end : token.end + 1] == ".")


def _run_together(words: list[str]) -> set[str]:
    """The words of a name without a space, and with an initial, as user names have them."""
    if len(words) < 2:
        return set()
    first, last = words[0], words[-1]
    return {f"{first}{last}", f"{last}{first}", f"{first[0]}{last}", f"{last}{first[0]}", f"{first}{last[0]}"}


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return not any(first < end and start < last for first, last in taken)
