"""Many phrases as one tree of words. Pure: no screen, no file, no clock.

From each word of a text the tree is followed as far as possible, which the length of a phrase and its two gaps of four
words bound: the time is linear in the length of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.wording.phrases import BEGIN, END, GAP, WIDEST_GAP, Malformed, TokenizedText, forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from recoverycli.wording.phrases import Form


class _Node:
    """A node of the tree: the next words, and the phrases that end here."""

    __slots__ = ("ends_here", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends_here: tuple[int, ...] = ()


class Tree:
    """Phrases in one tree, each with the number of its owner.

    The branch of a first word is built when a text contains that word: most never are.
    """

    def __init__(self, phrases: Iterable[tuple[int, str]], *, loosely: bool = False) -> None:
        self._folded: dict[str, list[tuple[int, Form]]] = {}
        self._grown: dict[str, _Node] = {}
        for number, phrase in phrases:
            for form in phrase_forms(phrase, loosely=loosely):
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


def phrase_forms(phrase: str, *, loosely: bool = False) -> tuple[Form, ...]:
    """Return every sequence of words of a phrase, none if it is malformed; `loosely` in canonical words."""
    found = forms(phrase)
    if isinstance(found, Malformed):
        return ()
    if not loosely:
        return found
    from recoverycli.wording.canonical import canonical_form

    return tuple(filter(None, map(canonical_form, found)))
