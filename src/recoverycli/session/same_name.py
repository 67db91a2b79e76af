"""Whether two names are those of one person: the same name, perhaps the same, or another.

The same name has the same words in the same order; case, accents, and a space or a hyphen between words do not matter.
Perhaps the same is a name whose words do not contradict each other: one has a title, another order, an initial, more
words, or one other letter. "Ana Lopez" is perhaps "Mrs Lopez" and "Ana Lopez-Ruiz", but not "Diana Lopez".
"""

from __future__ import annotations

from typing import Literal

from recoverycli.session.address import TITLES
from recoverycli.text.tokens import tokens

NameLikeness = Literal[
    "same name", "with or without a title", "in another order", "with an initial", "a part of the name",
    "one letter differs",
]  # fmt: skip
# Shorter words differ by one letter too often.
_LONG_ENOUGH = 3


def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparison, without its titles; a title alone stays."""
    words = tuple(token.text for token in tokens(name))
    return tuple(word for word in words if word not in TITLES) or words


def has_letter(word: str) -> bool:
    """Whether a word has a letter or a digit: a sign of a script without spaces may be a dot."""
    return any(map(str.isalnum, word))


def name_likeness(one: str, other: str) -> NameLikeness | None:
    """Return how two names are alike; None for the names of different people."""
    words = [tuple(token.text for token in tokens(name)) for name in (one, other)]
    if not all(words):
        return None
    if words[0] == words[1]:
        return "same name"
    first, second = name_parts(one), name_parts(other)
    if first == second:
        return "with or without a title"
    if sorted(first) == sorted(second):
        return "in another order"
    if not any(map(has_letter, {*first} & {*second})):
        return None
    fewer, more = sorted((first, second), key=len)
    left = _without(fewer, more)
    if left is None:
        return "one letter differs" if _is_misspelt(first, second) else None
    if any(map(_is_initial, left)):
        return "with an initial"
    return "a part of the name"


def _without(fewer: tuple[str, ...], more: tuple[str, ...]) -> list[str] | None:
    """Pair each word of the shorter name with its own or its initial in the longer one.

    Returns the words that have no equal, among them initials; None where a word contradicts the other name, or no
    whole word is in both.
    """
    rest = list(more)
    unequal = [word for word in fewer if not _take(rest, word)]
    shared = [word for word in fewer if word not in unequal]
    if not any(len(word) > 1 or not word.isascii() for word in shared):
        return None
    for word in unequal:
        own = next((one for one in rest if one[0] == word[0] and (_is_initial(one) or _is_initial(word))), None)
        if own is None:
            return None
        rest.remove(own)
        rest.append(min(own, word, key=len))
    return [*unequal, *rest]


def _is_initial(word: str) -> bool:
    """Whether it is one letter of an alphabet; in scripts without spaces, a sign is a word."""
    return len(word) == 1 and word.upper() != word


def _take(rest: list[str], word: str) -> bool:
    if word not in rest:
        return False
    rest.remove(word)
    return True


def _is_misspelt(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether one of several words has one letter more, less or changed after its first, and the others are equal."""
    if not 1 < len(first) == len(second):
        return False
    unequal = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    return len(unequal) == 1 and _differ_by_one_letter(*sorted(unequal[0], key=len))


def _differ_by_one_letter(shorter: str, longer: str) -> bool:
    if len(shorter) < _LONG_ENOUGH or shorter[0] != longer[0] or not f"{shorter}{longer}".isalpha():
        return False
    same = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) == len(longer):
        return shorter[same + 1 :] == longer[same + 1 :]
    return shorter[same:] == longer[same + 1 :]
