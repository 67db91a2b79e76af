"""Words of options: each is one of a list, or was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from recoverycli.errors import known_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recoverycli.frameworks.model import Fault

Word = TypeVar("Word", bound=str)
FAULT_WORDS: dict[str, Fault] = {"yes": "ours", "no": "not-ours", "unclear": "unclear"}


def told_word(kind: str, word: str | None, known: Iterable[Word]) -> Word | None:
    """Return the word of `known` that was typed, None if none was. Raises UsageProblem for another word."""
    return None if word is None else known_word(kind, word, known)


def told_fault(word: str | None) -> Fault | None:
    """Return the fault that `--ours` tells, None if it was left out. Raises UsageProblem for another word."""
    known = told_word("answer", word, FAULT_WORDS)
    return None if known is None else FAULT_WORDS[known]
