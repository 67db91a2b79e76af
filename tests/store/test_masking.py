"""Whatever an event holds of people's words is masked before it is stored, and every secret is counted."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session import events as ev
from recoverycli.store.masking import masked
from tests.content import LITTLE, started

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CARD = "4111 1111 1111 1111"
HIDDEN = "**** **** **** 1111"


def test_values_that_a_call_begins_with_are_masked_and_the_others_stay() -> None:
    begun = started(LITTLE, AT, values={"order": "A-17", "card": CARD, "code": "cvv 123"})
    kept = masked(begun)
    assert kept.values == {"order": "A-17", "card": HIDDEN, "code": "cvv ***"}
    assert kept.masked == 2


def test_secrets_in_several_fields_are_counted_together() -> None:
    begun = started(LITTLE, AT, customer=f"Ana {CARD}", issue=f"paid with {CARD}", values={"card": CARD})
    kept = masked(begun)
    assert (kept.customer, kept.issue, kept.values) == (f"Ana {HIDDEN}", f"paid with {HIDDEN}", {"card": HIDDEN})
    assert kept.masked == 3


def test_a_secret_before_words_without_one_is_counted_too() -> None:
    handed_on = masked(ev.Escalated(at=AT, to=CARD, why="nobody answers", note=None))
    assert (handed_on.to, handed_on.why, handed_on.note, handed_on.masked) == (HIDDEN, "nobody answers", None, 1)


@pytest.mark.parametrize(
    "event",
    [
        ev.Noted(at=AT, text="the order is 12345"),
        ev.Escalated(at=AT, to=None, why="out of my hands"),
        started(LITTLE, AT, values={"order": "12345"}),
    ],
)
def test_an_event_without_a_secret_stays_as_it_is(event: ev.Event) -> None:
    assert masked(event) is event


@given(st.dictionaries(st.sampled_from(["order", "card", "note"]), st.sampled_from([CARD, "cvv 123", "twice charged"])))
def test_no_card_and_no_code_is_in_what_is_stored_of_any_values(values: dict[str, str]) -> None:
    kept = masked(started(LITTLE, AT, values=values))
    stored = msgspec.json.encode(kept)
    assert CARD.encode() not in stored
    assert b"cvv 123" not in stored
    assert kept.masked == sum(value != "twice charged" for value in values.values())
    assert kept.values.keys() == values.keys()
