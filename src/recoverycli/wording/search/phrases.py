"""Phrases as people write them in a wording file (parsed in `places`), and texts as the words they match.

A phrase is made of plain words. `a/b` is either word, `a_b/c` either "a b" or "c", `(word)` may be missing, `...` is up
to four words, `*` up to twelve words of the same clause, `^` and `$` are the beginning and the end of a sentence. Case,
accents, the shape of apostrophes and white space do not count, and a contraction is the same as its words: "you'll" is
"you will". `<name>` is a list of words, which is put in its place beforehand (`wording.files.lists`).
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import NamedTuple

GAP, CLAUSE_GAP, BEGIN, END = "...", "*", "^", "$"
GAPS = {GAP: 4, CLAUSE_GAP: 12}

Form = tuple[str, ...]

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07\u0060\u00b4", "'"))
APOSTROPHE = "'\u2018\u2019\u02bc\uff07\u0060\u00b4"
# A line that begins with `>` is a quotation. A dot inside a number or an address does not end a sentence.
_PIECES = re.compile(
    rf"(?m:^[ \t]*>[^\n]*$)|(?P<word>\w+(?:[{APOSTROPHE}]\w+)*)|[.?!\u2026\u3002]+(?=\W|$)|\n[ \t\r]*\n"
)
_ENDINGS = {"'ll": ("will",), "'re": ("are",), "'ve": ("have",), "'m": ("am",), "'d": ("'d",)}
_WITH_IS = frozenset(
    [
        "it",
        "that",
        "there",
        "here",
        "what",
        "who",
        "where",
        "how",
        "he",
        "she",
        "this",
        "everything",
        "nothing",
        "something",
        "nobody",
        "somebody",
        "someone",
        "everybody",
        "everyone",
    ]
)
# What follows "'s" where it is no genitive, and what it stands for.
_AFTER_S = {
    **dict.fromkeys(("been", "got", "had", "gone"), "has"),
    **dict.fromkeys(
        ("on", "being", "not", "going", "coming", "now", "free", "sorted", "done", "still", "already", "yours", "ours",
         "mine", "here", "there", "broken", "fixed", "closed", "off", "down", "out", "in", "to", "a", "an", "the",
         "getting", "making", "sending", "bringing"),
        "is",
    ),
}  # fmt: skip
_WHOLE = {
    "cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "let's": ("let", "us"), "ain't": ("is", "not"),
}  # fmt: skip
# How they are typed in a hurry; those that are also other words ("well", "its") are left as they are.
_HURRIED = [
    "i'm",
    "i've",
    "don't",
    "can't",
    "won't",
    "you're",
    "you'll",
    "you've",
    "that's",
    "there's",
    "doesn't",
    "isn't",
    "didn't",
    "couldn't",
    "wouldn't",
    "shouldn't",
    "haven't",
    "hasn't",
    "wasn't",
    "weren't",
    "aren't",
    "they're",
    "we've",
    "what's",
]


class TokenizedText(NamedTuple):
    """The words of a text, their starts and ends, and for each the first and the last+1 word of its sentence."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    first: list[int]
    last: list[int]


class Malformed(NamedTuple):
    """Why a phrase of a file cannot be used: what was found, what is allowed."""

    found: str
    allowed: str


def words_of(text: str) -> TokenizedText:
    """Return the words of `text` in the form that phrases are compared in, in one pass."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    # Whether the last word ends with "'s", which may be "is" or "has": "dinner's on us", "the list's been changed".
    is_open = False
    for piece in _PIECES.finditer(text):
        found = piece["word"]
        if found is None:
            breaks.append(len(words))
            is_open = False
            continue
        spelled = spell(found)
        if is_open and spelled[0] in _AFTER_S:
            _split_s(words, starts, ends, _AFTER_S[spelled[0]])
        is_open = len(spelled) == 1 and len(found) > 2 and found[-2] in APOSTROPHE and found[-1] in "sS"
        for word in spelled:
            words.append(word)
            starts.append(piece.start())
            ends.append(piece.end())
    first: list[int] = []
    last: list[int] = []
    for begin, end in itertools.pairwise((0, *breaks, len(words))):
        first += [begin] * (end - begin)
        last += [end] * (end - begin)
    return TokenizedText(words, starts, ends, first, last)


def _split_s(words: list[str], starts: list[int], ends: list[int], verb: str) -> None:
    words[-1] = words[-1][:-1]
    words.append(verb)
    starts.append(starts[-1])
    ends.append(ends[-1])


@functools.lru_cache(maxsize=8192)
def spell(word: str) -> Form:
    """Return a word as it is compared: lower case, without accents, a contraction as its words."""
    plain = word.translate(_APOSTROPHES)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = plain.casefold()
    if plain in SHORT:
        return SHORT[plain]
    return _apart(plain) if "'" in plain else (plain,)


def _apart(word: str) -> Form:
    if word in _WHOLE:
        return _WHOLE[word]
    stem, _, ending = word.rpartition("'")
    if ending == "t" and stem.endswith("n") and len(stem) > 2:
        return (stem[:-1], "not")
    if ending == "s" and stem in _WITH_IS:
        return (stem, "is")
    if f"'{ending}" in _ENDINGS:
        return (*_apart(stem), *_ENDINGS[f"'{ending}"]) if "'" in stem else (stem, *_ENDINGS[f"'{ending}"])
    return (word.replace("'", ""),)


SHORT = {word.replace("'", ""): _apart(word) for word in _HURRIED} | {
    "cannot": ("can", "not"), "u": ("you",), "ur": ("your",), "pls": ("please",), "plz": ("please",),
    "bc": ("because",), "cuz": ("because",), "prob": ("probably",), "rn": ("right", "now"), "sry": ("sorry",),
    "thx": ("thanks",), "tmrw": ("tomorrow",), "ya": ("you",),
}  # fmt: skip
