"""Codes told by what they do: "disarm with 4471", "driver to use 5519# at the gate", "locker 1107 combination"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.codes.words import NAMED_OTHERWISE, NO_LEAD, UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.redaction.codes.line import CodeLine

    Span = tuple[int, int]

_HINT: Final = re.compile(
    r"arm|lock|open|door|gate|comb|safe|let|get|key|buzz|entr|lobby|flat|cod|pin|box|barrier|shutter|park|screen",
    re.IGNORECASE,
)


def opening_codes(line: CodeLine) -> Iterator[Span]:
    """Yield the codes. Linear in the length: each pattern reads a few words."""
    if not _HINT.search(line.text):
        return
    for pattern in _patterns():
        for found in pattern.finditer(line.text):
            unit = _unit_pattern().match(line.text, found.end("value"))
            words = found["between"].lower().split()
            of_another = NAMED_OTHERWISE & set(words) or (words[-1:] and words[-1] in NO_LEAD - {"to"})
            if not of_another and not (unit and unit[1].lower().removesuffix("s") in UNITS):
                yield found.span("value")


_VALUE: Final = (
    r"(?<![\w.,/\u00a3$\u20ac-])(?P<value>(?:\d{1,2}(?:[ -]\d{1,2}){2,5}|\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{3,8}"
    r"|(?=[A-Z\d]*\d)[A-Z\d]{5,8})[*#]?)(?![\w/*#]|[.,:-]\d)"
)
_SPACED: Final = r"(?P<value>[A-Z](?:\s?\d){3,6}[*#]?)(?![\w/*#]|[.,:-]\d)"
_MARKED: Final = r"(?<![\w.,/\u00a3$\u20ac-])(?P<value>\d{4,8}(?:[*#]|[A-Z](?!\w)))(?!\w)"
_LOCK: Final = (
    r"(?:key\s?safe|lock\s?box|lock|padlock|suitcase|case|safe|locker|gym\slocker|vault|strongbox|briefcase|keypad|door"
    r"|gate|box|cabinet|shed|garage|bike|cupboard)"
)
_PLACE: Final = (
    r"(?:main\s|front\s|back\s|side\s|rear\s|outer\s|inner\s|staff\s|street\s)?"
    r"(?:parcel\s)?(?:door|doors|locker|lockers|gate|gates|entrance|lobby|keypad|intercom|barrier|building|flat|flats|garage|panel|alarm|safe|lift)"
)
_WHICH: Final = r"(?:(?:the|her|his|their|my|our|your|a|that|this)\s)?"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compile the patterns; each has the value, and the words before it that may name something else."""
    opens = (
        r"(?:disarms?|disarmed|unlocks?|opens?|unlocked|opened|deactivated?s?|(?:switch|turn)(?:es|ed|s)?\s(?:it\s)?off"
        r"|(?:gets?|got|comes?)\s(?:you\s)?in(?:to)?|lets?\s(?:you|them|us|me|himself|herself|themselves|yourself)\sin)"
    )
    few = r"(?P<between>(?:[a-z']{1,12}\s){0,4}?)"
    presses = r"(?:buzz|dial|press|punch|punch\sin|key\sin|type|enter|use)"
    words = r"is|was|now|set|to|reset|changed|on|for|the|her|his|it|[a-z']{3,10}(?=\s(?:is|was)\s)"
    copula = rf"(?P<between>(?:[\s:=,-]{{1,3}}(?:{words}))*)[\s:=,-]{{1,3}}"
    codes = r"(?:^|(?<!\w)(?:the|a|her|his|my|their|our|access|entry|door|new|current|[,.;:-])\s)(?:code|number|pin)"
    safe = r"(?:safe|padlock|locker)\s(?P<between>)(?:(?:in|at|on)\s(?:[\w']{1,12}\s){1,3})?(?:was\s|is\s|now\s)?"
    return tuple(
        re.compile(rf"(?<![^\W_]){pattern}", re.IGNORECASE)
        for pattern in (
            # "unlocks with 220815", "opens the gate using 5582"
            rf"{opens}\s{few}(?:with|using|by\styping|by\sentering|on|w|w/)\s(?:the\s)?(?:code\s|pin\s)?{_VALUE}",
            # "combination lock set to 417", "safe combo is 18-34-07"
            rf"(?:combination|combo)(?:\s(?:lock|code|number|no))?{copula}{_VALUE}",
            rf"(?:combination|combo)\s(?:of|for|on|to)\s(?P<between>(?:[a-z']{{1,12}}\s){{1,6}})(?:is|was)\s{_VALUE}",
            rf"(?:{_LOCK}\s)?lock\s(?P<between>)(?:is\s|was\s)?(?:set\s)?(?:to|at)\s{_VALUE}",
            rf"{_LOCK}\s{_VALUE}\s(?P<between>)(?:is\sthe\s)?(?:combination|combo)(?![^\W_])",
            # "2660 to disarm", "0417 opens the box"
            rf"{_VALUE}\s(?P<between>)to\s(?:disarm|unlock|open|get\sin|enter)(?![^\W_])",
            rf"{_VALUE}\s(?P<between>)(?:opens|unlocks|disarms)\s{_WHICH}{_LOCK}",
            # "buzz 2218 at the main door", "the door keypad takes 5582"
            rf"{presses}\s(?P<between>){_VALUE}\s(?:at|on|for|into|by)\s{_WHICH}{_PLACE}(?![^\W_])",
            rf"{presses}\s(?P<between>){_SPACED}\s(?:at|on|for)\s{_WHICH}{_PLACE}(?![^\W_])",
            rf"{_PLACE}\s(?:takes|needs|wants|accepts)\s(?P<between>){_VALUE}(?![^\W_]|\s(?:to|a|per)\s)",
            rf"(?:(?:to\sget\sin|getting\sin|to\senter|entry)[^.;\r\n]{{0,40}}?|second\s){_PLACE}(?:\sis|:)?\s(?P<between>){_VALUE}",
            # "Airbnb door 5914*", "5519# at the gate"
            rf"(?:{_PLACE}|{_LOCK})(?:\s(?:is|was|no|number))?:?\s(?P<between>){_MARKED}",
            rf"{_MARKED}\s(?P<between>)(?:at|on|for)\s{_WHICH}{_PLACE}(?![^\W_])",
            # "code for the flat is 1812"
            rf"{codes}\s(?:for|to|at|on|of|into)\s{_WHICH}(?:[a-z']{{2,12}}\s)?{_PLACE}{copula}{_VALUE}",
            # "key safe number 7052", "keypad at side gate 90210"
            rf"(?:key\s?safe|lock\s?box|keypad|key\sbox)\s(?:(?:number|no)\s)?{few}{_VALUE}",
            rf"(?:combination|combo)[^.;\r\n\d]{{0,25}}?[,:]?\s(?P<between>)(?:it's|it\sis|its|is|was|=)\s{_VALUE}",
            rf"(?:alarm|panel|keypad|intercom)\s[^.;\r\n\d]{{0,20}}?\swith\s(?P<between>){_VALUE}",
            rf"{codes}\s(?:for|to|at|on|of|into)\s{_WHICH}(?:{_PLACE}|{_LOCK}|key\sbox)[^.;\r\n\d]{{0,40}}?(?P<between>)(?::|\s[-\u2013=])\s{_VALUE}",
            # "lockbox by the door, turn to 5-1-9-3"
            rf"{_LOCK}[^.;\r\n]{{0,50}}?\s(?P<between>)(?P<value>\d(?:-\d){{2,5}})(?![\w/-])",
            # "safe in room 611 was set to 150862"
            rf"{safe}(?:set|reset|changed)\sto\s{_VALUE}",
        )
    )


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(r"\s([^\W\d_]{1,12})")
