"""The words of a line as the tagger sees them: what each looks like, and how it is used.

What is masked already looks as it did before: stars are figures, "[password]" is an unknown word. So a line that was
masked is read as it was read before, and nothing more is found in it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from recoverycli.redaction.learned.classes import (
    CLASSES,
    CODE_KINDS,
    CODE_NOUNS,
    NAMED_OPENLY,
    NUMBER_WORDS,
    OPEN_KINDS,
    SECRET_KINDS,
    SECRET_NOUNS,
)
from recoverycli.redaction.rules import MASKS

FIGURES: Final = "N"
NUMBER_WORD: Final = "W"
MIXED: Final = "M"
LETTERS: Final = "A"
SIGN: Final = "S"
KINDS: Final = (FIGURES, NUMBER_WORD, MIXED, LETTERS, SIGN)
BREAK: Final = "\\n"  # a line break
ENDS: Final = frozenset({".", "?", "!", BREAK, ";"})
_ROUND: Final = 3  # figures from which on a number may be a round one


class NoteToken(NamedTuple):
    """A word or a sign: where it is, how it is compared, its kind, its looks, its class,
    how many digits it says, and whether it is a mask."""

    start: int
    end: int
    word: str
    kind: str
    shape: str
    name: str
    digits: int
    is_masked: bool = False


def tokens(text: str) -> list[NoteToken]:
    """Return the words and signs of a text. Linear in its length."""
    found: list[NoteToken] = []
    for match in _pattern().finditer(text):
        previous = found[-1] if found else None
        key = match[0] == "*" and _is_star_key(text, match.start())
        found.append(_star_key(match.start()) if key else _token(match[0], match.start(), previous))
    return found


def _is_star_key(text: str, place: int) -> bool:
    """Whether a star is the key of a keypad beside digits ("*8820"), and no digit that is masked."""
    return any(sign.isdecimal() for sign in (text[max(0, place - 1) : place], text[place + 1 : place + 2]))


def _star_key(start: int) -> NoteToken:
    return NoteToken(start, start + 1, "*", SIGN, "s", "S", 0)


def _token(written: str, start: int, previous: NoteToken | None) -> NoteToken:
    word = BREAK if written == "\n" else written.lower().replace("\u2019", "'")
    digits = sum(sign.isdecimal() or sign == "*" for sign in written)
    letters = any(sign.isalpha() for sign in written)
    kind = LETTERS
    bare = word.removesuffix("'s")
    masked = "*" in word and not any(map(str.isalnum, word))
    if written[0] == "[" and len(written) > 1:
        kind = LETTERS if word == MASKS["password"] else SIGN
        return NoteToken(start, start + len(written), "[]", kind, "low", "-", 0, is_masked=True)
    if digits and not letters:
        kind, shape = FIGURES, _shape_of_figures(written, digits)
    elif word in NUMBER_WORDS or ("-" in word and NUMBER_WORDS.issuperset(word.split("-"))):
        kind, shape, digits = NUMBER_WORD, "said", 1
    elif digits:
        kind, shape = MIXED, _shape_of_mixed(written, word)
    elif letters:
        shape = _shape_of_letters(written, previous)
    else:
        kind, shape = SIGN, "s"
    name = _class_of(word, bare, previous)
    if name in {"CODE", "PW", "SECRET"} or word in {"code", "codes", "word"}:
        shape = "cue"
    return NoteToken(start, start + len(written), word, kind, shape, name or _UNNAMED.get(kind, "-"), digits, masked)


_UNNAMED: Final = {FIGURES: "#N", NUMBER_WORD: "#N", MIXED: "#M", SIGN: "S"}


def _class_of(word: str, bare: str, previous: NoteToken | None) -> str:
    before = previous.word if previous else ""
    if word == "name" and before in NAMED_OPENLY:
        return "USER"
    if word in SECRET_NOUNS and before in SECRET_KINDS:
        return "SECRET"
    if word == "code" and before in {"wifi", "wi-fi"}:
        return "SECRET"
    if word in CODE_NOUNS and before in CODE_KINDS:
        return "CODE"
    if word in CODE_NOUNS and before in OPEN_KINDS:
        return "OTHER"
    return CLASSES.get(word) or CLASSES.get(bare) or CLASSES.get(word.removesuffix("s"), "")


def _shape_of_figures(written: str, digits: int) -> str:
    size = f"d{min(digits, 9)}"
    if "." in written or "-" in written:
        return f"{size}{'.' if '.' in written else '-'}"
    if _year_pattern().fullmatch(written):
        return "year"
    if _clock_pattern().fullmatch(written):
        return "clock"
    return f"{size}r" if digits >= _ROUND and written.endswith("00") else size


def _shape_of_mixed(written: str, word: str) -> str:
    if _measure_pattern().fullmatch(word):
        return "measure"
    case = "U" if written.isupper() else "l" if written.islower() else "c"
    return f"mixed{case}{min(len(written), 9)}"


def _shape_of_letters(written: str, previous: NoteToken | None) -> str:
    if len(written) == 1:
        return "letter"
    if _spelled_pattern().fullmatch(written):
        return "spelled"
    if written.isupper():
        return "UP"
    if written.islower():
        return "low"
    if written.istitle():
        return "Title" if previous and previous.word not in ENDS else "First"
    return "camel"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{'|'.join(map(re.escape, MASKS.values()))})"
        r"|[^\W_]+(?:['\u2019_@&+.!?^~$%#|\\-]+[^\W_]+)*|\*+(?:[.-]\*+)*|\n|[^\w\s]|_",
        re.IGNORECASE,
    )


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d")


@cache
def _clock_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:[01]\d|2[0-3])(?:00|15|30|45)")


@cache
def _measure_pattern() -> re.Pattern[str]:
    return re.compile(r"\d+(?:st|nd|rd|th|am|pm|k|kg|g|m|cm|mm|gb|mb|x|h|hrs|min|mins|p|s)")


@cache
def _spelled_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:[^\W\d_]-)+[^\W\d_]")
