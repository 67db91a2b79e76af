"""How well redaction does on lines of our own: a change that makes it worse fails here, with the lines it missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.redaction.redact import findings, redact
from recoverycli.redaction.rules import Rules
from tests.cases import for_each
from tests.privacy.measuring import ALWAYS, BY_CHOICE, Figures, Line, labelled, listed, measured

if TYPE_CHECKING:
    from pathlib import Path

EVERYTHING = Rules(frozenset(BY_CHOICE)).with_names("Ana Lopez-Diaz")
SURE = {"card": 0.99, "code": 0.99}
PIECES = [
    "4111", "1111", "then", " and ", ", ", "cvv ", "123", "pin", "password is ", "pass: ", "x7!k", "[password]", "Ana",
    " Lopez", "-", "Diaz", "a@b.example", " at ", " dot ", "+49 30", " 901820", "0", "(555)", " ", "\n", "DE89", "3704",
    "536-90-4399", "ssn ", "is ", "one two three", "code", "***", "12/26", "her number is ", "'", '"',
]  # fmt: skip


def test_there_are_enough_lines_of_every_issuer_and_kind() -> None:
    lines = list(labelled())
    assert len(lines) >= 300
    headings = {line.heading for line in lines}
    for issuer in ("Visa", "Mastercard", "American Express", "Diners", "Discover", "JCB", "UnionPay", "Maestro", "Mir"):
        assert any(issuer in heading for heading in headings)
    assert {secret.kind for line in lines for secret in line.secrets} == {*ALWAYS, *BY_CHOICE}
    assert sum(not line.secrets for line in lines) >= 150


@pytest.mark.parametrize("by_choice", [False, True], ids=["by default", "with everything switched on"])
def test_secrets_are_found_and_little_else(by_choice: bool) -> None:
    for one in measured(labelled(), by_choice=by_choice):
        assert one.recall >= SURE.get(one.kind, 0.95), (one.kind, one.missed)
        assert one.precision >= 0.98, (one.kind, one.wrong)


def test_the_documented_figures_match_the_lines() -> None:
    poor = Figures("card", labelled=4, missed=("1: 'x'",), found=5, wrong=("2: 'y'", "3: 'z'"))
    assert (poor.recall, poor.precision) == (0.75, 0.6)


def test_a_secret_of_a_list_is_labelled_each_time_it_is_a_word(tmp_path: Path) -> None:
    listing = tmp_path / "secrets.tsv"
    listing.write_text("password\tmr d teddy, mrs d eddy, eddy she says\teddy\ncode\tcvv652\t652\n", "utf-8")
    told = [[line.text[one.start : one.end] for one in line.secrets] for line in listed(listing)]
    starts = [[one.start for one in line.secrets] for line in listed(listing)]
    assert told == [["eddy", "eddy"], ["652"]]
    assert starts == [[18, 24], [3]]


@for_each("line", [line for line in labelled() if not line.secrets], name=lambda line: str(line.number))
def test_a_lookalike_is_stored_as_typed(line: Line) -> None:
    assert redact(line.text) == (line.text, 0)


@for_each("line", [line for line in labelled() if line.secrets], name=lambda line: str(line.number))
def test_only_the_end_of_a_card_remains_of_a_secret(line: Line) -> None:
    rules = EVERYTHING.with_names(line.customer)
    masked, count = redact(line.text, rules)
    missed = {
        secret for secret in line.secrets if not any(one.kind == secret.kind for one in findings(line.text, rules))
    }
    assert count >= len(line.secrets) - len(missed)
    assert redact(masked, rules) == (masked, 0)
    for secret in set(line.secrets) - missed:
        words = line.text[secret.start : secret.end]
        assert words not in masked.replace("[password]", "")
        if secret.kind == "card":
            digits = [sign for sign in words if sign.isdecimal()]
            kept = [sign for sign in masked if sign.isdecimal()]
            others = [sign for sign in line.text[: secret.start] + line.text[secret.end :] if sign.isdecimal()]
            assert len(kept) <= len(others) + 4
            assert len(digits) >= 12


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("her password is hunter2, she says", "her password is [password], she says"),
        ('wifi password is "open sesame".', 'wifi password is "[password]".'),
        ("cvv one two three", "cvv *** *** *****"),
        ("refund to DE89 3704 0044 0532 0130 00 and mail a@b.example", "refund to [IBAN] and mail [e-mail]"),
        ("Ana Lopez-Diaz, ssn 536-90-4399, tel. 901820", "[name], ssn [national number], tel. [phone]"),
        ("card 4111 1111 1111 1111 of Ana", "card **** **** **** 1111 of [name]"),
    ],
)
def test_a_mask_names_the_kind(typed: str, kept: str) -> None:
    assert redact(typed, EVERYTHING)[0] == kept


@for_each("kind", BY_CHOICE)
def test_optional_kinds_are_not_masked_unless_chosen(kind: str) -> None:
    line = next(line for line in labelled() if any(secret.kind == kind for secret in line.secrets))
    assert redact(line.text)[0] == line.text
    assert redact(line.text, Rules(frozenset({kind})).with_names(line.customer))[0] != line.text
    assert redact(line.text, Rules(frozenset(BY_CHOICE) - {kind}).with_names(line.customer))[0] == line.text


def test_a_name_is_masked_only_if_names_are_masked() -> None:
    assert Rules().with_names("Ana Lopez").names == ()
    assert Rules(frozenset({"name"})).with_names("Ana Lopez", None, "", "[name]", "Ana Lopez").names == ("Ana Lopez",)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_masking_twice_with_all_kinds_changes_nothing_more(text: str) -> None:
    once, _ = redact(text, EVERYTHING)
    assert redact(once, EVERYTHING) == (once, 0)


@for_each(
    "piece",
    [
        "a@",
        "a.b",
        "0 ",
        "+4",
        "555-",
        "DE89 ",
        "A1",
        "password is ",
        "password ",
        "x is ",
        "Ana ",
        "one two ",
        "4111, ",
    ],
)
def test_a_long_line_is_masked_with_all_kinds(piece: str) -> None:
    """No time is asserted: a search that backtracked would not come back within the suite's patience."""
    assert redact(piece * (20_000 // len(piece)), EVERYTHING)[0]
