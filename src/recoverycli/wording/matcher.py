"""Finds words that backfire and the parts of an apology in a text: by phrases, weighed by the learned reader."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.guarded import GuardedPhrases, compile_guarded
from recoverycli.wording.learned.classes import ClassLikelihoods
from recoverycli.wording.learned.library import BACKFIRES, load_model
from recoverycli.wording.model import CLASSES, CRITICAL_WORDS, PART_IDS, SignGroup
from recoverycli.wording.search.phrases import TokenizedText, words_of
from recoverycli.wording.search.sequences import Sequences
from recoverycli.wording.search.table import compile_table
from recoverycli.wording.sentences.language import is_shared, shows_no_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recoverycli.wording.guarded import GuardedTables
    from recoverycli.wording.model import ApologyPart, Kind, PartId, Pattern, Wording
    from recoverycli.wording.search.table import PhraseTable


# Kinds of words that backfire in which there is no part of an apology. Others are bad style, or about something else.
_TAKING_BACK: frozenset[Kind] = frozenset(["conditional-apology", "sorry-but", "refusal", "tone"])


class Finding(NamedTuple):
    """Words that backfire: their start and end in the text, in characters, and why."""

    start: int
    end: int
    pattern: Pattern


class PartFinding(NamedTuple):
    """Words that are part of an apology: their start and end in the text, in characters, and which part."""

    start: int
    end: int
    part: ApologyPart


class MatcherTables(NamedTuple):
    """The phrases that a matcher looks for, compiled."""

    patterns: GuardedTables
    parts: GuardedTables
    occasions: PhraseTable


def compile_matcher(wording: Wording) -> MatcherTables:
    """Compile what a matcher looks for."""
    patterns = compile_guarded(wording.patterns, _loose(wording.patterns))
    groups = sign_groups(wording)
    parts = compile_guarded(groups, _loose(groups))
    occasions = compile_table((0, phrase) for phrase in wording.occasions)
    return MatcherTables(patterns, parts, occasions)


def sign_groups(wording: Wording) -> tuple[SignGroup, ...]:
    """Return the signs of all parts of an apology, in the order of the parts."""
    return tuple(group for part in wording.parts for group in _sign_groups(part))


class Matcher:
    """Finds the phrases of a wording. Build it once: it compiles the phrases."""

    def __init__(self, wording: Wording, tables: MatcherTables | None = None) -> None:
        """With `tables`, which were compiled before, the wording needs no phrases."""
        self.wording = wording
        patterns, parts, occasions = tables or compile_matcher(wording)
        self._patterns = GuardedPhrases(patterns)
        self._part_of = tuple(part for part in wording.parts for _ in _sign_groups(part))
        self._parts = GuardedPhrases(parts)
        self._occasions = Sequences(occasions)
        self._learned: dict[str, Pattern] = {one.kind: one for one in wording.patterns if one.learned}
        self._known = load_model(BACKFIRES).known if self._learned else frozenset()

    def findings(self, text: str, channel: str | None = None) -> tuple[Finding, ...]:
        """Return what backfires, in text order; of overlapping words of a class the longest.

        Different classes may overlap. Words of no class are left out where longer ones have them.

        With a channel, the patterns of other channels are left out.
        """
        words = words_of(text)
        found = self._findings(text, words, channel)
        return self._weigh(found, text, words, channel) if self._learned else found

    def phrase_findings(self, text: str, channel: str | None = None) -> tuple[Finding, ...]:
        """Return what backfires by its phrases alone, as `findings` does."""
        return self._findings(text, words_of(text), channel)

    def parts(self, text: str) -> tuple[PartId, ...]:
        """Return the ids of the parts of an apology in the text, in the order of the study."""
        there = {found.part.id for found in self.part_findings(text)}
        return tuple(part for part in PART_IDS if part in there)

    def part_findings(self, text: str) -> tuple[PartFinding, ...]:
        """Return the words that are part of an apology, in text order; of overlapping ones of a part the longest.

        Words that take it back contain no part: "I'm sorry if you feel that way" regrets nothing, "so so sorry" does.
        """
        words = words_of(text)
        spoilt = _merge(found[:2] for found in self._findings(text, words, None) if _takes_back(found.pattern))
        spans: dict[PartId, set[tuple[int, int, int]]] = {}
        for number, first, after in self._parts.find(text, words):
            span = words.starts[first], words.ends[after - 1], number
            if not _overlaps(spoilt, *span[:2]):
                spans.setdefault(self._part_of[number].id, set()).add(span)
        return tuple(
            PartFinding(start, end, self._part_of[number])
            for start, end, number in sorted(span for found in spans.values() for span in _longest_apart(found))
        )

    def occasion(self, text: str) -> bool:
        """Whether the text mentions a fault, so that an apology is needed."""
        words = words_of(text)
        return self._occasions.has(words, 0, len(words.words))

    def _findings(self, typed: str, text: TokenizedText, channel: str | None) -> tuple[Finding, ...]:
        of_channel = None if channel is None else self._of_channel(channel)
        spans = set(self._patterns.find(typed, text, of_channel))
        doubtful = {span for span in spans if is_shared(text.words[span[1] : span[2]])}
        if doubtful and shows_no_english(text):
            spans -= doubtful
        found = tuple((text.starts[first], text.ends[after - 1], number) for number, first, after in spans)
        kept = sorted(self._apart_by_class(found), key=lambda span: (span[0], -span[1], span[2]))
        return tuple(Finding(start, end, self.wording.patterns[number]) for start, end, number in kept)

    def _weigh(
        self, found: tuple[Finding, ...], typed: str, text: TokenizedText, channel: str | None
    ) -> tuple[Finding, ...]:
        """Leave out chance matches of the tool's own patterns, and add the classes that no phrase shows."""
        if shows_no_english(text):
            return found
        likelihoods = ClassLikelihoods(typed, text)
        kept = [
            one for one in found
            if one.pattern.kind not in self._learned
            or one.pattern.id not in self._known
            or not likelihoods.is_unlikely(one.pattern.kind, bisect_right(text.starts, one.start) - 1)
        ]  # fmt: skip
        there = {(one.pattern.kind, text.first[bisect_right(text.starts, one.start) - 1]) for one in kept}
        for name, first, after in likelihoods.likely():
            pattern = self._learned.get(name)
            if pattern is not None and _is_of_channel(pattern, channel) and (name, first) not in there:
                kept.append(Finding(text.starts[first], text.ends[after - 1], pattern))
        return tuple(sorted(kept, key=lambda one: (one.start, -one.end)))

    def _apart_by_class(self, spans: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
        """Yield of each class the longest spans that do not overlap; the kinds without a class share one."""
        of_class: dict[str, set[tuple[int, int, int]]] = {}
        for span in spans:
            kind = self.wording.patterns[span[2]].kind
            of_class.setdefault(kind if kind in CLASSES | CRITICAL_WORDS else "", set()).add(span)
        style = of_class.pop("", set())
        classes = [span for found in of_class.values() for span in _longest_apart(found)]
        yield from classes
        covered = _merge(classes)
        yield from (span for span in _longest_apart(style) if not _contains(covered, *span[:2]))

    def _of_channel(self, channel: str) -> frozenset[int]:
        return frozenset(
            number for number, pattern in enumerate(self.wording.patterns) if _is_of_channel(pattern, channel)
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
        self._phrases = Sequences.of((numbers[means], words) for means, words in pairs)

    def find(self, text: str) -> tuple[Sign, ...]:
        """Return the matches in text order; of overlapping ones with the same meaning the longest."""
        words = words_of(text)
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for number, first, after in self._phrases.find(words, 0, len(words.words)):
            spans.setdefault(number, []).append((words.starts[first], words.ends[after - 1], number))
        kept = (
            Sign(start, end, self._meanings[number])
            for found in spans.values()
            for start, end, number in _longest_apart(set(found))
        )
        return tuple(sorted(kept))


def _sign_groups(part: ApologyPart) -> tuple[SignGroup, ...]:
    own = SignGroup(signs=part.signs, unless=part.unless, when=part.when, loosely=part.loosely)
    return (own, *part.groups)


def _is_of_channel(pattern: Pattern, channel: str | None) -> bool:
    return channel is None or not pattern.channels or channel in pattern.channels


def _takes_back(pattern: Pattern) -> bool:
    return pattern.kind in _TAKING_BACK and not pattern.leaves_parts


def _loose(owners: Sequence[Pattern | SignGroup]) -> tuple[int, ...]:
    return tuple(number for number, one in enumerate(owners) if one.loosely)


def _longest_apart(spans: set[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Return the spans that overlap no longer one, in text order."""
    taken: list[tuple[int, int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span[0], span[2])):
        place = bisect_left(taken, span)
        free_before = place == 0 or taken[place - 1][1] <= span[0]
        if free_before and (place == len(taken) or span[1] <= taken[place][0]):
            taken.insert(place, span)
    return taken


def _merge(spans: Iterable[tuple[int, ...]]) -> list[tuple[int, int]]:
    """Return the text that spans cover, in text order."""
    merged: list[tuple[int, int]] = []
    for start, end, *_ in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _overlaps(merged: list[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(merged, end, key=lambda span: span[0]) - 1
    return place >= 0 and merged[place][1] > start


def _contains(merged: list[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(merged, start, key=lambda span: span[0]) - 1
    return place >= 0 and merged[place][1] >= end
