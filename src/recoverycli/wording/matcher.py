"""Finds in a text the words that backfire and the parts of an apology. Pure: no screen, no file, no clock.

All phrases make one tree of words. From each word of the text the tree is followed as far as it goes, which a
phrase's length and its two gaps of four words bound: the time grows with the text and with nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.model import PART_IDS
from recoverycli.wording.phrases import BEGIN, END, GAP, WIDEST_GAP, Malformed, TokenizedText, forms, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.wording.model import Pattern, Wording
    from recoverycli.wording.phrases import Form


class Finding(NamedTuple):
    """Words that backfire: where they begin and end in the text, in characters, and why."""

    start: int
    end: int
    pattern: Pattern


class _Node:
    """A place in the tree: the words that lead on from here, and what ends here."""

    __slots__ = ("ends_here", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends_here: tuple[int, ...] = ()


class _Tree:
    """Phrases in one tree, each with the number of what it belongs to.

    What follows a first word is laid out when a text holds that word: most never do.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self._folded: dict[str, list[tuple[int, Form]]] = {}
        self._grown: dict[str, _Node] = {}
        for number, phrase in phrases:
            found = forms(phrase)
            for form in () if isinstance(found, Malformed) else found:
                self._folded.setdefault(form[0], []).append((number, form))

    def _after(self, word: str) -> _Node | None:
        """Return where the tree goes on after a first word."""
        if word in self._folded:
            self._grown[word] = _grow(self._folded.pop(word))
        return self._grown.get(word)

    def find(self, text: TokenizedText, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield what stands between two words of the text: its number, its first word and the one after its last."""
        first, words, after = text.first, text.words, self._after
        at_begin = after(BEGIN)
        for at in range(begin, end):
            if (node := after(words[at])) is not None:
                yield from _follow(node, text, at, at + 1, end)
            if at_begin is not None and first[at] == at and (node := at_begin.next.get(words[at])) is not None:
                yield from _follow(node, text, at, at + 1, end)

    def has(self, text: TokenizedText, begin: int, end: int) -> bool:
        """Whether any of the phrases stands between two words of the text."""
        return next(self.find(text, begin, end), None) is not None

    def latest(self, text: TokenizedText, begin: int, end: int) -> int:
        """The word at which the last of the phrases begins, -1 where there is none."""
        return max((first for _, first, _ in self.find(text, begin, end)), default=-1)


def _grow(phrases: list[tuple[int, Form]]) -> _Node:
    """Lay phrases of the same first word into a tree; its root is that word."""
    root = _Node()
    for number, form in phrases:
        node = root
        for word in form[1:]:
            if (following := node.next.get(word)) is None:
                following = node.next[word] = _Node()
            node = following
        if number not in node.ends_here:
            node.ends_here += (number,)
    return root


def _follow(node: _Node, text: TokenizedText, start: int, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    last = min(text.last[start], end)
    todo = [(node, at)]
    while todo:
        node, at = todo.pop()
        for number in node.ends_here:
            yield number, start, at
        if at == text.last[start] and (closed := node.next.get(END)) is not None:
            for number in closed.ends_here:
                yield number, start, at
        if at < last and (following := node.next.get(text.words[at])) is not None:
            todo.append((following, at + 1))
        if (gap := node.next.get(GAP)) is not None:
            reach = range(at, min(at + WIDEST_GAP, last - 1) + 1)
            todo += [(gap.next[text.words[to]], to + 1) for to in reach if text.words[to] in gap.next]


class Matcher:
    """Looks for the phrases of a wording. Build it once: the phrases are compiled then."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        patterns, parts = wording.patterns, wording.parts
        self._patterns = _Tree((number, say) for number, one in enumerate(patterns) for say in one.say)
        self._parts = _Tree((number, sign) for number, one in enumerate(parts) for sign in one.signs)
        self._occasions = _Tree((0, phrase) for phrase in wording.occasions)
        self._unless = [_tree(one.unless) for one in patterns]
        self._followed = [_tree(one.unless_followed_by) for one in patterns]
        self._part_unless = [_tree(one.unless) for one in parts]

    def findings(self, text: str, channel: str | None = None) -> tuple[Finding, ...]:
        """Return what backfires, in the order of the text; of words that overlap the longest.

        Without a channel every pattern counts, with one those of other channels do not.
        """
        return self._findings(words_of(text), channel)

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the ids of the parts of an apology that are in the text, in the order of the study.

        What stands inside words that backfire is no part: "I'm sorry if you feel that way" regrets nothing.
        """
        words = words_of(text)
        spoilt = self._findings(words, None)
        known: dict[tuple[int, int], bool] = {}
        there = {
            self.wording.parts[number].id
            for number, first, after in self._parts.find(words, 0, len(words.words))
            if not _inside(words.starts[first], words.ends[after - 1], spoilt)
            and not self._is_denied(number, words, first, known)
        }
        return tuple(part for part in PART_IDS if part in there)

    def occasion(self, text: str) -> bool:
        """Whether the text speaks of a fault, so that an apology is called for."""
        words = words_of(text)
        return self._occasions.has(words, 0, len(words.words))

    def _findings(self, text: TokenizedText, channel: str | None) -> tuple[Finding, ...]:
        found: set[tuple[int, int, int]] = set()
        # A text without full stops is one sentence: it is searched once for a pattern, not once for a finding.
        known: dict[tuple[int, int], int] = {}
        for number, first, after in self._patterns.find(text, 0, len(text.words)):
            channels = self.wording.patterns[number].channels
            if channel is not None and channels and channel not in channels:
                continue
            if after > self._harmless_until(number, text, first, known):
                found.add((text.starts[first], text.ends[after - 1], number))
        longest = sorted(found, key=lambda span: (span[0] - span[1], span[0], span[2]))
        return tuple(Finding(start, end, self.wording.patterns[number]) for start, end, number in _apart(longest))

    def _harmless_until(self, number: int, text: TokenizedText, first: int, known: dict[tuple[int, int], int]) -> int:
        """The word up to which words of this sentence are harmless for what stands beside or after them."""
        unless, followed = self._unless[number], self._followed[number]
        if unless is None and followed is None:
            return -1
        begin, end = text.first[first], text.last[first]
        if (number, begin) not in known:
            next_end = text.last[end] if end < len(text.words) else end
            if unless is not None and unless.has(text, begin, end):
                known[number, begin] = len(text.words)
            else:
                known[number, begin] = followed.latest(text, begin, next_end) if followed is not None else -1
        return known[number, begin]

    def _is_denied(self, number: int, text: TokenizedText, first: int, known: dict[tuple[int, int], bool]) -> bool:
        unless, begin = self._part_unless[number], text.first[first]
        if unless is None:
            return False
        if (number, begin) not in known:
            known[number, begin] = unless.has(text, begin, text.last[first])
        return known[number, begin]


class Sign(NamedTuple):
    """Words that stand for something: where they begin and end in the text, in characters, and what for."""

    start: int
    end: int
    means: str


class Signs:
    """Looks for phrases, each of which stands for something. Build it once: the phrases are compiled then."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are pairs of an intent and its words."""
        pairs = list(phrases)
        self._meanings = tuple(dict.fromkeys(means for means, _ in pairs))
        numbers = {means: number for number, means in enumerate(self._meanings)}
        self._tree = _Tree((numbers[means], words) for means, words in pairs)

    def find(self, text: str) -> tuple[Sign, ...]:
        """Return what is there, in the order of the text; of words for the same that overlap the longest."""
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


def _tree(phrases: tuple[str, ...]) -> _Tree | None:
    return _Tree((0, phrase) for phrase in phrases) if phrases else None


def _apart(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return those of the spans that overlap none before them, in the order of the text."""
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
