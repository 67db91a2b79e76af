"""Card numbers as they are read out, with a wrong digit, or one half at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.redaction.redact import redact
from tests.cases import for_each

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
PIECES = [
    "4539", "5260", "1815", "9083", "9084", "four", "double", "five", "forty", "oh", "O", "I", "uh", "pause", "then",
    "card", "card number is", "first half of the card", "second half", "rest of the card", "code", "three digits",
    "pin", "cvv", "otp", "*", "**", "+", ",", "(", ")", ".", "-", "881", "1", "as the", "changed from", "to",
]  # fmt: skip


@for_each(
    "typed, kept",
    [
        ("4539 uh 5260 uh 1815 uh 9083", "**** uh **** uh **** uh 9083"),
        ("4539 five two six oh 1815 nine zero eight three", "**** **** *** *** ** **** nine zero eight three"),
        ("forty-five 39 5260 1815 9083", "*****-**** ** **** **** 9083"),
        ("double five double five 5555 5555 4444", "****** **** ****** **** **** **** 4444"),
        ("4539 526O I8I5 9O83", "**** **** **** 9O83"),
        ("first half 4539 5260, second half 1815 9083", "first half **** ****, second half **** 9083"),
        ("first half of the card: 4539 5260", "first half of the card: **** ****"),
        ("rest of the card number is 1815 9083", "rest of the card number is **** 9083"),
    ],
)
def test_a_card_that_was_read_out_keeps_its_last_four_digits(typed: str, kept: str) -> None:
    assert redact(typed) == (kept, 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("card number is 4539 5260 1815 9084", "card number is **** **** **** 9084"),
        ("4539 5260 1815 9084 is her card", "**** **** **** 9084 is her card"),
        ("order 4539 5260 1815 9084", "order 4539 5260 1815 9084"),
        ("gift card 4539 5260 1815 9084", "gift card 4539 5260 1815 9084"),
        ("the card was declined for order 4539 5260 1815 9084", "the card was declined for order 4539 5260 1815 9084"),
    ],
)
def test_a_wrong_digit_is_accepted_only_beside_card_words(typed: str, kept: str) -> None:
    assert redact(typed)[0] == kept


@given(st.lists(st.sampled_from(["uh", "um", "pause", "then", ",", "|", ";", "and"]), min_size=15, max_size=15))
def test_any_filler_may_separate_the_words_of_a_card(fillers: list[str]) -> None:
    words = [ONES[int(digit)] for digit in "4539526018159083"]
    typed = " ".join(part for pair in zip(words, [*fillers, ""], strict=True) for part in pair)

    masked, count = redact(typed)

    assert count == 1
    assert [word for word in masked.split() if word in ONES] == words[-4:]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_masking_what_was_read_out_twice_changes_nothing_more(text: str) -> None:
    once, _ = redact(text)

    assert redact(once) == (once, 0)
    assert len(once) == len(text)


@for_each(
    "piece",
    [
        "one ",
        "double ",
        "forty-",
        "uh ",
        "4539 uh ",
        "O0",
        "the first four ",
        "card is ",
        "first half of the card ",
        "4 ",
    ],
)
def test_a_long_line_of_digits_said_is_masked_in_linear_time(piece: str) -> None:
    """No time is asserted: a search that backtracked would not come back within the suite's patience."""
    typed = piece * (40_000 // len(piece))

    assert len(redact(typed)[0]) == len(typed)
