"""Passwords told by structure: a name, the word, and what shows that it was checked.

"safe word cobalt agreed", "password set up for her son, thimble, must be quoted".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.forms import is_participle, is_strong
from recoverycli.redaction.passwords.words import BY_THE_WAY, CHANGING, GIVING, OUTCOMES, SAID_OF_IT

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_NO_WORD: Final = (
    SAID_OF_IT | OUTCOMES | GIVING | CHANGING | BY_THE_WAY
    | {"search", "list", "strategy", "agreement", "team", "staff", "check", "checks", "details", "code", "must",
        "works"}
)  # fmt: skip
_NAME: Final = (
    r"(?<![^\W_])(?:(?:voice\s)?pass\s?words?|key\s?word|safe\s?word|code\s?word|security\sword"
    r"|pass\s?phrase)(?![^\W_])"
)


def told_words(text: str) -> Iterator[Span]:
    """Yield the passwords. Linear in the length: each pattern reads a few words after a name."""
    for pattern in (
        _agreed_pattern(),
        _set_up_pattern(),
        _capital_pattern(),
        _changed_pattern(),
    ):
        for found in pattern.finditer(text):
            if is_word(found["secret"]):
                yield found.span("secret")
    for found in _both_pattern().finditer(text):
        yield from (found.span(part) for part in ("one", "other") if is_word(found[part]))
    for found in _key_pattern().finditer(text):
        if is_strong(found["secret"]):
            yield found.span("secret")
    for found in _app_pattern().finditer(text):
        if not set(found["secret"].lower().split()) & SAID_OF_IT:
            yield found.span("secret")
    for found in _voice_pattern().finditer(text):
        if found["secret"].split()[0].lower() not in SAID_OF_IT - {"my"}:
            yield found.span("secret")


def is_word(words: str) -> bool:
    """Whether words may be a password rather than be said of one."""
    every = words.lower().removeprefix("the ").split()
    return not set(every) & _NO_WORD and not any(map(is_participle, every))


def _either_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _agreed_pattern() -> re.Pattern[str]:
    """A word after the name, before a verdict: "security word Falcon not matching"."""
    return _either_case(
        rf"{_NAME}(?:\s(?:on|for)(?:\s[a-z']{{2,15}}){{1,3}}?)?\s(?P<secret>[^\W\d_]{{4,30}})"
        r"(?:,?\s(?:was\s|is\s)?(?:agreed|added|said|noted|quoted|accepted|not\smatch(?:ing|ed)|(?:doesn'?t|didn'?t)\smatch)"
        r"|,\s(?:caller|cust|customer|cx|she|he|they|all)\s(?:knew|knows|must|has|had|gave|quoted|said|callers))(?![^\W_])"
    )


@cache
def _set_up_pattern() -> re.Pattern[str]:
    """A word between commas: "password set up for her son, thimble, must be quoted"."""
    return _either_case(
        rf"{_NAME}\s(?:set\sup|added|put|agreed|created)\s(?:for|on|with)(?:\s[a-z']{{2,15}}){{1,4}},\s"
        r"(?P<secret>[^\W\d_]{4,30})(?=,)"
    )


@cache
def _capital_pattern() -> re.Pattern[str]:
    return _either_case(
        rf"{_NAME}[^.;:\r\n\ue000]{{0,30}}\scapital\s(?P<sign>[a-z])[:,]?\s(?P<secret>(?P=sign)[^\s,;.\ue000]{{3,30}})"
    )


@cache
def _changed_pattern() -> re.Pattern[str]:
    return _either_case(
        rf"{_NAME}\s(?:for|on)(?:\s[a-z']{{2,15}}){{1,4}}\s(?:changed|reset|set|updated)\sto\s"
        r"(?P<secret>[^\W\d_]{4,30}(?:\s[^\W\d_]{3,30})?)(?=[.,;]|\s*\Z)"
    )


@cache
def _both_pattern() -> re.Pattern[str]:
    word = r"[^\s,;.\ue000]{4,40}"
    return _either_case(
        rf"(?<![^\W_])passwords\s(?:tried|given|used|offered)[,:]\s(?P<one>{word})\s(?:and|or)\s(?P<other>{word})"
    )


@cache
def _key_pattern() -> re.Pattern[str]:
    """A word with figures after the key of a network, or after a question: "password there? mum says Conker!5"."""
    word = r"(?P<secret>[^\s,;\ue000]{5,40}(?<![.:?)]))"
    return _either_case(
        rf"(?:(?<![^\W_])(?:wpa2?|wep|network|wi-?fi|hub)\skey\s(?:reads|is|was|says)"
        rf"|{_NAME}[^.;?\r\n\ue000]{{0,50}}\?(?:\s[a-z]{{2,12}}){{0,2}}\s(?:says|said|is|it's))\s{word}"
    )


@cache
def _app_pattern() -> re.Pattern[str]:
    return _either_case(r"(?<![^\W_])app\spassword:?\s(?:is\s)?(?P<secret>[a-z]{4}(?:\s[a-z]{4}){3})(?![^\W_])")


@cache
def _voice_pattern() -> re.Pattern[str]:
    return _either_case(
        rf"{_NAME}\s(?:said|spoken|used)\swas\s(?P<secret>[^\W\d_]{{2,20}}(?:\s[^\W\d_]{{2,20}}){{1,6}})(?=[,.;]|\s*\Z)"
    )
