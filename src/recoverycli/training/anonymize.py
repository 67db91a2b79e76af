"""Anonymize the sentences of a call: remove what the call knows about its customer, and what looks like personal data.

Known are names, references, values, and the people the call was escalated to; each part of a name counts, in any case,
with or without accents. Also removed are addresses, all numbers, also in words, and capitalized words within a
sentence. This removes more than necessary; an unknown name at the start of a sentence, or in lowercase, is not found.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations
from typing import TYPE_CHECKING

from recoverycli.session.person import ERASED, Person, PersonQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.session.transcript.model import Call

_NAME, _NUMBER_TAKEN, _ADDRESS_TAKEN = "[name]", "[number]", "[address]"
# Those that are also words ("it", "me") would turn the end of a sentence without a space into an address.
_ENDINGS = "com|org|net|info|biz|eu|de|ch|fr|nl|es|pl|uk|ie|ca|au|nz|jp|cn|br|io|dev|shop|test|example"
_ADDRESS = re.compile(
    rf"\S+@\S+|\w+://\S+|(?<!\w)@\w\S*|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?:/\S*)?", re.IGNORECASE
)
_NUMBER = re.compile(r"[^\s\[]*\d[^\s\[]*(?:[ /()-]+\d\S*)*")
_FIGURE = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
_SPELLED = re.compile(rf"\b(?:{_FIGURE})(?:[\s,-]+(?:{_FIGURE})){{2,}}\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# A capital after a word, not after the end of a sentence, a quote or a colon.
_CAPITAL = re.compile(r"(?<=[\w,;)\]][ -])[^\W\d_a-z]\w*(?:['\u2019]\w+)?", re.UNICODE)
_LONGEST = 400
# Capitals that are nobody's name.
_COMMON = frozenset(
    [
        "i", "i'm", "i'll", "i've", "i'd", "ok", "okay", "pm", "am", "tv", "pin", "id", "faq", "mr", "mrs", "ms", "dr",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december", "christmas",
        "easter", "english", "to", "fill", "in", "name", "number", "address",
    ]
)  # fmt: skip
# Values that say nothing about anybody.
_EMPTY = frozenset(["yes", "no", "true", "false", "none", "unknown"])
# Names that are also words ("An", "Do") count only with a capital.
_SHORT = 2


class Anonymizer:
    """Removes personal data from a text."""

    def __init__(self, call: Call) -> None:
        words = dict.fromkeys(_known_names(call))
        # The longest first: a full name includes its parts.
        self._persons = [
            (Person(wanted, None), _NUMBER_TAKEN if re.search(r"\d", text) else _NAME)
            for text in sorted(words, key=len, reverse=True)
            if (wanted := PersonQuery(text)).is_searchable and not (text.isascii() and len(text) <= _SHORT)
        ]
        self._short = [word for word in words if word.isascii() and len(word) == _SHORT and word.istitle()]
        self._capitals = {found.casefold() for text in _sentences(call) for found in _capitals(_plain(text))}

    def __call__(self, text: str) -> str:
        """Return the text without them, on one line."""
        text = _plain(text)
        text = _ADDRESS.sub(_ADDRESS_TAKEN, text)
        for person, instead in self._persons:
            text = person.mask(text)[0].replace(ERASED, instead)
        for short in self._short:
            text = re.sub(rf"\b{short}\b", _NAME, text)
        text = _NUMBER.sub(_NUMBER_TAKEN, _SPELLED.sub(_NUMBER_TAKEN, text))
        text = _WORD.sub(lambda found: _NAME if self._is_capital(found[0]) else found[0], text)
        return " ".join(re.sub(r"\[name\](?:(?:['\u2019]s)?[ -]+\[name\])+", _NAME, text).split())[:_LONGEST]

    def _is_capital(self, word: str) -> bool:
        return word[:1].isupper() and word.casefold() in self._capitals


def _plain(text: str) -> str:
    """Text in a common Unicode form, without invisible characters."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def _capitals(text: str) -> Iterator[str]:
    """Words with a capital where none belongs, but for those that are nobody's name."""
    for found in _CAPITAL.finditer(text):
        whole = found[0].replace("\u2019", "'").casefold()
        if whole not in _COMMON and whole.partition("'")[0] not in _COMMON:
            yield whole.partition("'")[0]


def _sentences(call: Call) -> Iterator[str]:
    """All texts of a draft: a name found by its capital in one place is removed in the others too."""
    yield call.summary or ""
    yield call.issue or ""
    for step in call.steps:
        yield from (note.text for note in step.notes)
        yield from (words.text for words in step.said)


def _known_names(call: Call) -> Iterator[str]:
    people = [call.customer.name, call.agent, *(one.to for one in call.escalations)]
    for name in filter(None, (*people, *_earlier_names(call))):
        yield from _names(_plain(name))
    captured = [value for step in call.steps for value in step.captured.values()]
    for value in filter(None, map(_plain, filter(None, (call.customer.ref, *call.values.values(), *captured)))):
        if value.casefold() not in _EMPTY:
            yield value
        yield from (word for word in _WORD.findall(value) if len(word) > _SHORT and _tells(word))


def _names(name: str) -> Iterator[str]:
    """A name whole, its parts, each in the genitive too, and its parts written as one word."""
    parts = [part for part in _WORD.findall(name) if len(part) >= _SHORT or not part.isascii()]
    yield name
    yield from parts
    yield from (f"{part}s" for part in parts if len(part) > _SHORT)
    yield from ("".join(pair) for pair in permutations(parts[:5], 2))


def _tells(word: str) -> bool:
    """Whether a word of a value may name something: a street, a town, a number."""
    return word.casefold() not in _COMMON | _EMPTY and (word[:1].isupper() or any(sign.isdigit() for sign in word))


def _earlier_names(call: Call) -> Iterator[str]:
    """Names of the call before they were corrected."""
    for change in call.amendments:
        if change.field.startswith("customer"):
            yield from (value for value in (change.old, change.new) if isinstance(value, str))
