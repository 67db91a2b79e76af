"""How hard a text is to read, as a school grade."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen  # type: ignore[import-untyped]

# On fewer words one long word moves the grade by years.
FEWEST_WORDS = 20
MOST_CHARACTERS = 200_000
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?\u2026]+(?=\W|$)|\n[ \t\r]*\n")
_QUOTED = re.compile(r"(?m:^[ \t]*>[^\n]*$)")
# Words that every longer English text contains; most other languages have few of them or none.
_COMMON = frozenset(
    [
        "the",
        "and",
        "to",
        "of",
        "a",
        "in",
        "is",
        "it",
        "you",
        "that",
        "was",
        "for",
        "on",
        "are",
        "with",
        "as",
        "i",
        "have",
        "we",
        "be",
        "this",
        "not",
        "your",
        "our",
        "will",
        "can",
        "what",
        "so",
        "my",
        "has",
        "had",
        "been",
        "at",
        "by",
        "from",
        "if",
        "an",
        "or",
        "do",
        "me",
        "us",
        "which",
        "when",
        "there",
        "here",
        "sorry",
    ]
)
_ENGLISH_SHARE = 0.2


def reading_grade(text: str) -> float | None:
    """Return the Flesch-Kincaid grade of an English text to one decimal; None if it would be meaningless.

    0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid, Fishburne, Rogers and Chissom 1975,
    Derivation of New Readability Formulas for Navy Enlisted Personnel). A text of fewer than 20 words, or one that is
    not English, has no grade. Quoted lines do not count; of very long texts only the beginning does.
    """
    own = _QUOTED.sub("", text[:MOST_CHARACTERS])
    words = _WORD.findall(own)
    if len(words) < FEWEST_WORDS or not _english(words):
        return None
    sentences = sum(1 for piece in _ENDS.split(own) if _WORD.search(piece))
    syllables = sum(_syllables(word.casefold().replace("\u2019", "'")) for word in words)
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59, 1)


def _english(words: list[str]) -> bool:
    common = sum(word.casefold().partition("'")[0].partition("\u2019")[0] in _COMMON for word in words)
    return common / len(words) >= _ENGLISH_SHARE and sum(word.isascii() for word in words) / len(words) > 0.5


@functools.lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1


@functools.cache
def _hyphenation() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="en_US")
