"""How the labelled sentences are read today, counted label by label."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.times.future import read_date
from recoverycli.training.roleplay.own_words import OwnWordsReader
from tests.wording.reading_lines import line_answered, node_answered, scenario_answered
from tests.wording.reading_sets import APOLOGY, BACKFIRES, BAD_ACTS, GOOD_ACTS, OWN_WORDS
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.training.roleplay.own_words import Reading
    from recoverycli.wording.model import Pattern
    from tests.wording.reading_sets import LabelledSentence

# A time of the day for "by five" and "before noon".
_NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


class Count(NamedTuple):
    """Of the sentences that have a label, how many were read so; and of those read so, how many have it."""

    having: int
    found: int
    right: int

    @property
    def recall(self) -> float | None:
        """None without a sentence that has the label."""
        return self.right / self.having if self.having else None

    @property
    def precision(self) -> float | None:
        """None if nothing was found."""
        return self.right / self.found if self.found else None


class AnswerCount(NamedTuple):
    """How answers in own words are judged as a whole.

    `credited` are denials and refusals that get credit for a good act which is not in them, `praised` those that are
    taken for a good answer of the scenario. `recognized` are answers with good acts alone of which one is found.
    `judged` are those about which nobody could tell, and which are charged or get credit.
    """

    denials: int
    credited: int
    praised: int
    good: int
    recognized: int
    unclear: int
    judged: int


def class_of(pattern: Pattern) -> str | None:
    """The class that a pattern finds, which its kind names. None: no class of the set."""
    return pattern.kind if pattern.kind in BACKFIRES.labels else None


def read_backfires(row: LabelledSentence) -> frozenset[str]:
    """The classes that are found. A finding without a class is there under its own id."""
    return frozenset(class_of(one.pattern) or one.pattern.id for one in MATCHER.findings(row.text))


def read_apology(row: LabelledSentence) -> frozenset[str]:
    """The parts that are found."""
    return frozenset(MATCHER.parts(row.text))


def read_own_words(row: LabelledSentence) -> frozenset[str]:
    """The acts for which the answer gets credit, and those it is charged for."""
    reading = _read_answer(row)
    return frozenset(mark.act for mark in (*reading.credits, *reading.charges))


READERS: dict[str, Callable[[LabelledSentence], frozenset[str]]] = {
    BACKFIRES.name: read_backfires,
    APOLOGY.name: read_apology,
    OWN_WORDS.name: read_own_words,
}


def count(
    rows: Sequence[LabelledSentence],
    labels: Sequence[str],
    read: Callable[[LabelledSentence], frozenset[str]],
) -> dict[str, Count]:
    """Count each label, all labels together (`all`), and sentences with any label at all (`any`)."""
    pairs = [(row.labels, read(row)) for row in rows]
    counts = {
        label: Count(
            sum(label in having for having, _ in pairs),
            sum(label in found for _, found in pairs),
            sum(label in having & found for having, found in pairs),
        )
        for label in labels
    }
    together = Count(*(sum(column) for column in zip(*counts.values(), strict=True)))
    some = Count(
        sum(bool(having) for having, _ in pairs),
        sum(bool(found) for _, found in pairs),
        sum(bool(having and found) for having, found in pairs),
    )
    return {**counts, "all": together, "any": some}


def count_answers(rows: Sequence[LabelledSentence]) -> AnswerCount:
    """Count how answers in own words are judged as a whole."""
    good_acts = frozenset(GOOD_ACTS)
    denials = [row for row in rows if row.labels & {"denies", "refuses"}]
    good = [row for row in rows if row.labels and not row.labels & set(BAD_ACTS)]
    unclear = [row for row in rows if not row.labels]
    return AnswerCount(
        denials=len(denials),
        credited=sum(bool(read_own_words(row) & good_acts - row.labels) for row in denials),
        praised=sum(_is_praised(row) for row in denials),
        good=len(good),
        recognized=sum(bool(read_own_words(row) & row.labels) for row in good),
        unclear=len(unclear),
        judged=sum(bool(read_own_words(row)) for row in unclear),
    )


def _is_praised(row: LabelledSentence) -> bool:
    nearest = _read_answer(row).nearest
    return nearest is not None and nearest.effect > 0


@cache
def _read_answer(row: LabelledSentence) -> Reading:
    channel, replies = scenario_answered(row).channel, node_answered(row).replies
    return _reader().read(row.text, replies, _NOW, channel, line_answered(row))


@cache
def _reader() -> OwnWordsReader:
    return OwnWordsReader(MATCHER, read_date)
