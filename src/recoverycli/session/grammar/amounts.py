"""Reading the amount in an offer: `refund 20`, `refund 12,50 EUR`, `€20 credit`, `refund twenty pounds`.

How digits are grouped is decided by our own rules. Babel knows which currencies there are and their decimals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.text.number_words import NUMBER_WORDS, with_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYMBOLS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB", "us$": "USD", "ca$": "CAD", "au$": "AUD",
    "nz$": "NZD",
}  # fmt: skip
# A sign or a word of several currencies stands for itself, by its sign.
_WORDS = {
    "pound": "GBP", "quid": "GBP", "pounds sterling": "GBP", "british pound": "GBP", "euro": "EUR", "dollar": "$",
    "buck": "$", "us dollar": "USD", "yen": "JPY", "rupee": "INR", "swiss franc": "CHF",
}  # fmt: skip
_PARTS = {"p": "GBP", "pence": "GBP", "penny": "GBP", "cent": None, "ct": None}
_SIGN = r"(?:[€£¥₹₩₺₽]|(?:US|CA|AU|NZ)?\$)"
_WORD = "|".join(sorted((*(f"{word}s?" for word in _WORDS), *(f"{part}s?" for part in _PARTS)), key=len, reverse=True))
_CODE = "[A-Za-z]{3}"
_DIGITS = r"\d(?:[\d.,'’\u00a0\u202f]{0,24}\d)?"
_MONEY = (
    rf"(?P<minus>minus |-)?(?P<before>{_SIGN}|{_CODE}(?![A-Za-z]))?\s?(?P<sign>-)?(?P<number>{_DIGITS})[.,]?-?"
    rf"(?P<times>\s?k\b| hundred\b| grand\b)?"
    rf"(?(before)(?:\s(?:EUR|GBP|USD)\b)?|\s?(?P<after>{_SIGN}|(?:{_WORD}|{_CODE})\b)?)"
    r"(?P<rest>(?<=[a-z€£])(?: and)? \d\d?(?: ?(?:p|pence|cents?)\b)?)?"
)
_PERCENT = (
    r"(?:(?P<value>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per ?cent|pct)|(?P<half>half(?:$| (?=the |of |off ))))(?: off)?"
)
_LAST = re.compile(rf"(?:^|(?<=\s)){_MONEY}$", re.IGNORECASE)
_FIRST = re.compile(rf"{_MONEY}(?=\s)", re.IGNORECASE)
_LAST_PERCENT = re.compile(rf"(?:^|(?<=[\s-])){_PERCENT}$", re.IGNORECASE)
_FIRST_PERCENT = re.compile(rf"{_PERCENT}(?:(?<=\s)|(?=\s))", re.IGNORECASE)
_LAST_IN_WORDS = re.compile(
    rf"\b(?P<number>{NUMBER_WORDS})(?P<unit>\s(?:{_WORD}|{_CODE}|%|per ?cent))?"
    rf"(?P<rest>(?: and)? {NUMBER_WORDS}(?: pence| cents)?)?$",
    re.IGNORECASE,
)
_FIRST_IN_WORDS = re.compile(rf"(?P<number>{NUMBER_WORDS})(?P<unit>\s(?:{_WORD}|per ?cent))(?=\s)", re.IGNORECASE)
# Words between a remedy and its amount that belong to neither.
_JOINT = re.compile(r"\s(?:of|for|worth|up to|at most|about|around)$", re.IGNORECASE)
# A number after these words counts guests or nights, not money.
_COUNTS = re.compile(
    r"\b(?:for|with|(?<!up )to|at|room|order|step|level|no\.?|number|item|row|version|#)$", re.IGNORECASE
)
_SEVERAL = re.compile(r"(?:^|\s)\d+\s?(?:x|\N{MULTIPLICATION SIGN}|times)$", re.IGNORECASE)
_RANGE = re.compile(
    rf"(?:^|\s){_SIGN}?\s?\d[\d.,]*\s?(?:[-–]|to|or|and)\s?{_SIGN}?\d[\d.,]*\s?(?:{_SIGN}|{_CODE}|{_WORD})?$",
    re.IGNORECASE,
)
_RANGE_OF_MONEY = re.compile(rf"{_SIGN}|\d\s?(?:{_WORD}|EUR|GBP|USD)$|(?:to|or|and) ", re.IGNORECASE)
_NOTES = {"a fiver": "5 pounds", "a tenner": "10 pounds"}
# "£20 50" and "1 234": the amount may begin before its last digits.
_BEFORE_AMOUNT = re.compile(rf"{_SIGN}\s?\d[\d.,]*$|(?:^|\s)\d{{1,3}}$")
_GROUPS = (
    re.compile(r"\d{1,3}(?:(?P<mark>[.,'’\u00a0\u202f])\d{3})(?:(?P=mark)\d{3})*"),
    re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}"),  # as in India
)
_NO_RANGE = "an offer has one amount, not a range"
_MOST = 1_000_000_000.0


class BadAmount(ValueError):
    """The amount cannot be meant: negative, huge, a range, or with two decimal points."""


class Amount(NamedTuple):
    """A value and its currency: an ISO code, a sign that several currencies share, or None where none is named."""

    value: float
    currency: str | None


def split_amount(text: str) -> tuple[str, tuple[Amount, ...]]:
    """Return what is offered and the readings of its amount: one; several of `5.000`; none without an amount.

    The amount stands last, or first with its currency. Raises BadAmount where there is one that cannot be meant.
    """
    text = text.strip()
    # A sentence may end after an amount.
    typed = text.rstrip(".!") or text
    if (several := _RANGE.search(typed)) and _RANGE_OF_MONEY.search(several[0]):
        raise BadAmount(_NO_RANGE)
    for candidate in dict.fromkeys((typed, _in_digits(typed))):
        for pattern in (_LAST, _FIRST):
            found = pattern.search(candidate) if pattern is _LAST else pattern.match(candidate)
            if found is None:
                continue
            remedy = (candidate[: found.start()] if pattern is _LAST else candidate[found.end() :]).strip()
            if remedy and (amounts := _amounts(found, remedy, is_last=pattern is _LAST)):
                return _JOINT.sub("", remedy).strip(), amounts
    return text, ()


def split_percent(text: str) -> tuple[str, float] | None:
    """Return what is offered and how many percent of it, None without a percentage at either end. Half is 50 percent.

    Raises BadAmount where it is more than the whole.
    """
    typed = _in_digits(text.strip().rstrip(".!"))
    found = _LAST_PERCENT.search(typed)
    remedy = typed[: found.start()].strip() if found else ""
    if found is None:
        found = _FIRST_PERCENT.match(typed)
        remedy = typed[found.end() :].strip() if found else ""
    if found is None or not remedy:
        return None
    value = 50.0 if found["half"] else float(found["value"].replace(",", "."))
    if re.search(r"\d\s?%?\s?(?:to|or|and|-)$", remedy):
        raise BadAmount(_NO_RANGE)
    if remedy.endswith(("-", "minus")):
        raise BadAmount("an offer cannot be negative")
    if value > 100:
        raise BadAmount("that is more than 100 %")
    return _JOINT.sub("", remedy).strip(), value


def _in_digits(text: str) -> str:
    """The text with the number words of its amount in digits; words alone are no amount in `dinner for two`."""
    for note, amount in _NOTES.items():
        if text.casefold().endswith(f" {note}"):
            return text[: -len(note)] + amount
    for pattern in (_LAST_IN_WORDS, _FIRST_IN_WORDS):
        found = pattern.search(text) if pattern is _LAST_IN_WORDS else pattern.match(text)
        if found is not None and (found["unit"] or " " in found["number"] or found["number"].casefold() in _ALONE):
            number = with_digits(found["number"])
            if number.isdigit() and not (found["unit"] is None and _COUNTS.search(text[: found.start()].strip())):
                rest = text[found.end("number") :]
                return text[: found.start("number")] + number + (with_digits(rest) if found["unit"] else rest)
    return text


# Numbers in one word that are likelier an amount than a count.
_ALONE = {"ten", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}


def _amounts(found: re.Match[str], remedy: str, *, is_last: bool) -> tuple[Amount, ...]:
    """The readings of an amount in its place; none where the number is no amount."""
    typed = found[0].strip()
    sign = (found["before"] or found["after"] or "").strip().casefold()
    part = _singular(sign, _PARTS)
    currency, is_known = _currency(sign)
    if sign and part is None and not is_known:
        # Where everything is in capitals, those of a word do not make it a currency.
        if is_last and _is_code(found["before"] or found["after"] or "") and not remedy.isupper():
            raise BadAmount(f"there is no currency {sign.upper()}")
        # "20 off" is no amount of a currency named off.
        return ()
    if not sign and (not is_last or _COUNTS.search(remedy)):
        return ()
    if is_last:
        _check_before(remedy, typed, found["number"])
    if found["minus"] or found["sign"]:
        raise BadAmount("an offer cannot be negative")
    if part is not None:
        return (Amount(_check(_number(found["number"])[0] / 100, None, typed), _PARTS[part]),)
    factor = {"": 1, "hundred": 100}.get((found["times"] or "").strip().casefold(), 1000)
    values = [value * factor for value in _number(found["number"])]
    if found["rest"]:
        values = [value + int(re.sub(r"\D", "", found["rest"])) / 100 for value in values]
    return _possible(values, currency, typed)


def _check_before(remedy: str, typed: str, number: str) -> None:
    """Raise BadAmount where the words before an amount belong to it: `20 to 30`, `2 x 10`, `1 234`."""
    if _RANGE.search(f"{remedy} {typed}"):
        raise BadAmount(_NO_RANGE)
    if several := _SEVERAL.search(remedy):
        raise BadAmount(f"type the sum instead of {several[0].strip()} {typed}")
    if (before := _BEFORE_AMOUNT.search(remedy)) and (not before[0].strip().isdigit() or re.match(r"\d{3}\b", number)):
        raise BadAmount(f"{before[0].strip()} {typed} is not clear: type the amount without spaces")


def _possible(values: list[float], currency: str | None, typed: str) -> tuple[Amount, ...]:
    """One reading as it is; of several those that the currency allows, a third decimal rounded either way."""
    if len(values) == 1:
        return (Amount(_check(values[0], currency, typed), currency),)
    whole, fraction = values
    decimals = _decimals(currency)
    if not decimals:
        raise BadAmount(f"{currency} has no decimals: type {whole:.0f} without a point")
    step = 10**-decimals
    low = round(int(round(fraction / step, 6)) * step, decimals)
    near = {low} if round(fraction, decimals) == fraction else {low, round(low + step, decimals)}
    return tuple(Amount(_check(value, currency, typed), currency) for value in (*sorted(near), whole))


def _check(value: float, currency: str | None, typed: str) -> float:
    if value > _MOST:
        raise BadAmount("that amount is too large")
    if currency is not None and currency.isalpha():
        decimals = _decimals(currency)
        if round(value, decimals) != value:
            raise BadAmount(f"{currency} has {decimals or 'no'} decimals")
    elif round(value, 2) != value:
        raise BadAmount(f"{typed} has more than two decimals")
    return value


def _number(digits: str) -> list[float]:
    """The readings of digits with their marks: one, or the thousands and the fraction of `5.000`."""
    marks = "".join(dict.fromkeys(re.sub(r"\d", "", digits)))
    grouped = next((one for one in _GROUPS if one.fullmatch(digits)), None)
    if not marks:
        return [float(digits)]
    if grouped is not None and digits[0] != "0":
        whole = float(re.sub(r"\D", "", digits))
        # "5.000" is five thousand in one country and five in another.
        return [whole, float(digits)] if marks == "." and digits.count(".") == 1 else [whole]
    *whole_parts, last = re.split(r"[.,]", digits)
    before = digits[: -len(last) - 1]
    is_whole = before.isdigit() or (len(marks) == 2 and any(one.fullmatch(before) for one in _GROUPS))
    if not whole_parts or not is_whole or digits[-len(last) - 1] in before:
        raise BadAmount(f"{digits} is not an amount")
    if len(last.rstrip("0")) > 3:
        raise BadAmount(f"{digits} is not an amount")
    return [float(re.sub(r"\D", "", before) + "." + last)]


def _currency(sign: str) -> tuple[str | None, bool]:
    """The currency of a sign, a word or a code, and whether there is one; a shared sign stands for itself."""
    if not sign:
        return None, True
    if sign in _SYMBOLS or not sign[0].isalpha():
        return _SYMBOLS.get(sign, sign), True
    if (word := _singular(sign, _WORDS)) is not None:
        return _WORDS[word], True
    return sign.upper(), _is_currency(sign)


def _singular(word: str, known: Iterable[str]) -> str | None:
    return next((one for one in (word, word.removesuffix("s")) if one in known), None)


def _is_code(sign: str) -> bool:
    return len(sign) == 3 and sign.isupper()


def _is_currency(code: str) -> bool:
    from babel.core import get_global

    return code.upper() in get_global("all_currencies")


def _decimals(currency: str | None) -> int:
    if currency is None or not currency.isalpha():
        return 2
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)
