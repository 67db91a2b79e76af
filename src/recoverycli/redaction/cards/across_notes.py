"""A card whose number is typed over several notes: what completes it is masked before it is stored.

The first part of a number may already be on the disk when the rest is typed. Of eight digits or fewer, the last four of
the card remain beside them; of more, nothing of the rest does.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.cards.numbers import KEPT, SHORTEST, is_card, lengths
from recoverycli.redaction.reading.digits_said import runs, says_digits

if TYPE_CHECKING:
    from recoverycli.redaction.reading.digits_said import DigitGroup

_SHORTEST_PART: Final = 4
_LONGEST: Final = 19  # digits of a card
_MOST_NOTES: Final = 3  # notes between two parts
_MOST_VISIBLE: Final = 8  # digits of the parts before, beside which the last four remain
_USUAL: Final = frozenset({15, 16})


class CardAcrossNotes:
    """Remembers the digits at the end of the last notes of a call. In memory: it is never written."""

    def __init__(self) -> None:
        self._digits = ""
        self._visible = 0
        self._age = 0

    def mask(self, typed: str, stored: str) -> tuple[str, int]:
        """Return `stored`, the masked text of a note, without the rest of a card, and the number of masks."""
        if not self._digits and not says_digits(typed):
            return stored, 0
        found = list(runs(typed))
        first = found[0] if found and _continues(typed, found[0]) else None
        number = self._digits + _values(first) if first else ""
        masked_before = self._visible < len(self._digits)
        if first and len(stored) == len(typed) and _completes(number, surely=masked_before):
            shown = KEPT if self._visible <= _MOST_VISIBLE else 0
            self._forget()
            return _hide(stored, first, shown), 1
        self._remember(typed, stored, found, number)
        return stored, 0

    def _remember(self, typed: str, stored: str, found: list[list[DigitGroup]], number: str) -> None:
        """Keep the digits at the end of a note; those of a note before are kept for a while."""
        last = found[-1] if found and _ends(typed, found[-1]) else None
        if not last:
            self._age += 1
            if self._age > _MOST_NOTES:
                self._forget()
            return
        digits = _values(last)
        visible = sum(stored[start:end] == typed[start:end] for group in last for start, end in group.spans)
        if number and len(found) == 1:
            digits, visible = number, self._visible + visible
        self._forget()
        if _SHORTEST_PART <= len(digits) < _LONGEST and lengths(digits[:4]):
            self._digits, self._visible = digits, visible

    def _forget(self) -> None:
        self._digits, self._visible, self._age = "", 0, 0


def _values(run: list[DigitGroup]) -> str:
    return "".join(group.values for group in run)


def _completes(number: str, *, surely: bool) -> bool:
    """Whether the parts make a card. `surely`: the first was called part of one, so that a wrong digit is accepted."""
    return len(number) >= SHORTEST and (is_card(number) or (surely and len(number) in lengths(number[:4]) & _USUAL))


def _hide(stored: str, run: list[DigitGroup], shown: int) -> str:
    spans = [span for group in run for span in group.spans]
    hidden = {place for start, end in spans[: len(spans) - shown] for place in range(start, end)}
    return "".join("*" if place in hidden and sign.isalnum() else sign for place, sign in enumerate(stored))


def _continues(typed: str, run: list[DigitGroup]) -> bool:
    """Whether nothing stands before the digits but words that go on with a number: "and the rest is"."""
    return _before_pattern().fullmatch(typed, 0, run[0].spans[0][0]) is not None


def _ends(typed: str, run: list[DigitGroup]) -> bool:
    """Whether nothing stands after the digits but words that something follows: "then"."""
    before = typed[run[0].spans[0][0] - 1 : run[0].spans[0][0]]
    return before != "+" and _after_pattern().fullmatch(typed, run[-1].spans[-1][1]) is not None


@cache
def _before_pattern() -> re.Pattern[str]:
    words = (
        r"and|then|the|her|his|their|rest|remaining|remainder|is|are|was|of|it|its|it's|card|number|no|second|2nd|third|other|last"
        r"|final|next|half|part|eight|four|seven|[478]|digits|numbers|she|he|they|says?|said|continued|continues|cont|contd|ends?"
        r"|ending|with|in|goes|on|plus|ok|okay|so|now|here|now|got|gave|me|us|visa|mastercard|amex|credit|debit|long"
    )
    return re.compile(rf"\W*+(?:(?:{words})(?![^\W_])\W*+)*+", re.IGNORECASE)


@cache
def _after_pattern() -> re.Pattern[str]:
    words = (
        r"then|and|so|far|rest|the|to|follow|follows|coming|in|next|note|wait|waiting|more|cont|contd|continued|first|half|part"
        r"|is|of|it|card|number|her|his|looking|for|hang|on|hold|uh|um|she|he|reads|slowly"
    )
    return re.compile(rf"\W*+(?:(?:{words})(?![^\W_])\W*+)*+", re.IGNORECASE)
