"""Phrases as people write them in a wording file, and texts as the words that phrases are compared with.

A phrase is made of plain words. `a/b` is either word, `(word)` may be missing, `...` stands for up to four words, `^`
and `$` for the beginning and the end of a sentence. Case, accents, the shape of apostrophes and white space do not
count, and a contraction is the same as its words: "you'll" is "you will".
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import NamedTuple

GAP, BEGIN, END = "...", "^", "$"
WIDEST_GAP = 4
MOST_WORDS = 14
MOST_GAPS = 2
MOST_FORMS = 300
MOST_CHARACTERS = 500
# Of a phrase that is matched place by place, with long lists of words.
MOST_OF_LISTS = 2000

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
_WORD = re.compile(rf"\w+(?:[{_APOSTROPHE}]\w+)*")
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


@functools.lru_cache(maxsize=4096)
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


@functools.lru_cache(maxsize=8192)
def forms(phrase: str) -> tuple[Form, ...] | Malformed:
    """Return every sequence of words that a phrase stands for, with GAP, BEGIN and END."""
    if len(phrase) > MOST_CHARACTERS:
        return _too_long(MOST_CHARACTERS)
    choices = parts(phrase)
    if isinstance(choices, Malformed):
        return choices
    if _count(choices) > MOST_FORMS:
        return Malformed(f"the phrase expands to more than {MOST_FORMS} others", "write several phrases")
    return _sound(tuple(dict.fromkeys(_product(choices))))


def parts(phrase: str) -> list[tuple[Form, ...]] | Malformed:
    """Return for each place of a phrase the forms that may stand there, an empty one where it may be missing."""
    if len(phrase) > MOST_OF_LISTS:
        return _too_long(MOST_OF_LISTS)
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
            if _count(optional) > MOST_FORMS:
                return Malformed(f"a parenthesis expands to more than {MOST_FORMS} phrases", "write several phrases")
            choices.append(((), *_product(optional)))
            optional = None
        else:
            found = _part(part)
            if isinstance(found, Malformed):
                return found
            (choices if optional is None else optional).append(found)
    if optional is not None:
        return Malformed("a parenthesis is not closed", "(word) or (a/b)")
    return choices


def _too_long(most: int) -> Malformed:
    return Malformed("the phrase is too long", f"at most {most} characters")


def _part(part: str) -> tuple[Form, ...] | Malformed:
    if part in {GAP, "\u2026"}:
        return ((GAP,),)
    if part in {BEGIN, END}:
        return ((part,),)
    alternatives = [alternative.strip(",") for alternative in part.split("/")]
    for alternative in alternatives:
        if not _WORD.fullmatch(alternative):
            return Malformed(
                f"`{alternative or part}` is not a word",
                "words, a/b, (word), ... for a gap, ^ and $ for a sentence's ends",
            )
    return tuple(spell(alternative) for alternative in alternatives)


def _count(choices: list[tuple[Form, ...]]) -> int:
    count = 1
    for choice in choices:
        count *= len(choice)
    return count


def _product(choices: list[tuple[Form, ...]]) -> list[Form]:
    return [tuple(itertools.chain.from_iterable(picked)) for picked in itertools.product(*choices)]


def _sound(found: tuple[Form, ...]) -> tuple[Form, ...] | Malformed:
    for form in found:
        inner = form[form[:1] == (BEGIN,) : len(form) - (form[-1:] == (END,))]
        if not inner or inner[0] == GAP or inner[-1] == GAP:
            return Malformed("a phrase must begin and end with a word that is not optional", "add a word")
        if BEGIN in inner or END in inner:
            return Malformed("^ comes first in a phrase and $ last", "move it there")
        if inner.count(GAP) > MOST_GAPS or (GAP, GAP) in itertools.pairwise(inner):
            return Malformed("the phrase has too many gaps", f"at most {MOST_GAPS}, with a word between")
        if len(inner) > MOST_WORDS:
            return Malformed(f"the phrase has {len(inner)} words", f"at most {MOST_WORDS}")
    return found
