"""Secret codes in a text, recognised by the words around them, and bare codes directly after a card.

"PIN code 110001" is not masked, since six digits are an Indian postal code; after "PIN" and "card PIN code" six digits
are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.redaction.cards import CardNumber

    Span = tuple[int, int]

_CARD_CODE: Final = (
    r"(?:cv[cvnd]|cw|cvp|cav)(?:\s?2(?!\d))?|cid|csc|card[\s-]code|card\s(?:verification|security)"
    r"|(?:(?:code|number)\son\s(?:the|its)\s(?:back|front)"
    r"|(?:last\s)?(?:three|four|[34])(?:[\s-]digits?)?\son\s(?:the|its)\s(?:back|front)"
    r"|back\sof\s(?:the|her|his|their|my)\scard|signature\s(?:strip|panel))"
    r"|(?:karten)?pr\u00fcf(?:nummer|ziffer)|kartenpr\u00fcfnummer|c[o\u00f3]digo\sde\sseguridad|cryptogramme(?:\svisuel)?"
)
_SENT: Final = r"(?:texted|sent|got|received|mailed|e-?mailed)(?:\s(?:to\s)?(?:her|him|them|me|us|you))?"
_MEDIUM: Final = r"(?:text|sms|e-?mail|app|bank)(?:\smessage)?"
_ONE_TIME: Final = (
    r"one[\s-]?time[\s-](?:pass)?(?:code|word|pin)|otp|pass\s?code"
    r"|(?:authentication|auth|2fa|mfa|two-factor|log-?in|sign-in|access|activation|reset|sms|text)\scode"
    rf"|code\s(?:from|in|by|via)\s(?:(?:the|a|her|his|their|my)\s)?{_MEDIUM}|{_MEDIUM}\swith\s(?:the|a)\scode"
    rf"|code\s(?:sent|texted)\s(?:in|by|via)\s(?:(?:a|the)\s)?{_MEDIUM}"
    rf"|code\s(?:that\s)?(?:they|we|he|she|it|you|i)\s(?:just\s)?{_SENT}"
)
# What announces a code, and the fewest and most digits that such a code has.
_ANNOUNCED: Final[tuple[tuple[str, int, int], ...]] = (
    (_CARD_CODE, 3, 4),
    (r"(?:sec(?:urity)?\.?|verification)[\s-](?:code|number|digits?)", 3, 8),
    (_ONE_TIME, 4, 8),
    (r"2fa|m?tan", 6, 8),
    (r"(?:card|atm|bank)[\s-]pin|pin(?![\s-]{0,2}code)", 4, 6),
    (r"pin[\s-]?code", 4, 5),
)
_SAYS: Final = r"(?:he|she|they|customer|i)\s(?:says?|said|reads?|read|gave|thinks?|thought)"
_FILLER: Final = (
    r"""(?:[\s:=#.,;"'()\[\]/>_\-\u2010-\u201f\u2192]|(?:is|ist|es|est|was|are|its?|s|the|a|number|no|nr|num|value|codes?"""
    r"|digits?|now|as|to|will|should|here|reads|says|said|given|gave|be|on\sthe\s(?:back|front|card)|of\s(?:the|this|that|her|his|their|my)"
    rf"\scard|(?:three|four|six|[346])[\s-]digits?|for\s(?:the|this|that|her|his|their|my)\s(?:card|account|app|bank|phone|portal|login)|{_SAYS})"
    r"(?![^\W\d_])){0,14}+"
)
_SPELT: Final = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)(?![^\W\d_])"
_CODE_HINTS: Final = (
    "cv", "cw", "cav", "cid", "csc", "card", "code", "digit", "otp", "pin", "time", "secur", "sec ", "sec.", "verif",
    "back", "front", "signature", "2fa", "tan", "r\u00fcf", "digo", "crypt", "text", "sms", "g-",
)  # fmt: skip


