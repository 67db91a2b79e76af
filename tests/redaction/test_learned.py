"""The tagger of secrets: what it finds that no rule finds, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.redaction.learned.find import LearnedReading, learned_secrets
from recoverycli.redaction.learned.model import WEIGHTS, shipped_model
from recoverycli.redaction.learned.tokens import tokens
from recoverycli.redaction.redact import findings, redact
from tests.privacy.measuring import learned_from, measured, together

WORDS = [
    "password", "pin", "otp", "cvv", "code", "the", "is", "was", "said", "she", "he", "answer", "pet",
    "memorable word", "door", "alarm", "4482", "881", "771 204", "double", "four", "biscuit", "Rover", "sunshine",
    "Qx7zebra!", "[password]", "****", "order", "room 1208", "£40", "7.40pm", "\n", ".", ",", ":", "?", "(", ")",
    "not", "changed from", "to", "G-420918", "c-a-t", "uh", "O", "card", "4539 5260", "@", "#", "*",
]  # fmt: skip
TOLD = [
    ("she types 4471 at the cash machine", "she types **** at the cash machine"),
    ("he put Nightingale as his answer", "he put [password] as his answer"),
    ("she quoted Nightingale when challenged, pass", "she quoted [password] when challenged, pass"),
    ("my cash card number is uh four four nine one", "my cash card number is uh **** **** **** ***"),
    ("the little device says 407 733", "the little device says *** ***"),
    ("pls put it on 5375 4410 0028 9931, same name", "pls put it on **** **** **** 9931, same name"),
]
STAY = [
    "the door was painted in 2019, she says",
    "It's 4471.",
    "charged on 2026-11-28, refund as card, shows on 2026-12-03",
    "she forgot her PIN twice and called at 7.40pm",
    "password reset link was sent 3 times to the old address",
    "the code of conduct is on page 14",
    "room 1208 has no towels and 1210 has no light",
    "authorization 771902 is valid to 12/31",
    "he said the answer was wrong and he is upset",
    "order 44521 came with 2 of 3 boxes, refund £40",
    "tracking 7712 8890 4431 says delivered to the gate",
]
notes = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def rules_alone(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in findings(text, learned=lambda _: LearnedReading())]


def test_secrets_that_no_rule_finds_are_masked() -> None:
    for text, masked in TOLD:
        assert not rules_alone(text), text
        assert redact(text) == (masked, 1), text


def test_only_the_last_four_digits_of_a_card_in_pieces_stay() -> None:
    typed = "First eight are 4319 8802, he went to get his coat, last eight 9917 2240."
    assert redact(typed)[0] == "First eight are **** ****, he went to get his coat, last eight **** 2240."


def test_what_a_rule_takes_for_a_password_stays_where_the_tagger_sees_none() -> None:
    typed = "The word of the chairman was final."
    assert rules_alone(typed)
    assert redact(typed) == (typed, 0)


def test_words_and_numbers_that_are_no_secrets_stay() -> None:
    for text in STAY:
        assert redact(text) == (text, 0), text


def test_most_secrets_of_lists_without_rules_are_masked() -> None:
    """One sentence in twenty of those that the tagger learned from: what it cannot repeat, it has not learned."""
    figures = together(measured(list(learned_from())[::20], by_choice=False))

    assert figures.recall >= 0.75, figures.missed
    assert figures.precision >= 0.95, figures.wrong


@given(notes)
def test_a_masked_note_is_masked_no_further(text: str) -> None:
    once, _ = redact(text)

    assert redact(once) == (once, 0)


@given(st.text(max_size=200) | notes)
def test_what_is_found_lies_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for one in learned_secrets(text).found:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        end = one.end


@settings(max_examples=50)
@given(notes)
def test_probabilities_of_a_word_add_up_to_one(text: str) -> None:
    words = tokens(text)
    chances = shipped_model().probabilities(words)

    assert len(chances) == len(words)
    assert all(abs(sum(one) - 1) < 1e-9 and min(one) >= 0 for one in chances)


def test_a_line_of_any_length_is_read() -> None:
    """No time is asserted: work that grew with the square of the length would not come back in time."""
    pieces = ("pin ", "4", "4 ", "*", "a-", "'", '"', "\n", "password is ", "\u00e9", "\U0001f512 ")
    for piece, length in [*((piece, 500) for piece in pieces), ("pin 4482 ", 9_990), ("pin 4482 ", 30_000)]:
        text = (piece * (length // len(piece) + 1))[:length]
        masked, _ = redact(text)
        assert redact(masked) == (masked, 0), (piece, length)


def test_the_weights_are_read_when_a_line_needs_them() -> None:
    script = (
        "import sys; from recoverycli.redaction.redact import redact; loaded = 'recoverycli.redaction.learned.model'\n"
        "print(loaded in sys.modules)\n"
        "redact('thanks for waiting'); from recoverycli.redaction.learned import model\n"
        "print(model.shipped_model.cache_info().currsize)\n"
        "redact('her pin is 4482'); print(model.shipped_model.cache_info().currsize)"
    )

    listed = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")

    assert listed.stdout.split() == ["False", "0", "1"]


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 400_000


def test_the_id_of_a_call_stays() -> None:
    line = "Call: 20261123T090001-little-c13d, by phone, since Mon 23 Nov 2026, 9:00"
    assert redact(line) == (line, 0)
