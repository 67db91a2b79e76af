"""A draft of a framework is valid whatever its author typed, and keeps the words; a copy keeps all but its id."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from recoverycli.content.draft import copy_file
from recoverycli.content.library import Source
from recoverycli.content.yaml_text import quote
from recoverycli.frameworks.draft import AvoidDraft, FrameworkDraft, StepDraft, VariantDraft, as_yaml, variant_as_yaml
from recoverycli.frameworks.library import FrameworkLibrary
from recoverycli.frameworks.model import (
    INTENTS,
    Avoid,
    Capture,
    CheckItem,
    Framework,
    Origin,
    Phrase,
    Step,
    StopCard,
    Suits,
)
from tests.cases import for_each

ROOT = Path(__file__).parents[2]
LIBRARY = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),))
HOSTILE = [
    "", "it's: a \"test\" # not a comment", "- [x] {y: z}", "{customer|there}, {order} and {", "}{}{{", "{yes} {123}",
    "null", "yes", "2026-11-23", "1e5", "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067",
    "\u202e\u2028\x00\x1b[31m",
    "&a *b !c %d @e `f",
    "x" * 900, "{" * 400, "{a" + "b" * 80 + "}", "\ud800",
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
STEPS = st.builds(
    StepDraft,
    WORDS,
    st.sampled_from(INTENTS),
    WORDS,
    st.lists(WORDS, max_size=4).map(tuple),
    st.lists(st.builds(AvoidDraft, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    WORDS,
)


def read(text: str, id_: str = "mine") -> Framework:
    result = LIBRARY.read(text.encode(), f"{id_}.yaml")
    assert result.content is not None, (text, [problem.as_line() for problem in result.problems])
    return result.content


@given(WORDS, WORDS, WORDS, st.lists(STEPS, max_size=4).map(tuple))
@example("on", "", "", (StepDraft("Wrap-up"), StepDraft("on"), StepDraft("Wrap up"), StepDraft("聴く"), StepDraft("7")))
def test_whatever_was_typed_the_file_is_valid(
    name: str, expands: str, summary: str, steps: tuple[StepDraft, ...]
) -> None:
    framework = read(as_yaml(FrameworkDraft("mine", name, expands, summary, steps)))
    assert len(framework.steps) == (len(steps) or 2)


@pytest.mark.parametrize(
    "words", ["it's: \"so\" # and 'so' \U0001f642", "{customer|there}, - [x]: 50% & more", "null", "12"]
)
def test_what_was_typed_is_what_is_read(words: str) -> None:
    step = StepDraft(words, "solve", words, (words,), (AvoidDraft(words, words, words),), words)
    (read_step,) = read(as_yaml(FrameworkDraft("mine", words, words, words, (step,)))).steps
    assert {read_step.name, read_step.goal, read_step.phrases[0].say, *read_step.ask} == {words}
    assert {read_step.avoid[0].say, read_step.avoid[0].because, read_step.avoid[0].instead} == {words}


@given(st.text(max_size=80))
def test_a_scalar_is_read_as_the_words_on_one_line(words: str) -> None:
    found = yaml.safe_load(quote(words))
    assert isinstance(found, str)
    if words.isascii() and words.isprintable():
        assert found == words


@pytest.mark.parametrize("id_", ["our-way", "on", "null", "2026", "1e5"])
def test_a_draft_explains_every_key_that_a_file_may_have(id_: str) -> None:
    text = as_yaml(FrameworkDraft(id_, ""))
    assert text.startswith("# yaml-language-server: $schema=framework.schema.json\n")
    assert read(text, id_).id == id_
    parts = (Framework, Origin, Suits, Step, Avoid, CheckItem, Capture, Phrase, StopCard)
    for key in {field.encode_name for part in parts for field in msgspec.structs.fields(part)}:
        assert re.search(rf"\b{key}\b", text), key


@given(WORDS, WORDS, st.lists(WORDS, max_size=3).map(tuple))
def test_a_variant_is_valid_too(name: str, summary: str, phrases: tuple[str, ...]) -> None:
    base = LIBRARY.load("learn").content
    read(variant_as_yaml(VariantDraft("mine", name, summary, (("listen", phrases),)), base))


@for_each("source", LIBRARY.ids())
def test_a_copy_keeps_every_comment_and_every_word_of_the_source(source: str) -> None:
    before = LIBRARY.load(source).path.read_text(encoding="utf-8")
    after = copy_file(before, "mine", "framework.schema.json")
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert [new.split()[0] for _, new in changed] == ["#", "id:"]
    copy, original = read(after), LIBRARY.load(source).content
    assert (copy.id, copy.steps, copy.origin) == ("mine", original.steps, original.origin)


@pytest.mark.parametrize(
    "head",
    [
        "id: mine\nname: Mine\nversion: 7\n",
        "# \U0001f642 one\nversion: 7  # seven\nname: >-\n  Mine\n  and yours\nid: 'mine'  # kept\n",
        "name: |\n  Mine\nid: mine\nversion: 7\n",
        "name: 'Mine\n  and yours'\n\"id\": &one mine\n",
    ],
)
def test_a_copy_finds_id_and_name_however_they_are_written(head: str) -> None:
    rest = "schema: 1\nexpands_to: A\nsummary: B\n"
    rest += "steps: [{id: a, name: A, intent: listen, goal: G, phrases: [{say: S}]}]\n"
    copy = copy_file(head + rest, "other", "s.json", "It's: #new")
    framework = read(copy, "other")
    assert (framework.id, framework.name, framework.version) == ("other", "It's: #new", 1)
    assert copy.count("#") >= head.count("#")
