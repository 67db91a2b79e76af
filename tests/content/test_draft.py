"""A file that is rendered from a template holds the words that went in, whatever they are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from recoverycli.content.draft import LONGEST_ANSWER, answer, render
from recoverycli.training.scenarios.draft import Exchange, ScenarioDraft, as_yaml
from recoverycli.training.scenarios.reader import read_scenario

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = """\
# {{ words|comment }}
text: {{ words }}  # {{ words|comment }}
flow: [{{ words }}, {a: {{ words }}, {{ words }}: {{ number }}}]
name: {{ words|word }}
names: {{ several|flow }}
next: 1
"""
ODD = [
    "it's: \"so\" # not a comment", "- [x] {y: z}", "{{ words }} {% if x %} {# y #}", "null", "~", "yes", "0o17", "1_0",
    "2026-11-23", "12:30:45", "=", "<<", "&a *b !c %d @e `f | > ?", "\\n \\x41 \\u263a",
    "\u202e\u2028\x00\x1b[31m\ud800",
    "\U0001f468\u200d\U0001f469 e\u0301 \xa0 \ufeff", " two  spaces ", "a\r\nb\tc", "",
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(ODD), st.text())


def on_one_line(words: str) -> str:
    """What a file can hold of these words: no breaks of lines, no controls, one space where one or more stood."""
    held = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in words)
    held = "".join(" " if sign == "\ufeff" or ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF else sign
                   for sign in held)  # fmt: skip
    return " ".join(held.split())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("templates") / "any.yaml.jinja"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


@given(WORDS, st.lists(WORDS, max_size=4), st.integers())
@example("*a", ["on", "no", "2026"], -1)
def test_what_any_words_are_rendered_to_is_read_as_the_same_words(
    template: Path, words: str, several: list[str], number: int
) -> None:
    read = yaml.safe_load(render(template, words=words, several=several, number=number))
    held = on_one_line(words)
    assert read == {
        "text": held, "flow": [held, {"a": held, held: number} if held != "a" else {"a": number}], "name": held,
        "names": [on_one_line(one) for one in several], "next": 1,
    }  # fmt: skip


@given(WORDS)
def test_a_scenario_says_what_was_answered(words: str) -> None:
    draft = ScenarioDraft("mine", words, who=words, exchanges=(Exchange(words, words, ("listen",), words),))
    read = read_scenario(as_yaml(draft).encode(), "mine.yaml")
    assert read.content is not None, read.problems
    held = on_one_line(words)[:LONGEST_ANSWER].strip() or "TO FILL IN"
    first = read.content.nodes[0]
    # In what is said, braces name what is drawn: those of the author are doubled.
    told = held.replace("{", "{{").replace("}", "}}")
    assert {read.content.name, read.content.customer.who} <= {held, told}
    assert {first.says, first.replies[0].say, first.replies[1].say} == {told}


def test_an_answer_is_one_line_and_not_too_long() -> None:
    assert answer(" a\n b ") == "a b"
    assert len(answer("x" * 900)) == LONGEST_ANSWER


@pytest.mark.parametrize("value", [{}, {"words": ["a"]}, {"words": None}])
def test_a_template_writes_nothing_that_it_was_not_given(tmp_path: Path, value: dict[str, object]) -> None:
    path = tmp_path / "one.yaml.jinja"
    path.write_text("text: {{ words }}\n", encoding="utf-8")
    with pytest.raises(TypeError, match="text and numbers"):
        render(path, **value)
