"""Masking what must not be stored: card numbers but for their last four digits, and secret codes altogether.

A card number has an issuer's prefix, a length that this issuer uses and a right check digit (Luhn). Where all three
hold it is masked, even after a word such as "order": a lost order number is an annoyance, a stored card a breach.
The ranges are those of Wikipedia's table "Payment card number", Maestro's the wider ones of Braintree's
credit-card-type. Elo, Verve, Dankort and Hipercard lie inside ranges that are listed anyway.

Codes are masked by the words around them, and straight after a card. "PIN code 110001" stays, since six digits are an
Indian postal code, while "PIN" and "card PIN code" hide six digits too. "+" begins a telephone number, never a card.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT: Final = 4  # digits that stay readable
_SHORTEST: Final = 12
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

_CARD_CODE: Final = (
    r"(?:cv[cvnd]|cvp|cav)(?:\s?2(?!\d))?|cid|csc|card[\s-]code|card\s(?:verification|security)"
    r"|(?:code\son\s(?:the|its)\s(?:back|front)|(?:three|3)[\s-]digits?\son\s(?:the|its)\sback)"
)
# What announces a code, and the fewest and most digits that such a code has.
_ANNOUNCED: Final[tuple[tuple[str, int, int], ...]] = (
    (_CARD_CODE, 3, 4),
    (r"(?:security|verification)[\s-]code", 3, 8),
    (r"one[\s-]?time[\s-](?:pass)?(?:code|word|pin)|(?:pass\s?|authentication\s|2fa\s)code|otp", 4, 8),
    (r"(?:card|atm|bank)[\s-]pin|pin(?![\s-]{0,2}code)", 4, 6),
    (r"pin[\s-]?code", 4, 5),
)
_HINTS: Final = ("cv", "cav", "cid", "csc", "card", "code", "digit", "otp", "pin", "time")
_FILLER: Final = (
    r"""(?:[\s:=#.,;"'()\[\]/>_\-\u2010-\u201f\u2192]|(?:is|was|are|its?|s|the|a|number|no|nr|num|value|codes?|digits?"""
    r"|here|reads|says|said|given|gave|be|on\sthe\s(?:back|front|card)|of\s(?:the|this|that|her|his|their|my)\scard)"
    r"(?![^\W\d_])){0,14}+"
)
_DIGIT: Final = re.compile(r"\d")


def redact(text: str) -> tuple[str, int]:
    """Return the text with card numbers and secret codes masked by `*`, and how many were masked.

    Pure and idempotent, in time proportional to the length; text without digits is returned as it is.
    """
    if _DIGIT.search(text) is None:
        return text, 0
    hidden, cards = _card_digits(text)
    if hidden:
        text = "".join("*" if place in hidden else character for place, character in enumerate(text))
    codes = 0
    hinted = any(map(text.lower().count, _HINTS))  # to compile the patterns takes half a frame
    for pattern in _code_patterns() if hinted else ():
        text, masked = pattern.subn(_without_digits, text)
        codes += masked
    return text, cards + codes


def _without_digits(found: re.Match[str]) -> str:
    """Return what was found, which ends with the code, with the code's digits masked."""
    return found[0].removesuffix(found["code"]) + _DIGIT.sub("*", found["code"])


@cache
def _code_patterns() -> tuple[re.Pattern[str], ...]:
    """Compile the ways in which a code is announced. They begin and end where a group of digits does."""
    patterns = []
    for words, fewest, most in _ANNOUNCED:
        halves = r"\d{3,4}[\s-]\d{3,4}(?!\d)|" if most >= 8 else ""
        digits = rf"{halves}\d{{{fewest},{most}}}(?!\d)|\d(?:[\s-]?\d){{{fewest - 1},{most - 1}}}(?!\d)"
        patterns.append(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_]){_FILLER}(?P<code>{digits})")
    told_first = rf"\s(?:is|was|as|=)\s(?:(?:the|her|his|their|my)\s)?(?:{_CARD_CODE})(?![^\W\d_])"
    patterns.append(rf"(?<![\d*])(?P<code>\d{{3,4}})(?={told_first})")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _run_pattern() -> re.Pattern[str]:
    """Groups of at most 19 digits (ISO/IEC 7812) with spaces, dashes, dots, slashes or invisible marks between."""
    between = r"[\s\-./_\u00ad\u00b7\u2010-\u2015\u2022\u2212\u200b-\u200f\u2060\ufeff\uff0d-\uff0f]{1,5}"
    return re.compile(rf"(?<!\d)\d{{1,19}}(?!\d)(?:{between}\d{{1,19}}(?!\d))*+")


