"""Codes that are told somewhere near their name: "she gave me 4471 when i asked for the pin".

A number counts as told by what stands directly before it ("he said", "it's", "typed"), by a question before it, or by
"she said" after it. A name of a code that such a number fits stands in the same sentence or in the one before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.codes.figures import code_end
from recoverycli.redaction.codes.names import name_at
from recoverycli.redaction.codes.surroundings import is_amount, is_part
from recoverycli.redaction.codes.words import AMOUNTS_FOLLOW, SECRET_CONTEXT
from recoverycli.redaction.reading.before_numbers import OTHER_NUMBERS
from recoverycli.redaction.reading.pieces import SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.redaction.codes.line import CodeLine
    from recoverycli.redaction.codes.names import CodeName

    Span = tuple[int, int]

_MOST_BETWEEN: Final = 14  # pieces between a name and a number that is told after it
_MOST_AFTER: Final = 12  # pieces between a number and a name after it
_MOST_TRIED: Final = 4  # pieces between two numbers of which one was tried after the other
_MOST_SENTENCES: Final = 1  # ends of sentences between them
_SPOKEN: Final = frozenset({
    "gave", "gives", "give", "given", "said", "says", "say", "read", "reads", "quoted", "quotes", "told", "tells",
    "typed", "types", "keyed", "keys", "entered", "enters", "enter", "punched", "dialled", "dialed", "pressed",
    "used", "uses", "use", "using", "tried", "tries", "trying", "left", "got", "received", "replied", "answered",
    "responded", "shared", "chose", "picked", "wrote", "spelled", "spelt", "recited", "repeated", "mentioned",
    "offered", "guessed", "put", "puts", "set", "goes", "went", "gets", "inputs", "inputted", "texted", "shouted",
    "whispered", "remembers", "remembered", "thinks", "wants", "wanted", "noted", "sent", "shows", "showed",
    "confirmed", "confirms", "came", "made",
})  # fmt: skip
_TO_WHOM: Final = frozenset({
    "me", "us", "him", "her", "them", "it", "in", "out", "back", "through", "over", "with", "as", "just", "only",
    "first", "then", "aloud", "loud", "to", "the", "number", "numbers", "digits", "wrongly", "again", "is",
})  # fmt: skip
_POINTING: Final = frozenset({"it's", "its", "that's", "thats", "it", "this", "that", "now", "one", "which", "they're"})
_COPULAS: Final = frozenset({"is", "was", "=", ":", "be"})
_JOINING: Final = frozenset({"when", "as", "for", "while", "after", "where"})
_CHANGED: Final = frozenset({"changed", "reset", "switched", "set", "updated", "corrected"})
_AGAIN: Final = frozenset({"first", "and", "then", "or", "second", "next", "also", ",", "once", "twice", "finally"})
_ENDS: Final = frozenset({".", "!", "?", ";"})
_DENIED: Final = frozenset({"not", "no", "never", "without", "old"})
# After a name, where it is that of a thing or a procedure: "pin machine".
_OF_THINGS: Final = frozenset({
    "machine", "pad", "terminal", "reader", "letter", "reminder", "entry", "mailer", "field", "screen", "page", "desk",
})  # fmt: skip


def near_codes(line: CodeLine) -> Iterator[Span]:
    """Yield the codes. Linear in the length: a few pieces are read around each number."""
    names = _names(line)
    if not names:
        return
    place, last = 0, -_MOST_BETWEEN
    while place < len(line.pieces):
        end = 0
        if line.is_digits(place):
            tried = {line.word(at) for at in range(last, place)} if place - last <= _MOST_TRIED else {""}
            end = _told_near(line, place, names, again=tried <= _AGAIN)
        if end:
            yield line.pieces[place].start, end
            last = line.after(place, end)
        place = last if end else place + 1


def _names(line: CodeLine) -> dict[int, CodeName]:
    """Return the names of codes by the place where they start, one for each mention."""
    names: dict[int, CodeName] = {}
    place = 0
    while place < len(line.pieces):
        name = name_at(line, place)
        if name and line.word(name.after) not in _OF_THINGS:
            names[place] = name
        place = max(place + 1, name.after if name else 0)
    return names


def _told_near(line: CodeLine, place: int, names: dict[int, CodeName], *, again: bool) -> int:
    """Return the end of the code that starts there; 0 if it is none. `again`: whether it follows another one."""
    if line.is_digits(place - 1) or is_part(line, place) or _is_of_another(line, place):
        return 0
    told = again or _is_told(line, place)
    for start, name in _around(line, place, names, told=told):
        end = code_end(line.text, line.pieces[place].start, max(name.fewest, 3), name.most)
        if not end or is_amount(line, end) or _is_year(line.text[line.pieces[place].start : end]):
            continue
        if name.bare and not _is_secret(line, start, place):
            continue
        if start < place and (told or _is_reported(line, end)):
            return end
        if start > place and told and _is_joined(line, line.after(place, end), start):
            return end
    return 0


def _around(line: CodeLine, place: int, names: dict[int, CodeName], *, told: bool) -> Iterator[tuple[int, CodeName]]:
    """Yield the names near a number, those before it from the nearest on, then those after it."""
    sentences = 0
    for at in range(place - 1, max(-1, place - 1 - _MOST_BETWEEN), -1):
        word = line.word(at)
        if at in names and names[at].after <= place:
            yield at, names[at]
        full_stop = word in _ENDS and not line.text[line.pieces[at].end : line.pieces[at].end + 1].strip()
        sentences += full_stop or word[0] in "\r\n"
        if sentences > _MOST_SENTENCES or (word in OTHER_NUMBERS and not _is_asking(line, at)):
            break
    for at in range(place + 1, min(place + 1 + _MOST_AFTER, len(line.pieces)) if told else 0):
        word = line.word(at)
        if at in names:
            yield at, names[at]
        if word in OTHER_NUMBERS or word in _ENDS or word[0] in "\r\n":
            return


def _is_asking(line: CodeLine, at: int) -> bool:
    """Whether a noun with numbers of its own is a place or a thing in a phrase: "on the account"."""
    return not {line.word(at - 1), line.word(at - 2)}.isdisjoint({"on", "at", "in", "from", "by", "per"})


def _is_told(line: CodeLine, place: int) -> bool:
    """Whether what stands directly before a number tells it."""
    at = place - 1
    word, before = line.word(at), line.word(at - 1)
    if word == "?":
        return True
    if word in {":", "=", ","}:
        return before in _SPOKEN or (before in _TO_WHOM and line.word(at - 2) in _SPOKEN)
    if word in {"it's", "its", "that's", "thats"} or (word in _COPULAS and before in _POINTING):
        return True
    if word == "now" and before in {"it's", "its", "is", "that's"}:
        return True
    if word == "to":
        return line.word(at - 1 - (before in {"it", "that", "this", "them"})) in _CHANGED
    for back in range(at, max(-1, at - 4), -1):
        if line.word(back) in _SPOKEN:
            return line.word(back - 1) not in _DENIED
        if line.word(back) not in _TO_WHOM:
            return False
    return False


def _is_reported(line: CodeLine, end: int) -> bool:
    """Whether the number is followed by "she said"."""
    return _said_pattern().match(line.text, end) is not None


def _is_joined(line: CodeLine, at: int, name: int) -> bool:
    """Whether the words between a number and a name after it join them: "when i asked for", "for"."""
    between = [line.word(place) for place in range(at, name)]
    judged = line.word(name - 1) in {"right", "correct", "wrong", "real", "actual"}
    return bool(between) and (between[0] in _JOINING or judged) and _DENIED.isdisjoint(between)


def _is_of_another(line: CodeLine, place: int) -> bool:
    """Whether a noun with numbers of its own, or a word before amounts, stands before a number."""
    at = place - 1
    while line.word(at) in {"#", ":", ".", "number", "no", "nr", "is", "was"}:
        at -= 1
    word = line.word(at)
    return word in OTHER_NUMBERS or (word in AMOUNTS_FOLLOW and word != "to" and at == place - 1)


def _is_secret(line: CodeLine, start: int, place: int) -> bool:
    """Whether words around a bare "code" tell that it is secret."""
    near = range(max(0, min(start, place) - 6), min(len(line.pieces), max(start, place) + 6))
    return not SECRET_CONTEXT.isdisjoint({line.word(at) for at in near if line.pieces[at].kind != SIGN})


def _is_year(number: str) -> bool:
    return _year_pattern().fullmatch(number) is not None


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d")


@cache
def _said_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[\"'\u201d]?,?\s(?:she|he|they|cust|customer|caller|cx|the\scustomer)\s(?:said|says|goes|replied|answered|told|gave|tells|read)(?!\w)",
        re.IGNORECASE,
    )
