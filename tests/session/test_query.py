"""What was typed to be looked for, and the sentence that is shown for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.query import SearchHit, best_sentence, read_search
from tests.cases import for_each
from tests.review.calls import a_call

if TYPE_CHECKING:
    from recoverycli.session.transcript.model import Call


def call(summary: str, **more: object) -> Call:
    return msgspec.structs.replace(a_call(), summary=summary, **more)


def shown(text: str, wanted: str) -> list[str]:
    """The marked words of the best sentence."""
    found = best_sentence(call(text), read_search(wanted))
    return [found.text[start:end] for start, end in found.marks] if found else []


def test_the_sentence_with_the_most_words_is_shown() -> None:
    told = "She was charged. She was charged twice for one night! The refund comes on Monday."
    found = best_sentence(call(told), read_search("charged twice"))
    assert found == SearchHit("summary", "She was charged twice for one night!", ((8, 21),))


def test_of_two_equal_sentences_the_first_is_shown() -> None:
    found = best_sentence(call("Late on Monday. Late on Tuesday."), read_search("late"))
    assert found is not None
    assert found.text == "Late on Monday."


def test_a_word_without_a_match_shows_nothing() -> None:
    assert best_sentence(call("A parcel came late."), read_search("refund")) is None


def test_words_of_a_field_are_searched_only_there() -> None:
    both = call("late parcel", root_cause="late van")
    assert best_sentence(both, read_search("cause:late")) == SearchHit("cause", "late van", ((0, 4),))
    assert best_sentence(both, read_search("issue:parcel")) is None


@for_each(
    "text, wanted, marked",
    [
        ("Refunds and refunding, a refund", "refund*", ["Refunds", "refunding", "refund"]),
        ("Refunds and a refund", "refund", ["refund"]),
        ("twice charged, charged twice", '"charged twice"', ["charged twice"]),
        ("the parcel came", "parcel came", ["parcel came"]),
        ("the parcel never came", "parcel came", ["parcel", "came"]),
        ("Zoë's café", "cafe", ["café"]),
        ("a late parcel", "OR late", ["late"]),
        ("late", '"late par*', []),
    ],
)
def test_the_words_of_the_query_are_marked(text: str, wanted: str, marked: list[str]) -> None:
    assert shown(text, wanted) == marked


def test_a_very_long_sentence_is_shown_around_its_first_mark() -> None:
    long = "before " * 60 + "refund " + "after " * 60
    found = best_sentence(call(long), read_search("refund"))
    assert found is not None
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert len(found.text) == 242
    assert [found.text[start:end] for start, end in found.marks] == ["refund"]
    assert found.text.index("refund") == 81


@pytest.mark.parametrize(
    ("where", "begins", "ends"), [("refund " + "after " * 60, "r", "…"), ("on " * 99 + "refund", "…", "d")]
)
def test_a_long_sentence_is_cut_only_where_it_goes_on(where: str, begins: str, ends: str) -> None:
    found = best_sentence(call(where), read_search("refund"))
    assert found is not None
    assert (found.text[0], found.text[-1]) == (begins, ends)
    assert len(found.text) == 241
    assert [found.text[start:end] for start, end in found.marks] == ["refund"]


@pytest.mark.parametrize("length", [239, 240, 241])
def test_a_sentence_of_240_letters_is_shown_whole(length: int) -> None:
    sentence = "refund " + "x" * (length - 7)
    found = best_sentence(call(sentence), read_search("refund"))
    assert found is not None
    assert (found.text == sentence) == (length <= 240)


@given(
    st.text(st.sampled_from('late parcel.\n!*"-é x'), max_size=600),
    st.sampled_from(["late", "par*", '"e p"', "x late"]),
)
def test_every_mark_is_a_span_of_the_text_and_none_overlap(text: str, wanted: str) -> None:
    found = best_sentence(call(text), read_search(wanted))
    if found is not None:
        places = [place for mark in found.marks for place in mark]
        assert places == sorted(set(places))
        assert places[-1] <= len(found.text)


def test_marks_beyond_the_cut_are_not_shown_and_the_field_is_named() -> None:
    long = "refund " + "between " * 40 + "refund"
    found = best_sentence(call(long), read_search("refund"))
    assert found is not None
    assert (found.field, found.marks) == ("summary", ((0, 6),))
    assert found.text.endswith("…")


def test_a_sentence_with_two_of_three_words_is_shown_before_one_with_the_last_alone() -> None:
    found = best_sentence(call("The refund. A late parcel, no van."), read_search("late parcel refund"))
    assert found is not None
    assert found.text == "A late parcel, no van."
