"""Finds the cues of negation, hypothesis and report, and marks their scope in a list with one flag for each word."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from recoverycli.wording.search.sequences import Sequences

if TYPE_CHECKING:
    from recoverycli.wording.search.phrases import TokenizedText


def find(cues: tuple[str, ...], text: TokenizedText) -> list[tuple[int, int]]:
    """Return the first word and the one after the last of each cue; cues are phrases (`wording.search.phrases`)."""
    return [(first, after) for _, first, after in _compile(cues).find(text, 0, len(text.words))]


def mark(flags: list[bool], begin: int, end: int) -> None:
    """Set the flags of the words from `begin` up to `end`."""
    flags[begin:end] = [True] * (end - begin)


@functools.cache
def _compile(cues: tuple[str, ...]) -> Sequences:
    return Sequences.of((0, cue) for cue in cues)
