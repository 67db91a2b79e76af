"""Passwords told by what happens to them: "password Thistle added", "pass verified (Tottenham)"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.forms import is_strong, is_unmistakable
from recoverycli.redaction.passwords.names import SecretWord
from recoverycli.redaction.passwords.words import AS_TOLD, OUTCOMES, SAID_OF_IT
from recoverycli.redaction.reading.pieces import SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.redaction.passwords.names import PasswordName
    from recoverycli.redaction.reading.pieces import Piece

    Span = tuple[int, int]

_KINDS: Final = frozenset({SecretWord.WATCHWORD, SecretWord.TICKET, SecretWord.ANSWER, SecretWord.PHRASE})
_MOST_FAR: Final = 120  # signs between the name of a password and an example or its letters
_NO_WORD: Final = SAID_OF_IT | OUTCOMES | AS_TOLD | {"branch", "store", "phone", "voice", "airline", "agent"}
_ACCOUNTS: Final = frozenset({"login", "portal", "password", "pw", "pwd", "mailbox", "sign-in"})
_NETWORKS: Final = frozenset({"wifi", "wi-fi", "router", "network", "broadband", "hub", "login"})


def verdict_passwords(text: str, line: list[Piece], place: int, name: PasswordName) -> Iterator[Span]:
    """Yield the passwords after a name, told by the words around them."""
    after = line[name.after - 1].end
    plain = name.kind in _KINDS or line[place].text == "keyword"
    told = [_bracket_pattern(), _dashes_pattern()]
    # A plain word after "pass" may be the kind of a ticket.
    if name.kind is not SecretWord.TICKET:
        told.append(_verdict_pattern())
    for pattern in told if plain else ():
        found = pattern.match(text, after)
        words = {word.lower() for word in found["secret"].split()} if found else set()
        if found and not words & SAID_OF_IT and not words <= _NO_WORD:
            yield found.span("secret")
    if name.kind in _KINDS:
        example = _example_pattern().search(text, after, after + _MOST_FAR)
        if example and is_strong(example["secret"]):
            yield example.span("secret")
        spelled = _spelled_pattern().search(text, after, after + _MOST_FAR)
        if spelled:
            yield spelled.span("secret")
            if spelled["word"] and _is_spelled(spelled["word"], spelled["secret"]):
                yield spelled.span("word")


def lone_passwords(text: str, line: list[Piece]) -> Iterator[Span]:
    """Yield the passwords that no name announces: "reset to Autumn22", "admin / Zx81", "network Hub, key coral-88"."""
    network = -1
    of_account = any(piece.text in _ACCOUNTS for piece in line)
    for place, piece in enumerate(line):
        if piece.text in _NETWORKS:
            network = piece.start
        pattern = None
        near = 0 <= network > piece.start - _MOST_FAR
        if piece.text in {"reset", "changed"} and (of_account or place == 0 or line[place - 1].kind == SIGN):
            pattern = _reset_pattern()
        elif piece.text == "admin" and near:
            pattern = _admin_pattern()
        elif piece.text == "key" and near:
            pattern = _key_pattern()
        found = pattern.match(text, piece.end) if pattern else None
        if found and (is_strong if piece.text == "admin" else _is_written_so)(found["secret"]):
            yield found.span("secret")


def _is_written_so(word: str) -> bool:
    return is_strong(word) and is_unmistakable(word.lower())


def _is_spelled(word: str, letters: str) -> bool:
    return word.lower() == "".join(filter(str.isalnum, letters)).lower()


@cache
def _verdict_pattern() -> re.Pattern[str]:
    """One word with a capital before what is said of it."""
    return re.compile(
        r"\s(?P<secret>[A-Z][^\W\d_]{2,30})(?=,?\s(?:(?:was|is|now|has\sbeen)\s)?"
        r"(?:added|accepted|confirmed|matched|verified|noted|correct|given|then|set)(?!\w))"
    )


@cache
def _bracket_pattern() -> re.Pattern[str]:
    return re.compile(
        r"\s(?:verified|confirmed|accepted|matched|correct|given|passed|ok)\s\((?P<secret>[A-Z][a-z]{2,30})\)"
    )


@cache
def _dashes_pattern() -> re.Pattern[str]:
    """Up to three words between dashes, before a verdict."""
    return re.compile(
        r"\s[-\u2013]\s(?P<secret>[^\W\d_]{2,30}(?:\s[^\W\d_]{2,30}){0,2})\s[-\u2013]\s"
        r"(?:accepted|confirmed|matched|verified|correct|passed|ok|wrong|failed|rejected)(?!\w)"
    )


@cache
def _example_pattern() -> re.Pattern[str]:
    return re.compile(r"\si\.?e\.?[:,]?\s(?P<secret>[^\W_]{6,40})(?!\w)")


@cache
def _spelled_pattern() -> re.Pattern[str]:
    """Letters one by one, with the word before them: "monkey, m o n k e y"."""
    return re.compile(
        r"(?:(?<!\w)(?P<word>[^\W\d_]{4,40})[,:]\s)?"
        r"(?<![\w'\u2019])(?P<secret>[^\W_](?:[ -][^\W_]){4,40})(?![\w'\u2019])"
    )


@cache
def _reset_pattern() -> re.Pattern[str]:
    return re.compile(r"\sto\s(?P<secret>[^\W\d_][^\s\"'\ue000(),;]{5,40}(?<![.,:!?]))(?=[\s.,;:!?)]|\Z)")


@cache
def _admin_pattern() -> re.Pattern[str]:
    return re.compile(r"\s?[/|]\s?(?P<secret>[^\s\"'\ue000/]{5,40}(?<![.,:;!?)]))")


@cache
def _key_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:\s(?:is|was))?[\s:=]{1,3}(?P<secret>[^\s\"'\ue000]{6,40}(?<![.,:;!?)]))")
