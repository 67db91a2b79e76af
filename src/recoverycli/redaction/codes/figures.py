"""A code as it is written or said: in figures, in groups, in words, with letters O and I for 0 and 1."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from recoverycli.redaction.reading.digits_said import HESITATION, ONES, TEENS, TENS, TIMES, digits_in

_FEWEST: Final = 4  # letters and digits of a code that has both
_MOST: Final = 12
_ONE: Final = rf"(?:{'|'.join(ONES)})(?![^\W\d_])"
_MIXED: Final = (
    rf"(?:(?:{'|'.join(TIMES)})[\s-])?(?:(?:{'|'.join((*ONES, *TEENS, *TENS))})(?![^\W\d_])|\d{{1,4}}(?!\d))"
)


def code_end(text: str, start: int, fewest: int, most: int) -> int:
    """Return where a code ends that starts there and has that many digits; 0 if there is none."""
    found = _figure_pattern(fewest, most).match(text, start)
    if not found or (found["mixed"] and not fewest <= digits_in(found["mixed"]) <= most):
        return 0
    return found.end()


@cache
def _figure_pattern(fewest: int, most: int) -> re.Pattern[str]:
    more = f"{{{fewest - 1},{most - 1}}}"
    halves = (
        rf"\d{{3,4}}(?:[\s-]|\s(?:{HESITATION})\s)\d{{3,4}}(?!\d)"
        r"|(?=[oil]{0,3}\d)[oil\d]{3,4}[\s-](?=[oil]{0,3}\d)[oil\d]{3,4}(?![^\W_])|"
        if most >= 8
        else ""
    )
    if most > len("12345678"):
        halves = rf"\d{{3}}[\s-]\d{{3}}[\s-]\d{{3}}(?!\d)|\d{{4,6}}[\s-]\d{{4,6}}(?!\d)|{halves}"
    ends = r"(?=\s*(?:[,;)!?\r\n]|\.(?!\d)|\Z)|\s(?:but|and|it|was|is|from|she|he|which|read|by|so|then)\s)"
    pairs = rf"\d{{2,4}}(?:[\s-]\d{{2}}){{1,2}}{ends}|" if most >= len("123456") else ""
    figures = (
        rf"{halves}{pairs}\d{{{fewest},{most}}}(?!\d)|\d(?:[\s-]?\d){more}(?!\d)"
        rf"|\d(?:[\s.,/-]{{1,2}}(?:(?:{HESITATION})\s)?\d(?!\d)){more}(?![\s.,/-]?\d)"
        rf"|(?=[oil]{{0,{most - 1}}}\d)[oil\d]{{{fewest},{most}}}(?![^\W_])"
    )
    said = rf"{_ONE}(?:[\s,-]{{1,2}}{_ONE}){more}+"
    mixed = rf"(?P<mixed>{_MIXED}(?:[\s,-]{{1,2}}(?:(?:{HESITATION})\s)?{_MIXED}){{0,{most - 1}}}+)"
    return re.compile(rf"{figures}|{said}|{mixed}", re.IGNORECASE)


def lettered_end(text: str, start: int) -> int:
    """Return where a code of letters and digits ends ("K7P29X", "ZT4-88Q", "1492C"); 0 if there is none."""
    spelled = _spelled_pattern().match(text, start)
    if spelled:
        return spelled.end()
    found = _lettered_pattern().match(text, start)
    if not found or not _FEWEST <= sum(map(str.isalnum, found[0])) <= _MOST:
        return 0
    return found.end() if any(map(str.isdecimal, found[0])) else 0


def is_random(code: str) -> bool:
    """Whether letters and digits alternate as in no word with a number: "K7P2WX", not "SAVE20"."""
    return _random_pattern().fullmatch(code) is not None or is_spelled(code, 0)


def is_spelled(text: str, start: int) -> bool:
    """Whether letters are spelled there: "A for apple 7 7 B for boy 2"."""
    return _spelled_pattern().match(text, start) is not None


@cache
def _spelled_pattern() -> re.Pattern[str]:
    sign = r"[A-Za-z\d](?:\s(?:for|as\sin|like)\s[A-Za-z]{2,12})?"
    named = r"(?=(?:[A-Za-z\d][\s,-]{1,2}){0,6}[A-Za-z]\s(?:for|as\sin|like)\s)"
    return re.compile(rf"(?<![\w-]){named}{sign}(?:[\s,-]{{1,2}}{sign}){{3,11}}(?![\w-])")


@cache
def _random_pattern() -> re.Pattern[str]:
    return re.compile(r"(?=.{4,})[A-Z]{0,2}(?:\d{1,4}-?[A-Z]{1,2}){1,4}\d{0,4}(?:-[A-Z\d]{2,6}){0,3}")


@cache
def _lettered_pattern() -> re.Pattern[str]:
    """Capital letters and digits in up to four groups; or digits with a small letter at the end."""
    group = r"[A-Z\d]{1,12}"
    grouped = rf"(?!\d+-\d)(?=[\d-]{{0,12}}[A-Z])(?!\d+(?:AM|PM|GB|MB|KG)\b){group}(?:-{group}){{0,3}}"
    spaced = r"[A-Z]{2,4}(?:[ -]\d{2,4}){2}"
    return re.compile(rf"(?<![\w-])(?:{grouped}|{spaced}|\d{{4,6}}[a-z])(?![\w-])")
