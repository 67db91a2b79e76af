"""A person in stored text: their calls, and other mentions of the name or the reference.

A name is found as in a search: as whole words, without case and accents, in any Unicode composition. A space, a hyphen
or the like may separate its words; the parts of a reference need the separators that were given.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.session.query import Term
from recoverycli.session.same_name import NameLikeness, has_letter, name_likeness, name_parts
from recoverycli.text.format import excerpt
from recoverycli.text.tokens import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ERASED = "[erased]"
# Stands in the place of a name that is not stored, here or in the rules of masking.
NO_NAMES = frozenset({ERASED, "[name]"})
# Why a customer is perhaps the person; a NameLikeness besides.
Doubt = NameLikeness | Literal["same name, another reference", "same reference, another name"]
SAME: Literal["same"] = "same"
# What may separate the words of a name.
_LOOSE = re.compile(r"[\s,._\-\u00ad\u2010-\u2015\u30fb]{0,4}")
_DASHES = str.maketrans({**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "\u2019": "'", "\u02bc": "'"})


class PersonQuery:
    """A name to be found, or a reference, whose separators must match exactly (`exact`)."""

    def __init__(self, words: str, *, exact: bool = False) -> None:
        self._exact = exact
        self.words = " ".join(words.split())
        found = list(tokens(self.words))
        # Its words without case and accents.
        self.tokens = tuple(token.text for token in found)
        self._gaps = [self.words[before.end : after.start] for before, after in pairwise(found)]
        self._is_ascii = all(token.isascii() for token in self.tokens)

    @property
    def is_searchable(self) -> bool:
        """Whether it contains a letter or a digit."""
        return bool(self.tokens)

    @property
    def plain(self) -> str:
        """A normal form: the same for all texts that `is_whole` equates."""
        if not self.tokens:
            return self.words.casefold()
        loose = (" " if not self._exact and _LOOSE.fullmatch(gap) else _plain_gap(gap) for gap in self._gaps)
        return "".join(f"{token}{gap}" for token, gap in zip(self.tokens, (*loose, ""), strict=True))

    def may_be_in(self, text: str) -> bool:
        """Whether a close look is worthwhile; False only if it is certainly absent."""
        if not self.tokens:
            return False
        plain = text.lower() if self._is_ascii and text.isascii() else fold_text(text)
        return all(token in plain for token in self.tokens)

    def is_whole(self, text: str | None) -> bool:
        """Whether a text is exactly this."""
        if text is None:
            return False
        if not self.tokens:
            return bool(self.words) and " ".join(text.split()).casefold() == self.words.casefold()
        return len(list(tokens(text))) == len(self.tokens) and bool(self.spans(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it occurs in a text."""
        if not self.may_be_in(text):
            return []
        found, wanted = list(tokens(text)), self.tokens
        spans: list[tuple[int, int]] = []
        place = 0
        while place + len(wanted) <= len(found):
            here = found[place : place + len(wanted)]
            if tuple(token.text for token in here) == wanted and self._is_joined(
                [text[before.end : after.start] for before, after in pairwise(here)]
            ):
                spans.append((here[0].start, here[-1].end))
                place += len(wanted)
            else:
                place += 1
        return spans

    def _is_joined(self, gaps: Sequence[str]) -> bool:
        return all(
            _LOOSE.fullmatch(gap) is not None
            if not self._exact and _LOOSE.fullmatch(own)
            else _plain_gap(gap) == _plain_gap(own)
            for own, gap in zip(self._gaps, gaps, strict=True)
        )


