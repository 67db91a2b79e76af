"""Whether a typed sentence does what was asked for. It is read by the reader of acts, which knows words, not meanings.

Where the reader finds neither the act nor anything that backfires, nobody can tell: that is no mistake of the learner.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.roleplay.feedback import act_lines
from recoverycli.wording.acts.reader import ActReader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.wording.acts.reader import ActMark
    from recoverycli.wording.matcher import Matcher
    from recoverycli.wording.model import GoodAct


class ReadSentence(NamedTuple):
    """What a sentence does that was wanted, and what backfires in it, in words. Neither: the reader cannot tell."""

    does: tuple[str, ...]
    backfires: tuple[str, ...]


class SentenceReader:
    """Reads typed sentences; what it needs is compiled at the first of them."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._read: dict[tuple[str, tuple[GoodAct, ...], str], ReadSentence] = {}

    @cached_property
    def _acts(self) -> ActReader:
        return ActReader(self._matcher)

    def read(self, text: str, wants: tuple[GoodAct, ...], heard: str = "") -> ReadSentence:
        """Return what a sentence does; `heard` is what the customer said before."""
        key = text, wants, heard
        if key not in self._read:
            self._read[key] = self._look(text, wants, heard)
        return self._read[key]

    def _look(self, text: str, wants: tuple[GoodAct, ...], heard: str) -> ReadSentence:
        acts = self._acts.read(text, heard)
        wrong = [mark for mark in acts.charges if mark.act != "ignores-question"]
        charged = [range(mark.start, mark.end) for mark in wrong]
        reasons = [
            f'"{_quote(text, found.start, found.end)}": {found.pattern.because}'
            for found in self._matcher.findings(text)
            if not any(found.start in span or span.start in range(found.start, found.end) for span in charged)
        ]
        backfires = tuple(dict.fromkeys((*_lines(text, wrong), *reasons)))
        does = () if backfires else _lines(text, [mark for mark in acts.credits if mark.act in wants])
        return ReadSentence(does, backfires)


def _lines(text: str, marks: Sequence[ActMark]) -> tuple[str, ...]:
    quotes: dict[str, dict[str, None]] = {}
    for mark in marks:
        quotes.setdefault(mark.act, {})[_quote(text, mark.start, mark.end)] = None
    return act_lines({act: " … ".join(words) for act, words in quotes.items()})


def _quote(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
