"""What the learned reader sees of a text: runs of its words, where they stand, and how its clauses are used. Pure.

A feature is a string. Words are compared as phrases are (`wording.search.phrases`): in small letters, contractions as
their words. Runs of up to three words are the common choice for short texts (Wang and Manning 2012).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from recoverycli.wording.search.phrases import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.wording.sentences.features import TextReading

_CONTRAST = frozenset(
    ["but", "however", "unfortunately", "although", "though", "still", "yet", "only", "sadly", "anyway"]
)
_NO = frozenset(["not", "no", "never", "nothing", "nobody", "none", "neither", "nor"])
# Words of what was heard that say little of what would answer it.
_GLUE = frozenset(
    ["the", "a", "an", "and", "or", "to", "of", "in", "it", "is", "was", "are", "be", "i", "you", "that", "this", "for",
     "on", "at", "so", "my", "me"]
)  # fmt: skip
_ENDINGS = re.compile(r"(?:ings?|ed|es|s|er|ly)$")
_LONGEST_RUN = 3
# Words of this length and more carry a meaning of their own when they are compared with what the customer said.
_LONG = 4
_MOST = {"negations": 3, "length": 8, "shared": 4}


def features_of(reading: TextReading, heard: str = "") -> Iterator[str]:
    """Yield the features of a text, a feature that is there twice twice; `heard` is what the customer said before."""
    words = reading.text.words
    if not words:
        return
    sentences = list(_sentences(reading))
    marked: list[str] = []
    for begin, end in sentences:
        asked = reading.clause_of[end - 1].question
        marked += ["^", *words[begin:end], "?" if asked else "$"]
    yield from _runs(marked, "", _LONGEST_RUN)
    if len(sentences) > 1:
        yield from _runs([*words[slice(*sentences[-1])], "$"], "last:", 2)
        yield from _runs(["^", *words[slice(*sentences[0])]], "first:", 2)
    contrast = max((at for at, word in enumerate(words) if word in _CONTRAST), default=None)
    if contrast is not None:
        yield from _runs(words[contrast:], "after:", 2)
    yield from _runs(list(_clauses(reading)), "", 2)
    for at, word in enumerate(words):
        if reading.negation.denied[at]:
            yield f"denied:{word}"
        if reading.supposed[at]:
            yield f"supposed:{word}"
    yield f"negations:{min(_MOST['negations'], sum(word in _NO for word in words))}"
    yield f"length:{min(_MOST['length'], len(words) // 4)}"
    if heard:
        yield from _overlap(words, heard)


def _sentences(reading: TextReading) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(reading.text.words):
        yield reading.text.first[at], reading.text.last[at]
        at = reading.text.last[at]


def _runs(words: Sequence[str], mark: str, longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for begin in range(len(words) - size + 1):
            yield mark + " ".join(words[begin : begin + size])


def _clauses(reading: TextReading) -> Iterator[str]:
    for clause in dict.fromkeys(reading.clause_of):
        denies = any(reading.negation.cue[clause.begin : clause.end])
        yield f"clause:{clause.person}+{clause.tense}+{'not' if denies else ''}{'?' if clause.question else ''}"


def _overlap(words: Sequence[str], heard: str) -> Iterator[str]:
    """Yield how many words are shared with what was heard, and each word together with those of its last sentence."""
    before = words_of(heard)
    said = {_stem(word) for word in before.words if len(word) >= _LONG}
    own = [_stem(word) for word in words if len(word) >= _LONG]
    shared = sum(word in said for word in own)
    yield f"shared:{min(_MOST['shared'], shared)}"
    yield f"share:{_MOST['shared'] * shared // max(1, len(own))}"
    if "?" in heard:
        yield "asked"
    answers = [f"|{word}" for word in dict.fromkeys(map(_stem, words))]
    answers += [f"^{words[0]}", f"^{' '.join(words[:2])}"]
    last = before.words[before.first[-1] :] if before.words else ()
    for word in dict.fromkeys(_stem(word) for word in last if word not in _GLUE):
        yield from [word + answer for answer in answers]


def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > _LONG else word
