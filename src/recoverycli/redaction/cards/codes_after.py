"""Bare verification codes directly after a card."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.redaction.cards.numbers import CardNumber


def codes_after(text: str, cards: Iterable[CardNumber], hidden: set[int]) -> Iterator[tuple[int, int]]:
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
