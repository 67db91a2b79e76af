"""A phrase as its places, each with the words that may stand there. Pure: no screen, no file, no clock.

Ten places of forty words are not 40**10 phrases: a phrase is never multiplied out.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.search.phrases import APOSTROPHE, BEGIN, CLAUSE_GAP, END, GAP, GAPS, SHORT, Malformed, spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.wording.search.phrases import Form

MOST_GAPS = 2
# Of places that become one: those in a parenthesis.
MOST_FORMS = 300

_PARTS = re.compile(r"\.\.\.|\u2026|[\^$()]|[^\s()^$]+")
# A long list of words goes on in the next line of the file.
_BROKEN_LIST = re.compile(r"/\s+")
# Most parts are, and need no more than to be split.
_PLAIN = re.compile(r"[a-z0-9]+(?:[/_][a-z0-9]+)*")
_WORDS = re.compile(rf"[^\W_]+(?:[{APOSTROPHE}_][^\W_]+)*")
_ALLOWED = "words, a/b, a_b for two words, (word), <list>, ... or * for a gap, ^ and $ for a sentence's ends"


class Place(NamedTuple):
    """One place of a phrase: the words that may stand there, or a mark.

    `words` are alternatives of one word, `longer` those of several, of these `sizes`, `firsts` the first words of all.
    `mark` is a gap, BEGIN, END or empty.
    """

    words: frozenset[str] = frozenset()
    longer: frozenset[Form] = frozenset()
    optional: bool = False
    mark: str = ""
    sizes: tuple[int, ...] = ()
    firsts: frozenset[str] = frozenset()

    @property
    def forms(self) -> list[Form]:
        """What may stand here, an empty form if it may be missing."""
        return [*([()] if self.optional else []), *((word,) for word in sorted(self.words)), *sorted(self.longer)]


Places = tuple[Place, ...]


@functools.lru_cache(maxsize=8192)
def places(phrase: str) -> Places | Malformed:
    """Return the places of a phrase."""
    found = parts(phrase)
    if isinstance(found, Malformed):
        return found
    return fault(found) or tuple(found)


def words_in(found: Places) -> set[str]:
    """Return all words of a phrase."""
    return {word for place in found for form in (place.words, *place.longer) for word in form}


def parts(phrase: str) -> list[Place] | Malformed:
    """Return the places of a phrase or of a piece of one, which may begin or end with any of them."""
    found: list[Place] = []
    optional: list[Place] | None = None
    for part in _PARTS.findall(_BROKEN_LIST.sub("/", phrase) if "/ " in phrase or "\n" in phrase else phrase):
        if part == "(":
            if optional is not None:
                return Malformed("a parenthesis is inside another", "(word) or (a/b)")
            optional = []
        elif part == ")":
            if not optional:
                return Malformed("a parenthesis is empty or was not opened", "(word) or (a/b)")
            place = _optional(optional)
            if isinstance(place, Malformed):
                return place
            found.append(place)
            optional = None
        else:
            place = _part(part)
            if isinstance(place, Malformed):
                return place
            (found if optional is None else optional).append(place)
    if optional is not None:
        return Malformed("a parenthesis is not closed", "(word) or (a/b)")
    return found


@functools.lru_cache(maxsize=4096)
def _part(part: str) -> Place | Malformed:
    if _PLAIN.fullmatch(part):
        alternatives = part.split("/")
        if SHORT.keys().isdisjoint(part.replace("_", "/").split("/")):
            if "_" in part:
                return of_forms(tuple(one.split("_")) for one in alternatives)
            words = frozenset(alternatives)
            return Place(words, firsts=words)
    if part in {GAP, "\u2026"}:
        return Place(mark=GAP)
    if part in {BEGIN, END, CLAUSE_GAP}:
        return Place(mark=part)
    alternatives = [alternative.strip(",") for alternative in part.split("/")]
    if len(alternatives) > 1 and "" in alternatives:
        return Malformed(f"`{part}` has an empty choice", "a word on both sides of each /")
    for alternative in alternatives:
        if not _WORDS.fullmatch(alternative):
            return Malformed(f"`{alternative or part}` is not a word", _ALLOWED)
    return of_forms(
        tuple(itertools.chain.from_iterable(map(spell, alternative.split("_")))) for alternative in alternatives
    )


def _optional(inside: list[Place]) -> Place | Malformed:
    """Return what a parenthesis stands for. A gap is as good as the same one outside."""
    if len(inside) == 1 and inside[0].mark in {"", *GAPS}:
        return inside[0]._replace(optional=not inside[0].mark)
    if any(place.mark for place in inside):
        return Malformed("a mark is in a parenthesis", "(word), and the mark outside")
    if count(inside) > MOST_FORMS:
        return Malformed(f"a parenthesis expands to more than {MOST_FORMS} phrases", "write several phrases")
    return of_forms([(), *product(inside)])


def count(together: Iterable[Place]) -> int:
    """Return the number of forms of some places together."""
    return math.prod(len(place.words) + len(place.longer) + place.optional for place in together)


def product(together: Iterable[Place]) -> list[Form]:
    """Return every sequence of words of some places together."""
    forms = itertools.product(*(place.forms for place in together))
    return [tuple(itertools.chain.from_iterable(picked)) for picked in forms]


def of_forms(forms: Iterable[Form]) -> Place:
    """Return the place where any of the forms may stand."""
    known = set(forms)
    longer = frozenset([form for form in known if len(form) > 1])
    words = frozenset([form[0] for form in known if len(form) == 1])
    firsts = words.union([form[0] for form in longer]) if longer else words
    return Place(words, longer, () in known, sizes=tuple(set(map(len, longer))), firsts=firsts)


def fault(found: Sequence[Place]) -> Malformed | None:
    """Return why places are no phrase, or None."""
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
