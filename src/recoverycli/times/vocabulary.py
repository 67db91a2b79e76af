"""The words for days, months and numbers: one vocabulary for dates ahead (`future`) and dates past (`past`)."""

from __future__ import annotations

import re

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
ISO_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ISO_MOMENT = rf"{ISO_DATE}[t ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:z|[+-][0-9]{{2}}:[0-9]{{2}})?"

_MISSPELT = {
    "tommorow": "tomorrow", "tommorrow": "tomorrow", "tomorow": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow",
    "tmw": "tomorrow", "tomo": "tomorrow", "2moro": "tomorrow", "2morrow": "tomorrow", "tonite": "tonight",
    "wendsday": "wednesday", "wensday": "wednesday", "wednsday": "wednesday", "thrusday": "thursday",
    "thursay": "thursday", "tuseday": "tuesday", "teusday": "tuesday", "firday": "friday", "saterday": "saturday",
    "febuary": "february", "xmas": "christmas", "arvo": "afternoon", "wkend": "weekend", "bizz": "business",
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_ORDINAL = "|".join(_ORDINALS)
_LONG_ORDINAL = re.compile(rf"\b(twenty|thirty)[ -]({_ORDINAL})\b")
# "the second" and "a third" alone are no dates.
_SHORT_ORDINAL = re.compile(
    rf"\b({_ORDINAL})\b(?= (?:of|in|day|working|business|weekday|{WEEKDAY}|{MONTH})\b)"
    rf"|(?<=\bthe )(?!second)({_ORDINAL})$"
)


def weekday_number(word: str) -> int:
    """Return the number of a weekday, 0 for Monday, as `date.weekday` counts."""
    return DAYS.index(word[:3])


def month_number(word: str) -> int:
    """Return the number of a month, 1 for January."""
    return MONTHS.index(word[:3]) + 1


def correct_spelling(text: str) -> str:
    """Return `text` (lower case) with common slips and short forms of date words corrected."""
    return _WORD.sub(lambda word: _MISSPELT.get(word[0], word[0]), text)


def ordinals_in_digits(text: str) -> str:
    """Return `text` (lower case) with the ordinals of dates in digits: `twenty first` becomes `21st`."""
    text = _LONG_ORDINAL.sub(
        lambda found: _with_ending({"twenty": 20, "thirty": 30}[found[1]] + _ORDINALS[found[2]]), text
    )
    return _SHORT_ORDINAL.sub(lambda found: _with_ending(_ORDINALS[found[1] or found[2]]), text)


def _with_ending(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number < 20 else ending}"
