"""A card number that is typed over several notes."""

from __future__ import annotations

import pytest

from recoverycli.redaction.cards.across_notes import CardAcrossNotes
from recoverycli.redaction.redact import redact
from tests.cases import for_each


def stored(*notes: str) -> list[str]:
    """The notes as they are stored, one after the other."""
    card = CardAcrossNotes()
    return [card.mask(note, redact(note)[0])[0] for note in notes]


@for_each(
    "notes, kept",
    [
        (["card 4539 5260", "1815 9083"], ["card **** ****", "**** 9083"]),
        (["4539 5260", "1815 9083"], ["4539 5260", "**** 9083"]),
        (["reads 4539 5260 then", "the rest is 1815 9083"], ["reads 4539 5260 then", "the rest is **** 9083"]),
        (
            ["4539 5260", "she is looking for it", "and 1815 9083"],
            ["4539 5260", "she is looking for it", "and **** 9083"],
        ),
        (["4539 5260", "1815", "9083"], ["4539 5260", "1815", "****"]),
        (["4539 5260 1815", "9083"], ["4539 5260 1815", "****"]),
        (["4539", "5260 1815 9083"], ["4539", "**** **** 9083"]),
        (["card starts 4539 5260", "ends 1815 9084"], ["card starts **** ****", "ends **** 9084"]),
        (["four five three nine 5260", "one eight 15 9083"], ["four five three nine 5260", "*** ***** ** 9083"]),
        (
            ["four five three nine five two six oh", "one eight one five, nine oh eight three"],
            ["four five three nine five two six oh", "*** ***** *** ****, nine oh eight three"],
        ),
    ],
)
def test_the_rest_of_a_card_is_masked(notes: list[str], kept: list[str]) -> None:
    assert stored(*notes) == kept


@pytest.mark.parametrize(
    "notes",
    [
        ["4539 5260", "1815 9084"],
        ["order 4539 5260", "order 1815 9083"],
        ["4539 5260 steps", "1815 9083"],
        ["4539 5260", "a", "b", "c", "d", "1815 9083"],
        ["+4539 5260", "1815 9083"],
        ["1815", "9083"],
    ],
)
def test_other_numbers_in_notes_stay(notes: list[str]) -> None:
    assert stored(*notes) == notes


def test_a_card_is_completed_once() -> None:
    assert stored("4539 5260", "1815 9083", "1815 9083") == ["4539 5260", "**** 9083", "1815 9083"]
