"""Passwords and answers to security questions, recognised by the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.after import AfterName
from recoverycli.redaction.passwords.before import password_before
from recoverycli.redaction.passwords.forms import is_unmistakable
from recoverycli.redaction.passwords.names import SecretWord, password_name_at
from recoverycli.redaction.passwords.near import near_passwords
from recoverycli.redaction.passwords.patterns import sentence_pattern, spelled_pattern, word_pattern
from recoverycli.redaction.passwords.questions import question_answers
from recoverycli.redaction.passwords.sign_in import sign_in_passwords
from recoverycli.redaction.passwords.structure import told_words
from recoverycli.redaction.passwords.topics import question_topics
from recoverycli.redaction.passwords.verdicts import lone_passwords, verdict_passwords
from recoverycli.redaction.reading.before_numbers import OTHER_NUMBERS
from recoverycli.redaction.reading.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_NO_PASSWORD_AFTER: Final = OTHER_NUMBERS | {"username", "user", "uname", "un", "userid", "login", "email", "mail"}
_USER_NAMES: Final = frozenset({"user", "username", "userid", "uname", "login", "id"})
_MOST_BEFORE: Final = 24  # signs before a word in which "user" is looked for
_HINTS: Final = (
    "pas", "pw", "psw", "psswd", "p/w", "kennwort", "contrase", "senha", "wachtwoord", "maiden", "mmn", "memor",
    "mem ", "secur", "secre", "sec ", "word", "key", "answer", "ans", "log", "cred", "pet", "birth", "first", "1st",
    "favo", "mother", "childhood", "friend", "born", "grew", "mum", "mom", "dad", "nan", "street", "school", "dog",
    "cat's", "reset", "admin", "network", "safe", "wifi", "wi-fi", "wpa", "middle", "hint", "agreed", "locked",
)  # fmt: skip


def passwords(text: str) -> Iterator[Span]:
    """Yield the passwords, and the answers to security questions. Linear in the length."""
    yield from sign_in_passwords(text)
    lower = text.lower()
    if not any(map(lower.count, _HINTS)):
        return
    yield from told_words(text)
    yield from question_topics(text)
    line = pieces(text)
    taken = place = 0
    named: list[int] = []
    while place < len(line):
        name = password_name_at(line, place)
        if not name:
            place += 1
            continue
        if name.kind is SecretWord.WATCHWORD:
            named.append(line[place].start)
        for start, end in (*password_before(text, line, place, name), *AfterName(text, line, place, name).spans()):
            if start >= taken:
                yield start, end
                taken = end
        place = max(place + 1, name.after)
        while place < len(line) and line[place].start < taken:
            place += 1
    yield from question_answers(text, line)
    for place in range(len(line)):
        found = password_name_at(line, place)
        if found:
            yield from verdict_passwords(text, line, place, found)
    yield from lone_passwords(text, line)
    yield from near_passwords(text)
    yield from _unmistakable(text, named)


def _unmistakable(text: str, named: list[int]) -> Iterator[Span]:
    """Yield the words in the sentence of a password's name that are written as only passwords are."""
    if not named:
        return
    places = iter(named)
    place: int | None = next(places)
    for sentence in sentence_pattern().finditer(text):
        mentioned = False
        while place is not None and place < sentence.end():
            mentioned, place = True, next(places, None)
        if not mentioned:
            continue
        yield from (found.span() for found in spelled_pattern().finditer(text, *sentence.span()))
        for found in word_pattern().finditer(text, *sentence.span()):
            numbered = (found["before"] or "").lower() in _NO_PASSWORD_AFTER
            if is_unmistakable(found["word"]) and not numbered and not _is_user_name(text, found.start("word")):
                yield found.span("word")


def _is_user_name(text: str, start: int) -> bool:
    """Whether a word is the name that a user signs in with: "user = store0418"."""
    before = text[max(0, start - _MOST_BEFORE) : start].lower().rstrip(" =:")
    before = before.removesuffix(" is")
    return before.endswith("user name") or before.split(" ")[-1] in _USER_NAMES
