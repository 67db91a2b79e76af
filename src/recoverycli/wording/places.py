"""A phrase as its places, each with the words that may stand there. Pure: no screen, no file, no clock.

Ten places of forty words are not 40**10 phrases: a phrase is never multiplied out.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.phrases import BEGIN, END, GAPS, MOST_GAPS, Malformed, parts

if TYPE_CHECKING:
    from recoverycli.wording.phrases import Form


class Place(NamedTuple):
    """One place of a phrase: the words that may stand there, or a mark.

    `words` are alternatives of one word, `longer` those of several. `mark` is a gap, BEGIN, END or empty.
    """

    words: frozenset[str]
    longer: tuple[Form, ...]
    optional: bool
    mark: str = ""


Places = tuple[Place, ...]


@functools.lru_cache(maxsize=8192)
def places(phrase: str, *, loosely: bool = False) -> Places | Malformed:
    """Return the places of a phrase; `loosely` in canonical words."""
    choices = parts(phrase)
    if isinstance(choices, Malformed):
        return choices
    found = tuple(map(_place, choices))
    if (fault := _fault(found)) is not None or not loosely:
        return fault or found
    from recoverycli.wording.canonical import canonical_choices

    found = tuple(map(_place, canonical_choices(choices)))
    if _fault(found) is not None:
        return Malformed("the phrase begins or ends with words that `loosely` leaves out", "add another word")
    return found


def words_in(found: Places) -> set[str]:
    """Return all words of a phrase."""
    return {word for place in found for form in (place.words, *place.longer) for word in form}


@functools.lru_cache(maxsize=4096)
def _place(choices: tuple[Form, ...]) -> Place:
    (first, *_) = choices
    if len(first) == 1 and first[0] in {*GAPS, BEGIN, END}:
        return Place(frozenset(), (), optional=False, mark=first[0])
    words = frozenset(form[0] for form in choices if len(form) == 1)
    return Place(words, tuple(form for form in choices if len(form) > 1), optional=() in choices)


def _fault(found: Places) -> Malformed | None:
    marks = [place.mark for place in found]
    if BEGIN in marks[1:] or END in marks[:-1]:
        return Malformed("^ comes first in a phrase and $ last", "move it there")
    gaps, last_needed = 0, ""
    for place in found:
        if place.mark in GAPS:
            if last_needed == "":
                return _bare()
            if last_needed == "gap" or gaps == MOST_GAPS:
                return Malformed("the phrase has too many gaps", f"at most {MOST_GAPS}, with a word between")
            gaps, last_needed = gaps + 1, "gap"
        elif not place.optional and not place.mark:
            last_needed = "word"
    return None if last_needed == "word" else _bare()


def _bare() -> Malformed:
    return Malformed("a phrase must begin and end with a word that is not optional", "add a word")
