"""What is typed for a capture: read as its kind and stored beside the words, or refused in one line."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.model import Capture
from recoverycli.frameworks.values import parse_value
from recoverycli.session.grammar.meanings import Misunderstood
from recoverycli.session.grammar.typed_values import Currency, read_value
from recoverycli.times.future import read_date
from tests.cases import for_each

# A Sunday.
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
CAPTURES = {
    one.id: one
    for one in (
        Capture(id="guests", ask="How many?", kind="number", min="1", max="12"),
        Capture(id="weight", ask="How heavy?", kind="number"),
        Capture(id="paid", ask="How much?", kind="money"),
        Capture(id="fee", ask="Which fee?", kind="money", max="50 EUR"),
        Capture(id="bought", ask="When?", kind="date", max="today"),
        Capture(id="needed", ask="By when?", kind="date", min="today"),
        Capture(id="any_day", ask="When?", kind="date"),
        Capture(id="tier", ask="Which?", kind="choice", choices=("standard", "gold")),
        Capture(id="sure", ask="Sure?", kind="yes-no"),
        Capture(id="note", ask="What else?"),
    )
}


def read(name: str, words: str, currency: str | None = None) -> list[tuple[str, str]]:
    found = read_value(CAPTURES[name], words, NOW, read_date, Currency(currency))
    assert not isinstance(found, Misunderstood), found
    return [(one.words, one.typed) for one in found]


def refused(name: str, words: str) -> Misunderstood:
    found = read_value(CAPTURES[name], words, NOW, read_date)
    assert isinstance(found, Misunderstood), found
    return found


@for_each(
    "name, words, typed",
    [
        ("guests", "3", "3"),
        ("guests", "three", "3"),
        ("weight", "-2.50", "-2.5"),
        ("weight", "2,5", "2.5"),
        ("weight", "1,250", "1250"),
        ("weight", "twenty five", "25"),
        ("paid", "12,50 EUR", "12.5 EUR"),
        ("paid", "€20", "20 EUR"),
        ("paid", "twenty pounds", "20 GBP"),
        ("paid", "50p", "0.5 GBP"),
        ("paid", "20", "20"),
        ("fee", "50 EUR", "50 EUR"),
        ("bought", "3 weeks ago", "2026-11-08"),
        ("bought", "friday", "2026-11-27"),
        ("bought", "12 november", "2026-11-12"),
        ("needed", "friday", "2026-12-04"),
        ("needed", "tomorrow 5pm", "2026-11-30"),
        ("any_day", "2027-01-31", "2027-01-31"),
        ("tier", "GOLD", ""),
        ("sure", "y", ""),
        ("note", "about 20 EUR", ""),
    ],
)
def test_words_are_read_as_the_kind_of_their_capture(name: str, words: str, typed: str) -> None:
    stored = {"GOLD": "gold", "y": "yes"}.get(words, words)
    assert read(name, words) == [(stored, typed)]


@pytest.mark.parametrize(
    ("name", "words", "typed"),
    [
        ("any_day", "friday", ["2026-11-27", "2026-12-04"]),
        ("weight", "1.250", ["1.25", "1250"]),
        ("paid", "5.000 EUR", ["5 EUR", "5000 EUR"]),
    ],
)
def test_words_that_people_mean_in_two_ways_keep_both(name: str, words: str, typed: list[str]) -> None:
    assert sorted(one for _, one in read(name, words)) == sorted(typed)


def test_an_amount_without_a_currency_is_in_the_usual_one() -> None:
    assert read("paid", "20", "EUR") == [("20", "20 EUR")]
    assert read("paid", "$20", "CAD") == [("$20", "20 CAD")]
    assert read("paid", "$20", "EUR") == [("$20", "20 $")]


@for_each(
    "name, words, why",
    [
        ("bought", "banana", "bought is a date, and banana is none"),
        ("bought", "last week", "bought is a date, and last week is none"),
        ("bought", "tomorrow", "bought is today or earlier"),
        ("needed", "yesterday", "needed is today or later"),
        ("guests", "many", "guests is a number, and many is none"),
        ("guests", "0", "guests is at least 1"),
        ("guests", "13", "guests is at most 12"),
        ("paid", "a lot", "paid is an amount, and a lot is none"),
        ("paid", "20 or 30 EUR", "paid: an offer has one amount, not a range"),
        ("fee", "51 EUR", "fee is at most 50 EUR"),
        ("fee", "20 USD", "fee is in another currency than 50 EUR"),
        ("tier", "golden", "tier is one of standard, gold"),
        ("sure", "perhaps", "sure is one of yes, no"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(name: str, words: str, why: str) -> None:
    assert refused(name, words).why == why


@given(st.sampled_from(sorted(CAPTURES)), st.text(max_size=30))
def test_whatever_is_typed_a_value_has_the_type_of_its_capture(name: str, words: str) -> None:
    found = read_value(CAPTURES[name], words, NOW, read_date)
    if isinstance(found, Misunderstood):
        assert "\n" not in found.why or "\n" in words
        return
    for one in found:
        if one.typed:
            assert parse_value(CAPTURES[name].kind, one.typed) is not None
        else:
            assert CAPTURES[name].kind in {"text", "choice", "yes-no"}


def test_bounds_of_an_old_file_are_none() -> None:
    old = msgspec.convert({"id": "day", "ask": "When?", "kind": "date"}, Capture)
    assert (old.min, old.max, old.default) == (None, None, None)
