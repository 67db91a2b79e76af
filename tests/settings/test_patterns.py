"""The forms of a company's numbers and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.settings.load import resolve
from recoverycli.settings.patterns import matches, pattern_name
from recoverycli.settings.write import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["AB-12345", "ab-00000", "1234567"])
def test_a_text_of_one_of_the_forms_matches(text: str) -> None:
    assert matches("AA-00000 or 0000000", text)


@pytest.mark.parametrize(
    "text", ["", "AB12345", "AB-1234", "A1-12345", "AB-123456", "AB-\N{ARABIC-INDIC DIGIT ONE}2345"]
)
def test_any_other_text_does_not(text: str) -> None:
    assert not matches("AA-00000 or 0000000", text)


def test_the_signs_of_a_form_are_themselves() -> None:
    assert matches("(0.0)+", "(1.2)+")
    assert not matches("(0.0)+", "1x2")
    assert not matches(" or ", "")


def test_a_pattern_is_set_read_and_unset(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    write(file, {"patterns.order-number": "AA-00000"})
    resolved = resolve({}, file, None)
    assert (resolved.settings.patterns, resolved.problems) == ({"order-number": "AA-00000"}, ())
    assert resolved.sources["patterns.order-number"] == str(file)
    write(file, {"patterns.order-number": None})
    assert resolve({}, file, None).settings.patterns == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('patterns = "A0"\n', "patterns must be a table, such as patterns.order-number"),
        ("patterns.order = 7\n", "patterns.order must be text, such as AA-00000"),
        ('patterns.Order_No = "A0"\n', "patterns.Order_No is no name of a pattern"),
    ],
)
def test_a_pattern_that_is_none_is_reported(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    resolved = resolve({}, file, None)
    assert resolved.settings.patterns == {}
    assert any(problem in one for one in resolved.problems)


@pytest.mark.parametrize("name", ["patterns", "patterns.", "patterns.A", "patterns.a.b", "contacts.lead"])
def test_other_names_are_no_patterns(name: str) -> None:
    assert pattern_name(name) is None
