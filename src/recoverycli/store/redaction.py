"""Masking what must not be stored: card numbers but for their last four digits, and secret codes altogether.

A card number has an issuer's prefix, a length that this issuer uses and a right check digit (Luhn). Where all three
hold it is masked, even after a word such as "order": one lost order number is an annoyance, one stored card number
a breach. The ranges are those published by the schemes themselves (Visa, Mastercard, American Express, JCB, Mir,
Troy), by Discover Global Network (Discover, Diners Club, UnionPay), by NPCI (RuPay), and in Wikipedia's table
"Payment card number" (Maestro). Elo, Verve, Dankort and Hipercard lie inside ranges that are listed anyway.

Verification codes, one-time codes and card PINs are masked by the words around them. Two readings are decided here:
"PIN code 110001" stays, since six digits are an Indian postal code, while "card PIN code" and "PIN" hide six digits
too; and a number that is written with its "+" is a telephone number, never a card.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT: Final = 4
_SHORTEST: Final = 12
_LONGEST_PHONE: Final = 15  # ITU-T E.164

_ISSUERS: Final[tuple[tuple[str, tuple[int, ...]], ...]] = (
    ("4", (13, 16, 19)),  # Visa
    ("51-55 2221-2720", (16,)),  # Mastercard
    ("34 37", (15,)),  # American Express
    ("6011 644-649 65", (16, 17, 18, 19)),  # Discover; its 622126-622925 is in UnionPay's row
    ("300-305 3095 38-39", (14, 16, 17, 18, 19)),  # Diners Club
    ("36", (14, 15, 16, 17, 18, 19)),
    ("3528-3589", (16, 17, 18, 19)),  # JCB
    ("62 81", (16, 17, 18, 19)),  # UnionPay
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

    Pure and idempotent; text without digits is returned as it is. Takes time in proportion to the text's length.
    """
    if _DIGIT.search(text) is None:
        return text, 0
    hidden, cards = _card_digits(text)
    if hidden:
        text = "".join("*" if place in hidden else character for place, character in enumerate(text))
    codes = 0
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):  # compiling the patterns takes half a frame
        return text, cards
    for pattern in _code_patterns():
        text, masked = pattern.subn(_without_digits, text)
        codes += masked
    return text, cards + codes


def _without_digits(found: re.Match[str]) -> str:
    """Return what was found with the digits of its code masked."""
    start, end = found.start("code") - found.start(), found.end("code") - found.start()
    whole = found[0]
    return whole[:start] + _DIGIT.sub("*", whole[start:end]) + whole[end:]


@cache
def _code_patterns() -> tuple[re.Pattern[str], ...]:
    """Compile the ways in which a code is announced. They begin and end where a group of digits does."""
    patterns = []
    for words, fewest, most in _ANNOUNCED:
        halves = r"\d{4}[\s-]\d{4}(?!\d)|" if most >= 8 else ""
        whole = rf"\d{{{fewest},{most}}}(?!\d)"
        spaced = rf"\d(?:[\s-]?\d){{{fewest - 1},{most - 1}}}(?!\d)"
        patterns.append(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_]){_FILLER}(?P<code>{halves}{whole}|{spaced})")
    patterns.append(
        rf"(?<![\d*])(?P<code>\d{{3,4}})\s{{1,2}}(?:is|was|as|=)\s(?:(?:the|her|his|their|my)\s)?(?:{_CARD_CODE})\b"
    )
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


class _Card(NamedTuple):
    """Where a card lies among the digits of a run; `furthest` is the end of its longest reading."""

    start: int
    end: int
    furthest: int


def _card_digits(text: str) -> tuple[set[int], int]:
    """Return the places of the digits to hide because of cards, and how many numbers they belong to."""
    hidden: set[int] = set()
    count = 0
    for run in _run_pattern().finditer(text):
        if run.end() - run.start() < _SHORTEST:
            continue
        places = list(compress(range(run.start(), run.end()), map(str.isdecimal, run[0])))
        phone = text[run.start() - 1 : run.start()] in {"+", "\uff0b"}
        cards = list(_cards(run[0], places, phone=phone)) if len(places) >= _SHORTEST else []
        reached = 0
        for card in cards:
            hidden.update(places[card.start : card.end - _KEPT], places[card.end : card.furthest])
            count += card.start >= reached
            reached = max(reached, card.furthest)
        count += _hide_codes_after(text, places, cards, hidden)
    return hidden, count


def _hide_codes_after(text: str, places: list[int], cards: list[_Card], hidden: set[int]) -> int:
    """Add the bare verification codes after cards to what is hidden; return how many there were."""
    within = {place for card in cards for place in places[card.start : card.furthest]}
    count = 0
    for card in cards:
        found = _after_card_pattern().match(text, places[card.furthest - 1] + 1)
        digits = 4 if card.end - card.start == 15 else 3
        if found and len(found["code"]) == digits and not {*range(*found.span("code"))} & within:
            hidden.update(range(*found.span("code")))
            count += 1
    return count


def _cards(run: str, places: list[int], *, phone: bool) -> Iterator[_Card]:
    """Yield the cards that begin and end at the borders of groups; a card may also begin with the last four of another.

    Without that, a second look at the masked text could find more. Of several readings from one start the one of
    16 digits is kept, else the longest: what follows 16 digits is more likely a verification code.
    """
    number = "".join(filter(str.isdecimal, run))
    if not number.isascii():
        number = "".join(str(int(digit)) for digit in number)
    size = len(number)
    ends = [place - before > 1 for before, place in zip([-2, *places], [*places, places[-1] + 2], strict=True)]
    starts = ends.copy()
    sums = _running_sums(number)
    for start in range(size - _SHORTEST + 1):
        if not starts[start]:
            continue
        readings = [
            end
            for end in (start + length for length in _lengths(number[start : start + 4]))
            if end <= size and ends[end] and (sums[end % 2][end] - sums[end % 2][start]) % 10 == 0
        ]
        if phone and start == 0:
            readings = [end for end in readings if end > _LONGEST_PHONE]
        if readings:
            starts[readings[0] - _KEPT] = True
            yield _Card(start, readings[0], max(readings))


@cache
def _lengths(prefix: str) -> tuple[int, ...]:
    """Return the lengths of the cards that begin with these four digits, the likeliest first."""
    known: set[int] = set()
    for prefixes, lengths in _ISSUERS:
        for span in prefixes.split():
            first, _, last = span.partition("-")
            if first <= prefix[: len(first)] <= (last or first):
                known.update(lengths)
    return tuple(sorted(known, key=lambda length: (length != 16, -length)))


def _running_sums(number: str) -> tuple[list[int], list[int]]:
    """Return Luhn sums up to each place, with every even and with every odd place doubled.

    Any window is then checked by one subtraction. python-stdnum takes 4 microseconds a window, and 50 milliseconds
    to import in the middle of a call; the tests hold this against it.
    """
    plain = list(map(int, number))
    doubled = [2 * digit - 9 * (digit > 4) for digit in plain]
    even, odd = plain.copy(), plain.copy()
    even[::2], odd[1::2] = doubled[::2], doubled[1::2]
    return list(accumulate(even, initial=0)), list(accumulate(odd, initial=0))
