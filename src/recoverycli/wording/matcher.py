"""Finds words that backfire and the parts of an apology in a text. Pure: no screen, no file, no clock."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.guarded import GuardedPhrases
from recoverycli.wording.model import PART_IDS
from recoverycli.wording.phrases import TokenizedText, words_of
from recoverycli.wording.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recoverycli.wording.model import ApologyPart, Pattern, When, Wording


class Finding(NamedTuple):
    """Words that backfire: their start and end in the text, in characters, and why."""

    start: int
    end: int
    pattern: Pattern


class PartSigns(NamedTuple):
    """The signs of a part of an apology, as phrases with guards."""

    say: tuple[str, ...]
    unless: tuple[str, ...]
    when: When | None
    unless_followed_by: tuple[str, ...] = ()


class Matcher:
    """Finds the phrases of a wording. Build it once: it compiles the phrases."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        patterns, parts = wording.patterns, wording.parts
        self._patterns = GuardedPhrases(patterns, loose=_loose(patterns))
        signs = tuple(PartSigns(one.signs, one.unless, one.when) for one in parts)
        self._parts = GuardedPhrases(signs, loose=_loose(parts))
        self._occasions = Tree((0, phrase) for phrase in wording.occasions)

    def findings(self, text: str, channel: str | None = None) -> tuple[Finding, ...]:
        """Return what backfires, in text order; of overlapping words the longest.

        With a channel, the patterns of other channels are left out.
        """
        return self._findings(text, words_of(text), channel)

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the ids of the parts of an apology in the text, in the order of the study.

        Words that backfire contain no part: "I'm sorry if you feel that way" regrets nothing.
        """
        words = words_of(text)
        spoilt = self._findings(text, words, None)
        there = {
            self.wording.parts[number].id
            for number, first, after in self._parts.find(text, words)
            if not _inside(words.starts[first], words.ends[after - 1], spoilt)
        }
        return tuple(part for part in PART_IDS if part in there)

    def occasion(self, text: str) -> bool:
        """Whether the text mentions a fault, so that an apology is needed."""
        words = words_of(text)
        return self._occasions.has(words, 0, len(words.words))

    def _findings(self, typed: str, text: TokenizedText, channel: str | None) -> tuple[Finding, ...]:
        of_channel = None if channel is None else self._of_channel(channel)
        found = {
            (text.starts[first], text.ends[after - 1], number)
            for number, first, after in self._patterns.find(typed, text, of_channel)
        }
        longest = sorted(found, key=lambda span: (span[0] - span[1], span[0], span[2]))
        return tuple(Finding(start, end, self.wording.patterns[number]) for start, end, number in _apart(longest))

    def _of_channel(self, channel: str) -> frozenset[int]:
        return frozenset(
            number
            for number, pattern in enumerate(self.wording.patterns)
            if not pattern.channels or channel in pattern.channels
        )


class Sign(NamedTuple):
    """Words that stand for something: their start and end in the text, in characters, and what for."""

    start: int
    end: int
    means: str


class Signs:
    """Finds phrases that stand for something. Build it once: it compiles the phrases."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are pairs of an intent and its words."""
        pairs = list(phrases)
        self._meanings = tuple(dict.fromkeys(means for means, _ in pairs))
        numbers = {means: number for number, means in enumerate(self._meanings)}
        self._tree = Tree((numbers[means], words) for means, words in pairs)

    def find(self, text: str) -> tuple[Sign, ...]:
        """Return the matches in text order; of overlapping ones with the same meaning the longest."""
        words = words_of(text)
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for number, first, after in self._tree.find(words, 0, len(words.words)):
            spans.setdefault(number, []).append((words.starts[first], words.ends[after - 1], number))
        kept = (
            Sign(start, end, self._meanings[number])
            for found in spans.values()
            for start, end, number in _apart(sorted(set(found), key=lambda span: (span[0] - span[1], span[0])))
        )
        return tuple(sorted(kept))


def _loose(owners: Sequence[Pattern | ApologyPart]) -> tuple[int, ...]:
    return tuple(number for number, one in enumerate(owners) if one.loosely)


def _apart(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the spans that overlap no earlier one, in text order."""
    taken: list[tuple[int, int, int]] = []
    for span in spans:
        place = bisect_left(taken, span)
        free_before = place == 0 or taken[place - 1][1] <= span[0]
        if free_before and (place == len(taken) or span[1] <= taken[place][0]):
            taken.insert(place, span)
    return taken


def _inside(start: int, end: int, findings: tuple[Finding, ...]) -> bool:
    place = bisect_left(findings, end, key=lambda finding: finding.start) - 1
    return place >= 0 and findings[place].end > start
