"""What announces a password or an answer to a security question."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from recoverycli.redaction.passwords.words import SECURITY_TALK
from recoverycli.redaction.reading.pieces import WORD

if TYPE_CHECKING:
    from recoverycli.redaction.reading.pieces import Piece


class SecretWord(Enum):
    """What a name announces."""

    WATCHWORD = "watchword"
    TICKET = "pass"  # which may also be a ticket
    PHRASE = "passphrase"  # several words
    ANSWER = "answer"
    FACT = "fact"  # an answer that may also be told for another reason
    REPLY = "reply"  # to a security question
    QUESTION = "question"  # its answer comes after "she said"
    KEY = "key"  # a word with figures or signs in it
    LOGIN = "login"  # a user name, then a password


class PasswordName(NamedTuple):
    """What was found as a name, and the piece after it."""

    kind: SecretWord
    after: int


PASSWORDS: Final = frozenset({
    "password", "passwords", "passwd", "passwrd", "paswrd", "psswd", "psword", "passwort", "kennwort", "pwd", "pw",
    "pswd", "pswrd", "p/w", "p/wd", "p/word", "passw", "psw", "pword", "pwrd", "senha", "contrase\u00f1a",
    "wachtwoord",
})  # fmt: skip
# Names of several words, and their abbreviations.
_NAMES: Final[tuple[tuple[str, SecretWord], ...]] = (
    ("mot de passe", SecretWord.WATCHWORD),
    ("wifi key", SecretWord.WATCHWORD),
    ("wi-fi key", SecretWord.WATCHWORD),
    ("network key", SecretWord.WATCHWORD),
    ("pass word", SecretWord.WATCHWORD),
    ("pass phrase", SecretWord.PHRASE),
    ("passphrase", SecretWord.PHRASE),
    ("passcode phrase", SecretWord.PHRASE),
    ("pass", SecretWord.TICKET),
    *((f"{first} {word}", SecretWord.ANSWER)
      for first in ("security", "secret", "memorable", "mem", "sec")
      for word in ("word", "answer", "ans", "info", "information", "codeword")),
    *((f"{first} phrase", SecretWord.PHRASE) for first in ("security", "secret", "memorable", "safe", "code")),
    *((f"{first} {word}", SecretWord.ANSWER)
      for first in ("safe", "safety", "code", "pass code") for word in ("word",)),
    *((f"{first} {word}", SecretWord.ANSWER) for first in ("memorable", "mem") for word in ("place", "name")),
    ("memorable data", SecretWord.ANSWER),
    ("memorable date", SecretWord.ANSWER),
    ("codeword", SecretWord.ANSWER),
    ("safeword", SecretWord.ANSWER),
    ("keyword", SecretWord.KEY),
    ("vpn secret", SecretWord.KEY),
    ("wifi code", SecretWord.WATCHWORD),
    ("wi-fi code", SecretWord.WATCHWORD),
    ("wifi", SecretWord.KEY),
    ("wi-fi", SecretWord.KEY),
    ("secret", SecretWord.KEY),
    ("secret key", SecretWord.KEY),
    ("api key", SecretWord.KEY),
    ("access key", SecretWord.KEY),
    ("passkey", SecretWord.KEY),
    *((f"{first} key", SecretWord.KEY) for first in ("recovery", "backup", "encryption", "bitlocker", "private")),
    *((f"{first} {word}", SecretWord.ANSWER)
      for first in (
          "verbal", "telephone", "voice", "phone", "security", "spoken", "banking", "collection", "pickup", "party",
      )
      for word in ("password", "pw", "pwd", "pass word")),
    *((f"{first} {word}", SecretWord.QUESTION)
      for first in ("security", "secret", "sec", "memorable", "challenge", "safety")
      for word in ("question", "q", "qn", "ques")),
    ("sq", SecretWord.QUESTION),
    ("mother's maiden", SecretWord.ANSWER),
    ("mothers maiden", SecretWord.ANSWER),
    ("watchword", SecretWord.ANSWER),
    ("mother maiden", SecretWord.ANSWER),
    *((f"{whose}maiden {name}{of}", SecretWord.ANSWER)
      for whose in ("", "mother's ", "mothers ", "mother ") for name in ("name", "surname")
      for of in ("", " of mother", *(f" of {her} mother" for her in ("the", "her", "his", "their", "my")))),
    ("mmn", SecretWord.ANSWER),
    ("born in", SecretWord.FACT),
    ("town of birth", SecretWord.FACT),
    ("place of birth", SecretWord.FACT),
    ("city of birth", SecretWord.FACT),
    ("birth town", SecretWord.FACT),
    ("login details", SecretWord.LOGIN),
    ("login", SecretWord.LOGIN),
    ("log in", SecretWord.LOGIN),
    ("logs in", SecretWord.LOGIN),
    ("logged in", SecretWord.LOGIN),
    ("logins", SecretWord.LOGIN),
    ("credentials", SecretWord.LOGIN),
    ("creds", SecretWord.LOGIN),
    *((f"{first} {thing}", SecretWord.FACT)
      for first in ("favourite", "favorite", "fav")
      for thing in ("colour", "color", "food", "film", "movie", "book", "city", "place", "singer", "band")),
    *((f"{first} {thing}", SecretWord.FACT)
      for first in ("childhood",) for thing in ("nickname", "hero", "street")),
    *((f"{first} {thing}", SecretWord.FACT)
      for first in ("first", "1st", "childhood", "favourite", "favorite")
      for thing in ("pet", "pet's name", "school", "teacher", "car", "dog", "cat", "friend", "team")),
    *((f"{thing} {name}", SecretWord.FACT) for thing in ("pet", "pet's", "pets") for name in ("name",)),
)  # fmt: skip
_BY_FIRST: Final[dict[str, list[tuple[tuple[str, ...], SecretWord]]]] = {}
for _name, _kind in _NAMES:
    _BY_FIRST.setdefault(_name.split()[0], []).append((tuple(_name.split()), _kind))
for _rows in _BY_FIRST.values():
    _rows.sort(key=lambda row: -len(row[0]))
_QUESTION: Final = frozenset({"question", "q", "qn", "ques", "quest", "questions", "qs"})
_SECURE: Final = frozenset({"security", "secret", "sec", "memorable", "challenge", "verification"})
_DETERMINERS: Final = frozenset({"the", "her", "his", "their", "my", "a", "your", "that"})


def password_name_at(line: list[Piece], place: int) -> PasswordName | None:
    """Return the name that starts with this piece. A mask ("[password]") is no name."""
    piece = line[place]
    if piece.kind != WORD or (_word(line, place - 1) == "[" and _word(line, place + 1) == "]"):
        return None
    word = piece.text
    for words, kind in _BY_FIRST.get(word, ()):
        after = _end_of(line, place, words)
        if after:
            answered = kind is SecretWord.QUESTION and _word(line, after) in {"answer", "ans"}
            return PasswordName(SecretWord.ANSWER if answered else kind, after + answered)
    if word.removesuffix("'s") in PASSWORDS:
        one_time = {_word(line, place - 1), _word(line, place - 2)} & {"time", "onetime", "one-time"}
        return None if one_time else PasswordName(SecretWord.WATCHWORD, place + 1)
    if word == "a" and _word(line, place - 1) in _SECURE and _word(line, place + 1) in {":", "=", "-"}:
        return PasswordName(SecretWord.ANSWER, place + 1)
    if word in {"answer", "ans", "answers"}:
        return _answer(line, place)
    if word == "name" and _word(line, place + 1) == "of":
        return _name_of(line, place)
    if word in {"said", "says", "replied", "responded", "answered", "gave", "a"}:
        return _reply(line, place)
    return None


def _end_of(line: list[Piece], place: int, words: tuple[str, ...]) -> int:
    """Return the place after the words if they stand there, with or without a dot after each; else 0."""
    for word in words:
        if _word(line, place) != word:
            return 0
        place += 1
        if len(words) > 1 and word != words[-1] and _word(line, place) == ".":
            place += 1
    return place


def _reply(line: list[Piece], place: int) -> PasswordName | None:
    """Return "she answered" after a security question."""
    before = [piece.text for piece in line[max(0, place - 12) : place]]
    asked = any(one in _QUESTION | {"sq"} for one in before) and not SECURITY_TALK.isdisjoint(before)
    pointed = line[place].text != "a" or _word(line, place + 1) in {":", "=", "-"}
    return PasswordName(SecretWord.REPLY, place + 1) if asked and pointed else None


def _answer(line: list[Piece], place: int) -> PasswordName | None:
    """Return "answer to the security question", or "answer" where a security question is talked about."""
    at = place + 1
    if _word(line, at) in {"to", "for", "of"}:
        at += 1
        at += _word(line, at) in _DETERMINERS
        if _word(line, at) in _SECURE and _word(line, at + 1) in _QUESTION:
            return PasswordName(SecretWord.ANSWER, at + 2)
        return None
    before = {piece.text for piece in line[max(0, place - 10) : place]}
    return PasswordName(SecretWord.FACT if before.isdisjoint(SECURITY_TALK) else SecretWord.ANSWER, place + 1)


def _name_of(line: list[Piece], place: int) -> PasswordName | None:
    """Return "name of her first pet"."""
    at = place + 2
    at += _word(line, at) in _DETERMINERS
    found = password_name_at(line, at) if at < len(line) else None
    return PasswordName(SecretWord.ANSWER, found.after) if found and found.kind is SecretWord.FACT else None


def _word(line: list[Piece], place: int) -> str:
    return line[place].text if 0 <= place < len(line) else ""
