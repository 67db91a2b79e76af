"""Codes that are told somewhere near their name: "she gave me 4471 when i asked for the pin".

A number counts as told by what stands directly before it ("he said", "it's", "typed"), by a question before it, or by
"she said" after it. A name of a code that such a number fits stands in the same sentence or in the one before. What is
entered is a code where something that opens is spoken of: "if the alarm rings she must enter 5165".
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from recoverycli.redaction.codes.figures import code_end, is_random, lettered_end
from recoverycli.redaction.codes.names import CodeName, name_at
from recoverycli.redaction.codes.surroundings import is_amount, is_apart, is_part
from recoverycli.redaction.codes.words import AMOUNTS_FOLLOW, NAMED_OTHERWISE, SECRET_CONTEXT
from recoverycli.redaction.reading.before_numbers import OTHER_NUMBERS
from recoverycli.redaction.reading.pieces import SIGN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.redaction.codes.line import CodeLine

    Span = tuple[int, int]

_MOST_BETWEEN: Final = 18  # pieces between a name and a number that is told after it
_MOST_AFTER: Final = 12  # pieces between a number and a name after it
_MOST_TRIED: Final = 5  # pieces between two numbers of which one was tried after the other
_MOST_SENTENCES: Final = 1  # ends of sentences between a name and a number
_ENTERING: Final = frozenset({
    "enter", "enters", "entered", "entering", "type", "types", "typed", "typing", "key", "keys", "keyed", "keying",
    "punch", "punches", "punched", "press", "presses", "pressed", "dial", "dials", "dialled", "dialed", "tap", "taps",
    "tapped", "put", "puts", "putting", "set", "sets", "input", "inputs", "inputted", "used", "uses", "use", "using",
    "tried", "tries", "trying", "gave", "give", "gives", "given",
})  # fmt: skip
_SPOKEN: Final = _ENTERING | {
    "said", "says", "say", "read", "reads", "quoted", "quotes", "told", "tells", "left", "got", "received",
    "replied", "replies", "answered", "responded", "shared", "chose", "picked", "wrote", "spelled", "spelt",
    "recited", "repeated", "mentioned", "offered", "guessed", "goes", "went", "gets", "texted", "shouted",
    "whispered", "remembers", "remembered", "thinks", "wants", "wanted", "noted", "sent", "shows", "showed",
    "confirmed", "confirms", "came", "made", "mistyped", "muddled", "passed", "failed", "has", "had", "have",
    "copied", "pasted", "forwarded", "messaged",
}  # fmt: skip
_TO_WHOM: Final = frozenset({
    "me", "us", "him", "her", "them", "it", "in", "out", "back", "through", "over", "with", "as", "just", "only",
    "first", "then", "aloud", "loud", "to", "the", "number", "numbers", "digits", "wrongly", "again", "is", "chat",
    "into", "engineer", "driver", "courier", "cleaner", "anyway", "now", "always", "still",
})  # fmt: skip
_POINTING: Final = frozenset({"it's", "its", "that's", "thats", "it", "this", "that", "now", "one", "which", "they're"})
_COPULAS: Final = frozenset({"is", "was", "=", ":", "be"})
_JOINING: Final = frozenset({"when", "as", "for", "while", "after", "where"})
_APPOSED: Final = frozenset({
    ",", "the", "her", "his", "their", "my", "that's", "thats", "is", "bank", "card", "usual", "to", "me", "us",
})  # fmt: skip
# Nouns with numbers of their own that end a phrase before a colon: "PIN for the parcel at the kiosk: 61358".
_HEADED_BY: Final = frozenset({"kiosk", "room", "locker", "gate", "box", "reader", "device", "terminal", "phone"})
_PLACED: Final = frozenset({"for", "at", "on", "in", "into", "to"})
_MOST_PLACED: Final = 5  # pieces between a number and what it opens
_JUDGING: Final = frozenset({"right", "correct", "wrong", "real", "actual"})
_CHANGED: Final = frozenset({"changed", "reset", "switched", "set", "updated", "corrected"})
_AGAIN: Final = frozenset({
    "first", "and", "then", "or", "second", "next", "also", ",", "once", "twice", "finally", "no", "wait", "sorry",
    "i", "mean", "meant", "instead", "of", "but", "changed", "to", "now", "didn't", "didnt", "doesn't", "work",
    "works", "worked", "failed", "tried", "actually", "correction", "rather", "maybe", "not", ".", "-",
})  # fmt: skip
_ENDS: Final = frozenset({".", "!", "?", ";"})
_DENIED: Final = frozenset({"not", "no", "never", "without", "old"})
# After a name, where it is that of a thing or a procedure: "pin machine".
_OF_THINGS: Final = frozenset({
    "machine", "pad", "terminal", "reader", "letter", "reminder", "entry", "mailer", "field", "screen", "page", "desk",
})  # fmt: skip
# What is opened or unlocked by a number that is entered.
_OPENED: Final = frozenset({
    "alarm", "safe", "gate", "door", "doors", "keypad", "keypads", "locker", "lock", "padlock", "voicemail", "tv",
    "bluetooth", "intercom", "barrier", "keysafe", "lockbox", "garage", "lobby", "entrance", "parental", "unlock",
    "unlocks", "disarm", "disarms", "pair", "paired", "pairing", "suitcase", "shutter", "shutters", "cabinet",
    "vault", "tablet", "ipad", "messages", "burglar",
})  # fmt: skip
# A number of six digits that somebody passes on from these is a code.
_MESSAGES: Final = frozenset({"text", "sms", "texted", "authentication", "verification"})
_COUNTS: Final = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8} | {str(n): n for n in range(3, 9)}
_OPENS: Final = (4, 8)


def near_codes(line: CodeLine, known: Iterable[Span]) -> Iterator[Span]:
    """Yield the codes, also those that follow a `known` one. Linear: a few pieces are read around each number."""
    names = _names(line)
    if not names:
        return
    place, last = 0, -_MOST_BETWEEN
    ends = dict(known)
    while place < len(line.pieces):
        tried = {line.word(at) for at in range(last, place)} if place - last <= _MOST_TRIED else {""}
        start = line.pieces[place].start
        end = 0 if start in ends else _told_near(line, place, names, again=tried <= _AGAIN)
        if end:
            yield start, end
        end = end or ends.get(start, 0)
        if end:
            last = line.after(place, end)
        place = last if end else place + 1


def _names(line: CodeLine) -> dict[int, CodeName]:
    """Return the names of codes, and what is opened, by the place where they start."""
    names: dict[int, CodeName] = {}
    place = 0
    while place < len(line.pieces):
        name = name_at(line, place) or _counted_name(line, place)
        if name and line.word(name.after) not in _OF_THINGS:
            names[place] = name
        elif not name and line.word(place) in _MESSAGES:
            names[place] = CodeName(6, 6, place + 1, strict=True)
        elif not name and line.word(place) in _OPENED and line.word(place - 1) not in {"phone", "telephone"}:
            names[place] = CodeName(*_OPENS, place + 1, strict=True)
        place = max(place + 1, name.after if name else 0)
    return names


def _counted_name(line: CodeLine, place: int) -> CodeName | None:
    """Return "the six digit number" or "the three digits"."""
    count = _COUNTS.get(line.word(place), 0)
    at = place + 1 + (line.word(place + 1) == "-")
    if not count or line.word(at) not in {"digit", "digits"} or line.word(place - 1) in {"last", "first", "final"}:
        return None
    head = at + 1 + (line.word(at + 1) in {"secret", "security", "access", "personal", "phone", "bank", "card"})
    alone = line.word(at) == "digits" or line.word(at + 1) in {",", "?"}
    named = alone or line.word(head) in {"number", "code", "one"}
    return CodeName(count, count, head + (not alone)) if named else None


def _told_near(line: CodeLine, place: int, names: dict[int, CodeName], *, again: bool) -> int:
    """Return the end of the code that starts there; 0 if it is none. `again`: whether it follows another one."""
    piece = line.pieces[place]
    figures = line.is_digits(place)
    lettered = (
        0 if figures and not line.text[piece.end : piece.end + 1].isalpha() else lettered_end(line.text, piece.start)
    )
    if not (figures or lettered) or line.is_digits(place - 1) or is_part(line, place) or _is_of_another(line, place):
        return 0
    told, apart = again or _is_told(line, place), is_apart(line, place)
    for start, name in _around(line, place, names, told=told):
        opened = line.word(start) in _OPENED and name.after == start + 1
        end = lettered or code_end(line.text, piece.start, max(name.fewest, 3), name.most)
        if not end or is_amount(line, end) or _is_year(line.text[piece.start : end]):
            continue
        if lettered and (opened or not (name.lettered or is_random(line.text[piece.start : end]))):
            continue
        if (name.bare and not _is_secret(line, start, place)) or (
            opened and not (again or _is_entered(line, place) or _is_headed(line, name, place))
        ):
            continue
        directly = name.after == place - 1 and line.word(place - 1) in _COPULAS
        written_so = (apart and _is_usual(line, name, place)) or _is_in_halves(line, name, end, place)
        if start < place and (
            told or directly or written_so or _is_reported(line, end) or _is_headed(line, name, place)
        ):
            return end
        if start > place and told and _is_joined(line, line.after(place, end), start, opened=opened):
            return end
    return 0


def _around(line: CodeLine, place: int, names: dict[int, CodeName], *, told: bool) -> Iterator[tuple[int, CodeName]]:
    """Yield the names near a number, those before it from the nearest on, then those after it."""
    sentences, claimed = 0, line.word(place - 1) in {":", "-", "\u2013"}
    for at in range(place - 1, max(-1, place - 1 - _MOST_BETWEEN), -1):
        word = line.word(at)
        if at in names and names[at].after <= place:
            yield at, names[at]
        full_stop = word in _ENDS and not line.text[line.pieces[at].end : line.pieces[at].end + 1].strip()
        sentences += full_stop or word[0] in "\r\n"
        if sentences > _MOST_SENTENCES or (word in OTHER_NUMBERS and not claimed and not _is_asking(line, at)):
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


def _is_headed(line: CodeLine, name: CodeName, place: int) -> bool:
    """Whether a name with a phrase heads a number after a colon: "PIN for the parcel at the kiosk: 61358"."""
    between = [line.word(at) for at in range(name.after, place - 1)]
    headed = bool(between) and between[0] in {"for", "of", "on", "at", "to", "in", "from", "by"}
    return line.word(place - 1) == ":" and headed and not name.bare and _ENDS.isdisjoint(between)


def _is_usual(line: CodeLine, name: CodeName, place: int) -> bool:
    """Whether a number has as many digits as most codes of that name: three on a card, six of one time."""
    usual = {3: 3, 4: 6}.get(name.fewest, 0)
    return len(line.word(place)) == usual and not (name.bare or name.strict or name.postal)


def _is_in_halves(line: CodeLine, name: CodeName, end: int, place: int) -> bool:
    """Whether a number is written as codes of one time are: "229 018"."""
    halves = end - line.pieces[place].start == len("229 018") and len(line.word(place)) == len("229")
    return halves and name.lettered and not (name.bare or name.strict)


def _is_entered(line: CodeLine, place: int) -> bool:
    """Whether a verb of entering stands directly before a number, or with "maybe" before it."""
    near = [line.word(at) for at in range(place - 1, max(-1, place - 5), -1)]
    for word in near:
        if word in _ENTERING:
            return True
        if word not in _TO_WHOM:
            break
    return near[:1] == ["maybe"] or near[:2] in (["with", "off"], ["with", "herself"], ["with", "itself"])


def _is_told(line: CodeLine, place: int) -> bool:
    """Whether what stands directly before a number tells it."""
    at = place - 1
    word, before = line.word(at), line.word(at - 1)
    if word == "?" or (word == "," and before == "one"):
        return True
    if word in {":", "=", ","}:
        spoken = any(line.word(back) in _SPOKEN for back in range(at - 4, at))
        return (before in _TO_WHOM and word != ",") or spoken
    if word in {"it's", "its", "that's", "thats", "maybe"} or (word in _COPULAS and before in _POINTING):
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
    """Whether the number is followed by "she said", or by what became of it: "1357 worked"."""
    return _said_pattern().match(line.text, end) is not None


def _is_joined(line: CodeLine, at: int, name: int, *, opened: bool) -> bool:
    """Whether the words between a number and a name after it join them: "when i asked for", "for"."""
    between = [line.word(place) for place in range(at, name)]
    if opened:
        put = line.word(at - 2) in {"put", "puts", "putting"}
        return between[:1] != ["in"] * put and bool(between) and between[0] in _PLACED and len(between) < _MOST_PLACED
    joined = bool(between) and (between[0] in _JOINING or line.word(name - 1) in _JUDGING or set(between) <= _APPOSED)
    return joined and _DENIED.isdisjoint(between)


def _is_of_another(line: CodeLine, place: int) -> bool:
    """Whether a noun with numbers of its own, or a word before amounts, stands before a number."""
    at = place - 1
    while line.word(at) in {"#", ":", ".", ",", "number", "no", "nr", "is", "was"}:
        at -= 1
    word = line.word(at)
    if word == "lot" and line.word(at - 1) == "the":
        return False
    if line.word(place - 1) == ":" and word in _HEADED_BY:
        return False
    return word in NAMED_OTHERWISE - {"number"} or (word in AMOUNTS_FOLLOW and word != "to" and at == place - 1)


def _is_secret(line: CodeLine, start: int, place: int) -> bool:
    """Whether words around a bare "code" tell that it is secret."""
    near = range(max(0, min(start, place) - 6), min(len(line.pieces), max(start, place) + 6))
    return not (SECRET_CONTEXT | _OPENED | {"chat"}).isdisjoint(
        {line.word(at) for at in near if line.pieces[at].kind != SIGN}
    )


def _is_year(number: str) -> bool:
    return _year_pattern().fullmatch(number) is not None


@cache
def _year_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d\d")


@cache
def _said_pattern() -> re.Pattern[str]:
    who = r"(?:she|he|they|cust|customer|caller|cx|the\scustomer)"
    return re.compile(
        rf"[\"'\u201d]?,?\s(?:{who}\s(?:said|says|goes|replied|answered|told|gave|tells|read)|worked|opened\sit|was\saccepted)(?!\w)",
        re.IGNORECASE,
    )
