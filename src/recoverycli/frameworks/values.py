"""The values of captures by kind, in the form in which they are stored and compared: `2026-11-08`, `12.5`, `20 EUR`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from recoverycli.text.format import amount_text

if TYPE_CHECKING:
    from collections.abc import Mapping

CaptureKind = Literal["text", "choice", "number", "money", "date", "yes-no"]
YES_NO = ("yes", "no")
# The kinds whose words are read as a value; the words of the other kinds are the value.
READ_KINDS = frozenset[CaptureKind]({"number", "money", "date"})
# The bound of a date that moves with the calendar.
TODAY = "today"
# What is proved of dates depends on their distance to a day, whichever it is.
ANY_DAY = date(2025, 6, 16)

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
# A sign that several currencies share stands for itself.
_MONEY = re.compile(rf"({_NUMBER.pattern})(?: ([A-Z]{{3}}|[$¥]))?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LENGTH = re.compile(r"([1-9]\d{0,3}|a|one) (day|week|month|year)s?")


class Money(NamedTuple):
    """An amount; `currency` is a code, or None where none is named."""

    amount: Decimal
    currency: str | None = None


Value = str | Decimal | Money | date


class Known(NamedTuple):
    """What conditions look at: the known values by name, and the day of the call.

    `waits` has, for each name that is worked out and not known yet, the names that it waits for. `absent` are the names
    that do not apply, because their own condition does not hold.
    """

    values: Mapping[str, Value]
    today: date
    waits: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    absent: frozenset[str] = frozenset()


def parse_value(kind: CaptureKind, text: str) -> Value | None:
    """Return the value that a stored text or a file has for a capture of that kind; None if it is none."""
    match kind:
        case "number":
            return Decimal(text) if _NUMBER.fullmatch(text) else None
        case "money":
            found = _MONEY.fullmatch(text)
            return Money(Decimal(found[1]), found[2]) if found else None
        case "date":
            return _parse_date(text)
        case _:
            return text or None


def typed_values(
    kinds: Mapping[str, CaptureKind], words: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, Value]:
    """Return the values of what was told; a name without a kind is text. `typed` is what the words were read as.

    Words that are no value of their kind are left out.
    """
    values: dict[str, Value] = {}
    for name, told in words.items():
        kind = kinds.get(name, "text")
        if kind not in READ_KINDS:
            values[name] = told
        elif (value := parse_value(kind, typed.get(name, told))) is not None:
            values[name] = value
    return values


def write_value(value: Value) -> str:
    """Return a value as it is stored: `parse_value` reads it back."""
    match value:
        case Money(amount, currency):
            return " ".join(filter(None, (_decimal_text(amount), currency)))
        case Decimal():
            return _decimal_text(value)
        case date():
            return value.isoformat()
    return value


def value_words(value: Value) -> str:
    """Return a value that was worked out, as people read it: `12.50 EUR`."""
    return amount_text(float(value.amount), value.currency) if isinstance(value, Money) else write_value(value)


def value_text(stored: str) -> str:
    """Return a stored value as people read it: a date with its weekday, an amount with its decimals."""
    day = _parse_date(stored)
    if day is not None:
        return day.strftime("%a %d %b %Y").replace(" 0", " ")
    amount = parse_value("money", stored)
    return value_words(amount) if isinstance(amount, Money) and amount.currency else stored


def kind_of(value: Value) -> CaptureKind:
    """Return the kind as which texts are read that are compared with a value."""
    match value:
        case Money():
            return "money"
        case Decimal():
            return "number"
        case date():
            return "date"
    return "text"


def compare(value: Value, other: Value) -> int | None:
    """Return -1, 0 or 1 for less, equal, more; None where neither can be said, as with two currencies."""
    match value, other:
        case Money(), Money():
            if value.currency and other.currency and value.currency != other.currency:
                return None
            return _order(value.amount, other.amount)
        case Decimal(), Decimal():
            return _order(value, other)
        case date(), date():
            return (value > other) - (value < other)
        case str(), str():
            return 0 if value.casefold() == other.casefold() else 1
    return None


def back_from(day: date, length: str) -> date | None:
    """Return the day that lies a length of time (`14 days`, `2 months`) before another; None if it is no length."""
    found = _LENGTH.fullmatch(" ".join(length.casefold().split()))
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    try:
        if found[2] in {"day", "week"}:
            return day - timedelta(days=count * (7 if found[2] == "week" else 1))
        months = day.year * 12 + day.month - 1 - count * (12 if found[2] == "year" else 1)
        first = date(months // 12, months % 12 + 1, 1)
    except (ValueError, OverflowError):  # before the first year of the calendar
        return date.min
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:  # 30 February
        return None


def _order(one: Decimal, other: Decimal) -> int:
    return (one > other) - (one < other)


def _decimal_text(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
