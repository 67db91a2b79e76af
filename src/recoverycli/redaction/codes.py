"""Secret codes in a text, recognised by the words around them, and bare codes directly after a card.

"PIN code 110001" is not masked, since six digits are an Indian postal code; after "PIN" and "card PIN code" six digits
are.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from recoverycli.redaction.digits_said import HESITATION, ONES, TEENS, TENS, TIMES, digits_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.redaction.cards import CardNumber

    Span = tuple[int, int]

_CARD_CODE: Final = (
    r"(?:cv[cvnd]|cw|cvp|cav)(?:\s?2(?!\d))?|cid|csc|card[\s-]code|card\s(?:verification|security)"
    r"|(?:(?:code|number|digits)\s(?:on|at)\s(?:(?:the|its)\s)?(?:back|front|reverse)|back\scode"
    r"|(?:last\s)?(?:three|four|[34])(?:[\s-]digits?)?\son\s(?:the|its)\s(?:back|front|reverse)"
    r"|(?<!last\s)(?<!first\s)(?<!with\s)(?:three|four|[34])[\s-]digits(?=\s?[:=]|\sare\s)|(?:her|his|their)\s[34]\sdigits"
    r"|back\sof\s(?:(?:the|her|his|their|my)\s)?card|signature\s(?:strip|panel))"
    r"|(?:karten)?pr\u00fcf(?:nummer|ziffer)|kartenpr\u00fcfnummer|c[o\u00f3]digo\sde\sseguridad|cryptogramme(?:\svisuel)?"
)
_SENT: Final = r"(?:texted|sent|got|received|mailed|e-?mailed)(?:\s(?:to\s)?(?:her|him|them|me|us|you))?"
_MEDIUM: Final = r"(?:text|sms|e-?mail|(?:bank(?:ing)?\s|phone\s|mobile\s)?app|bank)(?:\smessage)?"
_ONE_TIME: Final = (
    r"one[\s-]?time[\s-](?:pass)?(?:code|word|pin)|one[\s-]?time[\s-]pass|otp|pass\s?code|authenticator(?:\sapp)?|token\s(?:shows|says|reads)"
    r"|(?:authentication|auth|authenticator|2fa|mfa|two-factor|log-?in|sign-in|access|activation|unlock|reset|sms|text"
    r"|text\smessage|token|app)\scode|security\stoken"
    r"|code\s(?:on|in)\s(?:the|her|his|their|my)\s(?:phone|mobile|app|screen|text|e-?mail)"
    r"|code\s(?:(?:that|which)\s)?(?:arrived|came|came\sin)"
    rf"|code\s(?:from|in|by|via)\s(?:(?:the|a|her|his|their|my)\s)?{_MEDIUM}|{_MEDIUM}\swith\s(?:the|a)\scode"
    rf"|code\s(?:sent|texted)\s(?:in|by|via)\s(?:(?:a|the)\s)?{_MEDIUM}"
    rf"|code\s(?:that\s)?(?:they|we|he|she|it|you|i)\s(?:just\s)?{_SENT}"
)
# What announces a code, and the fewest and most digits that such a code has.
_ANNOUNCED: Final[tuple[tuple[str, int, int], ...]] = (
    (_CARD_CODE, 3, 4),
    (r"(?:sec(?:urity)?\.?|verification)[\s-](?:code|number|digits?)", 3, 8),
    (r"security(?=:)", 3, 4),
    (r"verification", 6, 8),
    (r"(?:three|four|five|six|seven|eight|[3-8])[\s-]digit[\s-](?:code|pin|passcode)", 3, 8),
    (r"(?<!last\s)(?<!first\s)(?<!with\s)(?:five|six|eight|[568])[\s-]digits(?=\s?[:=]|\sare\s)", 5, 8),
    (r"puk\s?[12]?(?!\d)(?:[\s-]?code)?", 8, 8),
    (rf"(?:four|five|six|seven|eight|[4-8])[\s-]digit\snumber\s(?:that\s)?(?:they|we|he|she|it|you|i)\s{_SENT}", 4, 8),
    (_ONE_TIME, 4, 8),
    (r"2fa|m?tan|sms(?=:)", 6, 8),
    (r"(?:card|atm|bank)[\s-]pin|pin(?![\s-]{0,2}code)", 4, 6),
    (r"pin[\s-]?code", 4, 5),
)
_WHO: Final = r"(?:he|she|they|customer|cust|caller|client|user|i|we|you|it)"
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_AROUND: Final = 30  # characters before a number in which its kind may be said
_SAYS: Final = (
    rf"(?:(?:that|which)\s)?{_WHO}\s(?:just\s)?(?!wait|call|rang|ring|pa(?:id|y)|order|ask|tr(?:y|ied)|bought|need|want|owe)"
    r"[a-z]{2,12}(?:\sout)?(?:\s(?:to\s)?(?:me|us|him|her|them|you))?|(?:that|which)\s(?:came|arrived)"
    r"|(?:(?:read|given|quoted)\s(?:out\s)?)?by\s(?:(?:the\s)?(?:customer|caller|client)|text|sms|phone|e-?mail)"
)
# What a number is that stands before a code's name without being the code.
_NUMBERED: Final = (
    r"(?:order|ticket|case|line|room|ref|reference|gate|flight|error|model|seat|table|item|article|parcel|box|page|step"
    r"|extension|ext|call|invoice|payment|amount|refund|booking|customer|branch|store|version|no|number|nr|than|to|about|over)"
)
_FILLER: Final = (
    r"""(?:[\s:=#.,;?!"'()\[\]/>_\-\u2010-\u201f\u2192]|(?:is|ist|es|est|was|are|its?|s|the|a|number|no|nr|num|value|codes?"""
    r"|digits?|now|as|to|will|should|here|reads|says|said|given|gave|be|on\sthe\s(?:back|front|card)|of\s(?:the|this|that|her|his|their|my)"
    r"\scard|(?:three|four|six|[346])[\s-]digits?"
    rf"|for\s(?:(?:the|this|that|her|his|their|my)\s)?(?!{_NUMBERED}s?(?![^\W\d_]))[a-z]{{2,12}}|(?:changed|reset|set)\s(?:to|as)|u+h+|u+m+|e+r+m?|{_SAYS})(?![^\W\d_])){{0,14}}+"
)
_ONE: Final = rf"(?:{'|'.join(ONES)})(?![^\W\d_])"
_MIXED: Final = (
    rf"(?:(?:{'|'.join(TIMES)})[\s-])?(?:(?:{'|'.join((*ONES, *TEENS, *TENS))})(?![^\W\d_])|\d{{1,4}}(?!\d))"
)
_CODE_HINTS: Final = (
    "cv", "cw", "cav", "cid", "csc", "card", "code", "digit", "otp", "pin", "time", "secur", "sec ", "sec.", "verif",
    "back", "front", "signature",
    "2fa", "tan", "puk", "token", "authent", "r\u00fcf", "digo", "crypt", "text", "sms", "g-",
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
    for announced in _announcements():
        spans = list(announced.find(text))
        yield from spans
        text = _without(text, spans)
    for pattern in _others():
        spans = [found.span("code") for found in pattern.finditer(text) if _is_code(found)]
        yield from spans
        text = _without(text, spans)


def _without(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    place = 0
    for start, end in spans:
        parts += (text[place:start], "*" * (end - start))
        place = end
    return "".join((*parts, text[place:]))


class _Announced(NamedTuple):
    """The pattern of what announces a code, and the fewest and most digits of such a code."""

    pattern: re.Pattern[str]
    fewest: int
    most: int

    def find(self, text: str) -> Iterator[Span]:
        """Yield the codes after their names. What may stand between is skipped once, so that this is linear."""
        place = 0
        while found := self.pattern.search(text, place):
            place = found.end()
            skipped = _filler_pattern().match(text, place)
            value = _figure_pattern(self.fewest, self.most).match(text, skipped.end() if skipped else place)
            if value and (not value["mixed"] or self.fewest <= digits_in(value["mixed"]) <= self.most):
                place = value.end()
                yield value.span()


@cache
def _numbered_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){_NUMBERED}(?:\s(?:no|number|nr))?[\s.#:]{{0,3}}\Z", re.IGNORECASE)


@cache
def _announcements() -> tuple[_Announced, ...]:
    """Compile the names of codes. They begin and end at the borders of words."""
    return tuple(
        _Announced(_compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])"), fewest, most)
        for words, fewest, most in _ANNOUNCED
    )


@cache
def _others() -> tuple[re.Pattern[str], ...]:
    return tuple(map(_compile, _other_patterns()))


def _is_code(found: re.Match[str]) -> bool:
    """Whether what stands before the name of a code is the code rather than another number."""
    before = found.groupdict().get("before")
    return not before or not (
        _YEAR.fullmatch(before)
        or _numbered_pattern().search(found.string, max(0, found.start() - _AROUND), found.start())
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _filler_pattern() -> re.Pattern[str]:
    return _compile(_FILLER)


@cache
def _figure_pattern(fewest: int, most: int) -> re.Pattern[str]:
    """Return the pattern of a code in figures, in words, or in both."""
    more = f"{{{fewest - 1},{most - 1}}}"
    halves = (
        rf"\d{{3,4}}(?:[\s-]|\s(?:{HESITATION})\s)\d{{3,4}}(?!\d)"
        r"|(?=[oil]{0,3}\d)[oil\d]{3,4}[\s-](?=[oil]{0,3}\d)[oil\d]{3,4}(?![^\W_])|"
        if most >= 8
        else ""
    )
    figures = (
        rf"{halves}\d{{{fewest},{most}}}(?!\d)|\d(?:[\s-]?\d){more}(?!\d)"
        rf"|\d(?:[\s.,/-]{{1,2}}(?:(?:{HESITATION})\s)?\d(?!\d)){more}(?![\s.,/-]?\d)"
        rf"|(?=[oil]{{0,{most - 1}}}\d)[oil\d]{{{fewest},{most}}}(?![^\W_])"
    )
    said = rf"{_ONE}(?:[\s,-]{{1,2}}{_ONE}){more}+"
    mixed = rf"(?P<mixed>{_MIXED}(?:[\s,-]{{1,2}}(?:(?:{HESITATION})\s)?{_MIXED}){{0,{most - 1}}}+)"
    return _compile(rf"{figures}|{said}|{mixed}")


def _other_patterns() -> tuple[str, ...]:
    """Return the patterns of codes that stand before their name, and of codes with a sign of their own."""
    whose = r"(?:(?:the|her|his|their|my)\s)?"
    is_ = rf"[\"'\u201d\u2019)]?\s(?:is|was|as|=)\s{whose}"
    secret = rf"pin(?![\s-]{{0,2}}code)|{_ONE_TIME}|(?:security|verification)(?:\scode)?"
    # Without "is", nothing may follow.
    loose = rf"[\s,(-]{{1,3}}(?:(?:that['\u2019]?s|that\sis|for)\s{whose})?"
    ends = r"(?:\s(?:code|number))?\)?(?=\s?(?:[.,;:!?)]|\Z))"
    told = r"(?:the|an?|her|his|their|my|this|that|says?|said|reads?|read|gave|me|got|sent|enter|entered|use|typed)\s"
    return (
        rf"(?<![\d*])(?P<code>\d{{3,4}})(?={is_}(?:{_CARD_CODE})(?![^\W\d_])|\son\sthe\sback(?![^\W\d_]))",
        rf"(?<![\d*])(?P<code>\d{{4,8}})(?={is_}(?:{secret})(?![^\W\d_]))",
        rf"(?<![\d*.,-])(?P<code>(?P<before>\d{{3,4}}))(?={loose}(?:cv[cvnd]2?|csc|security\scode){ends})",
        (
            r"(?<![\d*.,-])(?P<code>(?P<before>\d{4,8}|\d{3}[\s-]\d{3}))"
            rf"(?={loose}(?:otp|pin|passcode|puk|(?:verification|security|one[\s-]time|sms|2fa)\scode|verification){ends})"
        ),
        rf"(?<![\d*.,-])(?P<code>(?P<before>\d{{4,8}}|\d{{3}}[\s-]\d{{3}}))(?=\sas\s(?:the|her|his)\scode{ends})",
        rf"(?<![\d*.,-])(?P<code>(?P<before>\d{{4,8}}|\d{{3}}[\s-]\d{{3}}))(?=\sis\s(?:your|her|his|my)\scode{ends})",
        r"(?<![^\W_])G-(?P<code>\d{6})(?!\d)",
        r"(?<![^\W\d_])code\s(?P<code>\d{4,8})(?=\sto\s(?:sign|log)\s?in(?![^\W\d_]))",
        rf"(?:(?<![^\W\d_]){told}|(?:^|[.,;:!?(]\s?))code(?:\sis)?[\s:]{{1,2}}(?P<code>\d{{3}}[\s-]\d{{3}})(?![\s-]?\d)",
        (
            r"(?<![^\W\d_])pin(?:\s(?:code|number))?\s(?:was\s)?changed\sfrom\s(?P<code>\d{4,6})"
            r"(?=\s(?:in)?to\s[\d*]{4,6}(?!\d))"
        ),
        r"(?<![^\W\d_])pin(?:\s(?:code|number))?\s(?:was\s)?changed\sfrom\s\*{4,6}\s(?:in)?to\s(?P<code>\d{4,6})(?!\d)",
    )


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
