"""Whether words that other languages have too are English where they stand. Pure: no screen, no file, no clock.

The patterns are words of one language, and most of them are found in no other. What remains is "no" and its like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.wording.search.phrases import TokenizedText

# Frequent words of another language as well.
_SHARED = frozenset(
    ["a", "also", "am", "an", "any", "are", "as", "at", "be", "by", "can", "come", "die", "do", "due", "end", "even",
     "for", "go", "had", "has", "have", "he", "her", "i", "in", "is", "just", "let", "like", "me", "men", "most", "no",
     "of", "on", "or", "part", "per", "problem", "set", "so", "to", "under", "us", "want", "was", "we", "week", "will"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["the", "and", "it", "that", "this", "these", "those", "you", "your", "our", "my", "his", "their", "they", "she",
     "not", "does", "did", "been", "would", "could", "should", "what", "which", "when", "where", "who", "why", "how",
     "there", "here", "with", "without", "from", "about", "because", "but", "if", "then", "than", "please", "thank",
     "thanks", "sorry", "yes", "now", "today", "tomorrow", "more", "some", "all", "only", "very", "get", "make", "take",
     "think", "know", "see", "out", "up", "after", "before", "until", "by"]
)  # fmt: skip
# Of the other words of a text in English, at least one in so many is in that list.
_ONE_IN = 8
_FEWEST = 3


def is_shared(words: Iterable[str]) -> bool:
    """Whether all of the words are words of other languages too."""
    return _SHARED.issuperset(words)


def shows_no_english(text: TokenizedText) -> bool:
    """Whether a text has enough words to tell its language, and they are not English. Shared words tell none."""
    others = [word for word in text.words if word not in _SHARED]
    if len(others) < _FEWEST and all(map(str.isascii, others)):
        return False
    return sum(word in _ENGLISH for word in others) * _ONE_IN < len(others)