def codes_after(text: str, cards: Iterable[CardNumber], hidden: set[int]) -> Iterator[Span]:
    """Yield the bare verification codes after cards. Adds their positions to `hidden`, the positions already masked."""
    known = list(cards)
    within = {place for card in known for place in card.places}
    for card in known:
        found = _after_card_pattern().match(text, card.end)
        if found and len(found["code"]) == (4 if len(card.digits) == 15 else 3):
            code = set(range(*found.span("code")))
            if code.isdisjoint(within) and not code <= hidden:
                hidden |= code
                yield found.span("code")


def codes(text: str) -> Iterator[Span]:
    """Yield the codes that words announce. Their digits are removed as they are found, so that none is found twice."""
    lower = text.lower()
    if not any(map(lower.count, _CODE_HINTS)):  # to compile the patterns takes half a frame
        return
    for pattern in _code_patterns():
        for found in pattern.finditer(text):
            span = found.span("code")
            yield span
        text = pattern.sub(_without_code, text)


def _without_code(found: re.Match[str]) -> str:
    start, end = (place - found.start() for place in found.span("code"))
    return f"{found[0][:start]}{'*' * (end - start)}{found[0][end:]}"


@cache
def _code_patterns() -> tuple[re.Pattern[str], ...]:
    """Compile the patterns of announced codes. They begin and end at the borders of a group of digits."""
    patterns = []
    for words, fewest, most in _ANNOUNCED:
        halves = r"\d{3,4}[\s-]\d{3,4}(?!\d)|" if most >= 8 else ""
        digits = rf"{halves}\d{{{fewest},{most}}}(?!\d)|\d(?:[\s-]?\d){{{fewest - 1},{most - 1}}}(?!\d)"
        spelt = rf"{_SPELT}(?:[\s,-]{{1,2}}{_SPELT}){{{fewest - 1},{most - 1}}}+"
        patterns.append(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_]){_FILLER}(?P<code>{digits}|{spelt})")
    whose = r"\s(?:is|was|as|=)\s(?:(?:the|her|his|their|my)\s)?"
    patterns.append(
        rf"(?<![\d*])(?P<code>\d{{3,4}})(?={whose}(?:{_CARD_CODE})(?![^\W\d_])|\son\sthe\sback(?![^\W\d_]))"
    )
    secret = rf"pin(?![\s-]{{0,2}}code)|{_ONE_TIME}|(?:security|verification)\scode"
    patterns.append(rf"(?<![\d*])(?P<code>\d{{4,8}})(?={whose}(?:{secret})(?![^\W\d_]))")
    patterns.append(r"(?<![^\W_])G-(?P<code>\d{6})(?!\d)")
    patterns.append(r"(?<![^\W\d_])code\s(?P<code>\d{4,8})(?=\sto\s(?:sign|log)\s?in(?![^\W\d_]))")
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


@cache
def _after_card_pattern() -> re.Pattern[str]:
    """A bare verification code after a card, with or without an expiry date between; no amount, no telephone number."""
    gap = r"[\s,;/|(-]{1,4}+"
    name = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}+[\s,'\u2019]{0,3}(?:20)?"
    month = rf"(?:exp[a-z]{{0,7}}+[\s:.]{{0,3}}+)?(?:(?:0?[1-9]|1[0-2])\s?[/.|-]\s?(?:20)?|0[1-9]|1[0-2]|{name})"
    told = r"(?:(?:and\s)?(?:the\s)?(?:code|security|sec|back|three\sdigits)(?:\sis)?[\s:]{1,2})?"
    unit = r"\s?(?:[€£$¥%]|(?:eur|usd|gbp|inr|dollar|pound|rupee|day|week|hour|minute|mile|point))"
    ending = rf"(?!\d|{unit}|[\s.,-]\d(?!\d?/\d\d))"
    return re.compile(
        rf"{gap}(?:(?:debit|credit|visa|mastercard|amex){gap})?(?:{month}\d\d{gap})?{told}(?P<code>\d{{3,4}}){ending}",
        re.IGNORECASE,
    )
