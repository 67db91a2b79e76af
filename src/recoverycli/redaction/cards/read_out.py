"""Card numbers that were read out, that have a wrong digit, or of which one half was noted.

With words or commas between the groups, the groups have to fit those that are printed on cards. A wrong check digit is
accepted directly beside words such as "card number", a half only if words say of what it is the half.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.cards.numbers import SHORTEST, CardNumber, is_card, lengths
from recoverycli.redaction.cards.parts import card_parts
from recoverycli.redaction.cards.words import is_called_card
from recoverycli.redaction.reading.digits_said import ONES, TEENS, TENS, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.redaction.reading.digits_said import DigitGroup

_HALF: Final = 8
_LIKELIEST: Final = (16, 15, 14, 19, 13, 17, 18, 12)
_USUAL: Final = frozenset({14, 15, 16})
# Where the printed groups of a card of this length end.
_PRINTED: Final = {13: {4, 7, 10}, 14: {4, 10}, 15: {4, 10}}
_PRINTED_LONG: Final = frozenset({4, 8, 12, 16})


def cards_read_out(text: str, taken: set[int]) -> list[CardNumber]:
    """Return the cards of a text that are not in plain digits, outside the positions that are taken."""
    found: list[CardNumber] = []
    if _has_digits(text, SHORTEST):
        for run in runs(text):
            found += _in_run(text, run)
    if _has_digits(text, _HALF):
        found += card_parts(text)
    covered = set(taken)
    free: list[CardNumber] = []
    for card in found:
        if covered.isdisjoint(card.places):
            covered.update(card.places)
            free.append(card)
    return free


def _has_digits(text: str, fewest: int) -> bool:
    """Whether a text has that many digits or number words; `double` and `forty` stand for two or more."""
    return len(_digit_pattern().findall(text)) * 2 >= fewest


@cache
def _digit_pattern() -> re.Pattern[str]:
    return re.compile(rf"\d|{'|'.join((*(word for word in ONES if len(word) > 1), *TENS, *TEENS))}", re.IGNORECASE)


def _in_run(text: str, run: list[DigitGroup]) -> Iterator[CardNumber]:
    """Yield the cards of one run of groups, from left to right."""
    number = "".join(group.values for group in run)
    if len(number) < SHORTEST or text[run[0].spans[0][0] - 1 : run[0].spans[0][0]] == "+":
        return
    spans = [span for group in run for span in group.spans]
    borders = list(accumulate((len(group.values) for group in run), initial=0))
    ends = frozenset(borders)
    free = 0
    for at, start in enumerate(borders[:-1]):
        # A row of single digits is one number: a card does not begin within.
        within_row = start > free and len(run[at].values) == len(run[at - 1].values) == 1
        if start < free or within_row:
            continue
        known = lengths(number[start : start + 4])
        fitting = [length for length in _LIKELIEST if length in known and _is_printed(ends, start, length)]
        chosen = next((length for length in fitting if is_card(number[start : start + length])), 0)
        if start == 0 and chosen != len(number):
            whole = [len(number)] if is_card(number) or len(number) in fitting else []
            usual = whole or [length for length in fitting if length in _USUAL and not chosen]
            if usual and is_called_card(text, spans[0][0], spans[usual[0] - 1][1]):
                chosen = usual[0]
        if chosen:
            free = start + chosen
            yield CardNumber(tuple(spans[start:free]))


def _is_printed(ends: frozenset[int], start: int, length: int) -> bool:
    """Whether the groups are those on a card, or divide or join them."""
    if start + length not in ends:
        return False
    printed = _PRINTED.get(length, _PRINTED_LONG) - {length}
    there = {place - start for place in range(start + 1, start + length) if place in ends}
    return there <= printed or printed <= there
