"""The way from the name of a password or an answer to what follows it.

A password can be any word. After "password is" nearly every word is masked, except words about the password ("wrong",
"expired"); without a verb, a word with figures or signs in it, or one that ends the sentence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.passwords.forms import is_participle, is_strong
from recoverycli.redaction.passwords.names import SecretWord
from recoverycli.redaction.passwords.patterns import (
    QUOTES,
    another_pattern,
    count_pattern,
    name_pattern,
    network_pattern,
    owned_pattern,
    part_pattern,
    quoted_pattern,
    spelled_pattern,
    value_pattern,
)
from recoverycli.redaction.passwords.values import is_alone, login, old_and_new, phrase
from recoverycli.redaction.passwords.words import (
    AS_TOLD,
    BY_THE_WAY,
    CHANGING,
    GIVING,
    IS,
    SAID_OF_IT,
    TELLING,
    WHO,
    WHOSE,
)
from recoverycli.redaction.reading.before_numbers import OTHER_NUMBERS
from recoverycli.redaction.reading.pieces import FIGURES, MASK, SIGN, WORD

if TYPE_CHECKING:
    from recoverycli.redaction.passwords.names import PasswordName
    from recoverycli.redaction.reading.pieces import Piece

    Span = tuple[int, int]

_MOST_BETWEEN: Final = 14  # pieces between a name and its password
_MOST_UNKNOWN: Final = 5  # of them, words that do not lead to a password: "the password he keeps trying is"
_MOST_WHOSE: Final = 5  # pieces of "for the portal"
_FEWEST_DIGITS: Final = 4  # of a password in figures
_FEWEST_SIGNS: Final = 3  # of any
_ANSWERS: Final = frozenset({SecretWord.ANSWER, SecretWord.FACT, SecretWord.REPLY, SecretWord.QUESTION})
_PERSONS: Final = frozenset({"him", "her", "them", "me", "us", "cust", "customer", "cx", "caller", "client", "user"})
_PASSWORD_FOLLOWS: Final = (["old"], ["wifi"], ["wi-fi"], ["vpn"], ["router"])
_NO_PASSWORD: Final = SAID_OF_IT | GIVING | CHANGING
_CHANGES: Final = frozenset({"resets", "changes", "reset", "change"})
# Before "pass", where it is no ticket.
_OF_ACCOUNTS: Final = frozenset({
    "vpn", "netflix", "email", "e-mail", "admin", "router", "online", "app", "temp", "temporary", "wifi", "wi-fi",
    "login", "portal", "new",
})  # fmt: skip
_AFTER_PERSON: Final = frozenset({"to", "as", "is", "was", "with", "so", "on"})
_SECURITY: Final = frozenset({"security", "sec", "dpa", "sq", "secret"})
_REMEMBERING: Final = frozenset({"remember", "recall", "forgot", "forgotten", "forgets"})
# After "first car", where it is no question.
_OF_CARS: Final = frozenset({"insurance", "loan", "lease", "finance", "policy", "hire", "rental", "with"})


class AfterName:
    """The way from a name to what follows it."""

    def __init__(self, text: str, line: list[Piece], place: int, name: PasswordName) -> None:
        self._text, self._line, self._name = text, line, name
        before = [piece.text for piece in line[max(0, place - 10) : place]]
        self._told = not TELLING.isdisjoint(before) or before[-1:] in _PASSWORD_FOLLOWS
        self._whose = bool(before) and before[-1] in WHOSE
        self._changing = not CHANGING.isdisjoint(before[-3:]) and before[-1] not in {"from", "frm"}
        self._asked = not _SECURITY.isdisjoint(piece.text for piece in line[max(0, place - 10) : place + 10])
        self._temporary = bool(before) and before[-1] in _OF_ACCOUNTS
        self._forgotten = not _REMEMBERING.isdisjoint(before[-5:])
        self._is = ""  # the word that says that the password follows
        self._soft = False  # a dash or "now"
        self._far = False  # whether a clause stands between
        self._unknown = 0  # words that do not lead to a password
        self._said = False  # whether something was said of the password

    def spans(self) -> list[Span]:
        """Return the password, or two where it was changed from one to the other."""
        at = self._name.after
        last = min(len(self._line), at + _MOST_BETWEEN)
        while at < last:
            piece = self._line[at]
            if piece.kind == MASK or (piece.text == "[" and not self._is):
                return []
            if self._changing and piece.text in {"from", "frm"}:
                return old_and_new(self._text, self._line[at + 1].start) if at + 1 < len(self._line) else []
            following = at if self._is_glued(at) else self._read(at)
            if following == at:
                found = self._value(at)
                if found or not self._pass_by(piece):
                    return [*found, *self._another(found)]
                following = at + 1
            if not following:
                return []
            at = following
        return []

    def _another(self, found: list[Span]) -> list[Span]:
        """Return a second password: "tried bluebell7 and bluebell8"."""
        more = another_pattern().match(self._text, found[-1][1]) if found else None
        return [more.span("secret")] if more and is_strong(more["secret"]) else []

    def _pass_by(self, piece: Piece) -> bool:
        """Note a word that is no password, and say whether one may still follow."""
        self._unknown += 1
        self._said |= piece.text in SAID_OF_IT
        self._is = ""
        return piece.kind == WORD and piece.text not in OTHER_NUMBERS and self._unknown <= _MOST_UNKNOWN

    def _read(self, at: int) -> int:
        """Return the place after what leads to the password; the same place for what may be it, 0 to give up."""
        piece = self._line[at]
        word = piece.text
        if piece.kind == SIGN:
            return self._read_sign(at)
        following = self._line[at + 1].text if at + 1 < len(self._line) else ""
        if word in IS:
            self._is = word
            return 0 if self._line[at - 1].text in _CHANGES else at + 1
        if word in CHANGING and (not self._is or following in {"to", "as"}):
            self._changing, self._is = True, ""
        elif (word in {"to", "into", "as"} and self._changing) or (word == "as" and self._is_giving(at - 1)):
            self._is = word
        elif word == "to" and self._line[at - 1].text in GIVING:
            pass
        elif word in {"with", "as", "so"} and self._name.kind is not SecretWord.WATCHWORD:
            self._soft = True
        elif self._is and word in {"a", "an", "the"} and self._name.kind not in _ANSWERS:
            return 0
        elif self._is and word not in BY_THE_WAY and not (word in GIVING and following in {"to", "as"}):
            return at
        elif word in WHO:
            self._far = True
        elif word in GIVING or word in BY_THE_WAY:
            self._soft |= word == "now"
        elif word in {"for", "of", "on", "in"}:
            return self._whose_end(at)
        else:
            return at
        return at + 1

    def _is_glued(self, at: int) -> bool:
        """Whether figures follow a word without a space: "Reset4you" is no word that leads to a password."""
        following = self._line[at + 1] if at + 1 < len(self._line) else None
        return following is not None and following.kind == FIGURES and following.start == self._line[at].end

    def _read_sign(self, at: int) -> int:
        piece = self._line[at]
        if piece.text in QUOTES:
            return at
        if piece.text in IS:
            self._is = piece.text
            return at + 1
        if piece.text in "-\u2013\u2014(":
            spaced = piece.start == 0 or self._text[piece.start - 1].isspace() or self._line[at - 1].kind == SIGN
            self._soft = True
            return at + 1 if spaced or self._is_strong(at + 1) else 0
        if piece.text == ",":
            self._far = True
            return at + 1
        first = at == self._name.after
        if piece.text == "?" and self._name.kind is SecretWord.QUESTION:
            self._soft = True
            return at + 1
        if piece.text == ")" or (first and piece.text in "./?"):
            return at + 1
        return 0 if piece.text[0] in ".;!?\r\n" or not self._is else at

    def _whose_end(self, at: int) -> int:
        """Return the place of "is" or of the password after "for the portal"; 0 if there is none."""
        person, after = (self._line[place].text if place < len(self._line) else "" for place in (at + 1, at + 2))
        if self._line[at].text == "for" and person in _PERSONS and (after in _AFTER_PERSON or not after.isalpha()):
            return at + 2
        for place in range(at + 1, min(at + 1 + _MOST_WHOSE, len(self._line))):
            if self._line[place].text in IS:
                self._far = True
                return place
            if place > at + 1 and self._is_strong(place):
                return place
            if self._line[place].kind not in {WORD, FIGURES}:
                return 0
        return 0

    def _is_giving(self, at: int) -> bool:
        return self._line[at].text in {"given", "recorded", "noted", "entered", "confirmed", "used", "chosen", "as"}

    def _value(self, at: int) -> list[Span]:
        """Return the word there if it is the password."""
        piece = self._line[at]
        if piece.text in QUOTES:
            quoted = quoted_pattern().match(self._text, piece.start)
            meant = quoted is not None and "[" not in quoted[0] and self._is_quoted(quoted[0][1:-1], at)
            return [(quoted.start() + 1, quoted.end() - 1)] if quoted and meant else []
        if self._name.kind is SecretWord.PHRASE:
            if any(piece.text == "by" for piece in self._line[self._name.after : at]):
                return []
            return phrase(self._text, piece.start, led=bool(self._is))
        if self._name.kind is SecretWord.LOGIN:
            return self._login(piece.start)
        spelled = spelled_pattern().match(self._text, piece.start)
        if spelled:
            return [spelled.span()]
        if self._name.kind is SecretWord.KEY and (
            key := login(self._text, piece.start, led=bool(self._is or self._soft))
        ):
            return key
        if self._name.kind is SecretWord.ANSWER and self._is and self._is in ":=":
            several = owned_pattern().match(self._text, piece.start)
            if several:
                return [several.span()]
        found = name_pattern().match(self._text, piece.start) if self._name.kind in _ANSWERS else None
        found = found or value_pattern().match(self._text, piece.start)
        return [found.span()] if found and self._is_meant(found, at) else []

    def _login(self, start: int) -> list[Span]:
        return login(self._text, start, led=bool(self._is or self._soft))

    def _is_quoted(self, words: str, at: int) -> bool:
        """Whether words in quotation marks are the password, by what leads to them."""
        if self._unknown and not self._is_led_to(at):
            return False
        match self._name.kind:
            case SecretWord.FACT:
                return self._asked and bool(self._is)
            case SecretWord.KEY | SecretWord.TICKET:
                return is_strong(words)
        return True

    def _is_meant(self, found: re.Match[str], at: int) -> bool:
        """Whether a word is the password, by how it is written and what leads to it."""
        word = found[0].lower().rstrip("'\u2019")
        said = word in _NO_PASSWORD or (self._is == "as" and word in AS_TOLD)
        said = said or (word.isdecimal() and len(word) < _FEWEST_DIGITS) or len(word) < _FEWEST_SIGNS
        said = said or self._is_aside(found)
        if said or any(one().match(self._text, found.start()) for one in (count_pattern, part_pattern)):
            return False
        kind = self._name.kind
        if kind is SecretWord.KEY and network_pattern().match(self._text, found.end()):
            return False
        if kind in {SecretWord.FACT, SecretWord.QUESTION}:
            if self._said or self._line[self._name.after].text in _OF_CARS:
                return False
            if self._line[at - 2].text == "born" and not self._asked:
                return False
            if self._asked and self._is and not self._unknown and not self._far:
                return is_alone(self._text, found, led=bool(self._is))
            told = bool(self._is or self._soft or self._told or self._far) or kind is SecretWord.FACT
            return told and found[0][0].isupper() and is_alone(self._text, found, led=bool(self._is))
        if is_strong(found[0]):
            told = self._told or self._temporary
            ticket = not self._is and (kind is SecretWord.KEY or (kind is SecretWord.TICKET and not told))
            return not ticket and (not self._unknown or self._is_led_to(at))
        if kind is SecretWord.KEY or self._said:
            return False
        if kind is SecretWord.TICKET:
            return bool(self._is) and (self._told or self._whose) and is_alone(self._text, found, led=bool(self._is))
        return self._is_plain(found, at, kind)

    def _is_aside(self, found: re.Match[str]) -> bool:
        """Whether a word in brackets stands before the password: "her password (verbal) is"."""
        start, end = found.span()
        return self._text[start - 1 : start] == "(" and _after_aside_pattern().match(self._text, end) is not None

    def _is_plain(self, found: re.Match[str], at: int, kind: SecretWord) -> bool:
        """Whether a word without figures and signs is the password."""
        answer = kind in _ANSWERS
        if self._unknown:
            return bool(self._is) and (answer or self._far) and is_alone(self._text, found, led=bool(self._is))
        if self._is:
            plain = self._is in ":=>\u2192" or not is_participle(found[0]) or found[0].endswith("ly")
            close = not self._far and (self._is != "to" or found[0][0].isupper())
            return plain and (close or is_alone(self._text, found, led=bool(self._is)))
        if self._forgotten:
            return False
        if kind is SecretWord.REPLY or (answer and found[0][0].isupper()):
            return is_alone(self._text, found, led=bool(self._is))
        if self._far and not self._soft:
            following = self._text[found.end() : found.end() + 1]
            given = self._line[at - 2].text in GIVING
            apart = self._line[at - 1].text == "," and (answer or ((self._whose or given) and following == ","))
            return apart and is_alone(self._text, found, led=bool(self._is))
        named = self._whose and found[0].istitle()
        return (answer or self._told or self._soft or named) and is_alone(self._text, found, led=bool(self._is))

    def _is_led_to(self, at: int) -> bool:
        """Whether the word before leads to a password, after others that do not."""
        before = self._line[at - 1].text
        return bool(self._is) or before in GIVING or before in {"so", ":", "=", "(", "-"}

    def _is_strong(self, at: int) -> bool:
        found = value_pattern().match(self._text, self._line[at].start) if at < len(self._line) else None
        return found is not None and is_strong(found[0])


@cache
def _after_aside_pattern() -> re.Pattern[str]:
    """A word with figures in it, after a bracket."""
    return re.compile(r"\)\s(?=[^\W\d_])[^\s\d]{2,30}\d")
