"""Words in a note suggest a card: the built-in triggers, what denies them, and triggers of a company."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.content.library import Source
from recoverycli.wording.cards import DANGER_TO_LIFE, OTHER_HARM, CardTriggers
from recoverycli.wording.files.library import LoadedWording, load
from recoverycli.wording.model import CardTrigger, Wording
from tests.cases import for_each
from tests.wording.card_sentences import HELD_OUT, NONE, TUNED, CardSentence, count, sentences, suggested
from tests.wording.wordings import BUILT_IN, FOLDER

if TYPE_CHECKING:
    from pathlib import Path

TRIGGERS = BUILT_IN.wording.triggers
ROWS = sentences(TUNED)
# Of a list that the author of the words never saw: the least share of notes of danger that suggest the right card,
# the least that suggest any, and the largest share of ordinary notes that suggest one.
FLOORS = (92 / 110, 96 / 110, 5 / 105)

# Notes that suggest another card, none, or one where none is due, and why no words of a pattern can do better.
KNOWN_FAILURES = {
    "parcel label shows what i bought, neighbours saw it": "nothing in it but the story says that data was seen",
    "bill of 14b in my letterbox": "only the sender knows that 14b is another home",
    "guest locked himself in bathroom and does not answer": "in most notes it is a phone that is not answered",
    "signs of dementia, asked for his dead wife thrice": "a death is the greater of two troubles in other notes",
    "old man at desk was helpful": "the words are those of notes about frail customers",
}

COMPANY = """schema: 1
id: ours
name: Our words
triggers:
  - id: reactor
    card: reactor
    say: ["reactor ... leaking/hot"]
    catches: ["The reactor is hot."]
    passes: ["The reactor is fine."]
"""


def company(folder: Path, text: str = COMPANY) -> LoadedWording:
    """The wording of a company's file over the built-in one; its own card is `reactor`."""
    folder.mkdir(exist_ok=True)
    (folder / "ours.yaml").write_text(text, encoding="utf-8")
    cards = (*DANGER_TO_LIFE, *OTHER_HARM, "reactor")
    return load((Source(folder, "personal"), Source(FOLDER, "built-in")), cards)


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


def test_there_are_enough_notes_of_both_kinds_and_of_each_card() -> None:
    cards = [row.card for row in ROWS]
    assert min(cards.count(card) for card in (*DANGER_TO_LIFE, *OTHER_HARM)) >= 15
    assert cards.count(NONE) >= 100
    assert len({row.note for row in ROWS}) == len(ROWS)


def test_each_note_of_the_list_suggests_its_card_or_none() -> None:
    wrong = {row.note for row in ROWS if suggested(row.note) != row.card}
    assert wrong == set(KNOWN_FAILURES)


def test_notes_that_nobody_tuned_for_suggest_their_cards() -> None:
    counts = count(sentences(HELD_OUT))
    right, any_card, false_alarms = FLOORS
    assert counts.right >= right * counts.danger
    assert counts.any_card >= any_card * counts.danger
    assert counts.false_alarms <= false_alarms * counts.ordinary


@for_each("trigger", TRIGGERS, name=lambda trigger: trigger.id)
def test_a_trigger_finds_its_examples_and_leaves_the_others(trigger: CardTrigger) -> None:
    alone = CardTriggers(Wording(triggers=(trigger,)))
    assert min(len(trigger.catches), len(trigger.passes)) >= 2
    assert [note for note in trigger.catches if suggested(note, alone) != trigger.card] == []
    assert [note for note in trigger.catches if suggested(note) != trigger.card] == []
    assert [note for note in trigger.passes if suggested(note) == trigger.card] == []


@for_each(
    "note",
    [
        "nobody is hurt",
        "no one was injured",
        "nobody got hurt, only the bumper",
        "no smell of gas any more",
        "no longer any smell of gas",
        "not a scam, she found the receipt",
        "no lawyer needed",
        "there was no fire",
        "he was never threatened",
    ],
)
def test_what_a_note_denies_suggests_nothing(note: str) -> None:
    assert suggested(note) == NONE


