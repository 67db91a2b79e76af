"""Words that call a number a card: beside them a wrong check digit is accepted."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from recoverycli.redaction.reading.before_numbers import LEADING, OTHER_NUMBERS
from recoverycli.redaction.reading.pieces import WORD, pieces

_AROUND: Final = 80  # characters in which the card may be named
_CARDS: Final = frozenset({
    "card", "cards", "cardnumber", "cardno", "visa", "mastercard", "amex", "maestro", "discover", "rupay", "cc",
    "pan", "card's", "mc", "diners",
})  # fmt: skip
_OTHER_CARDS: Final = frozenset({
    "gift", "loyalty", "member", "membership", "sim", "library", "store", "points", "id", "business", "memory",
    "report", "greeting", "birthday", "bonus", "health", "insurance", "sd", "travel", "oyster", "bus", "reward",
    "rewards", "post", "calling", "score", "donor", "staff", "key", "access", "phone", "club", "fuel", "advantage",
    "discount", "student",
})  # fmt: skip
# Further words that may stand directly before the number of a card.
_BEFORE: Final = frozenset({
    "account", "details", "detail", "det", "dets", "info", "data", "long", "debit", "credit", "with", "full",
    "whole", "all", "wait", "other", "replacement", "expired", "s",
})  # fmt: skip


def is_called_card(text: str, start: int, end: int) -> bool:
    """Whether the words around a number call it a card, and no other noun has that number."""
    before = text[max(0, start - _AROUND) : start]
    after = _after_pattern().match(text, end)
    return _is_named_before(before) or (after is not None and (not after["loosely"] or not _is_of_another(before)))


def _is_of_another(before: str) -> bool:
    """Whether the word before a number is a noun with numbers of its own."""
    words = [piece.text for piece in pieces(before) if piece.kind == WORD and piece.text not in {"number", "no", "nr"}]
    return bool(words) and words[-1] in OTHER_NUMBERS and words[-1] not in LEADING


def _is_named_before(before: str) -> bool:
    words = [piece.text for piece in pieces(before) if piece.kind == WORD]
    pointed = before.rstrip().endswith((":", "="))
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        previous = words[at - 1] if at else ""
        if word in _CARDS:
            return previous not in _OTHER_CARDS
        if word in {"number", "no", "num"} and previous in {"long", "digit", "digits"}:
            return True
        last = at == len(words) - 1
        leads = word in LEADING or word in _BEFORE or word.endswith("ed")
        if (last and not leads and not pointed) or (
            word in OTHER_NUMBERS and not leads and word not in {"ending", "ends"}
        ):
            return False
    return False


@cache
def _after_pattern() -> re.Pattern[str]:
    whose = r"(?:(?:the|her|his|their|my|a)\s)?(?:(?:credit|debit|bank|new|old|whole|full)\s){0,2}"
    card = r"(?:cards?|visa|master\s?card|amex|american\sexpress|maestro|discover|rupay)(?![^\W\d_])"
    owned = r"(?<=,\s)(?:her|his|their|my)\s(?:[a-z]{3,12}\s)?"
    loosely = (
        rf"(?P<loosely>\s(?:debit\s|credit\s)?{card}|[\s,-]{{1,3}}(?:(?:that['\u2019]?s|this\sis|that\sis)\s{whose}{card}"
        rf"|(?:off|from|in|into|onto)\s{whose}{card}|(?:exp(?:iry|ires)?|cvv2?|cvc2?|csc)(?![^\W\d_])))"
    )
    joined = rf"[\s,]{{1,2}}(?:(?:is|was|as|on|=|name\son)\s{whose}|{owned})"
    return re.compile(rf"{joined}{card}|{loosely}", re.IGNORECASE)
