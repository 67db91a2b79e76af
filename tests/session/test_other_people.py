"""Other people in what is handed to a customer are masked; the customer's own words stay."""

from __future__ import annotations

import pytest

from recoverycli.session.other_people import OTHER_PERSON, OtherPeople
from recoverycli.session.person import person_of

ANA = person_of("Ana Lopez", "C-1042")
OTHERS = OtherPeople(ANA, ["Ana Lopez", "Ana", "Diana Lopez", "Ben Okafor", "Kim", "Will"], ["C-1042", "C-2001", "7"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ana Lopez rang about C-1042", None),
        ("Ana says thanks, Mrs Lopez waits", None),
        ("her sister Diana Lopez rang", f"her sister {OTHER_PERSON} rang"),
        ("as BEN ÓKAFOR said; see C-2001", f"as {OTHER_PERSON} said; see {OTHER_PERSON}"),
        ("7 days, C-20011 and will call", None),
        ("Will asked Kim", f"{OTHER_PERSON} asked {OTHER_PERSON}"),
        ("Dr. Osei-Mensah and Mr van Dyke", f"{OTHER_PERSON} and Mr van Dyke"),
        ("ask the lady. Then call", None),
        ("", None),
    ],
)
def test_known_names_references_and_names_with_a_title_are_masked(text: str, masked: str | None) -> None:
    assert OTHERS.mask(text)[0] == (text if masked is None else masked)


def test_how_many_were_masked_is_counted() -> None:
    assert OTHERS.mask("Kim, Ben Okafor, Kim")[1] == 3
