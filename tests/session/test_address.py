"""What a customer is called: a part of the name where that is certain, else the whole or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session.address import LONGEST, address
from tests.cases import for_each

if TYPE_CHECKING:
    from recoverycli.settings.model import Address

NAMES = [
    # typed, by given name, by title
    ("Amira Quill", "Amira", None),
    ("Ms Amira Quill", "Amira", "Ms Quill"),
    ("Ms Quill", "Ms Quill", "Ms Quill"),
    ("Dr. Quill", "Dr. Quill", "Dr. Quill"),
    ("Quill, Amira", "Amira", None),
    ("Ms Quill, Amira", "Amira", "Ms Quill"),
    ("Amira", "Amira", None),
    ("Amira Salma Quill", "Amira", None),
    ("Ms Amira Salma Quill", "Amira", None),
    ("Ms Ana de Souza", "Ana", "Ms de Souza"),
    ("Mr van der Berg", "Mr van der Berg", "Mr van der Berg"),
    ("Jean-Luc Dubois", "Jean-Luc", None),
    # An initial is no name to say.
    ("A. Quill", None, None),
    ("A Quill", None, None),
    # Family name first, or nobody can know: a short name is said whole, a long one not at all.
    ("Li Wei", "Li Wei", None),
    ("Dr Li Wei", "Dr Li Wei", "Dr Li Wei"),
    ("Nguyen Van An", None, None),
    ("Nagy Péter", "Nagy Péter", None),
    ("山田 太郎", "山田 太郎", None),
    ("王小明", "王小明", None),
    ("Abdul Rahman Al Farsi", None, None),
    ("Wolfeschlegelsteinhausenberger", None, None),
    ("Ms", None, None),
    (",", None, None),
    (",0", None, None),
    (",, Quill", None, None),
    ("", None, None),
]


@for_each("typed, given_name, title", NAMES)
def test_a_name_is_taken_apart_only_where_that_is_certain(
    typed: str, given_name: str | None, title: str | None
) -> None:
    assert (address(typed, "given-name"), address(typed, "title"), address(typed, "none")) == (
        given_name,
        title,
        None,
    )


@given(st.text(max_size=60), st.sampled_from(["given-name", "title", "none"]))
def test_any_text_gives_a_short_part_of_it_or_nothing(typed: str, how: Address) -> None:
    called = address(typed, how)

    assert called is None or (len(called) <= LONGEST and set(called.split()) <= set(typed.replace(",", " ").split()))
