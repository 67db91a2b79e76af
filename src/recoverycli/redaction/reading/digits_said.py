"""Digits as they are read out: in figures and words, with letters for 0 and 1, and with fillers between the groups."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ONES: Final = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
TEENS: Final = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS: Final = {
    "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80",
    "ninety": "90",
}  # fmt: skip
TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
HESITATION: Final = (
    r"u+h+m*|u+m+|e+r+m*|e+h+m*|a+h+m*|h+m+|pause|wait|sorry|hang\son|hold\son|one\smoment|let\sme\ssee|then|and|dash"
)
_WORDS: Final = {**ONES, **TEENS, **TENS}
_LETTERS: Final = str.maketrans("oOiIlL", "001111")
_LONGEST: Final = 19  # ISO/IEC 7812
_MOST_BETWEEN: Final = 8  # pieces between two digits


class DigitGroup(NamedTuple):
    """Digits that were written or said in one piece: their values, and the span of each."""

    values: str
    spans: tuple[tuple[int, int], ...]


def runs(text: str) -> Iterator[list[DigitGroup]]:
    """Yield the groups that nothing but fillers and punctuation separates. Linear in the length."""
    run: list[DigitGroup] = []
    place = between = 0
    pieces = _piece_pattern()
    while place < len(text):
        found = pieces.match(text, place)
        group = _group(found) if found else None
        if group:
            run.append(group)
            between = 0
        elif run:
            between += 1
            if found is None or between > _MOST_BETWEEN:
                yield run
                run = []
        if found is None:
            found = _other_pattern().match(text, place)
        place = found.end() if found else place + 1
    if run:
        yield run


def says_digits(text: str) -> bool:
    """Whether there is a figure or a word for one in a text."""
    return _digit_pattern().search(text) is not None


def digits_in(text: str) -> int:
    """Return how many digits a text says."""
    return len(digit_spans(text))


def digit_spans(text: str) -> list[tuple[int, int]]:
    """Return where each digit is that a text says; a word for several is there as often."""
    return [span for run in runs(text) for group in run for span in group.spans]


def _group(piece: re.Match[str]) -> DigitGroup | None:
    """Return the digits of a piece; None for what stands between groups."""
    start, end = piece.span()
    if piece["figures"]:
        values = "".join(str(int(sign)) for sign in piece[0].translate(_LETTERS))
        return (
            DigitGroup(values, tuple((place, place + 1) for place in range(start, end)))
            if len(values) <= _LONGEST
            else None
        )
    if not piece["word"]:
        return None
    word = piece["word"].lower()
    values = _WORDS.get(word) or str(int(word))
    if piece["unit"]:
        values = f"{values[0]}{ONES[piece['unit'].lower()]}"
    values *= TIMES.get((piece["times"] or "").lower(), 1)
    return DigitGroup(values, ((start, end),) * len(values))


@cache
def _digit_pattern() -> re.Pattern[str]:
    return re.compile(rf"\d|(?<![^\W\d_])(?:{'|'.join(_WORDS)})(?![^\W\d_])", re.IGNORECASE)


@cache
def _piece_pattern() -> re.Pattern[str]:
    """A group of digits, or what may stand between two groups."""
    ones, words = "|".join(ONES), "|".join(sorted(_WORDS, key=len, reverse=True))
    begins, ends = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    which = r"(?:the\s)?(?:first|second|third|fourth|next|last|final|other)"
    part = r"(?:half|part|group|block|set|bit|one|(?:four|eight|six|five|[4568])(?:\s(?:digits|numbers))?)"
    said = (
        rf"{which}\s{part}|{which}|{HESITATION}|and\sthe|(?:the\s)?rest(?:\sof\sit)?|the|is|are|was|so|space|hyphen|minus"
        r"|comma|dot|point|slash|plus|followed\sby|finally|ends?|ending|in|okay|ok|yes|yeah|right|now"
    )
    return re.compile(
        rf"(?P<filler>{begins}(?:{said}){ends})"
        rf"|(?P<figures>(?<![^\W\d_])(?=[oil]{{0,18}}\d)[oil\d]*+(?![^\W_])|\d++)"
        rf"|{begins}(?:(?P<times>{'|'.join(TIMES)})[\s-])?"
        rf"(?P<word>(?:{words}){ends}|(?<=[\s-])\d(?!\d))(?:(?<=ty)[\s-](?P<unit>{ones}){ends})?"
        r"|(?<=\d)[*x](?=\d)|[^\w@%*€£$¥\[\]]{1,6}|[\[\]]{1,2}(?=[\[\]\d])|[_\u200b-\u200f]",
        re.IGNORECASE,
    )


@cache
def _other_pattern() -> re.Pattern[str]:
    """Whatever separates runs, a whole word at a time."""
    return re.compile(r"[^\W\d_]+|.", re.DOTALL)
