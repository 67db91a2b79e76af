"""Codes, passwords and answers as agents note them, and the lists that the rules are tuned on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.redaction.redact import redact
from tests.cases import for_each
from tests.privacy.measuring import Line, measured, tuned

PIECES = [
    "password", "set the password as", "changed from", "to", "pw given:", "bluebell", "sunshine", "security answer",
    "maiden name", "as her password", "uses", "gave her the", "[password]", "pin", "cvv", "881", "4482", "338 291",
    "they read me:", "three digits:", "verification", "puk", "double", "four", "eighty", "code", "that's the", "(",
    "otp", ")", ".", ",", "\n", "is", "O", "I", "uh",
    "login is", "anna", "/", "memorable word", "first pet was called", "wifi pw", "Reset4you", "exp 09/29",
    "from the text", "he said", "rcvd by cx", "key safe", "security question", "answered", "Rex", "card", "4539 5260",
    "1815 9083", "order", "and", "not", "of the", "that's", "c-h-e-l-s-e-a", "use", "for", "one time", "on the back",
    "[", "?", "-", "=",
]  # fmt: skip
LOOK_ALIKES = [line for line in tuned() if not line.secrets]


def test_the_lists_are_long_enough() -> None:
    lines = list(tuned())

    assert sum(len(line.secrets) for line in lines) >= 300
    assert sum(not line.secrets for line in lines) >= 300


def test_nearly_every_secret_of_the_lists_is_found() -> None:
    for one in measured(tuned(), by_choice=False):
        assert one.recall >= 0.95, (one.kind, one.missed)
        assert one.precision >= 0.97, (one.kind, one.wrong)


@for_each("line", [line for line in tuned() if not line.secrets], name=lambda line: f"{line.heading}:{line.number}")
def test_a_lookalike_of_the_lists_is_stored_as_typed(line: Line) -> None:
    assert redact(line.text) == (line.text, 0)


@for_each(
    "typed, kept",
    [
        ("881 cvv", "*** cvv"),
        ("three digits: 881", "three digits: ***"),
        ("6 digit code 338291", "6 digit code ******"),
        ("verification 338291", "verification ******"),
        ("his PIN number he told me is 4482", "his PIN number he told me is ****"),
        ("puk is 4829 1377", "puk is **** ****"),
        ("code 771 204", "code *** ***"),
        ("3 digits on the back 123", "3 digits on the back ***"),
        ("the otp they read me: 993 201", "the otp they read me: *** ***"),
        ("pin four double eight two", "pin **** ****** ***** ***"),
        ("cvv 8O1", "cvv ***"),
        ("pin changed from 4482 to 9917", "pin changed from **** to ****"),
    ],
)
def test_a_code_is_masked_before_and_after_its_name(typed: str, kept: str) -> None:
    assert redact(typed)[0] == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("i set the password as Bluebell7, she agreed", "i set the password as [password], she agreed"),
        ("temporary pw given: bluebell", "temporary pw given: [password]"),
        ("password changed from bluebell to sunshine", "password changed from [password] to [password]"),
        ("security answer Rex.", "security answer [password]."),
        ("mother's maiden name Okafor", "mother's maiden name [password]"),
        ("she uses sunshine as her password", "she uses [password] as her password"),
    ],
)
def test_a_password_is_masked_in_everyday_wording(typed: str, kept: str) -> None:
    assert redact(typed)[0] == kept


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_masking_everyday_words_twice_changes_nothing_more(text: str) -> None:
    once, _ = redact(text)

    assert redact(once) == (once, 0)


@for_each("piece", [f"{piece} " for piece in PIECES])
def test_a_long_line_of_everyday_words_is_masked_in_linear_time(piece: str) -> None:
    """No time is asserted: a search that backtracked would not come back within the suite's patience."""
    assert redact(piece * (20_000 // len(piece)))[0]
