"""The examples of every built-in framework lead where they say, and tell each change of a condition."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Loaded
from recoverycli.frameworks.reader import read_framework
from recoverycli.training.examples import play_example
from tests.cases import for_each
from tests.frameworks.test_playbooks import LIBRARY

if TYPE_CHECKING:
    from recoverycli.frameworks.library import LoadedFramework
    from recoverycli.frameworks.model import ExampleCall, Framework
    from recoverycli.live.environment import CallEnvironment

FOLDER = Path(__file__).parents[2] / "frameworks"


def loaded(path: Path) -> LoadedFramework:
    """A framework as `frameworks test` reads it: with its examples."""
    read = LIBRARY.read(path.read_bytes(), str(path))
    assert read.content is not None, read.problems
    return Loaded(read.content, read.digest, path, "built-in")


FILES = {path.stem: loaded(path) for path in sorted(FOLDER.glob("*.yaml"))}
EXAMPLES = [
    pytest.param(file, example, id=f"{name}-{example.id}")
    for name, file in FILES.items()
    for example in file.content.examples
]


@pytest.mark.parametrize(("file", "example"), EXAMPLES)
def test_an_example_leads_where_it_says(file: LoadedFramework, example: ExampleCall, world: CallEnvironment) -> None:
    assert not play_example(example, file, world._replace(load=LIBRARY.load)).differences


@for_each("name", [name for name, file in FILES.items() if file.content.branches])
def test_the_examples_of_a_playbook_walk_every_step_and_take_every_path(name: str) -> None:
    framework: Framework = FILES[name].content
    own = [[step for step in example.path if "/" not in step] for example in framework.examples]
    assert {step for path in own for step in path} == {step.id for step in framework.live_steps}
    taken = {pair for path in own for pair in itertools.pairwise(path)}
    for step in framework.live_steps:
        for path in step.paths:
            to = (*path.through, path.to)[0]
            if to not in {"on", "wrap-up"}:
                assert (step.id, to) in taken


@for_each("name", [name for name, file in FILES.items() if file.content.branches])
def test_the_examples_of_a_playbook_ask_for_what_decides(name: str) -> None:
    deciding = {step.id for step in FILES[name].content.live_steps if any(path.when for path in step.paths)}
    asked = {example.path[-1] for example in FILES[name].content.examples if example.asks}
    assert asked <= deciding
    assert asked & {"check-identity", "compare"}


@pytest.mark.parametrize("name", ["double-charge", "parcel-not-there", "fair-refusal", "mistaken-customer"])
def test_a_playbook_or_card_that_decides_has_examples(name: str) -> None:
    assert FILES[name].content.examples


def test_an_answer_that_is_expected_otherwise_is_told(world: CallEnvironment) -> None:
    text = (FOLDER / "double-charge.yaml").read_text(encoding="utf-8")
    changed = text.replace("when: {charges: one pending}", "when: {charges: 1}").replace(
        "when: {charges: two purchases}", "when: {charges: one pending}"
    )
    changed = changed.replace("when: {charges: 1}", "when: {charges: two purchases}")
    assert changed != text
    read = read_framework(changed.encode(), "double-charge.yaml", lambda _: None)
    assert read.content is not None, read.problems
    file = Loaded(read.content, read.digest, FOLDER, "built-in")
    failed = {one.id for one in read.content.examples if play_example(one, file, world).differences}
    assert {"hold", "second-purchase-kept", "second-purchase-cancelled", "second-purchase-not-theirs"} <= failed
    assert "charged-twice" not in failed
