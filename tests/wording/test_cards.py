"""Words in a note suggest a card: the built-in triggers, what denies them, and triggers of a company."""

from __future__ import annotations

import pytest

from recoverycli.wording.cards import CardTriggers
from recoverycli.wording.model import CardTrigger, Wording
from tests.wording.wordings import BUILT_IN

CARDS = CardTriggers(BUILT_IN.wording)
TRIGGERS = [pytest.param(trigger, id=trigger.id) for trigger in BUILT_IN.wording.triggers]


def suggested(note: str, cards: CardTriggers = CARDS) -> str:
    """The id of the card that a note suggests, `-` for none."""
    suggestion = cards.suggest(note)
    return suggestion.card if suggestion else "-"


@pytest.mark.parametrize(
    ("note", "card"),
    [
        ("her mouth is tingling after the nuts", "health"),
        ("I can smell gas", "health"),
        ("I will end it all", "self-harm"),
        ("my husband died in May and you keep sending bills", "bereavement"),
        ("somebody else used my account", "fraud"),
        ("your driver called me a ...", "discrimination"),
    ],
)
def test_a_note_of_danger_suggests_its_card(note: str, card: str) -> None:
    assert suggested(note) == card


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_trigger_finds_its_examples_and_leaves_the_others(trigger: CardTrigger) -> None:
    alone = CardTriggers(Wording(triggers=(trigger,)))
    assert [note for note in trigger.catches if suggested(note, alone) != trigger.card] == []
    assert [note for note in trigger.passes if suggested(note, alone) != "-"] == []
