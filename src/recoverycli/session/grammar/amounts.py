"""Reading the amount at the end of an offer: `refund 20`, `refund 12,50 EUR`, `credit €20`."""

from __future__ import annotations

import re

_AMOUNT = re.compile(
    r"""(?:^|\s)
    (?P<before>[€£$¥₹₩₺₽]|[A-Za-z]{3}\s?)?
    (?P<sign>-)?
    (?P<number>\d[\d.,]{0,17})
    \s?(?P<after>[€£$¥₹₩₺₽]|[A-Za-z]{3}|%)?$""",
    re.VERBOSE,
)
_SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB"}
_PERCENT = re.compile(r"(?P<remedy>.*\S)\s+(?P<value>\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_MOST = 1_000_000_000.0


class BadAmount(ValueError):
    """The amount cannot be meant: negative, huge, or with two decimal points."""


def split_amount(text: str) -> tuple[str, float | None, str | None]:
    """Return what is offered, its value and its currency (None where none is named).

    A currency is an ISO code as typed, or the sign itself where the sign belongs to several currencies.
    Raises BadAmount where there is an amount that cannot be meant.
    """
    found = _AMOUNT.search(text)
    if found is None or found["after"] == "%" or not text[: found.start()].strip():
        return text, None, None
    sign = (found["before"] or found["after"] or "").strip()
    currency = _currency(sign)
    if sign.isalpha() and currency is None:
        if not sign.isupper():
            # "20 off" is no amount of a currency named off.
            return text, None, None
        raise BadAmount(f"there is no currency {sign}")
    value = _number(found["number"])
    if found["sign"]:
        raise BadAmount("an offer cannot be negative")
    if value > _MOST:
        raise BadAmount("that amount is too large to be meant")
    if currency is not None and currency.isalpha():
        _check_decimals(value, currency)
    return text[: found.start()].strip(), value, currency


def split_percent(text: str) -> tuple[str, float] | None:
    """Return what is offered and how many percent of it, or None where the words do not end in a percentage.

    Raises BadAmount where it is more than the whole.
    """
    found = _PERCENT.fullmatch(text)
    if found is None:
        return None
    value = float(found["value"].replace(",", "."))
    if value > 100:
        raise BadAmount("that is more than 100 %")
    return found["remedy"], value


def _currency(sign: str) -> str | None:
    """Return the ISO code of a sign or code, the sign itself where several currencies have it, None for no currency."""
    if not sign.isalpha():
        return _SYMBOLS.get(sign, sign) or None
    from babel.core import get_global

    return sign.upper() if sign.upper() in get_global("all_currencies") else None


def _check_decimals(value: float, currency: str) -> None:
    from babel.numbers import get_currency_precision

    decimals = get_currency_precision(currency)
    if round(value, decimals) != value:
        raise BadAmount(f"{currency} has {decimals or 'no'} decimals")


def _number(digits: str) -> float:
    """Read a number with its decimal point or comma; a group of three after the last mark is thousands."""
    digits = digits.rstrip(".,")
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1:
        return float(digits)
    marks = re.sub(r"\d", "", digits)
    *whole, last = parts
    if len(last) == 3 and len(set(marks)) == 1 and all(len(part) == 3 for part in whole[1:]):
        return float("".join(parts))
    if len(last) > 2 or (len(marks) > 1 and marks[-1] in marks[:-1]):
        raise BadAmount(f"{digits} is no amount")
    return float("".join(whole) + "." + last)
