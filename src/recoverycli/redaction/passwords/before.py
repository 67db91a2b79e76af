"""A password that stands before its name: "sunshine is her password", "uses sunshine as her password"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from recoverycli.redaction.passwords.forms import is_strong
from recoverycli.redaction.passwords.names import SecretWord
from recoverycli.redaction.passwords.words import OUTCOMES, SAID_OF_IT, WHOSE

if TYPE_CHECKING:
    from recoverycli.redaction.passwords.names import PasswordName
    from recoverycli.redaction.reading.pieces import Piece


def password_before(text: str, line: list[Piece], place: int, name: PasswordName) -> list[tuple[int, int]]:
    """Return the password of "sunshine is her password" and "uses sunshine as her password"."""
    if name.kind is SecretWord.LOGIN:
        found = _login_pattern().search(text, max(0, line[place].start - 90), line[place].start)
        return [found.span("secret")] if found and is_strong(found["secret"]) else []
    if name.kind is SecretWord.QUESTION:
        found = _reply_pattern().search(text, max(0, line[place].start - 90), line[place].start)
        return [found.span("secret")] if found and found["secret"].lower() not in SAID_OF_IT | OUTCOMES else []
    if name.kind not in {SecretWord.WATCHWORD, SecretWord.ANSWER, SecretWord.PHRASE}:
        return []
    at = place - 1
    while at > 0 and line[at].text in WHOSE:
        at -= 1
    joined = line[at].text if at > 0 else ""
    if joined not in {"is", "was", "as", "for", ",", "("} or (
        name.after < len(line) and line[name.after].text in OUTCOMES
    ):
        return []
    found = _last_word_pattern().search(text, max(0, line[at].start - 90), line[at].start)
    if not found or found["secret"].lower() in SAID_OF_IT | {"said", "here", "else", "issue", "problem", "question"}:
        return []
    strong = is_strong(found["secret"])
    owned = at < place - 1
    match joined:
        case "is" | "was":
            meant = owned and len(found["secret"]) > 2
        case "as":
            meant = (
                strong or _using_pattern().search(text, max(0, found.start() - 20), found.start("secret")) is not None
            )
        case _:
            meant = strong and owned
    return [found.span("secret")] if meant else []


@cache
def _last_word_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|[\s\"'\u201c\u2018])(?P<secret>(?![\[*])[^\s\"'\u201c\ue000]{3,80})[\"'\u201d\u2019]?\s?\Z"
    )


@cache
def _using_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W\d_])(?:uses?|used|using|chose|wants?|typed|enter|entered|set|put|gave|picked)\s[\"']?\Z",
        re.IGNORECASE,
    )


@cache
def _login_pattern() -> re.Pattern[str]:
    return re.compile(r"\S/\s?(?P<secret>[^\s/\[\ue000]{4,80})\s(?:is|are|was|were|as)\s(?:the|her|his|their|my)\s\Z")


@cache
def _reply_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![^\W\d_])(?i:answered|answer|gave|replied|said)\s(?P<secret>(?![\[*])[^\s\"'\ue000]{3,80})\s(?:to|for|as)\s(?:the|her|his|their|my)?\s?\Z"
    )
