"""Phrases as people write them in a wording file, and texts as the words that phrases are compared with.

A phrase is made of plain words. `a/b` is either word, `a_b/c` either "a b" or "c", `(word)` may be missing, `...` is up
to four words, `*` up to twelve words of the same clause, `^` and `$` are the beginning and the end of a sentence. Case,
accents, the shape of apostrophes and white space do not count, and a contraction is the same as its words: "you'll" is
"you will". `<name>` is a list of words, which is put in its place beforehand (`wording.lists`).
"""

from __future__ import annotations

import functools
import itertools
import math
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP, CLAUSE_GAP, BEGIN, END = "...", "*", "^", "$"
GAPS = {GAP: 4, CLAUSE_GAP: 12}
MOST_GAPS = 2
# Of a parenthesis.
MOST_FORMS = 300
ALLOWED = "words, a/b, a_b for two words, (word), <list>, ... or * for a gap, ^ and $ for a sentence's ends"

Form = tuple[str, ...]

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07\u0060\u00b4", "'"))
_APOSTROPHE = "'\u2018\u2019\u02bc\uff07\u0060\u00b4"
# A line that begins with `>` is a quotation. A dot inside a number or an address does not end a sentence.
_PIECES = re.compile(
    rf"(?m:^[ \t]*>[^\n]*$)|(?P<word>\w+(?:[{_APOSTROPHE}]\w+)*)|[.?!\u2026\u3002]+(?=\W|$)|\n[ \t\r]*\n"
)
_PARTS = re.compile(r"\.\.\.|\u2026|[\^$()]|[^\s()^$]+")
# A long list of words goes on in the next line of the file.
_BROKEN_LIST = re.compile(r"/\s+")
_WORDS = re.compile(rf"[^\W_]+(?:[{_APOSTROPHE}_][^\W_]+)*")
_ENDINGS = {"'ll": ("will",), "'re": ("are",), "'ve": ("have",), "'m": ("am",), "'d": ("'d",)}
_WITH_IS = frozenset(
    ["it", "that", "there", "here", "what", "who", "where", "how", "he", "she", "this", "everything", "nothing"]
)
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
    for piece in _PIECES.finditer(text):
        found = piece["word"]
        if found is None:
            breaks.append(len(words))
            continue
        for word in spell(found):
            words.append(word)
            starts.append(piece.start())
            ends.append(piece.end())
    first: list[int] = []
    last: list[int] = []
    for begin, end in itertools.pairwise((0, *breaks, len(words))):
        first += [begin] * (end - begin)
        last += [end] * (end - begin)
    return TokenizedText(words, starts, ends, first, last)


@functools.lru_cache(maxsize=8192)
def spell(word: str) -> Form:
    """Return a word as it is compared: lower case, without accents, a contraction as its words."""
    plain = word.translate(_APOSTROPHES)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    plain = plain.casefold()
    if plain in _SHORT:
        return _SHORT[plain]
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


_SHORT = {word.replace("'", ""): _apart(word) for word in _HURRIED} | {"cannot": ("can", "not")}


def parts(phrase: str) -> list[tuple[Form, ...]] | Malformed:
    """Return for each place of a phrase the forms that may stand there, an empty one where it may be missing."""
    choices: list[tuple[Form, ...]] = []
    optional: list[tuple[Form, ...]] | None = None
    for part in _PARTS.findall(_BROKEN_LIST.sub("/", phrase)):
        if part == "(":
            if optional is not None:
                return Malformed("a parenthesis is inside another", "(word) or (a/b)")
            optional = []
        elif part == ")":
            if not optional:
                return Malformed("a parenthesis is empty or was not opened", "(word) or (a/b)")
            if count(optional) > MOST_FORMS:
                return Malformed(f"a parenthesis expands to more than {MOST_FORMS} phrases", "write several phrases")
            if optional == [((GAP,),)]:
                choices += optional
            elif any(form[0] in GAPS for (form, *_) in optional):
                return Malformed("a gap is in a parenthesis with words", "(word), and the gap outside")
            else:
                choices.append(((), *product(optional)))
            optional = None
        else:
            found = _part(part)
            if isinstance(found, Malformed):
                return found
            (choices if optional is None else optional).append(found)
    if optional is not None:
        return Malformed("a parenthesis is not closed", "(word) or (a/b)")
    return choices


@functools.lru_cache(maxsize=4096)
def _part(part: str) -> tuple[Form, ...] | Malformed:
    if part in {GAP, "\u2026"}:
        return ((GAP,),)
    if part in {BEGIN, END, CLAUSE_GAP}:
        return ((part,),)
    alternatives = [alternative.strip(",") for alternative in part.split("/")]
    if len(alternatives) > 1 and "" in alternatives:
        return Malformed(f"`{part}` has an empty choice", "a word on both sides of each /")
    for alternative in alternatives:
        if not _WORDS.fullmatch(alternative):
            return Malformed(f"`{alternative or part}` is not a word", ALLOWED)
    return tuple(
        tuple(itertools.chain.from_iterable(map(spell, alternative.split("_")))) for alternative in alternatives
    )


def count(choices: Sequence[tuple[Form, ...]]) -> int:
    """Return the number of forms of some places together."""
    return math.prod(map(len, choices))


def product(choices: Sequence[tuple[Form, ...]]) -> list[Form]:
    """Return every sequence of words of some places together."""
    return [tuple(itertools.chain.from_iterable(picked)) for picked in itertools.product(*choices)]