@pytest.mark.parametrize(
    ("note", "card"),
    [
        ("no, I can smell gas", "health"),
        ("nobody came. She is bleeding", "health"),
        ("not breathing", "health"),
        ("no one answers the hotline, father is unconscious", "health"),
    ],
)
def test_a_no_to_something_else_denies_nothing(note: str, card: str) -> None:
    assert suggested(note) == card


@pytest.mark.parametrize(
    ("note", "card"),
    [
        ("my lawyer will call about my husband, he died in May", "bereavement"),
        ("someone used my card, and now I will end it all", "self-harm"),
        ("caller is a minor, she can smell gas", "health"),
        ("my solicitor knows that you gave my address to my ex", "privacy"),
    ],
)
def test_of_several_cards_the_one_of_the_greatest_danger_is_suggested(note: str, card: str) -> None:
    assert suggested(note) == card


def test_a_card_that_is_not_among_those_asked_for_gives_way_to_the_next() -> None:
    cards = CardTriggers(BUILT_IN.wording)
    note = "my lawyer will call about my husband, he died in May"
    suggestion = cards.suggest(note, {"legal", "child"})
    assert suggestion is not None
    assert (suggestion.card, suggestion.words) == ("legal", "lawyer")
    assert cards.suggest(note, set()) is None


@given(st.text(max_size=300))
def test_any_text_can_be_a_note(text: str) -> None:
    suggested(text)


@given(st.sampled_from([row for row in ROWS if row.note not in KNOWN_FAILURES]), st.data())
def test_neither_case_nor_typographic_marks_count(row: CardSentence, data: st.DataObject) -> None:
    change = data.draw(st.sampled_from([str.upper, str.capitalize, str.swapcase]))
    note = change(row.note).replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace(" ", "  ")
    assert suggested(note) == row.card
    assert suggested(f"\N{LEFT DOUBLE QUOTATION MARK}{row.note}\N{RIGHT DOUBLE QUOTATION MARK}") == row.card


def test_a_company_adds_words_for_its_own_card(tmp_path: Path) -> None:
    loaded = company(tmp_path / "wording")
    assert loaded.problems == ()
    cards = CardTriggers(loaded.wording)
    assert suggested("the reactor in hall 2 is leaking", cards) == "reactor"
    assert suggested("the reactor in hall 2 is leaking") == NONE
    assert suggested("I can smell gas", cards) == "health"


def test_a_trigger_of_a_company_replaces_the_built_in_one_of_the_same_id(tmp_path: Path) -> None:
    loaded = company(tmp_path / "wording", COMPANY.replace("id: reactor", "id: gas"))
    cards = CardTriggers(loaded.wording)
    assert suggested("the reactor is hot", cards) == "reactor"
    assert suggested("I can smell gas", cards) == NONE


def test_a_company_switches_a_trigger_off(tmp_path: Path) -> None:
    loaded = company(tmp_path / "wording", f"{COMPANY}off: [gas]\n")
    assert loaded.problems == ()
    assert suggested("I can smell gas", CardTriggers(loaded.wording)) == NONE


def test_a_trigger_of_an_unknown_card_is_a_fault_with_its_place_and_the_nearest_card(tmp_path: Path) -> None:
    (problem,) = company(tmp_path / "wording", COMPANY.replace("card: reactor", "card: reacter")).problems
    assert (problem.line, problem.column) == (6, 11)
    assert "`reacter`" in problem.found
    assert "self-harm" in problem.allowed
    assert problem.nearest == "reactor"


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ('catches: ["The reactor is fine."]', "`The reactor is fine.` is not found by `reactor`"),
        ('passes: ["The reactor is hot."]', "`The reactor is hot.` is found by `reactor`"),
    ],
)
def test_an_example_that_contradicts_the_words_is_a_fault(tmp_path: Path, example: str, found: str) -> None:
    key = example.partition(":")[0]
    kept = [line for line in COMPANY.splitlines() if not line.strip().startswith(f"{key}:")]
    (problem,) = company(tmp_path / "wording", "\n".join([*kept, f"    {example}", ""])).problems
    assert problem.found == found
    assert problem.line == len(kept) + 1
