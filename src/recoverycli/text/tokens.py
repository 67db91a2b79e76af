"""Words as a search compares them: without case and accents; one sign each in scripts without spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Scripts that are written without spaces between words, and Hangul, whose words carry their particles: Thai to Tibetan,
# Myanmar, Hangul letters, Khmer, kana and bopomofo, the Han blocks, Hangul syllables, half-width kana.
_UNSEGMENTED = (
    "\u0e01-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u30ff\u3105-\u318f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003fffd"
)
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u3099\u309a\uff9e\uff9f"
)
# Combining classes of marks that are not accents: none, nukta, voicing of kana, virama.
_KEPT_MARKS = frozenset({0, 7, 8, 9})


class Token(NamedTuple):
    """A word as a search compares it, and its start and end in the text."""

    text: str
    start: int
    end: int


@cache
def _run() -> re.Pattern[str]:
    """Compiled on first use: a list of calls does not need it."""
    return re.compile(rf"[{_UNSEGMENTED}][{_MARKS}]*|(?:[^\W_{_UNSEGMENTED}]|[{_MARKS}])+")


@cache
def _plain_run() -> re.Pattern[str]:
    return re.compile("[a-z0-9]+")


def fold_text(text: str) -> str:
    """Return the text without case and accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in apart if unicodedata.combining(sign) in _KEPT_MARKS)
    return unicodedata.normalize("NFKC", kept).casefold()


def fold_case(text: str) -> str:
    """Return the text as filters compare it: without case, and with composed letters (macOS decomposes them)."""
    text = text.strip().casefold()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def word_key(text: str) -> str:
    """Return the words of a text without case, accents, spaces and punctuation: equal for spellings of the same.

    A text without words is its own key.
    """
    words = _plain_run().findall(text.lower()) if text.isascii() else [token.text for token in tokens(text)]
    return " ".join(words) or text.strip()


def tokens(text: str) -> Iterator[Token]:
    """Return the words of a text in order; in scripts without spaces each sign is a word."""
    for run in _run().finditer(text):
        start, end = run.span()
        if run[0].isascii():
            yield Token(run[0].lower(), start, end)
        else:
            # A sign such as a fraction becomes several words.
            yield from (Token(part[0], start, end) for part in _run().finditer(fold_text(run[0])))


def words_of(text: str) -> str:
    """Return the words of the text, separated by spaces; plain English text is returned unchanged."""
    return text if text.isascii() else " ".join(token.text for token in tokens(text))
