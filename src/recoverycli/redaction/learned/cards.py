"""Card numbers that the tagger finds: whole ones, and those told in pieces with words between them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from recoverycli.redaction.reading.digits_said import digits_in
from recoverycli.redaction.rules import SensitiveSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.redaction.learned.tokens import NoteToken

_KEPT: Final = 4  # digits at the end of a card that stay readable
_FEWEST: Final = 12  # digits of a card
_MOST: Final = 20  # a digit too many may be a slip
_USUAL: Final = 16
_GROUPS: Final = 3  # words after a card from which on they may be another one
_OTHERS: Final = frozenset({
    "order", "orders", "parcel", "tracking", "consignment", "waybill", "invoice", "booking", "reference", "ref",
    "policy", "claim", "iban",
})  # fmt: skip
_OTHER_CARDS: Final = (["gift"], ["loyalty"], ["membership"], ["library"], ["sim"])
_NUMBER: Final = frozenset({"number", "no", "nr", "num"})
_BEFORE: Final = 6  # characters before a number that may begin another kind of number
_PART: Final = 7  # digits from which on a number may be one of many other kinds


class CardPiece(NamedTuple):
    """Digits of a card that stand side by side: where they are, how many, and whether they are very likely some."""

    start: int
    end: int
    digits: int
    likely: bool


def is_other_number(line: Sequence[NoteToken], place: int) -> bool:
    """Whether the words before a number name another one that may look like that of a card."""
    words = [token.word for token in line[max(0, place - 3) : place]]
    if words and words[-1] in _NUMBER:
        words.pop()
    return bool(words) and (words[-1] in _OTHERS or (words[-1] == "card" and words[-2:-1] in _OTHER_CARDS))


def pieces_of(text: str, run: Sequence[NoteToken], *, likely: bool) -> list[CardPiece]:
    """Return the words as digits of a card, or of several; nothing if they say none or begin a telephone number."""
    words = [token for token in run if token.digits]
    if not words or _other_number_pattern().search(text, max(0, words[0].start - _BEFORE), words[0].start):
        return []
    pieces: list[CardPiece] = []
    first = digits = 0
    for place, word in enumerate(words):
        digits += digits_in(text[word.start : word.end])
        last = place == len(words) - 1
        if last or (digits >= _USUAL and len(words) - place > _GROUPS):
            start, end = words[first].start, word.end
            pieces.append(CardPiece(start, end, digits_in(text[start:end]), likely))
            first, digits = place + 1, 0
    return [piece for piece in pieces if piece.digits and not is_date(text[piece.start : piece.end])]


def is_date(text: str) -> bool:
    """Whether digits are a date with its year."""
    return _date_pattern().fullmatch(text) is not None


@cache
def _date_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d")


@cache
def _other_number_pattern() -> re.Pattern[str]:
    """The beginning of a telephone number or of an IBAN, directly before digits."""
    return re.compile(r"(?:\+|(?<![^\W_])[A-Z]{2}\d\d\s?)\Z", re.IGNORECASE)


def cards_of(pieces: Sequence[CardPiece], *, whole: bool, named: bool) -> list[SensitiveSpan]:
    """Return the cards that the pieces of a line are, in order: each whole, or of several pieces.

    Only those that are `whole`, if asked for. Longer parts are returned where a card or a part of one is `named`.
    """
    found: list[SensitiveSpan] = []
    pending: list[CardPiece] = []
    for piece in pieces:
        if piece.digits < _FEWEST:
            pending.append(piece)
        else:
            found += () if whole else _parts(pending, named=named)
            pending = []
            found += [SensitiveSpan(piece.start, piece.end, "card", _KEPT)] if piece.digits <= _MOST else []
        if sum(one.digits for one in pending) >= _FEWEST and any(one.likely for one in pending):
            found += () if whole else _whole(pending)
            pending = []
    return found if whole else [*found, *_parts(pending, named=named)]


def _whole(pieces: Sequence[CardPiece]) -> list[SensitiveSpan]:
    """Return the pieces of one card: its last digits are at the end of the last ones."""
    found, kept = [], _KEPT
    for piece in reversed(pieces):
        shown = min(kept, piece.digits)
        kept -= shown
        found.append(SensitiveSpan(piece.start, piece.end, "card", shown))
    return found[::-1]


def _parts(pieces: Sequence[CardPiece], *, named: bool) -> list[SensitiveSpan]:
    """Return pieces that are no whole card: all their digits are hidden."""
    return [
        SensitiveSpan(piece.start, piece.end, "card")
        for piece in pieces
        if piece.likely and (named or piece.digits < _PART)
    ]
