"""What a terminal would obey is seen and not done."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.text.safe import escape, isolate, json_line
from tests.cases import for_each


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("rings\x07", "rings\\x07"),
        ("a\x9bb", "a\\x9bb"),
        ("turned \u202eround", "turned \\u202eround"),
        ("two\nlines", "two\nlines"),
        ("half \ud800 a letter", "half \\ud800 a letter"),
        ("Zoë said “no”", "Zoë said “no”"),
    ],
)
def test_control_characters_are_shown_as_escapes(typed: str, shown: str) -> None:
    assert escape(typed) == shown


@given(st.text())
def test_no_text_sends_an_escape_to_the_terminal(typed: str) -> None:
    shown = escape(typed)
    assert not any(ord(letter) < 32 and letter != "\n" for letter in shown)
    assert not set(shown) & set("\x7f\x9b\u2028\u202e\u2066\u2069")


@pytest.mark.parametrize("name", ["Ana", "Zoë", "王芳", ""])
def test_a_left_to_right_name_is_not_isolated(name: str) -> None:
    assert isolate(name) == name


@pytest.mark.parametrize("name", ["דנה", "ليلى", "Ana דנה"])
def test_a_right_to_left_name_is_isolated(name: str) -> None:
    assert isolate(name) == f"\u2068{name}\u2069"


@for_each(
    "value, line",
    [
        ({"said": "Zoë said “no”"}, '{"said":"Zoë said “no”"}'),
        (["two\nlines"], r'["two\nlines"]'),
        ("\x1b[31mred", r'"\u001b[31mred"'),
        ("a\x9bb", r'"a\u009bb"'),
        ("turned \u202eround", r'"turned \u202eround"'),
        ({"half": ["\ud800 a letter"]}, '{"half": ["? a letter"]}'),
        ({"half": "\ud800\u202e"}, r'{"half": "?\u202e"}'),
        (None, "null"),
    ],
)
def test_a_value_is_one_line_of_json_without_control_characters(value: object, line: str) -> None:
    assert json_line(value) == line


@given(st.recursive(st.text(st.characters(exclude_categories=["Cs"])), st.lists))
def test_what_is_escaped_in_json_means_the_same(value: object) -> None:
    line = json_line(value)
    assert json.loads(line) == value
    assert escape(line) == line
    assert "\n" not in line
