"""The customers of many calls who are a person or perhaps are: looked up by their words, found as by comparing all."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.session.filters import Filters
from recoverycli.session.person import Person, PersonQuery, person_of
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.rows import where
from recoverycli.store.local_calls import KeptCalls
from recoverycli.store.queries import RowCondition
from recoverycli.store.same_customers import person_named, same_customers
from tests.review.calls import a_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Customer = tuple[str | None, str | None]
# Words of names: with titles, initials, accents, other letters, in several scripts, and signs that are no words.
WORDS = (
    "Ana", "Anna", "ANA", "Áná", "A.", "Lopez", "Lopes", "López-Ruiz", "Mrs", "Dr.", "Ltd 2", "O\u2019Neil", "o'neil",
    "王", "小明", "・", "ジョン", "สมชาย", "محمد", "İnci", "\u0131nci", "Straße", "strasse", "?", "½", "",
    "\u0301", "C-71", "d'",
)  # fmt: skip
REFS = ("C-71", "c 71", "C\u201371", "C-711", "#", "・", "71", "王-1", None)
NAMES = tuple(" ".join(filter(None, pair)) for pair in product(WORDS, WORDS[::5]))
EVERYBODY: tuple[Customer, ...] = tuple(
    {
        (name or None, REFS[number % len(REFS)]): None
        for number, name in enumerate((*NAMES, *("[erased]", "[name]", None) * 3))
    }
)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeptCalls]:
    home = tmp_path_factory.mktemp("customers") / "data"
    archive = Archive(home)
    for number, customer in enumerate(EVERYBODY):
        archive.write(a_call(tail=f"{number:04d}", customer=TranscriptCustomer(*customer)))
    with KeptCalls(home) as kept:
        yield kept


NAME = st.sampled_from(NAMES) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join) | st.text()


@settings(max_examples=60)
@given(NAME, st.sampled_from(REFS), st.lists(NAME | st.sampled_from(REFS[:-1]), max_size=2))
def test_nobody_is_left_out_who_would_be_found_by_comparing_everybody(
    calls: KeptCalls, name: str, ref: str | None, also: list[str]
) -> None:
    for person in (person_of(name, ref, filter(str.strip, also)), person_named(name)):
        found = same_customers(calls, person)
        told = {(one.name, one.ref): one.why or "same" for one in (*found.certain, *found.doubtful)}
        assert told == everybody_like(EVERYBODY, person)


def everybody_like(every: Sequence[Customer], person: Person) -> dict[Customer, str]:
    found = {one: why for one in every if (why := person.compare(*one)) is not None}
    if person.name is None:
        # For a reference alone, the names in its calls are compared as well.
        for name in sorted({name for (name, _), why in found.items() if name and why == "same"}):
            perhaps = {one: person._replace(name=PersonQuery(name)).compare(*one) for one in every}
            found = {**{one: why for one, why in perhaps.items() if why not in {None, "same"}}, **found}
    return {one: str(why) for one, why in found.items()}


@settings(max_examples=30)
@given(NAME)
def test_a_filter_by_customer_selects_every_spelling_of_the_same_name(calls: KeptCalls, name: str) -> None:
    person = person_of(name, None)
    chosen = calls.ask(lambda connection: connection.execute(*customers_of(Filters(customer=name))).fetchall())
    assert {one for one in EVERYBODY if person.is_customer(one[0], None)} <= set(chosen)


def customers_of(wanted: Filters) -> RowCondition:
    condition = where(wanted)
    return RowCondition(f"SELECT customer, ref FROM call WHERE {condition.sql}", condition.values)  # noqa: S608
