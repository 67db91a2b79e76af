"""Finds words that backfire and the parts of an apology in a text. Pure: no screen, no file, no clock.

All phrases form one tree of words. From each word of the text the tree is followed as far as possible, which the length
of a phrase and its two gaps of four words bound: the time is linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, Protocol

from recoverycli.wording.model import PART_IDS
from recoverycli.wording.phrases import BEGIN, END, GAP, WIDEST_GAP, Malformed, TokenizedText, forms, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from recoverycli.wording.model import Pattern, Wording
    from recoverycli.wording.phrases import Form
    from recoverycli.wording.sequences import Sequences


class Finding(NamedTuple):
    """Words that backfire: their start and end in the text, in characters, and why."""

    start: int
    end: int
    pattern: Pattern


class _Node:
    """A node of the tree: the next words, and the phrases that end here."""

    __slots__ = ("ends_here", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends_here: tuple[int, ...] = ()


class _Tree:
    """Phrases in one tree, each with the number of its owner.

    The branch of a first word is built when a text contains that word: most never are.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]]) -> None:
        self._folded: dict[str, list[tuple[int, Form]]] = {}
        self._grown: dict[str, _Node] = {}
        for number, phrase in phrases:
            found = forms(phrase)
            for form in () if isinstance(found, Malformed) else found:
                self._folded.setdefault(form[0], []).append((number, form))

    def _after(self, word: str) -> _Node | None:
        """Return the branch of a first word."""
        if word in self._folded:
            self._grown[word] = _grow(self._folded.pop(word))
        return self._grown.get(word)

    def find(self, text: TokenizedText, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the matches between two words of the text: the number, the first word and the one after the last."""
        first, words, after = text.first, text.words, self._after
        at_begin = after(BEGIN)
        for at in range(begin, end):
            if (node := after(words[at])) is not None:
                yield from _follow(node, text, at, at + 1, end)
            if at_begin is not None and first[at] == at and (node := at_begin.next.get(words[at])) is not None:
                yield from _follow(node, text, at, at + 1, end)

    def has(self, text: TokenizedText, begin: int, end: int) -> bool:
        """Whether any phrase matches between two words of the text."""
        return next(self.find(text, begin, end), None) is not None

    def latest(self, text: TokenizedText, begin: int, end: int) -> int:
        """Return the first word of the last match, -1 if there is none."""
        return max((first for _, first, _ in self.find(text, begin, end)), default=-1)


def _grow(phrases: list[tuple[int, Form]]) -> _Node:
    """Return the tree of phrases with the same first word, which is its root."""
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


class Guarded(Protocol):
    """Phrases to find, and words beside or after them that make them harmless."""

    @property
    def say(self) -> tuple[str, ...]: ...
    @property
    def unless(self) -> tuple[str, ...]: ...
    @property
    def unless_followed_by(self) -> tuple[str, ...]: ...


class GuardedPhrases:
    """Finds phrases where nothing makes them harmless. The words that do are compiled on first use."""

    def __init__(self, owners: Sequence[Guarded], kind: type[_Tree | Sequences] = _Tree) -> None:
        self._owners = owners
        self._kind = kind
        self._phrases = kind((number, say) for number, one in enumerate(owners) for say in one.say)
        self._guards: dict[int, tuple[_Tree | Sequences | None, _Tree | Sequences | None]] = {}

    def find(self, text: TokenizedText, among: Collection[int] | None = None) -> Iterator[tuple[int, int, int]]:
        """Yield the number of an owner, the first word and the one after the last of each match."""
        # A text without full stops is one sentence: it is searched once per owner, not once per match.
        known: dict[tuple[int, int], int] = {}
        for number, first, after in self._phrases.find(text, 0, len(text.words)):
            if (among is None or number in among) and after > self._harmless_until(number, text, first, known):
                yield number, first, after

    def _harmless_until(self, number: int, text: TokenizedText, first: int, known: dict[tuple[int, int], int]) -> int:
        """Return the word up to which words of this sentence are harmless because of what is beside or after them."""
        if number not in self._guards:
            owner = self._owners[number]
            self._guards[number] = self._guard(owner.unless), self._guard(owner.unless_followed_by)
        unless, followed = self._guards[number]
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

    def _guard(self, phrases: tuple[str, ...]) -> _Tree | Sequences | None:
        return self._kind((0, phrase) for phrase in phrases) if phrases else None


class Matcher:
    """Finds the phrases of a wording. Build it once: it compiles the phrases."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        patterns, parts = wording.patterns, wording.parts
        self._patterns = GuardedPhrases(patterns)
        self._parts = _Tree((number, sign) for number, one in enumerate(parts) for sign in one.signs)
        self._occasions = _Tree((0, phrase) for phrase in wording.occasions)
        self._part_unless = [_tree(one.unless) for one in parts]

    def findings(self, text: str, channel: str | None = None) -> tuple[Finding, ...]:
        """Return what backfires, in text order; of overlapping words the longest.

        With a channel, the patterns of other channels are left out.
        """
        return self._findings(words_of(text), channel)

    def parts(self, text: str) -> tuple[str, ...]:
        """Return the ids of the parts of an apology in the text, in the order of the study.

        Words that backfire contain no part: "I'm sorry if you feel that way" regrets nothing.
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
        """Whether the text mentions a fault, so that an apology is needed."""
        words = words_of(text)
        return self._occasions.has(words, 0, len(words.words))

    def _findings(self, text: TokenizedText, channel: str | None) -> tuple[Finding, ...]:
        of_channel = None if channel is None else self._of_channel(channel)
        found = {
            (text.starts[first], text.ends[after - 1], number)
            for number, first, after in self._patterns.find(text, of_channel)
        }
        longest = sorted(found, key=lambda span: (span[0] - span[1], span[0], span[2]))
        return tuple(Finding(start, end, self.wording.patterns[number]) for start, end, number in _apart(longest))

    def _of_channel(self, channel: str) -> frozenset[int]:
        return frozenset(
            number
            for number, pattern in enumerate(self.wording.patterns)
            if not pattern.channels or channel in pattern.channels
        )

    def _is_denied(self, number: int, text: TokenizedText, first: int, known: dict[tuple[int, int], bool]) -> bool:
        unless, begin = self._part_unless[number], text.first[first]
        if unless is None:
            return False
        if (number, begin) not in known:
            known[number, begin] = unless.has(text, begin, text.last[first])
        return known[number, begin]


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
        self._tree = _Tree((numbers[means], words) for means, words in pairs)

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


def _tree(phrases: tuple[str, ...]) -> _Tree | None:
    return _Tree((0, phrase) for phrase in phrases) if phrases else None


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
