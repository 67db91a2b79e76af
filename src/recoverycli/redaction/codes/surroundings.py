"""What stands around a number: a unit, a comma, the name of a place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from recoverycli.redaction.codes.words import FURTHER, UNITS, VERBS_IN_S
from recoverycli.redaction.reading.before_numbers import LEADING
from recoverycli.redaction.reading.pieces import WORD

if TYPE_CHECKING:
    from typing import Final

    from recoverycli.redaction.codes.line import CodeLine

_PARTS: Final = "*.,-/+:#\u20ac$\u00a3\u00a5\u20b9"


def is_apart(line: CodeLine, place: int) -> bool:
    """Whether a number stands by itself after a comma or a dash: "the pin is on the fridge, 4482"."""
    piece = line.pieces[place]
    return (
        line.word(place - 1) in {",", "-", "\u2013"}
        and line.text[piece.start - 1 : piece.start].isspace()
        and ends_clause(line, piece.end)
    )


def ends_clause(line: CodeLine, end: int) -> bool:
    """Whether nothing but a sign follows, or the end of the line."""
    return _end_pattern().match(line.text, end) is not None


def is_part(line: CodeLine, place: int) -> bool:
    """Whether the sign before a number makes it part of an amount, a date or a telephone number."""
    start = line.pieces[place].start
    return start > 0 and (line.text[start - 1] in _PARTS or line.text[start - 1].isalnum())


def is_noun(line: CodeLine, at: int) -> bool:
    """Whether a word is none of those that lead to a code: "letter no 4482"."""
    piece = line.pieces[at]
    return piece.kind == WORD and piece.text not in LEADING and not piece.text.endswith(("ly", "ed"))


def is_amount(line: CodeLine, end: int) -> bool:
    """Whether a number is followed by a unit or by things that are counted, or is part of a date or an amount."""
    found = _following_pattern().match(line.text, end)
    if not found or found["more"]:
        return found is not None
    word = found["word"].lower()
    counted = len(word) > len("his") and word.endswith("s") and not word.endswith("ss") and word not in VERBS_IN_S
    return counted or word in UNITS or word.removesuffix("s") in UNITS


def is_postal(line: CodeLine, end: int) -> bool:
    """Whether six digits are an Indian postal code: before the name of a place, or in an address."""
    return line.is_address or _place_pattern().match(line.text, end) is not None


def is_pronoun(line: CodeLine, place: int) -> bool:
    """Whether "one" is no figure: "second one 780426"."""
    figures = line.word(place + 1 + (line.word(place + 1) == ","))[:1].isdecimal()
    return line.word(place) == "one" and line.word(place - 1) in FURTHER | {"old", "current", "correct"} and figures


@cache
def _following_pattern() -> re.Pattern[str]:
    return re.compile(r"(?P<more>\s?[%\u20ac$\u00a3\u20b9]|[/:.]\d)|\s(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)")


@cache
def _end_pattern() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[.,;!?)\"\r\n]|\Z)")


@cache
def _place_pattern() -> re.Pattern[str]:
    return re.compile(r"\W{1,3}[A-Z][a-z]")
