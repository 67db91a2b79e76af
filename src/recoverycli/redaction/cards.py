"""Card numbers in a text: an issuer's prefix, a length that this issuer uses, and a correct check digit (Luhn).

If all three hold, the number is masked, even after a word such as "order": a lost order number is an annoyance, a
stored card a breach. The ranges are those of Wikipedia's table "Payment card number", Maestro's the wider ones of
Braintree's credit-card-type. Elo, Verve, Dankort and Hipercard lie inside ranges that are listed anyway.

"+" begins a telephone number, never a card. Words between groups ("then", a comma) join them only if the groups are
those that are printed on cards.
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
# How cards are printed and read out; with words between the groups nothing else is taken for one.
_PRINTED: Final = frozenset({(4, 4, 4, 4), (8, 8), (4, 4, 8), (8, 4, 4), (4, 12), (12, 4), (4, 6, 5), (4, 6, 4)})


class CardNumber(NamedTuple):
    """A card: the positions of its digits in the text."""

    places: tuple[int, ...]

    @property
    def hidden(self) -> tuple[int, ...]:
        """The positions of the digits to be masked."""
        return self.places[:-KEPT]

    @property
    def end(self) -> int:
        """The position after the card."""
        return self.places[-1] + 1


def cards(text: str) -> list[CardNumber]:
    """Return the cards of a text in order; two may share the last four digits of the first."""
    found: list[CardNumber] = []
    for run in _run_pattern().finditer(text):
        places = list(compress(range(*run.span()), map(str.isdecimal, run[0])))
        if len(places) >= SHORTEST:
            phone = text[run.start() - 1 : run.start()] in {"+", "\uff0b"}
            chosen = _choose_cards(list(_candidates(run[0], places, phone=phone)), places)
            found += (CardNumber(tuple(places[start:end])) for start, end in chosen)
    taken = {place for card in found for place in card.places}
    found += (card for card in _read_out(text) if taken.isdisjoint(card.places))
    return sorted(found)


@cache
def _run_pattern() -> re.Pattern[str]:
    """Groups of at most 19 digits (ISO/IEC 7812) with spaces, dashes, dots, slashes or invisible marks between."""
    between = r"[\s\-./_\u00ad\u00b7\u2010-\u2015\u2022\u2026\u2212\u200b-\u200f\u2060\ufeff\uff0d-\uff0f]{1,5}"
    return re.compile(rf"(?<!\d)\d{{1,19}}(?!\d)(?:{between}\d{{1,19}}(?!\d))*+")


@cache
def _read_out_pattern() -> re.Pattern[str]:
    """Groups as they are printed, with words between them."""
    said = r"(?:and|then|dash|space|hyphen|minus|comma|next|followed\sby|plus|finally|ends?|ending|in|last)"
    between = rf"[\s,;:.\-\u2010-\u2015\u2026]{{0,4}}+(?:{said}[\s,;:.\-\u2010-\u2015\u2026]{{1,4}}+){{0,3}}+"
    return re.compile(rf"(?<![\d+])\d{{4,12}}(?!\d)(?:{between}(?<!\d)\d{{4,12}}(?!\d)){{1,3}}+", re.IGNORECASE)


def _read_out(text: str) -> Iterator[CardNumber]:
    """Yield the cards whose groups are separated by words or commas."""
    for found in _read_out_pattern().finditer(text):
        places = tuple(compress(range(*found.span()), map(str.isdecimal, found[0])))
        groups = tuple(len(group) for group in re.findall(r"\d+", found[0]))
        number = _ascii("".join(text[place] for place in places))
        known = groups in _PRINTED and len(number) in _lengths(number[:4])
        if known and _running_sums(number)[len(number) & 1][-1] % 10 == 0:
            yield CardNumber(places)


def _candidates(run: str, places: list[int], *, phone: bool) -> Iterator[tuple[int, int]]:
    """Yield the cards between borders of groups; one may begin with the last four of another (else not idempotent)."""
    number = _ascii("".join(filter(str.isdecimal, run)))
    ends = [place - before > 1 for before, place in zip([-2, *places], [*places, places[-1] + 2], strict=True)]
    starts = ends.copy()
    sums = _running_sums(number)
    for start in range(len(number) - SHORTEST + 1):
        if not (starts[start] and (lengths := _lengths(number[start : start + 4]))):
            continue
        for length in lengths:
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
def _lengths(prefix: str) -> frozenset[int]:
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
