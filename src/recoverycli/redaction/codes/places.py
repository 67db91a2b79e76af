"""Codes told by structure: the name of what opens, a few words without figures, and a value with figures at once.

"activation code for the broadband box is 775203", "lockbox on railing 9173", "0417 is what they use as the tv pin".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.codes.words import COPULAS, NAMED_OTHERWISE, NO_LEAD, NUMBERED_PLACES, UNITS
from recoverycli.redaction.reading.pieces import FIGURES, MASK, SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.redaction.codes.line import CodeLine

    Span = tuple[int, int]

_KINDS: Final = frozenset({
    "activation", "access", "backup", "back-up", "unlock", "unlocking", "entry", "keypad", "garage", "lockbox",
    "keysafe", "safe", "padlock", "parental", "door", "gate", "alarm", "tv", "ipad", "tablet", "recovery", "box",
    "pairing", "wps", "combination", "bank",
})  # fmt: skip
_HEADS: Final = frozenset({"code", "codes", "pin", "pins", "passcode", "passcodes"})
_LOCKS: Final = frozenset({"keysafe", "lockbox", "keypad", "padlock", "passcode", "passcodes"})
_MOST_WORDS: Final = 7  # between a name and its value
_ARTICLES: Final = frozenset({"the", "her", "his", "their", "my", "a", "an", "our", "tv", "broadband"})
# A noun after these belongs to the name: "backup codes from his account:".
_OF_NAME: Final = frozenset({"from", "off", "for", "on", "of"})
_CLEARING: Final = COPULAS | {":", "reads"}
_OPENS: Final = frozenset({"opens", "unlocks", "is", "was"})
_ENDS: Final = frozenset({".", ";", "!", "?", "\n", "\r\n"})


def place_codes(line: CodeLine) -> Iterator[Span]:
    """Yield the codes of what opens. Linear in the length: a few words are read after each name."""
    for place, piece in enumerate(line.pieces):
        after = _name_end(line, place)
        if after:
            yield from _values_after(line, after)
        elif piece.kind == FIGURES and _is_before_name(line, place):
            yield from _value(line, place)
        elif piece.text == "default" and line.word(place - 1) in {"pin", ",", "?"} and _asks_pin(line, place):
            yield from _value(line, place + 1)


def _name_end(line: CodeLine, place: int) -> int:
    """Return the place after the name of what opens; 0 if there is none."""
    word = line.word(place)
    if word in _KINDS and line.word(place + 1).removesuffix("'s") in _HEADS:
        return place + 2 if line.word(place + 2) != "of" else 0
    if (word in {"key", "lock"} and line.word(place + 1) in {"safe", "box"}) or word in _LOCKS:
        alone = 1 if word in _LOCKS else 2
        return place + alone if line.word(place + alone) not in _HEADS else 0
    return 0


def _asks_pin(line: CodeLine, place: int) -> bool:
    return "pin" in {line.word(at) for at in range(place - 3, place)}


def _values_after(line: CodeLine, place: int) -> Iterator[Span]:
    """Yield the values that follow a name after a few words without figures."""
    words, claimed = 0, False
    for at in range(place, min(place + 2 * _MOST_WORDS, len(line.pieces))):
        piece = line.pieces[at]
        found = _match(line, at)
        if found:
            if claimed or not _leads(line, at, place):
                return
            yield found.span("value")
            yield from _more(line, found.end())
            return
        if piece.kind in {FIGURES, MASK} or piece.text in _ENDS:
            return
        words += piece.kind != SIGN
        if piece.text in NAMED_OTHERWISE:
            claimed = True
            if {line.word(at - 1), line.word(at - 2)}.isdisjoint(_OF_NAME):
                return
        elif piece.text in _CLEARING:
            claimed = False
        if words > _MOST_WORDS:
            return


def _leads(line: CodeLine, at: int, place: int) -> bool:
    """Whether the words before a value leave it to the name."""
    before = line.word(at - 1)
    changed = before == "to" and line.word(at - 2) in {"set", "changed", "reset"}
    if at > place and before in NO_LEAD and not changed:
        return False
    articles = {line.word(back) for back in range(max(place, at - 4), at - 1)} & _ARTICLES
    return at == place or before not in NUMBERED_PLACES or bool(articles)


def _more(line: CodeLine, end: int) -> Iterator[Span]:
    """Yield further values after commas: "8841 2097, 3359 6104"."""
    while found := _further_pattern().match(line.text, end):
        yield found.span("value")
        end = found.end()


def _is_before_name(line: CodeLine, place: int) -> bool:
    at = place + 1
    while line.word(at) in {"*", "#"}:
        at += 1
    verb = line.word(at)
    if verb not in _OPENS or line.word(place - 1) in NAMED_OTHERWISE | NO_LEAD | NUMBERED_PLACES:
        return False
    for further in range(at + 1, at + 2 + _MOST_WORDS):
        word = line.word(further)
        if not word or word in NAMED_OTHERWISE or word == "not" or not word[0].isalpha():
            return False
        after = _name_end(line, further)
        if after:
            told = {line.word(between) for between in range(at + 1, after)} & _HEADS
            return verb in {"opens", "unlocks"} or bool(told)
    return False


def _value(line: CodeLine, place: int) -> Iterator[Span]:
    found = _match(line, place)
    if found:
        yield found.span("value")


def _match(line: CodeLine, place: int) -> re.Match[str] | None:
    if not 0 <= place < len(line.pieces):
        return None
    found = _value_pattern().match(line.text, line.pieces[place].start)
    unit = _unit_pattern().match(line.text, found.end()) if found else None
    return None if unit and unit[1].lower().removesuffix("s") in UNITS else found


_VALUE: Final = (
    r"(?<![\w.,/\u00a3$\u20ac-])(?P<value>(?:\d(?:[ -]\d){3,7}|\d{4}[ -]\d{4}|\d{4,16}"
    r"|(?=[a-z-]{0,12}\d)(?=[\d-]{0,12}[a-z])(?!\d+(?:gb|mb|tb|kg|am|pm|st|nd|rd|th|hrs?|mins?)\b)"
    r"(?=[a-z\d-]{5,20}(?![\w-]))[a-z\d]{2,12}(?:-[a-z\d]{2,8}){0,3})[*#]?)(?![\w/]|[.,:-]\d)"
)


@cache
def _value_pattern() -> re.Pattern[str]:
    """Figures together, apart or in halves, or small or capital letters with figures; with a sign after them."""
    return re.compile(_VALUE, re.IGNORECASE)


@cache
def _further_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:,\s?|\s(?:and|or)\s){_VALUE}", re.IGNORECASE)


@cache
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(r"\s([^\W\d_]{1,12})")
