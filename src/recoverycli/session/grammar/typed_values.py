"""What a capture's words are read as: a number, an amount, a day, one of its choices; or why they cannot be."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import nearest
from recoverycli.frameworks.bounds import currency_of, out_of_bounds
from recoverycli.frameworks.paths import answers_of
from recoverycli.frameworks.values import READ_KINDS, Money, write_value
from recoverycli.session.grammar.meanings import Misunderstood
from recoverycli.settings.patterns import matches
from recoverycli.text.number_words import with_digits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from recoverycli.frameworks.model import Capture
    from recoverycli.frameworks.values import Value
    from recoverycli.session.grammar.meanings import DateReader
    from recoverycli.session.model import Session

# Dollars and yen that share a sign.
_SHARED_SIGNS = {"$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"), "¥": ("JPY", "CNY")}
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,6})?")
_GROUPED = re.compile(r"-?\d{1,3}(?:[,'\u00a0\u202f ]\d{3})+(?:\.\d{1,6})?")
_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_HOW = {
    "number": ("a number", "3"),
    "money": ("an amount", "12.50"),
    "date": ("a date", "3 weeks ago"),
}


class TypedValue(NamedTuple):
    """The words of a value as they are stored, and what they are read as; empty where the words are the value."""

    words: str
    typed: str = ""


class Currency(NamedTuple):
    """The currency of amounts that name none; the only one that is allowed where `is_only` says so."""

    code: str | None = None
    is_only: bool = False


ANY_CURRENCY = Currency()


def currency_for(capture: Capture, session: Session) -> Currency:
    """Return the usual currency of the desk, or the only one in which the playbook compares an amount."""
    wanted = currency_of(capture, session.framework) if capture.kind == "money" else None
    return Currency(wanted or session.currency, is_only=wanted is not None)


def read_value(
    capture: Capture, words: str, now: datetime, read_date: DateReader, currency: Currency = ANY_CURRENCY
) -> tuple[TypedValue, ...] | Misunderstood:
    """Return the readings of what was typed for a capture: one, or several of `friday`; or why there is none."""
    if answers := answers_of(capture):
        return _choice(capture, words, answers)
    if capture.kind not in READ_KINDS:
        return (TypedValue(words),)
    found = _readings(capture, words, now, read_date, currency)
    if isinstance(found, str):
        return Misunderstood(f"{capture.id}: {found}")
    if not found:
        what, example = _HOW[capture.kind]
        return Misunderstood(f"{capture.id} is {what}, and {words[:40]} is none", f"/set {capture.id} {example}")
    allowed = [value for value in found if not out_of_bounds(capture, value, now.date())]
    if not allowed:
        return Misunderstood(f"{capture.id} is {out_of_bounds(capture, found[0], now.date())}")
    return tuple(TypedValue(words, write_value(value)) for value in allowed)


def differs_from_pattern(capture: Capture, words: str, patterns: Mapping[str, str]) -> str:
    """Return what words have to look like if they do not; empty where they do, or the settings have no such pattern."""
    pattern = patterns.get(capture.pattern or "")
    if pattern is None or matches(pattern, words):
        return ""
    return f"{capture.id} has the form {pattern} (0 is a digit, A a letter)"


def _choice(capture: Capture, words: str, answers: tuple[str, ...]) -> tuple[TypedValue, ...] | Misunderstood:
    meant = next((answer for answer in answers if answer.casefold() == words.casefold()), None)
    if meant is None and capture.kind == "yes-no":
        meant = {"y": "yes", "n": "no"}.get(words.casefold())
    if meant is not None:
        return (TypedValue(meant),)
    near = nearest(words, answers)
    return Misunderstood(f"{capture.id} is one of {', '.join(answers)}", f"/set {capture.id} {near}" if near else "")


def _readings(
    capture: Capture, words: str, now: datetime, read_date: DateReader, currency: Currency
) -> tuple[Value, ...] | str:
    match capture.kind:
        case "number":
            return _numbers(words)
        case "money":
            return _amounts(words, currency)
        case _:
            return _days(words, now, read_date)


def _numbers(words: str) -> tuple[Decimal, ...]:
    text = with_digits(words.strip())
    if _EITHER.fullmatch(text):
        # One thousand in one country, and one in another.
        return Decimal(text), Decimal(text.replace(".", ""))
    if _GROUPED.fullmatch(text):
        return (Decimal(re.sub(r"[^\d.-]", "", text)),)
    return (Decimal(text.replace(",", ".")),) if _NUMBER.fullmatch(text) else ()


def _amounts(words: str, currency: Currency) -> tuple[Money, ...] | str:
    from recoverycli.session.grammar.amounts import BadAmount, split_amount

    what = "it"
    try:
        rest, amounts = split_amount(f"{what} {words}")
    except BadAmount as bad:
        return str(bad)
    if rest != what:
        return ()
    found = tuple(Money(Decimal(str(one.value)), _currency(one.currency, currency.code)) for one in amounts)
    if currency.is_only and any(one.currency != currency.code for one in found):
        return f"the amount in {currency.code} is needed"
    return found


def _currency(typed: str | None, usual: str | None) -> str | None:
    """The currency of an amount; a sign that several share is the usual one if that is among them."""
    return usual if typed is None or (usual and usual in _SHARED_SIGNS.get(typed, ())) else typed


def _days(words: str, now: datetime, read_date: DateReader) -> tuple[date, ...]:
    from recoverycli.times.any_day import read_day

    return read_day(words, now, read_date)
