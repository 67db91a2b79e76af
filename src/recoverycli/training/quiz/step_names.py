"""The step that a typed name stands for: case, accents, plural, order of words and one-letter slips do not matter.

Half of the words of a name are enough where they are of no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.text.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

# Shorter words have too many neighbours, and some end in an s of their own.
_LONG_ENOUGH = 4
_LEFT_OUT = frozenset({"a", "an", "the", "step", "and", "to", "it"})
_SAME, _PLURAL, _SLIP, _PART = 0, 1, 2, 3


def read_name(typed: str, names: Iterable[str]) -> str | None:
    """Return the name that was typed; None if none of them fits, or several fit alike."""
    ranked: dict[int, list[str]] = {}
    words = _words(typed)
    for name in dict.fromkeys(names):
        rank = _rank(words, _words(name))
        if rank is not None:
            ranked.setdefault(rank, []).append(name)
    nearest = ranked[min(ranked)] if ranked else []
    return nearest[0] if len(nearest) == 1 else None


def _words(text: str) -> list[str]:
    words = [token.text for token in tokens(text)]
    return [word for word in words if word not in _LEFT_OUT] or words


def _rank(typed: list[str], name: list[str]) -> int | None:
    """How near two lists of words are, the farthest of their pairs; None if a word has no partner."""
    if not typed or not len(name) / 2 <= len(typed) <= len(name):
        return None
    left, farthest = list(name), _SAME if len(typed) == len(name) else _PART
    for word in typed:
        ranks = [(rank, other) for other in left if (rank := _word_rank(word, other)) is not None]
        if not ranks:
            return None
        rank, other = min(ranks)
        left.remove(other)
        farthest = max(farthest, rank)
    return farthest


def _word_rank(typed: str, word: str) -> int | None:
    if typed == word:
        return _SAME
    if _singular(typed) == _singular(word):
        return _PLURAL
    if min(len(typed), len(word)) >= _LONG_ENOUGH and _is_slip(typed, word):
        return _SLIP
    return None


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) >= _LONG_ENOUGH else word


def _is_slip(typed: str, word: str) -> bool:
    """Whether two words differ by one letter: one more, one less, another one, or two neighbours swapped."""
    shorter, longer = sorted((typed, word), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = next((place for place, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return len(shorter) != len(longer)
    if len(shorter) < len(longer):
        return shorter[same:] == longer[same + 1 :]
    swapped = shorter[same : same + 2] == longer[same : same + 2][::-1]
    return shorter[same + 1 :] == longer[same + 1 :] or (swapped and shorter[same + 2 :] == longer[same + 2 :])
