"""A code that stands before its name: "881 is the cvv", "4482 (pin)", "123 on the back"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.codes.names import name_at
from recoverycli.redaction.codes.words import AMOUNTS_FOLLOW, COPULAS, JOINING, SECRET_CONTEXT, WHOSE
from recoverycli.redaction.reading.before_numbers import OTHER_NUMBERS
from recoverycli.redaction.reading.digits_said import ONES
from recoverycli.redaction.reading.pieces import MASK

if TYPE_CHECKING:
    from recoverycli.redaction.codes.line import CodeLine
    from recoverycli.redaction.codes.names import CodeName

NOWHERE: Final = (0, 0)
_MOST_JOINING: Final = 7
_CARD_DIGITS: Final = frozenset({3, 4})
_NO_CODE_AFTER: Final = frozenset("*.,-/+\u20ac$\u00a3")
_ENDS: Final = frozenset(".,;:!?)\"'\r\n")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def code_before(line: CodeLine, place: int) -> tuple[int, int]:
    """Return the end of the code that starts there and the place after its name; NOWHERE if it is none.

    What is masked already counts as a code, so that its name is not taken for that of a later number.
    """
    end, digits = _number(line, place)
    if not end:
        return NOWHERE
    at = line.after(place, end)
    texted = line.word(place - 1) != "code" and _text_pattern().match(line.text, end) is not None
    if texted and 6 in digits and not _is_numbered(line, place):
        return end, at
    if not digits.isdisjoint(_CARD_DIGITS) and _back_pattern().match(line.text, end) and not _is_numbered(line, place):
        return end, at
    at, firm = _skip_joining(line, at)
    name = name_at(line, at) if at else None
    if not name or line.word(at) == "sms" or not any(name.fewest <= count <= name.most for count in digits):
        return NOWHERE
    if name.bare and not _is_secret(line, name, firm=firm):
        return NOWHERE
    if not firm and (_is_numbered(line, place) or not _is_last(line, name.after)):
        return NOWHERE
    return end, name.after


def _number(line: CodeLine, place: int) -> tuple[int, frozenset[int]]:
    """Return the end of a number, and how many digits it may have."""
    if line.pieces[place].kind == MASK:
        at = place
        while at + 1 < len(line.pieces) and line.pieces[at + 1].kind == MASK:
            at += 1
        return line.pieces[at].end, frozenset(range(3, 9))
    found = _number_pattern().match(line.text, line.pieces[place].start)
    if not found:
        return 0, frozenset()
    digits = sum(map(str.isdecimal, found[0])) or len(re.split(r"[\s,-]+", found[0]))
    return found.end(), frozenset({digits})


def _skip_joining(line: CodeLine, at: int) -> tuple[int, bool]:
    """Return the place after the words that join a code to its name, and whether one of them is a verb."""
    firm = False
    for place in range(at, min(at + _MOST_JOINING, len(line.pieces))):
        word = line.word(place)
        if word in COPULAS:
            firm = True
        elif word not in JOINING or name_at(line, place):
            return place, firm
    return 0, False


def _is_secret(line: CodeLine, name: CodeName, *, firm: bool) -> bool:
    """Whether "the code" after a number is a secret one."""
    following = {piece.text for piece in line.pieces[name.after : name.after + 6]}
    if not OTHER_NUMBERS.isdisjoint(following):
        return False
    whose = line.word(name.after - 2)
    if whose == "as":
        return _is_last(line, name.after)
    return not SECRET_CONTEXT.isdisjoint(following) or (firm and whose in WHOSE and _is_last(line, name.after))


def _is_last(line: CodeLine, at: int) -> bool:
    """Whether nothing follows the name of a code in its clause."""
    at += line.word(at) in {"code", "number", "no"}
    return at >= len(line.pieces) or line.word(at)[0] in _ENDS


def _is_numbered(line: CodeLine, place: int) -> bool:
    """Whether what stands before a number tells that it is no code."""
    piece = line.pieces[place]
    if line.text[piece.start - 1 : piece.start] in _NO_CODE_AFTER or _YEAR.fullmatch(piece.text):
        return True
    at = place - 1
    while line.word(at) in {"#", ":", ".", "number", "no", "nr", "id"}:
        at -= 1
    return line.word(at) in OTHER_NUMBERS | AMOUNTS_FOLLOW


@cache
def _number_pattern() -> re.Pattern[str]:
    """No part of a longer number, of a date or of an amount."""
    ones = "|".join(ONES)
    return re.compile(
        r"(?:\d{3}[\s-]\d{3}|\d{4}[\s-]\d{4}|\d{3,8}"
        rf"|(?:{ones})(?:[\s,-]{{1,2}}(?:{ones})){{2,7}})(?![\s.,/-]?\d|[^\W_])",
        re.IGNORECASE,
    )


@cache
def _back_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:,|\s\()?\s?(?:on|from|at)\s(?:the|its|her|his)\s(?:back|rear|reverse|signature|strip)(?![^\W\d_])"
        r"(?!\sof\s(?!(?:(?:the|her|his|their|my)\s)?(?:debit\s|credit\s)?card))",
        re.IGNORECASE,
    )


@cache
def _text_pattern() -> re.Pattern[str]:
    return re.compile(
        r",?\s(?:(?:was|is|came)\s(?:in|by)|from|off)\s(?:(?:the|her|his|their|my|a)\s)?(?:text|sms|authenticator|whatsapp|txt)"
        r"(?![^\W\d_])|\sto\s(?:verify|log\s?in|sign\s?in|confirm\syour)(?![^\W\d_])",
        re.IGNORECASE,
    )
