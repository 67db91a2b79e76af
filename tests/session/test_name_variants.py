"""The ways in which a text may name a person without their whole name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.name_variants import NameVariants
from recoverycli.session.person import PersonQuery, person_of

QUOKKA = NameVariants(person_of("Quokka Zebraman", None))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ask Mrs Zebraman about it", ["Mrs Zebraman"]),
        ("Zebraman, Quokka rang", ["Zebraman, Quokka"]),
        ("write to q.zebraman@x.com.", ["q.zebraman@x.com"]),
        ("see https://x.com/Zebraman!", ["https://x.com/Zebraman"]),
        ("user qzebraman, not Q. Zebraman", ["qzebraman", "Q. Zebraman"]),
        ("dear Mrs. Quokka I call", ["Mrs. Quokka"]),
        ("ZÉBRAMAN\u2019s dog", ["ZÉBRAMAN"]),
        ("Mr and Mrs Zebraman", ["Mrs Zebraman"]),
        ("Quokka Zebraman and zebramans, quokk@x.com", []),
        ("Dr Quokka Zebraman", []),
        ("I ask Mrs Q. about it", []),
    ],
)
def test_titles_initials_order_parts_and_addresses_are_found(text: str, found: list[str]) -> None:
    assert [one.words for one in QUOKKA.find(text)] == found


def test_a_particle_alone_is_no_name_and_another_customers_name_is_none() -> None:
    berg = NameVariants(person_of("Jan van der Berg", None))
    assert [one.words for one in berg.find("the van of Mr van der Berg")] == ["Mr van der Berg"]
    ana = NameVariants(person_of("Ana Lopez", None))
    assert ana.find("Diana Lopez rang", (PersonQuery("Diana Lopez"),)) == []
    assert [one.why for one in ana.find("A. Lopez rang")] == ["with an initial"]
    ines = NameVariants(person_of("Ines Zebraman", None))
    assert [one.words for one in ines.find("Zebraman I think; Zebraman I. too")] == ["Zebraman", "Zebraman I"]
    assert NameVariants(person_of(None, "C-1")).find("C-1 and anything") == []


@given(st.text(alphabet="QZ quokazebrmn.,@MrsÉ-\n", max_size=60))
def test_what_is_found_stands_there_and_is_found_by_a_search_for_it(text: str) -> None:
    for one in QUOKKA.find(text):
        assert text[one.start : one.end] == one.words
        assert PersonQuery(one.words).spans(text)
