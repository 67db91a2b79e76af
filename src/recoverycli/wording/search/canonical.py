"""The same words for the same meaning: without intensifiers and slips of typing, and one way to say "cannot".

Slips are those of Damerau (1964, "A technique for computer detection and correction of spelling errors", Communications
of the ACM 7): one letter more, less or wrong, or two neighbours swapped. The first and the last letter must be right:
a word is compared only with the few known words that share both. A wrong letter must be a vowel for a vowel or a
neighbour on the keyboard: "refunds", "police" and "changed" are not slips of "refund", "policy" and "charged". Pure: no
screen, no file, no clock.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.search.phrases import TokenizedText
from recoverycli.wording.search.places import MOST_FORMS, count, of_forms, product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.wording.search.phrases import Form
    from recoverycli.wording.search.places import Place

_SHORTEST = 6
_INTENSIFIERS = frozenset(
    ["really", "very", "truly", "just", "quite", "so", "absolutely", "completely", "totally", "actually", "honestly",
     "simply", "definitely", "certainly", "extremely", "terribly", "deeply", "genuinely", "sincerely", "especially",
     "particularly", "awfully", "incredibly", "entirely", "fully"]
)  # fmt: skip


def _abilities() -> Iterator[tuple[Form, Form]]:
    for be in (("am",), ("is",), ("are",), ("was",), ("were",), ("will", "be")):
        yield (*be, "able", "to"), ("can",)
        yield (*be, "unable", "to"), ("can", "not")
        yield (be[0], "not", *be[1:], "able", "to"), ("can", "not")
    yield ("could", "not"), ("can", "not")


_VOWELS = "aeiouy"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Neighbours in a row, and the keys below a key.
_MISTAKEN = frozenset(
    frozenset(pair)
    for pair in (
        *itertools.combinations(_VOWELS, 2),
        *(pair for row in _ROWS for pair in itertools.pairwise(row)),
        *(pair for above, below in itertools.pairwise(_ROWS) for pair in zip(above, below, strict=False)),
        *(pair for above, below in itertools.pairwise(_ROWS) for pair in zip(above[1:], below, strict=False)),
    )
)

# By their first word, the longest first.
_ABILITIES: dict[str, list[tuple[Form, Form]]] = {}
for _long, _short in sorted(_abilities(), key=lambda pair: -len(pair[0])):
    _ABILITIES.setdefault(_long[0], []).append((_long, _short))
_JOINED = frozenset(itertools.chain.from_iterable(long for long, _ in _abilities()))


class Canonical(NamedTuple):
    """A text in canonical words, and for each of them the first word it stands for and the one after the last."""

    text: TokenizedText
    firsts: list[int]
    afters: list[int]


def canonical_places(found: Iterable[Place]) -> list[Place]:
    """Return the places of a phrase in canonical words.

    Neighbouring places that may hold parts of "be able to" or "could not" become one place, unless they are too many.
    """
    rewritten: list[Place] = []
    for joins, run in itertools.groupby(found, _may_join):
        together = tuple(run)
        if not joins:
            rewritten += together
        elif count(together) <= MOST_FORMS:
            rewritten.append(_canonical_place(together))
        else:
            rewritten += (_canonical_place((place,)) for place in together)
    return [place for place in rewritten if place.mark or place.words or place.longer]


# Lists of words that phrases share are rewritten once.
@functools.lru_cache(maxsize=2048)
def _canonical_place(together: tuple[Place, ...]) -> Place:
    return of_forms(map(_canonical_form, product(together)))


def _may_join(place: Place) -> bool:
    words = place.words.union(*place.longer)
    return not words.isdisjoint(_JOINED) or not words.isdisjoint(_INTENSIFIERS)


def _canonical_form(form: Form) -> Form:
    if _JOINED.isdisjoint(form) and _INTENSIFIERS.isdisjoint(form):
        return form
    return tuple(word for word, _, _ in _rewrite(form, [len(form)] * len(form)))


def canonical(text: TokenizedText, spelling: Spelling) -> Canonical:
    """Return a text in canonical words."""
    rewritten = list(_rewrite([spelling.correct(word) for word in text.words], text.last))
    firsts, afters = [begin for _, begin, _ in rewritten], [after for _, _, after in rewritten]
    # The number of canonical words before each word, to find the ends of its sentence.
    before, count = [], 0
    for at in range(len(text.words) + 1):
        while count < len(firsts) and firsts[count] < at:
            count += 1
        before.append(count)
    return Canonical(
        TokenizedText(
            [word for word, _, _ in rewritten],
            [text.starts[at] for at in firsts],
            [text.ends[after - 1] for after in afters],
            [before[text.first[at]] for at in firsts],
            [before[text.last[at]] for at in firsts],
        ),
        firsts,
        afters,
    )


def _rewrite(words: Sequence[str], last: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Yield the canonical words, each with the first word it stands for and the one after the last.

    `last` is for each word the one after the last of its sentence.
    """
    kept = [at for at, word in enumerate(words) if word not in _INTENSIFIERS]
    here = 0
    while here < len(kept):
        first = kept[here]
        for long, short in _ABILITIES.get(words[first], ()):
            covered = kept[here : here + len(long)]
            if tuple(words[at] for at in covered) == long and covered[-1] < last[first]:
                yield from ((word, first, covered[-1] + 1) for word in short)
                here += len(long)
                break
        else:
            yield words[first], first, first + 1
            here += 1


class Spelling:
    """Corrects slips of one letter in words of six or more letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(word for word in words if len(word) >= _SHORTEST)
        self._by_ends: dict[tuple[str, str, int], list[str]] = {}
        for word in self._known:
            self._by_ends.setdefault((word[0], word[-1], len(word)), []).append(word)

    def correct(self, word: str) -> str:
        """Return the only known word that `word` may be a slip of, else the word itself."""
        if len(word) < _SHORTEST - 1 or word in self._known:
            return word
        lengths = range(len(word) - 1, len(word) + 2)
        near = itertools.chain.from_iterable(self._by_ends.get((word[0], word[-1], length), ()) for length in lengths)
        slips = [known for known in near if _is_slip(word, known)]
        return slips[0] if len(slips) == 1 else word


def _is_slip(word: str, known: str) -> bool:
    """Whether two different words, which begin and end with the same letters, are one slip apart."""
    at = next((at for at, (one, other) in enumerate(zip(word, known, strict=False)) if one != other), -1)
    rest, right = word[at:], known[at:]
    wrong = rest[1:] == right[1:] and len(word) == len(known) and {rest[0], right[0]} in _MISTAKEN
    swapped = rest[:2] == right[1::-1] and rest[2:] == right[2:]
    return wrong or swapped or rest[1:] == right or rest == right[1:]