class Person(NamedTuple):
    """A person: a name, a reference, or both, and other names or references that somebody said are theirs."""

    name: PersonQuery | None
    ref: PersonQuery | None
    also: tuple[PersonQuery, ...] = ()

    @property
    def queries(self) -> tuple[PersonQuery, ...]:
        """All names and references of the person."""
        return (*(wanted for wanted in (self.name, self.ref) if wanted is not None), *self.also)

    def is_customer(self, name: str | None, ref: str | None) -> bool:
        """Whether a customer is certainly this person."""
        return self.compare(name, ref) == SAME

    def compare(self, name: str | None, ref: str | None) -> Literal["same"] | Doubt | None:
        """Return "same" for a customer who is this person, why they perhaps are, or None for another customer.

        The reference decides; a name that is the same or another only makes it doubtful. Without references, the
        whole name decides.
        """
        name = None if name in NO_NAMES else name
        if any(wanted.is_whole(told) for wanted in self.also for told in (name, ref)):
            return SAME
        known = name_likeness(self.name.words, name) if self.name and name else None
        same_name = known == "same name" or bool(self.name and self.name.is_whole(name))
        if self.ref and self.ref.is_whole(ref):
            return SAME if known or same_name or not (self.name and name) else "same reference, another name"
        if same_name:
            return "same name, another reference" if self.ref and ref else SAME
        return known

    @property
    def customer_terms(self) -> tuple[Term, ...]:
        """Search terms, one of which is in every customer for whom `compare` returns something else than None.

        Names that are alike share a whole word, references and other names are found whole. Empty where there are no
        such terms, because something has neither letters nor digits.
        """
        words = [(word,) for word in filter(has_letter, name_parts(self.name.words))] if self.name else []
        whole = [wanted.tokens for wanted in (self.ref, *self.also) if wanted is not None]
        if (self.name and not words) or not all(has_letter("".join(term)) for term in whole):
            return ()
        return tuple(Term(term, "customer") for term in dict.fromkeys((*words, *whole)))

    def may_be_in(self, text: str) -> bool:
        """Whether a close look is worthwhile."""
        return any(wanted.may_be_in(text) for wanted in self.queries)

    def mask(self, text: str, longer: Sequence[PersonQuery] = ()) -> tuple[str, int]:
        """Return a text without the person, and the number of mentions.

        `longer` are names of others that contain this one: within them nothing is masked.
        """
        spans = self.spans(text, longer)
        for start, end in reversed(spans):
            text = f"{text[:start]}{ERASED}{text[end:]}"
        return text, len(spans)

    def spans(self, text: str, longer: Sequence[PersonQuery] = ()) -> list[tuple[int, int]]:
        """Return the mentions of the person, in order."""
        found = sorted(span for wanted in self.queries for span in wanted.spans(text))
        if not found:
            return []
        kept = [span for other in longer for span in other.spans(text)]
        spans: list[tuple[int, int]] = []
        for start, end in found:
            if any(first <= start and end <= last for first, last in kept):
                continue
            if spans and start < spans[-1][1]:
                # Of two that overlap, neither may leave a part.
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return spans

    def example(self, text: str, longer: Sequence[PersonQuery] = ()) -> str:
        """Return the first mention in a text with some words around it; empty if there is none."""
        spans = self.spans(text, longer)
        if not spans:
            return ""
        return excerpt(text, *spans[0])

    def names_of_others(self, name: str | None, ref: str | None) -> tuple[PersonQuery, ...]:
        """Return the name and the reference of another customer, as far as they contain this person's."""
        if self.is_customer(name, ref):
            return ()
        return tuple(PersonQuery(words) for words in (name, ref) if words and self.spans(words))

    def known_as(self, words: Iterable[str]) -> Person:
        """Return the person with other names and references; the first name of one without any is their name."""
        person = self
        for one in words:
            query = _query(one)
            is_name = not any(map(str.isdigit, one)) and "@" not in one
            if person.name is None and is_name:
                person = person._replace(name=query)
            else:
                person = person._replace(also=(*person.also, query))
        return person


def person_of(name: str | None, ref: str | None, also: Iterable[str] = ()) -> Person:
    """Return the person with that name and reference; `also` are other names or references of theirs."""
    return Person(
        PersonQuery(name) if name else None,
        PersonQuery(ref, exact=True) if ref else None,
        tuple(map(_query, also)),
    )


def _query(words: str) -> PersonQuery:
    """Return what finds a name, or a reference, which has digits."""
    return PersonQuery(words, exact=any(map(str.isdigit, words)))


def _plain_gap(gap: str) -> str:
    return gap.translate(_DASHES).strip()
