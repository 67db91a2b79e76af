"""Whether two customers are one person: certain, doubtful, or somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.person import person_of
from recoverycli.session.same_name import name_likeness

if TYPE_CHECKING:
    from recoverycli.session.person import Doubt
    from recoverycli.session.same_name import NameLikeness

NAMES: dict[str, NameLikeness | None] = {
    "Ana Lopez": "same name",
    "ANA LÓPEZ": "same name",
    " ana  lopez": "same name",
    "Ana-Lopez": "same name",
    "Mrs Ana Lopez": "with or without a title",
    "Lopez, Ana": "in another order",
    "Dr. Lopez, Ana": "in another order",
    "A. Lopez": "with an initial",
    "Lopez A": "with an initial",
    "Ana M. Lopez": "with an initial",
    "Ana Lopez-Ruiz": "a part of the name",
    "Mrs Lopez": "a part of the name",
    "Ana": "a part of the name",
    "Anna Lopez": "one letter differs",
    "Diana Lopez": None,
    "D. Lopez": None,
    "Ana Smith": None,
    "A. Smith": None,
    "Mrs": None,
    "A": None,
    "": None,
    "?!": None,
}


def test_names_that_do_not_contradict_each_other_are_doubtful_and_a_whole_name_is_certain() -> None:
    assert {name: name_likeness("Ana Lopez", name) for name in NAMES} == NAMES
    assert name_likeness("王小明", "小明") == "a part of the name"
    assert name_likeness("王小明", "王大明") is None


@given(st.text(max_size=20), st.text(max_size=20))
def test_who_is_compared_with_whom_makes_no_difference(one: str, other: str) -> None:
    assert name_likeness(one, other) == name_likeness(other, one)


@pytest.mark.parametrize(
    ("name", "ref", "expected"),
    [
        ("Ana Lopez", "C-1", "same"),
        ("Ana Lopez", None, "same"),
        ("A. Lopez", "c-1", "same"),
        (None, "C-1", "same"),
        ("[name]", "C-1", "same"),
        ("Ben Smith", "C-1", "same reference, another name"),
        ("Ana Lopez", "C-2", "same name, another reference"),
        ("Ana Lopez-Ruiz", "C-2", "a part of the name"),
        ("Ben Smith", "C-2", None),
        ("[erased]", "C-2", None),
        (None, None, None),
    ],
)
def test_the_reference_decides_before_the_name(name: str | None, ref: str | None, expected: str | Doubt | None) -> None:
    assert person_of("Ana Lopez", "C-1").compare(name, ref) == expected


def test_what_somebody_said_is_theirs_is_certain() -> None:
    person = person_of("Ana Lopez", "C-1", ["Ana Lopez-Ruiz", "C-2"])
    assert person.compare("ana lopez ruiz", None) == "same"
    assert person.compare("Ana Lopez", "C-2") == "same"
    assert person.compare("Ana Lopez", "C-22") == "same name, another reference"
