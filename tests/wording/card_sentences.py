"""Notes and the cards that they should suggest, as labelled by hand, and the counts of what they suggest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.wording.cards import CardTriggers
from tests.wording.wordings import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Sequence

NONE = "-"
TUNED = Path(__file__).with_name("card-sentences.tsv")
# Never seen by the author of the words, and only counted: see docs/testing.md.
HELD_OUT = Path(__file__).with_name("card-sentences-held-out.tsv")
CARDS = CardTriggers(BUILT_IN.wording)


class CardSentence(NamedTuple):
    """A note, and the card that it should suggest."""

    card: str
    note: str


class Counts(NamedTuple):
    """How many notes of danger suggest the right card, or any, and how many ordinary notes suggest one."""

    danger: int
    right: int
    any_card: int
    ordinary: int
    false_alarms: int


def sentences(file: Path) -> list[CardSentence]:
    """The rows of a list; a line that begins with # is a comment."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [CardSentence(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def suggested(note: str, cards: CardTriggers = CARDS) -> str:
    """The id of the card that a note suggests, `-` for none."""
    suggestion = cards.suggest(note)
    return suggestion.card if suggestion else NONE


def count(rows: Sequence[CardSentence]) -> Counts:
    """Count what the notes suggest."""
    found = [(row.card, suggested(row.note)) for row in rows]
    danger = [(card, got) for card, got in found if card != NONE]
    return Counts(
        danger=len(danger),
        right=sum(card == got for card, got in danger),
        any_card=sum(got != NONE for _, got in danger),
        ordinary=len(found) - len(danger),
        false_alarms=sum(got != NONE for card, got in found if card == NONE),
    )
