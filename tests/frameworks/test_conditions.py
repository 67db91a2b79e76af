"""Conditions: yes, no, or not known yet. What is not known is never taken for a no."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.conditions import When, condition_words, evaluate, names_of, open_names
from recoverycli.frameworks.values import Known, Money, back_from, parse_value, write_value
from tests.cases import for_each

if TYPE_CHECKING:
    from recoverycli.frameworks.values import CaptureKind, Value

TODAY = date(2026, 11, 29)
TOLD: dict[str, Value] = {
    "tier": "Gold",
    "guests": Decimal(3),
    "paid": Money(Decimal("12.50"), "EUR"),
    "bought": date(2026, 11, 15),
}


def condition(data: Any) -> When:
    return msgspec.convert(data, When)  # type: ignore[no-any-return]


def holds(data: Any, **more: Value) -> bool | None:
    return evaluate(condition(data), Known({**TOLD, **more}, TODAY))


@for_each(
    "when, answer",
    [
        ({"tier": "gold"}, True),
        ({"tier": "silver"}, False),
        ({"tier": ["silver", "gold"]}, True),
        ({"tier": {"not": "gold"}}, False),
        ({"tier": {"not": ["silver", "bronze"]}}, True),
        ({"guests": "3"}, True),
        ({"guests": {"under": "3"}}, False),
        ({"guests": {"at-most": "3"}}, True),
        ({"guests": {"over": "2.5"}}, True),
        ({"guests": {"at-least": "4"}}, False),
        ({"guests": {"between": ["1", "3"]}}, True),
        ({"guests": {"over": "1", "under": "3"}}, False),
        ({"paid": {"under": "20 EUR"}}, True),
        ({"paid": {"under": "20"}}, True),
        ({"paid": "12.5 EUR"}, True),
        ({"bought": {"within": "14 days"}}, True),
        ({"bought": {"within": "13 days"}}, False),
        ({"bought": {"older": "14 days"}}, False),
        ({"bought": {"older": "1 week"}}, True),
        ({"bought": {"before": "2026-11-16"}}, True),
        ({"bought": {"after": "2026-11-15"}}, False),
        ({"bought": "2026-11-15"}, True),
        ({"tier": "gold", "guests": {"under": "9"}}, True),
        ({"tier": "gold", "guests": {"under": "2"}}, False),
        ([{"tier": "silver"}, {"guests": {"under": "9"}}], True),
        ([{"tier": "silver"}, {"guests": {"over": "9"}}], False),
        ({}, True),
        ({"tier": {"known": True}}, True),
        ({"order": {"known": True}}, False),
        ({"order": {"known": False}}, True),
    ],
)
def test_a_condition_holds_or_does_not(when: Any, answer: bool) -> None:
    assert holds(when) is answer


@pytest.mark.parametrize(
    "when",
    [
        {"order": "7"},
        {"order": {"not": "7"}},
        {"order": ["7", "8"]},
        {"order": {"under": "7"}},
        {"tier": "gold", "order": "7"},
        [{"tier": "silver"}, {"order": "7"}],
    ],
)
def test_what_depends_on_an_unknown_value_is_unknown(when: Any) -> None:
    assert holds(when) is None
    assert open_names(condition(when), Known(TOLD, TODAY)) == ("order",)


def test_a_no_decides_although_another_value_is_unknown() -> None:
    assert holds({"tier": "silver", "order": "7"}) is False
    assert holds([{"tier": "gold"}, {"order": "7"}]) is True


def test_amounts_of_two_currencies_cannot_be_compared() -> None:
    assert holds({"paid": {"under": "20 USD"}}) is None


@for_each(
    "length, day",
    [
        ("14 days", date(2026, 3, 17)),
        ("a week", date(2026, 3, 24)),
        ("1 month", date(2026, 2, 28)),
        ("13 months", date(2025, 2, 28)),
        ("2 years", date(2024, 3, 31)),
        ("9999 years", date.min),
        ("14", None),
        ("14 hours", None),
        ("0 days", None),
    ],
)
def test_a_length_of_time_goes_back_by_the_calendar(length: str, day: date | None) -> None:
    assert back_from(date(2026, 3, 31), length) == day


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 9998))
def test_within_and_older_share_every_day_between_them(bought: date, days: int) -> None:
    length = f"{days + 1} days"
    within, older = (
        holds({"bought": {"within": length}}, bought=bought),
        holds({"bought": {"older": length}}, bought=bought),
    )
    assert within is not older


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from([None, "EUR", "JPY"]))
def test_a_value_is_read_back_as_it_was_stored(number: Decimal, currency: str | None) -> None:
    values: list[tuple[CaptureKind, Value]] = [("number", number), ("money", Money(number, currency))]
    for kind, value in values:
        assert parse_value(kind, write_value(value)) == value


@for_each("text", ["", "ten", "1e5", "12 EURO", "1,5", "--1", "NaN", "EUR 10", "12 eur"])
def test_what_is_no_amount_has_no_value(text: str) -> None:
    assert parse_value("money", text) is None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"tier": "gold"}, "tier: gold"),
        ({"tier": ["gold", "silver"]}, "tier: gold or silver"),
        ({"paid": {"under": "10 EUR"}}, "paid: under 10 EUR"),
        ({"days_ago": {"between": ["1", "3"]}}, "days ago: from 1 to 3"),
        ({"bought": {"older": "14 days", "after": "2026-01-01"}}, "bought: after 2026-01-01 and older than 14 days"),
        ({"tier": {"not": ["gold", "silver"]}}, "tier: not gold or silver"),
        ([{"tier": "gold", "paid": {"at-least": "3"}}, {"ref": {"known": False}}],
         "tier: gold and paid: at least 3, or ref: not known"),
    ],
)  # fmt: skip
def test_a_condition_is_said_in_words(when: Any, words: str) -> None:
    assert condition_words(condition(when)) == words


def test_the_names_of_a_condition_are_named_once() -> None:
    assert names_of(condition([{"a": "1", "b": "2"}, {"b": "3", "c": "4"}])) == ("a", "b", "c")
