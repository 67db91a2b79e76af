"""Only names have fallbacks: what nobody entered is never said as a fact."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from recoverycli.content.library import Source
from recoverycli.frameworks.fallbacks import fallback_problems, invented_facts
from recoverycli.frameworks.library import FrameworkLibrary
from tests.cases import for_each

ROOT = Path(__file__).parents[2]
BUILT_IN = sorted(
    path
    for folder in ("frameworks", "phrases", "wording", "scenarios", "issues")
    for path in (ROOT / folder).rglob("*.yaml")
)


@pytest.mark.parametrize(
    "text",
    ["Hello {customer|there}.", "Thank you, {customer|}.", "Ask for {agent|me}.", "About {order}.", "{{order|this}}"],
)
def test_a_name_may_have_a_neutral_fallback(text: str) -> None:
    assert not invented_facts(text)


@for_each(
    "text, name, fallback",
    [
        ("You'll hear from me by {update_by|the end of tomorrow}.", "update_by", "the end of tomorrow"),
        ("It happened because {cause|we read the wrong date}.", "cause", "we read the wrong date"),
        ("I can give you {remedy|your money back}.", "remedy", "your money back"),
        ("{owner|My manager} decides.", "owner", "My manager"),
        ("So it's {item|just this}.", "item", "just this"),
        ("About {issue|this}.", "issue", "this"),
        ("I'm sorry, {customer|I mean it}.", "customer", "I mean it"),
        ("My name is {agent|}.", "agent", ""),
    ],
)
def test_a_fact_may_not_have_a_fallback(text: str, name: str, fallback: str) -> None:
    assert [(found.name, found.fallback) for found in invented_facts(text)] == [(name, fallback)]


@for_each("path", BUILT_IN, name=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_that_comes_with_the_tool_states_a_fact(path: Path) -> None:
    assert [text for text in _texts(yaml.safe_load(path.read_text(encoding="utf-8"))) if invented_facts(text)] == []


def test_validating_a_framework_of_the_tool_names_the_place() -> None:
    data = (ROOT / "frameworks" / "last.yaml").read_bytes()
    data = data.replace(b"{fix}", b"{fix|a new one}")
    read = FrameworkLibrary((Source(ROOT / "frameworks", "built-in"),)).read(data, "last.yaml")
    assert read.content is not None
    (problem,) = fallback_problems(read.content, data, "last.yaml")
    line = data.decode().splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith('"')
    assert "{fix|a new one}" in line
    assert problem.as_line().endswith("`{fix|a new one}` states a fact; write {fix}: only names may have a fallback")


def _texts(content: object) -> list[str]:
    if isinstance(content, str):
        return [content]
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for one in inner for text in _texts(one)]
