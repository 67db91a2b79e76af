"""The words of a call for PostgreSQL's full-text search: the words of the desk's index, as a tsvector.

The first character of each word is its field, and its position counts within the field: fields are separate, like
columns, and adjacent words form phrases. In scripts without spaces, each character is a word, and search terms become
phrases of characters. PostgreSQL stores positions up to 16,383, 255 per word, and one megabyte per call. A word after
16,383 others of its field is found, but not in phrases; at most 255 occurrences in a field count for the rank; of a
longer call, only the first megabyte is found. Words longer than LONGEST bytes are cut.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.session.query import FIELDS
from recoverycli.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.session.query import Term

# A field is one character: its position in FIELDS, which only grows at the end.
SIGNS = {field: chr(ord("a") + place) for place, field in enumerate(FIELDS)}
LONGEST = 1_000
_LAST_PLACE = 16_383
_MOST_PLACES = 255
# Below the limit of PostgreSQL, 1,048,575 bytes, which rounds up.
_ROOM = 1_000_000


class WordColumns(NamedTuple):
    """The columns of `call` for its words: a tsvector as text, and how many words there are."""

    words: str
    words_count: int


def vector_of(words: Sequence[str | None]) -> WordColumns:
    """Return the words of a call, `Values.words`, for PostgreSQL; without NUL."""
    places: dict[str, list[int]] = {}
    room, size = _ROOM, 0
    for sign, text in zip(SIGNS.values(), words, strict=True):
        place = 0
        for word in _plain(text or ""):
            place += 1
            lexeme = sign + word
            known = places.get(lexeme)
            if known is None:
                room -= len(lexeme.encode()) + 4
                if room < 0:
                    continue
                known = places[lexeme] = []
            if place <= _LAST_PLACE and len(known) < _MOST_PLACES:
                room -= 2
                known.append(place)
        size += place
    return WordColumns(" ".join(f"'{word}'{_position_text(there)}" for word, there in places.items()), size)


def query(terms: Iterable[Term]) -> str:
    """Return a tsquery that matches any of the terms."""
    found = [f"({' <-> '.join(phrase)})" for term in terms for phrase in _phrases(term)]
    # A term without letters matches nothing; an empty query would be an error.
    return " | ".join(found) or "'-'"


def lexemes(terms: Iterable[Term]) -> tuple[list[str], list[str]]:
    """Return the words, and prefixes of words, to count the terms in a call."""
    whole: dict[str, None] = {}
    begun: dict[str, None] = {}
    for term in terms:
        *firsts, last = spellings(term) or ("",)
        for sign in signs(term):
            whole.update({sign + word: None for word in firsts})
            (begun if term.begins else whole).update({sign + last: None} if last else {})
    return list(whole), list(begun)


def spellings(term: Term) -> tuple[str, ...]:
    """Return the stored words of a term; none if it has no word characters."""
    return tuple(_plain(" ".join(term.words)))


def signs(term: Term) -> tuple[str, ...]:
    """Return the fields in which a term may stand."""
    return (SIGNS[term.field],) if term.field else tuple(SIGNS.values())


def _phrases(term: Term) -> Iterator[list[str]]:
    words = spellings(term)
    if not words:
        return
    end = ":*" if term.begins else ""
    for sign in signs(term):
        quoted = [f"'{sign}{word}'" for word in words]
        yield [*quoted[:-1], quoted[-1] + end]


def _plain(text: str) -> Iterator[str]:
    """The words of a text, split like the tokenizer of the index: runs of letters, digits and marks."""
    for token in tokens(text):
        word = token.text
        if word.isascii():
            yield word[:LONGEST]
        else:
            for part in "".join(sign if _is_of_words(sign) else " " for sign in word).split():
                yield part.encode()[:LONGEST].decode(errors="ignore")


@cache
def _is_of_words(sign: str) -> bool:
    # SQLite treats characters newer than its Unicode version as word characters.
    category = unicodedata.category(sign)
    return category[0] in "LNM" or category in {"Co", "Cn"}


def _position_text(places: list[int]) -> str:
    return f":{','.join(map(str, places))}" if places else ""
