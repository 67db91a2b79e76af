"""The words of people in a stored document change, what programs read stays, and nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.redaction.document_text import change_texts, texts_of
from tests.cases import for_each


def no_ana(text: str) -> tuple[str, int]:
    """Mask a name; a text may hold it often."""
    return text.replace("Ana", "***"), text.count("Ana")


@for_each(
    "document, changed, places",
    [
        ({"summary": "Ana rang, Ana wrote", "notes": [{"text": "for Ana"}]},
         {"summary": "*** rang, *** wrote", "notes": [{"text": "for ***"}]}, 3),
        ({"customer": {"name": "Ana", "ref": "Ana-1"}}, {"customer": {"name": "***", "ref": "***-1"}}, 2),
        ({"name": "Ana", "intent": "listen"}, {"name": "Ana", "intent": "listen"}, 0),
        ({"name": "Ana", "value": "Ana"}, {"name": "Ana", "value": "***"}, 1),
        ({"from": "Ana", "to": "Ana"}, {"from": "Ana", "to": "Ana"}, 0),
        ({"from": "Ana"}, {"from": "***"}, 1),
        ({"to": "Ana", "why": "Ana asked"}, {"to": "***", "why": "*** asked"}, 2),
        ({"field": "outcome", "old": "Ana", "new": "Ana"}, {"field": "outcome", "old": "Ana", "new": "Ana"}, 0),
        ({"field": "summary", "old": "Ana", "new": "Ana"}, {"field": "summary", "old": "***", "new": "***"}, 2),
        ({"framework": {"name": "Ana"}, "id": "Ana"}, {"framework": {"name": "Ana"}, "id": "Ana"}, 0),
        ({"seconds": 4.5, "ours": None, "own": True}, {"seconds": 4.5, "ours": None, "own": True}, 0),
    ],
)  # fmt: skip
def test_words_of_people_change_and_values_for_programs_do_not(
    document: dict[str, Any], changed: dict[str, Any], places: int
) -> None:
    assert change_texts(document, no_ana) == (changed, places)


def test_names_of_values_are_masked_as_words_and_their_values_preserved() -> None:
    told = {"values": {"Ana": "order 7", "room": "Ana's", "Ana Ana": "x"}}
    assert change_texts(told, no_ana) == ({"values": {"***": "order 7", "room": "***'s", "*** ***": "x"}}, 4)


def test_two_names_that_become_one_lose_no_value() -> None:
    assert change_texts({"captured": {"Ana": "1", "***": "2", "***_": "3"}}, no_ana) == (
        {"captured": {"***": "1", "***_": "2", "***__": "3"}}, 1,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["2026-11-23T09:00:00+01:00", "20261123T090000-ana-ab1d"])
def test_times_and_ids_of_calls_are_not_words(text: str) -> None:
    assert change_texts({"at": text}, lambda found: (f"<{found}>", 1)) == ({"at": text}, 0)


words = st.text(max_size=6)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(words | st.sampled_from(["to", "why", "values"]), inside)
    ),
    max_leaves=20,
)


@given(documents)
def test_a_document_without_changes_is_returned_unchanged(document: Any) -> None:
    assert change_texts(document, lambda text: (text, 0)) == (document, 0)


@given(documents)
def test_the_listed_texts_are_those_that_would_be_changed(document: Any) -> None:
    told = list(texts_of(document))
    _, places = change_texts(document, lambda text: (text, 1))
    # The keys of values count as texts too.
    assert places == len(told)
