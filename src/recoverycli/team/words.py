"""The words of a call for PostgreSQL's full text: the same that the index at the desk keeps, as a tsvector.

Each word carries the field in which it stands as its first sign, and its place in that field: what was said and what
was noted are apart, as columns are, and words beside each other are a phrase. Of a script without spaces each sign is
a word, as the index has it, and what is looked for becomes a phrase of such signs.

PostgreSQL keeps places up to 16,383, 255 of them for a word, and a megabyte for a call. Beyond: a word that stands
further back than 16,383 others of its field is found, and is in no phrase; of a word that comes more than 255 times in
a field 255 count for its rank; of a call with more words than fit into a megabyte the first ones are found. A word
longer than LONGEST bytes is cut.
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

# A field is one sign: its place in FIELDS, to which new ones are only ever added at the end.
SIGNS = {field: chr(ord("a") + place) for place, field in enumerate(FIELDS)}
LONGEST = 1_000
_LAST_PLACE = 16_383
_MOST_PLACES = 255
# Under the 1,048,575 bytes of PostgreSQL, which rounds up what it stores.
_ROOM = 1_000_000


class WordColumns(NamedTuple):
    """The columns of `call` for its words: a tsvector as text, and how many words there are."""

    words: str
    words_count: int


def vector_of(words: Sequence[str | None]) -> WordColumns:
    """Return the words of a call, `index_values.Values.words`, as PostgreSQL takes them; there is no NUL in it."""
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
    """Return what holds one of the terms, as a tsquery."""
    found = [f"({' <-> '.join(phrase)})" for term in terms for phrase in _phrases(term)]
    # What holds no letter is in no call; a query of nothing would mean nothing at all.
    return " | ".join(found) or "'-'"


def lexemes(terms: Iterable[Term]) -> tuple[list[str], list[str]]:
    """Return the words that have to be looked at to count the terms in a call, and the beginnings of such words."""
    whole: dict[str, None] = {}
    begun: dict[str, None] = {}
    for term in terms:
        *firsts, last = spellings(term) or ("",)
        for sign in signs(term):
            whole.update({sign + word: None for word in firsts})
            (begun if term.begins else whole).update({sign + last: None} if last else {})
    return list(whole), list(begun)


def spellings(term: Term) -> tuple[str, ...]:
    """Return the words of a term as they are kept; none if it has only signs that are no words."""
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
    """The words of a text that the index was given, as its tokenizer parts them: runs of letters, digits and marks."""
    for token in tokens(text):
        word = token.text
        if word.isascii():
            yield word[:LONGEST]
        else:
            for part in "".join(sign if _is_of_words(sign) else " " for sign in word).split():
                yield part.encode()[:LONGEST].decode(errors="ignore")


@cache
def _is_of_words(sign: str) -> bool:
    # SQLite counts a sign that is newer than its Unicode among the words.
    category = unicodedata.category(sign)
    return category[0] in "LNM" or category in {"Co", "Cn"}


def _position_text(places: list[int]) -> str:
    return f":{','.join(map(str, places))}" if places else ""
