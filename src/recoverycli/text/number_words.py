"""Whole numbers in English words: `twenty-five`, `a hundred and fifty`."""

from __future__ import annotations

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 10 * ten for ten, word in enumerate(_TENS, 2)}
_TIMES = {"hundred": 100, "thousand": 1000, "grand": 1000}
_WORD = "|".join(sorted((*_VALUES, *_TIMES), key=len, reverse=True))

# A run of number words; "a" and "and" only where they belong to a number.
NUMBER_WORDS = rf"(?:an? (?=(?:hundred|thousand|grand)\b))?\b(?:{_WORD})\b(?:[ -](?:and )?(?:{_WORD})\b)*"
_RUN = re.compile(NUMBER_WORDS, re.IGNORECASE)


def with_digits(text: str) -> str:
    """Return `text` with its numbers in digits: `twenty five pounds` becomes `25 pounds`, `nine thirty` `9 30`."""
    return _RUN.sub(lambda run: " ".join(_numbers(run[0].casefold())), text)


def _numbers(run: str) -> list[str]:
    """The numbers of a run of number words, in their order: a word that cannot continue one begins the next."""
    found: list[str] = []
    total = current = 0
    last = ""
    for word in re.findall(rf"{_WORD}|and", run):
        if word == "and":
            continue
        if last and not _continues(last, word, current):
            found.append(str(total + current))
            total = current = 0
        if word == "hundred":
            current = (current or 1) * 100
        elif word in _TIMES:
            total, current = total + (current or 1) * 1000, 0
        else:
            current += _VALUES[word]
        last = word
    return [*found, str(total + current)]


def _continues(last: str, word: str, current: int) -> bool:
    """Whether a number that ends in `last` can go on with `word`: twenty one, but not one twenty."""
    if word in _TIMES:
        return last not in ("thousand", "grand") and (word != "hundred" or current < 100)
    return last in _TIMES or (last in _TENS and 1 <= _VALUES[word] <= 9)
