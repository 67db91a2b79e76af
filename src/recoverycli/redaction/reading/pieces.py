"""The pieces of a typed line: words, groups of figures, what is masked already, and signs.

Words are compared in lower case; a slip of one letter in the long names of secrets ("verfication") is corrected.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

WORD: Final = "word"
FIGURES: Final = "figures"
MASK: Final = "mask"
SIGN: Final = "sign"
_NAMES: Final = (
    "password", "passwords", "passcode", "passphrase", "memorable", "security", "verification", "authentication",
    "authenticator", "activation", "temporary", "maiden",
)  # fmt: skip
_SHORTEST: Final = 6  # letters of a word that is corrected


class Piece(NamedTuple):
    """A piece: its kind, its text in lower case, and where it starts and ends."""

    kind: str
    text: str
    start: int
    end: int


def pieces(text: str) -> list[Piece]:
    """Return the pieces of a text in order, without the spaces between. Linear in the length."""
    found: list[Piece] = []
    for match in _pattern().finditer(text):
        kind = match.lastgroup or SIGN
        piece = match[0].lower()
        if kind == WORD:
            piece = correct_slip(piece.replace("\u2019", "'").replace(".", ""))
        found.append(Piece(kind, piece, match.start(), match.end()))
    return found


def correct_slip(word: str) -> str:
    """Return the name of a secret that differs from the word by one letter; else the word."""
    if len(word) < _SHORTEST or not word.isascii():
        return word
    slips = _slips()
    if word in slips:
        return slips[word]
    for shorter in _without_a_letter(word):
        if shorter in slips and abs(len(slips[shorter]) - len(word)) <= 1 and slips[shorter][0] == word[0]:
            return slips[shorter]
    return word


def _without_a_letter(word: str) -> tuple[str, ...]:
    return tuple(f"{word[:place]}{word[place + 1 :]}" for place in range(1, len(word)))


@cache
def _slips() -> dict[str, str]:
    """Return the names by themselves and by every spelling of them that lacks one letter."""
    known = {shorter: name for name in _NAMES for shorter in _without_a_letter(name)}
    return known | {name: name for name in _NAMES}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<word>(?:2fa|3ds?)(?![^\W_])|p/wo?r?d?(?![^\W_])|[ua]/[cn](?![^\W_])|wi-fi|e-mail|(?<!\w)(?:[a-z]\.){2,4}[a-z]?(?![^\W_])|[^\W\d_\ue000]+(?:['\u2019][^\W\d_\ue000]+)*)"
        r"|(?P<figures>\d+)|(?P<mask>[*\ue000]+)|(?P<sign>[\r\n]+|[^\s])",
        re.IGNORECASE,
    )
