"""A draft is valid from the start, and one of a past call keeps nothing by which its customer could be known."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.model import MOODS
from recoverycli.session.transcript.model import TranscriptCustomer, TranscriptNote, TranscriptSaid
from recoverycli.training.scenarios.draft import Exchange, ScenarioDraft, as_yaml, from_call
from recoverycli.training.scenarios.model import DIFFICULTIES
from recoverycli.training.scenarios.reader import read_scenario
from tests.cases import for_each
from tests.review.calls import a_call

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Mood
    from recoverycli.session.transcript.model import Call

ONE = Exchange("Well?", "Go on.", ("listen",), "No.")


def problems(text: str) -> list[str]:
    return [problem.as_line() for problem in read_scenario(text.encode(), "mine.yaml").problems]


@for_each("mood, difficulty, turns", [*product(MOODS, DIFFICULTIES, range(6))])
def test_a_draft_is_valid_as_it_is(mood: Mood, difficulty: str, turns: int) -> None:
    draft = ScenarioDraft("mine", "Mine", mood=mood, difficulty=difficulty, exchanges=(ONE,) * turns)
    assert problems(as_yaml(draft)) == []


@given(st.text(max_size=600))
def test_any_words_can_stand_in_a_draft(words: str) -> None:
    exchange = Exchange(words, words, ("listen",), words)
    assert problems(as_yaml(ScenarioDraft("mine", words, who=words, unsaid=words, exchanges=(exchange,)))) == []


def a_private_call() -> Call:
    call = a_call()
    at = call.started_at
    words = "Ms Keller-Ortiz, maria@example.org, order A-1042, 0171 2345678, said the lamp from Ortiz is broken"
    said = "I am sorry, Maria. Your order A-1042 is on its way to Lime Street."
    first, *others = call.steps
    step = msgspec.structs.replace(first, notes=(TranscriptNote(at, words),), said=(TranscriptSaid(at, said),))
    return msgspec.structs.replace(
        call,
        customer=TranscriptCustomer("Maria Keller-Ortiz", "K-77"),
        values={"order": "A-1042", "street": "Lime Street"},
        steps=(step, *others),
        summary="Maria wants her lamp",
    )


def test_a_draft_of_a_call_keeps_what_happened_and_not_to_whom() -> None:
    text = as_yaml(from_call(a_private_call(), "mine"))
    assert problems(text) == []
    for word in ("Maria", "Keller", "Ortiz", "1042", "2345678", "example.org", "Lime", "K-77"):
        assert word not in text
    assert "the lamp from [name] is broken" in text
    assert "wants her lamp" in text
