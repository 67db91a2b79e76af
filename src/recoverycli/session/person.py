"""A person in stored text: their calls, and other mentions of the name or the reference.

A name is found as in a search: as whole words, without case and accents, in any Unicode composition. A space, a hyphen
or the like may separate its words; the parts of a reference need the separators that were given.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.tokens import fold_text, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

ERASED = "[erased]"
# What may separate the words of a name.
_LOOSE = re.compile(r"[\s,._\-\u00ad\u2010-\u2015\u30fb]{0,4}")
_DASHES = str.maketrans({**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"), "\u2019": "'", "\u02bc": "'"})
_AROUND = 30


class PersonQuery:
    """A name to be found, or a reference, whose separators must match exactly (`exact`)."""

    def __init__(self, words: str, *, exact: bool = False) -> None:
        self._exact = exact
        self.words = " ".join(words.split())
        found = list(tokens(self.words))
        self._tokens = [token.text for token in found]
        self._gaps = [self.words[before.end : after.start] for before, after in pairwise(found)]
        self._is_ascii = all(token.isascii() for token in self._tokens)

    @property
    def is_searchable(self) -> bool:
        """Whether it contains a letter or a digit."""
        return bool(self._tokens)

    @property
    def plain(self) -> str:
        """A normal form: the same for all texts that `is_whole` equates."""
        if not self._tokens:
            return self.words.casefold()
        loose = (" " if not self._exact and _LOOSE.fullmatch(gap) else _plain_gap(gap) for gap in self._gaps)
        return "".join(f"{token}{gap}" for token, gap in zip(self._tokens, (*loose, ""), strict=True))

    def may_be_in(self, text: str) -> bool:
        """Whether a close look is worthwhile; False only if it is certainly absent."""
        if not self._tokens:
            return False
        plain = text.lower() if self._is_ascii and text.isascii() else fold_text(text)
        return all(token in plain for token in self._tokens)

    def is_whole(self, text: str | None) -> bool:
        """Whether a text is exactly this."""
        if text is None:
            return False
        if not self._tokens:
            return bool(self.words) and " ".join(text.split()).casefold() == self.words.casefold()
        return len(list(tokens(text))) == len(self._tokens) and bool(self.spans(text))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where it occurs in a text."""
        if not self.may_be_in(text):
            return []
        found, wanted = list(tokens(text)), self._tokens
        spans: list[tuple[int, int]] = []
        place = 0
        while place + len(wanted) <= len(found):
            here = found[place : place + len(wanted)]
            if [token.text for token in here] == wanted and self._is_joined(
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
    """The person to be erased: a name, a reference, or both."""

    name: PersonQuery | None
    ref: PersonQuery | None

    @property
    def queries(self) -> tuple[PersonQuery, ...]:
        """The name and the reference, as far as they are given."""
        return tuple(wanted for wanted in self if wanted is not None)

    def is_customer(self, name: str | None, ref: str | None) -> bool:
        """Whether a customer is this person."""
        return bool((self.name and self.name.is_whole(name)) or (self.ref and self.ref.is_whole(ref)))

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
            within = any(first <= start and end <= last for first, last in kept)
            if not within and (not spans or start >= spans[-1][1]):
                spans.append((start, end))
        return spans

    def example(self, text: str, longer: Sequence[PersonQuery] = ()) -> str:
        """Return the first mention in a text with some words around it; empty if there is none."""
        spans = self.spans(text, longer)
        if not spans:
            return ""
        start, end = spans[0]
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        cut = ("…" if start > _AROUND else "", "…" if end + _AROUND < len(text) else "")
        return " ".join(f"{cut[0]}{before}{text[start:end]}{after}{cut[1]}".split())

    def longer_names(self, *names: str | None) -> tuple[PersonQuery, ...]:
        """Return the given names that contain this person's and are others'."""
        return tuple(
            PersonQuery(name) for name in names if name and self.spans(name) and not any(
                wanted.is_whole(name) for wanted in self.queries
            )
        )  # fmt: skip


def _plain_gap(gap: str) -> str:
    return gap.translate(_DASHES).strip()
