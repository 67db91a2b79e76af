"""Reading the amount at the end of an offer: `refund 20`, `refund 12,50 EUR`, `credit €20`."""

from __future__ import annotations

import re

_AMOUNT = re.compile(
    r"""(?:^|\s)
    (?P<before>[€£$¥]|[A-Z]{3}\s?)?
    (?P<sign>-)?
    (?P<number>\d[\d.,]{0,17})
    \s?(?P<after>[€£$¥]|[A-Z]{3}|%)?$""",
    re.VERBOSE,
)
_SYMBOLS = {"€": "EUR", "£": "GBP"}
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
    value = _number(found["number"])
    if found["sign"]:
        raise BadAmount("an offer cannot be negative")
    if value > _MOST:
        raise BadAmount("that amount is too large to be meant")
    sign = (found["before"] or found["after"] or "").strip()
    return text[: found.start()].strip(), value, _SYMBOLS.get(sign, sign) or None


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
