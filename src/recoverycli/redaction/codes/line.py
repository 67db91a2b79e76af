"""A typed line as codes are looked for in it: its text and its pieces."""

from __future__ import annotations

import re
from typing import Final

from recoverycli.redaction.codes.words import ADDRESS, PAYING
from recoverycli.redaction.reading.digits_said import ONES, TEENS, TENS, TIMES
from recoverycli.redaction.reading.pieces import FIGURES, pieces

_NUMBER_WORDS: Final = frozenset((*ONES, *TEENS, *TENS, *TIMES))
_LETTERS: Final = re.compile(r"[oil]{1,7}")


class CodeLine:
    """A text and its pieces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces = pieces(text)
        self.is_address = any(piece.text in ADDRESS for piece in self.pieces)
        self.is_payment = any(piece.text in PAYING for piece in self.pieces)

    def word(self, place: int) -> str:
        """Return the piece at a place in lower case; empty outside the line."""
        return self.pieces[place].text if 0 <= place < len(self.pieces) else ""

    def is_digits(self, place: int) -> bool:
        """Whether a piece is figures or a word for them, or letters that stand for 0 and 1 before figures."""
        piece = self.pieces[place]
        if piece.kind == FIGURES or piece.text in _NUMBER_WORDS:
            return True
        following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        return (
            following is not None
            and following.kind == FIGURES
            and following.start == piece.end
            and _LETTERS.fullmatch(piece.text) is not None
        )

    def after(self, place: int, end: int) -> int:
        """Return the first place, from this one on, that does not start before `end`."""
        while place < len(self.pieces) and self.pieces[place].start < end:
            place += 1
        return place
