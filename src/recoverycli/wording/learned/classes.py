"""How likely a text is to have each class of words that backfire, two sentences at a time.

The model was fitted to texts of one or two sentences, and a longer one is read in such pieces. While somebody types,
only the last piece changes, so what was read of a piece is kept.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.learned.features import features_of
from recoverycli.wording.learned.library import BACKFIRES, load_model
from recoverycli.wording.search.phrases import words_of
from recoverycli.wording.sentences.features import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.wording.search.phrases import TokenizedText

# From this likelihood on a class is found without a phrase, and below it a phrase of the tool's own is a chance match.
# By trial on files that were left out (docs/testing.md): higher finds less, lower more that is harmless.
LIKELY, UNLIKELY = 0.4, 0.02
# Fewer words than these tell too little, in a sentence that is still being typed for example.
LEAST_WORDS = 4


class LikelyClass(NamedTuple):
    """A class, and the sentence that has it: the first of its words and the one after the last."""

    name: str
    first: int
    after: int


class ClassLikelihoods:
    """The likelihoods of a text."""

    def __init__(self, typed: str, text: TokenizedText) -> None:
        self._typed = typed
        self._text = text
        self._sentences = list(_sentences(text))
        # Each pair of sentences that follow each other; a text of one sentence is a piece too.
        pairs = list(zip(self._sentences, self._sentences[1:], strict=False))
        self._pieces = pairs or [(one, one) for one in self._sentences]

    def likely(self) -> Iterator[LikelyClass]:
        """Yield the classes that the text is likely to have, each with its sentence, once a sentence."""
        found = dict[LikelyClass, None]()
        for begins, ends in self._pieces:
            for name, likelihood in self._read(begins[0], ends[1]).items():
                if likelihood >= LIKELY:
                    earlier = self._read(*begins)[name] > self._read(*ends)[name]
                    first, after = begins if earlier else ends
                    if after - first >= LEAST_WORDS:
                        found[LikelyClass(name, first, after)] = None
        yield from found

    def is_unlikely(self, name: str, at: int) -> bool:
        """Whether the sentence of the word `at` hardly has the class."""
        here = (self._text.first[at], self._text.last[at])
        return all(
            self._read(begins[0], ends[1]).get(name, 1) < UNLIKELY
            for begins, ends in self._pieces
            if here in {begins, ends}
        )

    def _read(self, first: int, after: int) -> dict[str, float]:
        text = self._text
        until = text.starts[after] if after < len(text.words) else len(self._typed)
        return _likelihoods(self._typed[text.starts[first] : until].strip())


@functools.lru_cache(maxsize=512)
def _likelihoods(piece: str) -> dict[str, float]:
    return load_model(BACKFIRES).likelihoods(features_of(read(piece, words_of(piece))))


def _sentences(text: TokenizedText) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(text.words):
        yield text.first[at], text.last[at]
        at = text.last[at]
