"""How a customer is addressed: the part of their name that is said to them.

A name is taken apart only where that is certain. A word before it may be a title, a comma puts the family name first,
and in two or more words of an alphabet in which given names come first, the first one is the given name. Elsewhere
nobody can know: names that are written family name first, in any alphabet, and initials. Then a short name is said
whole, and a long one not at all.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from recoverycli.settings.model import Address

# Longer names in the middle of a sentence sound as if they were read from a file.
LONGEST, MOST_WORDS = 20, 2

TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "dame", "lord", "lady", "rev", "herr",
    "frau", "monsieur", "madame", "mme", "mlle", "senor", "senora", "sr", "sra", "srta", "signor", "signora",
    "sig", "dott", "meneer", "mevrouw", "dhr", "mevr", "fru", "pan", "pani",
})  # fmt: skip
# They begin a family name of several words.
PARTICLES = frozenset({
    "van", "von", "vom", "zu", "de", "der", "den", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le",
    "ten", "ter", "al", "el", "bin", "ibn", "ben", "bint", "st", "o", "mac",
})  # fmt: skip
# A first word that is one half of a given name, or a common family name of people who write it first.
_UNCLEAR = frozenset({
    "abd", "abdul", "abdel", "abu", "abou", "umm",
    "li", "lee", "wang", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu", "hu",
    "guo", "lin", "he", "gao", "luo", "wong", "chan", "cheung", "leung", "tan", "lim", "ng",
    "kim", "park", "pak", "choi", "jung", "jeong", "kang", "cho", "yoon", "jang", "nguyen", "tran", "le", "pham",
    "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ngo", "duong",
    "sato", "suzuki", "takahashi", "tanaka", "watanabe", "ito", "yamamoto", "nakamura", "kobayashi", "kato",
    "nagy", "kovacs", "toth", "szabo", "horvath", "varga", "kiss", "molnar", "nemeth", "farkas",
})  # fmt: skip
_GIVEN_NAME_FIRST = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW")


class NameParts(NamedTuple):
    """The parts of a name; what is not certain is None."""

    title: str | None
    given: str | None
    family: str | None


@lru_cache(maxsize=16)
def address(name: str, how: Address) -> str | None:
    """Return what to call a customer of that name, or None if no name is to be said."""
    parts = _take_apart(name)
    titled = f"{parts.title} {parts.family}" if parts.title and parts.family else None
    match how:
        case "none":
            return None
        case "title":
            said = titled or (_short(name) if parts.title else None)
        case "given-name":
            said = parts.given or titled or (None if parts.family else _short(name))
    return said if said is not None and len(said) <= LONGEST else None


def _take_apart(name: str) -> NameParts:
    words = name.replace(",", " , ").split()
    title = ""
    while words and _plain(words[0]) in TITLES:
        title = f"{title} {words.pop(0)}".strip()
    if "," in words:
        family, given = " ".join(words[: words.index(",")]), words[words.index(",") + 1 :]
        return NameParts(title or None, _whole_word(given), family or None)
    return NameParts(title or None, _given_name(words, titled=bool(title)), _family_name(words, titled=bool(title)))


def _given_name(words: list[str], *, titled: bool) -> str | None:
    """The given name; a single word after a title is a family name."""
    if len(words) < 2:
        return _whole_word(words) if not titled else None
    return _whole_word(words) if _is_given_name_first(words) and _plain(words[0]) not in PARTICLES else None


def _family_name(words: list[str], *, titled: bool) -> str | None:
    particle = next((at for at, word in enumerate(words) if _plain(word) in PARTICLES), None)
    if titled and (len(words) == 1 or particle == 0):
        return " ".join(words)
    if len(words) < 2 or not _is_given_name_first(words):
        return None
    if particle is not None:
        return " ".join(words[particle:])
    return words[1] if len(words) == 2 else None


def _is_given_name_first(words: list[str]) -> bool:
    first = words[0]
    return _plain(first) not in _UNCLEAR and unicodedata.name(first[0], "").startswith(_GIVEN_NAME_FIRST)


def _whole_word(words: list[str]) -> str | None:
    """The first word, unless it is an initial."""
    return words[0] if words and not words[0].endswith(".") and len(words[0]) > 1 else None


def _short(name: str) -> str | None:
    whole = " ".join(name.split())
    if "," in whole:
        return None
    has_initial = any(len(word.rstrip(".")) == 1 and word.isascii() for word in whole.split())
    words = [word for word in whole.split() if _plain(word) not in TITLES]
    return whole if 1 <= len(words) <= MOST_WORDS and not has_initial else None


def _plain(word: str) -> str:
    """A word for comparison: without accents, case and full stop."""
    letters = unicodedata.normalize("NFD", word.casefold().rstrip("."))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
