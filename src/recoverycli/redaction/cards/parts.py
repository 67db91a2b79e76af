"""Parts of a card number, where words say of what they are the part: a half, the first eight digits, the rest."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.cards.numbers import KEPT, CardNumber, is_card, lengths

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORTEST_PART: Final = 7


def card_parts(text: str) -> Iterator[CardNumber]:
    """Yield parts: of the first every digit is hidden, of the second the last four remain."""
    if not _hint_pattern().search(text):
        return
    for pattern, shown in _part_patterns():
        for found in pattern.finditer(text):
            places = [place for place in range(*found.span("part")) if text[place].isdecimal()]
            number = "".join(text[place] for place in places)
            if shown or (lengths(number[:4]) and len(number) >= _SHORTEST_PART and not is_card(number)):
                yield CardNumber(tuple((place, place + 1) for place in places), shown)


@cache
def _hint_pattern() -> re.Pattern[str]:
    return re.compile(r"card|visa|amex", re.IGNORECASE)


@cache
def _part_patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Compile the patterns of parts, with the number of digits that remain."""
    part = r"(?:half|part|bit|eight|8|digits)(?:\s(?:digits|numbers|nos))?"
    other = (
        r"(?<!gift\s)(?<!loyalty\s)(?<!birthday\s)(?<!greeting\s)(?<!library\s)(?<!membership\s)(?<!sim\s)(?<!store\s)"
    )
    card = (
        rf"(?:(?:the|her|his|their|my|a)\s)?(?:(?:long|credit|debit|bank)\s)?{other}(?:master|visa\s|amex\s)?"
        r"(?:card|visa|amex)(?:['\u2019]s)?(?:\s(?:numbers?|num|no|nr)\.?)?"
    )
    gap = r"(?:[\s:,=.(-]|is|was|are|it|with|she|he|says?|said|gave|read|given|as)*+"
    digits = r"(?<![\d.,-])(?P<part>\d{4}[\s.-]?\d{3,4}(?:[\s.-]?\d{1,7})?)(?![\s.,-]?\d)"
    first = (
        rf"(?:first|1st)\s{part}\s(?:of|on|from)\s{card}|half\s(?:of\s)?{card}|{card}\s(?:starts|begins|beginning|starting)"
        rf"|{card}[\s:,-]{{1,3}}(?:first|1st)\s{part}"
    )
    second = (
        rf"(?:second|2nd|other|last|remaining|final|next)\s{part}\s(?:of|on|from)\s{card}"
        rf"|(?:rest|remainder|end)\s(?:of|on)\s{card}|{card}[\s:,-]{{1,3}}(?:(?:second|2nd|other|remaining)\s{part}|rest)"
    )
    so_far = r"(?:(?:is|was|so\sfar|only|given|read|partial|partly|as)[\s:]{1,2}){0,2}"
    eight = r"(?<![\d.,-])(?P<part>[456]\d{3}[\s.-]?\d{4}(?:[\s.-]?\d{1,6})?)(?![\s.,-]?\d)"
    return (
        (re.compile(rf"(?<![^\W\d_])(?:{first})(?![^\W\d_]){gap}{digits}", re.IGNORECASE), 0),
        (re.compile(rf"(?<![^\W\d_])(?:{second})(?![^\W\d_]){gap}{digits}", re.IGNORECASE), KEPT),
        (
            re.compile(
                rf"(?<![^\W\d_]){card}[\s:#=]{{1,3}}{so_far}{eight}",
                re.IGNORECASE,
            ),
            0,
        ),
        (re.compile(rf"{digits}\s(?:of|off|from|on)\s{card}(?![^\W\d_])", re.IGNORECASE), 0),
    )
