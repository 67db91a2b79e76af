"""Card numbers in a text: an issuer's prefix, a length that this issuer uses, and a correct check digit (Luhn).

If all three hold, the number is masked, even after a word such as "order": a lost order number is an annoyance, a
stored card a breach. The ranges are those of Wikipedia's table "Payment card number", Maestro's the wider ones of
Braintree's credit-card-type. Elo, Verve, Dankort and Hipercard lie inside ranges that are listed anyway.

"+" begins a telephone number, never a card. Numbers with words or commas between their groups: `read_out.py`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT: Final = 4  # digits that stay readable
SHORTEST: Final = 12
_LONGEST_PHONE: Final = 15  # ITU-T E.164
_DOUBLED: Final = bytes.maketrans(bytes(range(10)), bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))

_ISSUERS: Final[tuple[tuple[str, tuple[int, ...]], ...]] = (
    ("4", (13, 16, 19)),  # Visa
    ("51-55 2221-2720", (16,)),  # Mastercard
    ("34 37", (15,)),  # American Express
    ("6011 644-649 65", (16, 17, 18, 19)),  # Discover; its 622126-622925 is in Maestro's row
    ("300-305 3095 36 38-39", (14, 15, 16, 17, 18, 19)),  # Diners Club; 15 is published for 36 alone
    ("3528-3589", (16, 17, 18, 19)),  # JCB
    ("81", (16, 17, 18, 19)),  # UnionPay; its 62 is in Maestro's row
    ("50 56-58 6013 62-63 67", (12, 13, 14, 15, 16, 17, 18, 19)),  # Maestro
    ("2200-2204", (16, 17, 18, 19)),  # Mir
    ("60 81-82", (16,)),  # RuPay; its 508, 65, 353 and 356 are in the rows above
    ("9792", (16,)),  # Troy; its 65 is in Discover's row
)


class CardNumber(NamedTuple):
    """A card: the span of each of its digits in the text, and how many at its end stay readable."""

    digits: tuple[tuple[int, int], ...]
    shown: int = KEPT

    @property
    def places(self) -> tuple[int, ...]:
        """The positions of the digits."""
        return _places(self.digits)

    @property
    def hidden(self) -> tuple[int, ...]:
        """The positions of the digits to be masked."""
        return _places(self.digits[: len(self.digits) - self.shown])

    @property
    def start(self) -> int:
        """The position of the first digit."""
        return self.digits[0][0]

    @property
    def end(self) -> int:
        """The position after the card."""
        return self.digits[-1][1]


def _places(digits: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    return tuple(place for start, end in dict.fromkeys(digits) for place in range(start, end))


def cards(text: str) -> list[CardNumber]:
    """Return the cards of a text in order; two may share the last four digits of the first."""
    found: list[CardNumber] = []
    for run in _run_pattern().finditer(text):
        places = list(compress(range(*run.span()), map(str.isdecimal, run[0])))
        if len(places) >= SHORTEST:
            phone = text[run.start() - 1 : run.start()] in {"+", "\uff0b"}
            chosen = _choose_cards(list(_candidates(run[0], places, phone=phone)), places)
            spans = [(place, place + 1) for place in places]
            found += (CardNumber(tuple(spans[start:end])) for start, end in chosen)
    return sorted(found)


def is_card(number: str) -> bool:
    """Whether ASCII digits have an issuer's prefix, one of its lengths, and a correct check digit."""
    return len(number) in lengths(number[:4]) and _running_sums(number)[len(number) & 1][-1] % 10 == 0


@cache
def _run_pattern() -> re.Pattern[str]:
    """Groups of at most 19 digits (ISO/IEC 7812) with spaces, dashes, dots, slashes or invisible marks between."""
    between = r"[\s\-./_\u00ad\u00b7\u2010-\u2015\u2022\u2026\u2212\u200b-\u200f\u2060\ufeff\uff0d-\uff0f]{1,5}"
    return re.compile(rf"(?<!\d)\d{{1,19}}(?!\d)(?:{between}\d{{1,19}}(?!\d))*+")


def _candidates(run: str, places: list[int], *, phone: bool) -> Iterator[tuple[int, int]]:
    """Yield the cards between borders of groups; one may begin with the last four of another (else not idempotent)."""
    number = _ascii("".join(filter(str.isdecimal, run)))
    ends = [place - before > 1 for before, place in zip([-2, *places], [*places, places[-1] + 2], strict=True)]
    starts = ends.copy()
    sums = _running_sums(number)
    for start in range(len(number) - SHORTEST + 1):
        if not (starts[start] and (known := lengths(number[start : start + 4]))):
            continue
        for length in known:
            end = start + length
            if end > len(number) or not ends[end] or (phone and start == 0 and length <= _LONGEST_PHONE):
                continue
            if (sums[end & 1][end] - sums[end & 1][start]) % 10 == 0:
                starts[end - KEPT] = True
                yield start, end


def _choose_cards(found: list[tuple[int, int]], places: list[int]) -> list[tuple[int, int]]:
    """Choose among cards that overlap: 16 digits (a code often follows), the longest, those that share a last four."""
    covered, hidden, chosen = bytearray(len(places)), bytearray(len(places)), []
    likeliest = sorted(found, key=lambda card: (card[1] - card[0] != 16, card[0] - card[1]))
    for taken, order in ((covered, likeliest), (hidden, found)):
        for start, end in order:
            within_group = start > 0 and places[start] - places[start - 1] == 1
            if not any(taken[start:end]) and (hidden[start - 1] or not within_group):
                covered[start:end] = b"x" * (end - start)
                hidden[start : end - KEPT] = b"x" * (end - start - KEPT)
                chosen.append((start, end))
    return chosen


@cache
def lengths(prefix: str) -> frozenset[int]:
    """Return the lengths of the cards that begin with these four digits."""
    known: set[int] = set()
    for prefixes, lengths in _ISSUERS:
        spans = (span.partition("-") for span in prefixes.split())
        if any(first <= prefix[: len(first)] <= (last or first) for first, _, last in spans):
            known.update(lengths)
    return frozenset(known)


def _running_sums(number: str) -> tuple[list[int], list[int]]:
    """Return Luhn sums up to each digit, with every even and with every odd digit doubled.

    A window is checked by one subtraction; python-stdnum takes 4 us for each, and 50 ms to import during a call.
    """
    plain = bytes(map(int, number))
    doubled = plain.translate(_DOUBLED)
    even, odd = bytearray(plain), bytearray(plain)
    even[::2], odd[1::2] = doubled[::2], doubled[1::2]
    return list(accumulate(even, initial=0)), list(accumulate(odd, initial=0))


def _ascii(number: str) -> str:
    return number if number.isascii() else "".join(str(int(digit)) for digit in number)
