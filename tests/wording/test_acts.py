"""What an answer is credited for, and what it is charged with."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.wording.acts.reader import ActReader, AnswerActs
from recoverycli.wording.guarded import GuardedPhrases
from recoverycli.wording.search.phrases import words_of
from tests.cases import for_each
from tests.wording.wordings import MATCHER

ACTS = {one.id: one for one in MATCHER.wording.acts}
ASKED = "Nothing has come, and the birthday is tomorrow. What happens now?"


@cache
def reader() -> ActReader:
    return ActReader(MATCHER)


def read(text: str, heard: str = ASKED) -> AnswerActs:
    return reader().read(text, heard)


def credited(text: str, heard: str = ASKED) -> set[str]:
    found = read(text, heard)
    assert not found.charges
    return {mark.act for mark in found.credits}


def charged(text: str, heard: str = ASKED) -> set[str]:
    found = read(text, heard)
    assert not found.credits
    return {mark.act for mark in found.charges}


@for_each("name", ACTS)
def test_the_words_of_an_act_catch_their_examples_and_pass_the_others(name: str) -> None:
    one = ACTS[name]
    alone = GuardedPhrases.of((one,), (0,) if one.loosely else ())
    assert one.catches
    assert one.passes
    assert [text for text in one.catches if not any(alone.find(text, words_of(text)))] == []
    assert [text for text in one.passes if any(alone.find(text, words_of(text)))] == []


@for_each(
    "text, acts",
    [
        ("I'm so sorry.", {"apologizes"}),
        ("My apologies.", {"apologizes"}),
        ("Sorry about that.", {"apologizes"}),
        ("Thank you for telling me.", {"thanks"}),
        ("That was our mistake.", {"takes-responsibility"}),
        ("What would help you most tomorrow?", {"asks"}),
        ("I can replace it or refund it.", {"offers"}),
        ("I'll call you back before five.", {"commits"}),
        ("So nothing has come and the birthday is tomorrow.", {"acknowledges"}),
        ("It was late because the van broke down.", {"explains"}),
    ],
)
def test_each_act_done_well_is_credited(text: str, acts: set[str]) -> None:
    assert credited(text) == acts


@for_each(
    "text, act",
    [
        ("We are not sorry, our fault never happened.", "denies"),
        ("Our driver would have rung.", "denies"),
        ("I will not send a new one tonight.", "refuses"),
        ("Want a medal?", "mocks"),
        ("You should have called us.", "blames"),
        ("If you keep shouting, I will end this call.", "threatens"),
        ("It's only a parcel, nobody died.", "dismisses"),
        ("Have you tried our new menu?", "ignores-question"),
    ],
)
def test_each_act_done_wrong_is_charged_and_nothing_is_credited(text: str, act: str) -> None:
    assert act in charged(text)


def test_the_marks_are_the_words_that_show_the_act() -> None:
    text = "Right. I'm really sorry about it."
    (mark,) = read(text).credits
    assert text[mark.start : mark.end] == "I'm really sorry"


def test_words_without_a_sentence_are_neither_credited_nor_charged() -> None:
    assert read("sorry our fault refund tonight") == AnswerActs((), ())
    assert read("Maybe.") == AnswerActs((), ())


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, we can't refund it.",
        "Thank you for waiting. We will not send another one.",
        "I believe you. The driver never drives past a house.",
        "I could send a new one tonight, but I won't.",
        "What do you need? We don't do refunds.",
    ],
)
def test_nothing_is_credited_beside_a_denial_or_a_refusal(text: str) -> None:
    assert charged(text) & {"denies", "refuses"}


def test_a_refusal_with_a_way_out_is_good() -> None:
    acts = credited("I'm really sorry. We can't refund it, but I can send a new one tonight.")
    assert {"apologizes", "offers"} <= acts


def test_an_offer_before_a_refusal_is_no_way_out() -> None:
    assert "refuses" in charged("I can send a new one tonight. But I won't refund anything.")


def test_no_courtesy_is_credited_before_words_that_are_not_understood() -> None:
    assert read("Thank you for telling me. The parcel left us on Monday.").credits == ()
    assert {"thanks"} == credited("Thank you for telling me. You waited an hour for it.") - {"acknowledges"}


@pytest.mark.parametrize(
    "text",
    [
        "I won't end this call.",
        "Nobody will cut you off.",
        "You don't have to pay for it.",
        "That's not good enough.",
        "There's no rush.",
    ],
)
def test_words_that_deny_and_refuse_nothing_are_not_charged(text: str) -> None:
    assert read(text).charges == ()


def test_an_answer_passes_over_a_question_only_if_one_was_asked() -> None:
    pleasantry = "Have a nice day."
    assert charged(pleasantry) == {"ignores-question"}
    assert read(pleasantry, "Nothing has come.") == AnswerActs((), ())


def test_a_question_for_a_number_is_no_open_question() -> None:
    assert credited("What is your order number?", "Nothing has come.") == set()


@given(st.text(max_size=200), st.text(max_size=50))
def test_any_answer_is_read_and_never_both_credited_and_charged(text: str, heard: str) -> None:
    found = read(text, heard)
    marks = (*found.credits, *found.charges)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    assert not (found.credits and found.charges)
