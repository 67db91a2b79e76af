"""Codes and the words around them.

One pass over the pieces of the text. After the name of a code, words go by until its digits come. Directly before the
digits only such words may stand as lead to them ("is", "she said"), and a noun that has a number of its own ("order")
takes the next number. A code may also stand before its name ("881 is the cvv").
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.codes.before import code_before
from recoverycli.redaction.codes.figures import code_end, is_random, is_spelled, lettered_end
from recoverycli.redaction.codes.names import name_at
from recoverycli.redaction.codes.surroundings import ends_clause, is_amount, is_apart, is_noun, is_postal, is_pronoun
from recoverycli.redaction.codes.words import (
    BUYING,
    COPULAS,
    FURTHER,
    LOCKS,
    NOT_BEFORE_IN,
    NOT_BEFORE_TO,
    NOT_TOLD,
    OWNERS,
    PEOPLE,
    PREPOSITIONS,
    SECRET_CONTEXT,
    WHOSE,
)
from recoverycli.redaction.reading.before_numbers import LEADING, OTHER_NUMBERS
from recoverycli.redaction.reading.pieces import MASK, SIGN

if TYPE_CHECKING:
    from recoverycli.redaction.codes.line import CodeLine
    from recoverycli.redaction.codes.names import CodeName
    from recoverycli.redaction.reading.pieces import Piece

    Span = tuple[int, int]

_MOST_BETWEEN: Final = 16  # words between a name and its code
_FEWEST_SAID: Final = 4  # words of a number that is read out: "zero four five nine"
_POINTERS: Final = ":=(\u2192>"  # directly before a code, whatever stands before them
_NUMBER: Final = frozenset({"no", "number", "nr", "num"})
_CURRENCIES: Final = "+\u20ac$\u00a3\u00a5\u20b9"


class CodeScan:
    """One pass over a line."""

    def __init__(self, line: CodeLine) -> None:
        self._line = line
        self._name: CodeName | None = None
        self._named_until = 0  # position in the text
        self._between = 0  # words since the name
        self._closed = False  # whether a sentence ended since
        self._strange = False  # whether a word stands between that does not lead to a code
        self._claimed = False  # whether another noun takes the next number
        self._of_name = False  # whether that noun belongs to the name: "the pin on the box is"
        self._owned = False  # whether a bare "code" is someone's: "my code is"
        self._secret = False  # whether words around a bare "code" tell that it is secret
        self._changing = False  # whether a code was found, which may be followed by the new one
        self._digits = 0  # how many digits the last code has
        self._letters = False  # whether a code had letters in it
        self._ended: CodeName | None = None  # the name in the sentence that has just ended
        self._found: list[Span] = []

    def codes(self) -> list[Span]:
        """Return what is found from the first piece to the last."""
        place = 0
        while place < len(self._line.pieces):
            place = self._step(place)
        return self._found

    def _step(self, place: int) -> int:
        """Read what is there, and return where to go on."""
        piece = self._line.pieces[place]
        name = name_at(self._line, place)
        if name and not (name.strict and self._is_of_message(piece.text)):
            if not name.bare or not self._name or self._name.bare or self._changing:
                self._start(name, place)
            return max(name.after, place + 1)
        lettered = self._letter_code(place)
        if lettered:
            return lettered
        if piece.kind == MASK or (self._line.is_digits(place) and not is_pronoun(self._line, place)):
            return self._number(place)
        if piece.kind != SIGN:
            self._ended = None
        if self._name and piece.kind == SIGN:
            self._read_sign(piece, place)
        elif self._name:
            self._read_word(piece.text, place, self._name)
        return place + 1

    def _is_of_message(self, word: str) -> bool:
        """Whether a word tells where the code of a name before it came: "the code in the sms is"."""
        name = self._name
        return word == "sms" and name is not None and not (name.strict or self._changing or self._closed)

    def _start(self, name: CodeName, place: int) -> None:
        before = self._line.pieces[max(0, place - 6) : place]
        self._name, self._between = name, 0
        self._named_until = self._line.pieces[name.after - 1].end
        self._closed = self._strange = self._claimed = self._of_name = self._changing = False
        self._owned = name.bare and self._line.word(place - 1) in OWNERS
        self._secret = name.bare and any(piece.text in SECRET_CONTEXT | LOCKS for piece in before)

    def _read_sign(self, piece: Piece, place: int) -> None:
        """Note the end of a sentence."""
        dotted = self._line.word(place - 1) in {"no", "nr", "sec", "num", "nos", "cust"}
        full_stop = piece.text == "." and not self._line.text[piece.end : piece.end + 1].strip() and not dotted
        if full_stop or piece.text[0] in "\r\n;!?":
            self._closed = True
            self._ended = self._name if self._name and not self._claimed and not self._changing else None
            if self._strange:
                self._name = None

    def _read_word(self, word: str, place: int, name: CodeName) -> None:
        """Note a word between a name and its digits."""
        self._between += 1
        self._secret |= word in SECRET_CONTEXT
        strange = word not in LEADING and not word.endswith("ly")
        self._strange |= strange
        if strange and word in OTHER_NUMBERS:
            self._claimed = True
            self._of_name = self._line.word(place - 1 - (self._line.word(place - 1) in WHOSE)) in PREPOSITIONS
        elif (word in COPULAS or word == "reads") and self._of_name:
            self._claimed = False
        given_up = strange and (self._closed or name.strict or (self._changing and word not in {"not", *FURTHER}))
        if given_up or self._between > _MOST_BETWEEN:
            self._name = None

    def _number(self, place: int) -> int:
        """Read a number or a mask: the code of the last name, the code of a name after it, or neither."""
        piece = self._line.pieces[place]
        end, claimed = 0, self._claimed
        self._claimed = False
        if self._name and not claimed:
            end = piece.end if piece.kind == MASK else self._end_of_code(place, self._name)
        if end:
            self._changing, after = True, self._line.after(place, end)
        else:
            end, after = code_before(self._line, place)
            further = 0 if end else self._further(place)
            if further:
                end, after = further, self._line.after(place, further)
            self._ended = None
            if not end:
                return self._after_number(place)
            self._name = None
        if piece.kind != MASK:
            self._digits = sum(map(str.isdecimal, self._line.text[piece.start : end]))
            end += self._line.text[end : end + 1] in {"#", "*"}
            self._found.append((piece.start, end))
        return after

    def _further(self, place: int) -> int:
        """Return the end of a code in the sentence after its name, or of one more ("second one 780426"); else 0."""
        start = self._line.pieces[place].start
        ended = self._ended
        if ended and not ended.strict and not ended.bare and self._line.word(place - 1) == ".":
            end = code_end(self._line.text, start, max(4, ended.fewest), ended.most)
            alone = end and ends_clause(self._line, end)
            return end if alone and not _year_pattern().fullmatch(self._line.text, start, end) else 0
        at = place - 1
        while self._line.word(at) in {"one", "code", "otp", "is", "was", ":"}:
            at -= 1
        if not self._digits or self._line.word(at) not in FURTHER:
            return 0
        end = code_end(self._line.text, start, self._digits, self._digits)
        return 0 if not end or is_amount(self._line, end) else end

    def _letter_code(self, place: int) -> int:
        """Read a code of letters and digits, and return the place after it; 0 if there is none."""
        piece, name = self._line.pieces[place], self._name
        if self._line.word(place - 1) in {"/", "the", "a", "an"}:
            return 0
        if (
            not name
            or self._claimed
            or not (
                name.lettered
                or (name.bare and (self._letters or self._secret or is_spelled(self._line.text, piece.start)))
            )
        ):
            return 0
        end = lettered_end(self._line.text, piece.start)
        value = self._line.text[piece.start : end]
        if end and not name.lettered and not self._letters and not is_random(value):
            return 0
        if not end or not (self._leads_on(place) if self._changing else self._leads(place, name)):
            return 0
        self._found.append((piece.start, end))
        self._changing = self._letters = True
        return self._line.after(place, end)

    def _end_of_code(self, place: int, name: CodeName) -> int:
        """Return where the code ends that starts here, if it is one of that name; else 0."""
        if not (self._leads_on(place) if self._changing else self._leads(place, name)):
            return 0
        start = self._line.pieces[place].start
        end = code_end(self._line.text, start, name.fewest, name.most)
        if not end or is_amount(self._line, end) or (name.bare and not self._is_secret(start, end)):
            return 0
        return 0 if name.postal and end - start == 6 and is_postal(self._line, end) else end

    def _leads(self, place: int, name: CodeName) -> bool:
        """Whether the word before a number leads to it."""
        at = place - 1
        while at >= 0 and self._line.pieces[at].kind == SIGN:
            if self._line.word(at) in _CURRENCIES:
                return False
            if self._line.word(at) in _POINTERS:
                return True
            at -= 1
        if not name.strict and is_apart(self._line, place):
            return True
        if at < 0 or name.fewest == name.most == len("12345678") or self._line.pieces[at].end <= self._named_until:
            return True
        word, before = self._line.word(at), self._line.word(at - 1)
        match word:
            case "in":
                year = _year_pattern().match(self._line.text, self._line.pieces[place].start) is not None
                return before not in NOT_BEFORE_IN and not year
            case "to":
                return before not in NOT_BEFORE_TO
            case "from":
                return any(self._line.word(place) in {"changed", "reset", "change"} for place in range(at - 4, at))
        if word in PEOPLE:
            return before == "to"
        if word in _NUMBER and self._line.pieces[at - 1].end > self._named_until and is_noun(self._line, at - 1):
            return False
        if before in {"for", "of"} and name.lettered and self._line.pieces[at - 2].end <= self._named_until:
            return word not in OTHER_NUMBERS
        told = word.endswith("ly") or (word.endswith("ed") and not name.strict and word not in NOT_TOLD)
        return word in LEADING or (told and len(word) > len("only"))

    def _leads_on(self, place: int) -> bool:
        """Whether a second code follows: "changed from 4482 to 9917"."""
        word, before = self._line.word(place - 1), self._line.word(place - 2)
        corrected = word in COPULAS and before in {"next", "one", "it", "right", "correct", "new", "now", ","}
        return corrected or word in {"to", "into", ">", "\u2192", "new", "or", "not", "now", "and", "then", "/"}

    def _is_secret(self, start: int, end: int) -> bool:
        """Whether the words around a bare "code" tell that it is secret."""
        said = len(_word_pattern().findall(self._line.text[start:end])) >= _FEWEST_SAID
        following = _word_pattern().findall(self._line.text[end : end + 60].lower())[:6]
        if not BUYING.isdisjoint(following):
            return False
        in_groups = _groups_pattern().fullmatch(self._line.text, start, end) is not None and not self._strange
        from_phone = following[:1] in (["from"], ["came"], ["arrived"], ["received"]) and not SECRET_CONTEXT.isdisjoint(
            following
        )
        return (
            self._secret
            or self._owned
            or said
            or in_groups
            or from_phone
            or following[:3] in (["to", "sign", "in"], ["to", "log", "in"])
        )

    def _after_number(self, place: int) -> int:
        """Return the place after a number, with the digits that belong to it."""
        at = place + 1
        while at < len(self._line.pieces) and (self._line.is_digits(at) or self._line.pieces[at].kind == MASK):
            at += 1
        return at


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d(?!\d)")


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+")


@cache
def _groups_pattern() -> re.Pattern[str]:
    return re.compile(r"\d{3}[\s-]\d{3}")
