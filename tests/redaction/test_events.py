"""Whatever an event holds of people's words is masked before it is stored, and every secret is counted."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.redaction.events import mask_event
from recoverycli.redaction.rules import Rules
from recoverycli.session import events as ev
from tests.content import LITTLE, started

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CARD = "4111 1111 1111 1111"
HIDDEN = "**** **** **** 1111"


def test_values_that_a_call_begins_with_are_masked_and_the_others_stay() -> None:
    begun = started(LITTLE, AT, values={"order": "A-17", "card": CARD, "code": "cvv 123"})
    kept = mask_event(begun)
    assert kept.values == {"order": "A-17", "card": HIDDEN, "code": "cvv ***"}
    assert kept.masked == 2


def test_secrets_in_several_fields_are_counted_together() -> None:
    begun = started(LITTLE, AT, customer=f"Ana {CARD}", issue=f"paid with {CARD}", values={"card": CARD})
    kept = mask_event(begun)
    assert (kept.customer, kept.issue, kept.values) == (f"Ana {HIDDEN}", f"paid with {HIDDEN}", {"card": HIDDEN})
    assert kept.masked == 3


def test_a_secret_before_words_without_one_is_counted_too() -> None:
    handed_on = mask_event(ev.Escalated(at=AT, to=CARD, why="nobody answers", note=None))
    assert (handed_on.to, handed_on.why, handed_on.note, handed_on.masked) == (HIDDEN, "nobody answers", None, 1)


def test_the_customers_name_is_masked_whole_if_names_are_masked() -> None:
    by_name = Rules(frozenset({"name"}))
    named = mask_event(ev.CustomerNamed(at=AT, name="Dr. Ana Quill"), by_name)
    assert (named.name, named.masked) == ("[name]", 1)
    assert mask_event(named, by_name).name == "[name]"
    begun = mask_event(started(LITTLE, AT, customer="Dr. Ana Quill", issue="billing"), by_name)
    assert (begun.customer, begun.issue, begun.masked) == ("[name]", "billing", 1)
    nobody = started(LITTLE, AT, issue="billing")
    assert mask_event(nobody, by_name) is nobody
    assert mask_event(ev.CustomerNamed(at=AT, name="Dr. Ana Quill")).name == "Dr. Ana Quill"


@pytest.mark.parametrize(("first", "last"), [("4111 1111 1111", 1111.0), ("4000 0000 0000", 2.0)])
def test_a_card_that_was_typed_where_an_amount_belongs_is_masked_whole(first: str, last: float) -> None:
    kept = mask_event(ev.Offered(at=AT, remedy=first, value=last, currency="EUR"))
    assert kept.remedy == f"**** **** **** {last:04.0f}"
    assert kept.value is None
    assert kept.masked == 1


@pytest.mark.parametrize(
    "event",
    [
        ev.Offered(at=AT, remedy="refund", value=20.0, currency="EUR"),
        ev.Noted(at=AT, text="the order is 12345"),
        ev.Escalated(at=AT, to=None, why="out of my hands"),
        started(LITTLE, AT, values={"order": "12345"}),
    ],
)
def test_an_event_without_a_secret_is_unchanged(event: ev.Event) -> None:
    assert mask_event(event) is event


@given(st.dictionaries(st.sampled_from(["order", "card", "note"]), st.sampled_from([CARD, "cvv 123", "twice charged"])))
def test_no_card_and_no_code_is_in_what_is_stored_of_any_values(values: dict[str, str]) -> None:
    kept = mask_event(started(LITTLE, AT, values=values))
    stored = msgspec.json.encode(kept)
    assert CARD.encode() not in stored
    assert b"cvv 123" not in stored
    assert kept.masked == sum(value != "twice charged" for value in values.values())
    assert kept.values.keys() == values.keys()


def test_what_a_masked_value_was_read_as_is_masked_too() -> None:
    card = "378282246310005"
    told = mask_event(ev.ValueSet(at=AT, name="guests", value=card, typed=card))
    assert card not in told.value + told.typed
    begun = started(LITTLE, AT, values={"guests": card, "day": "friday"}, typed={"guests": card, "day": "2026-11-27"})
    kept = mask_event(begun)
    assert (kept.typed["day"], card in kept.typed["guests"]) == ("2026-11-27", False)


def test_what_an_unmasked_value_was_read_as_stays() -> None:
    event = ev.ValueSet(at=AT, name="bought", value="3 weeks ago", typed="2026-11-08")
    assert mask_event(event) == event