@cache
def _after_card_pattern() -> re.Pattern[str]:
    """A bare verification code after a card, with or without the expiry date between; no sum and no telephone."""
    gap = r"[\s,;/|(-]{1,4}+"
    month = r"(?:exp[a-z]{0,7}+[\s:.]{0,3}+)?(?:(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:20)?|0[1-9]|1[0-2])"
    unit = r"\s?(?:[€£$¥%]|(?:eur|usd|gbp|inr|dollar|pound|rupee|day|week|hour|minute|mile|point))"
    ending = rf"(?!\d|{unit}|[\s.,-]\d(?!\d?/\d\d))"
    return re.compile(rf"{gap}(?:{month}\d\d{gap})?(?P<code>\d{{3,4}}){ending}", re.IGNORECASE)


def _card_digits(text: str) -> tuple[set[int], int]:
    """Return the places of the digits to hide because of cards, and how many numbers they belong to."""
    count, hidden = 0, set[int]()
    for run in _run_pattern().finditer(text):
        places = list(compress(range(*run.span()), map(str.isdecimal, run[0])))
        if len(places) < _SHORTEST:
            continue
        phone = text[run.start() - 1 : run.start()] in {"+", "\uff0b"}
        cards = _chosen(list(_candidates(run[0], places, phone=phone)), places)
        for start, end in cards:
            hidden.update(places[start : end - _KEPT])
        count += len(cards) + _hide_codes_after(text, places, cards, hidden)
    return hidden, count


def _hide_codes_after(text: str, places: list[int], cards: list[tuple[int, int]], hidden: set[int]) -> int:
    """Add the bare verification codes after cards to what is hidden; return how many there were."""
    count, within = 0, {place for start, end in cards for place in places[start:end]}
    for start, end in cards:
        found = _after_card_pattern().match(text, places[end - 1] + 1)
        if found and len(found["code"]) == (4 if end - start == 15 else 3):
            code = set(range(*found.span("code")))
            if code.isdisjoint(within) and not code <= hidden:
                hidden |= code
                count += 1
    return count


def _candidates(run: str, places: list[int], *, phone: bool) -> Iterator[tuple[int, int]]:
    """Yield the cards between borders of groups; one may begin with the last four of another (else not idempotent)."""
    number = "".join(filter(str.isdecimal, run))
    number = number if number.isascii() else "".join(str(int(digit)) for digit in number)
    ends = [place - before > 1 for before, place in zip([-2, *places], [*places, places[-1] + 2], strict=True)]
    starts = ends.copy()
    sums = _running_sums(number)
    for start in range(len(number) - _SHORTEST + 1):
        if not (starts[start] and (lengths := _lengths(number[start : start + 4]))):
            continue
        for length in lengths:
            end = start + length
            if end > len(number) or not ends[end] or (phone and start == 0 and length <= _LONGEST_PHONE):
                continue
            if (sums[end & 1][end] - sums[end & 1][start]) % 10 == 0:
                starts[end - _KEPT] = True
                yield start, end


def _chosen(found: list[tuple[int, int]], places: list[int]) -> list[tuple[int, int]]:
    """Choose among cards that overlap: 16 digits (a code often follows), the longest, those that share a last four."""
    covered, hidden, cards = bytearray(len(places)), bytearray(len(places)), []
    likeliest = sorted(found, key=lambda card: (card[1] - card[0] != 16, card[0] - card[1]))
    for taken, order in ((covered, likeliest), (hidden, found)):
        for start, end in order:
            within_group = start > 0 and places[start] - places[start - 1] == 1
            if not any(taken[start:end]) and (hidden[start - 1] or not within_group):
                covered[start:end] = b"x" * (end - start)
                hidden[start : end - _KEPT] = b"x" * (end - start - _KEPT)
                cards.append((start, end))
    return cards


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
    """Return Luhn sums up to each place, with every even and with every odd place doubled.

    A window is checked by one subtraction; python-stdnum takes 4 us for each, and 50 ms to import in mid-call.
    """
    plain = bytes(map(int, number))
    doubled = plain.translate(_DOUBLED)
    even, odd = bytearray(plain), bytearray(plain)
    even[::2], odd[1::2] = doubled[::2], doubled[1::2]
    return list(accumulate(even, initial=0)), list(accumulate(odd, initial=0))
