"""The dialogue of an example: what the customer says, the phrases of the steps on its way, and what was known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Loaded
from recoverycli.frameworks.model import ON, WRAP_UP
from recoverycli.frameworks.reader import read_framework
from recoverycli.training.dialogue import example_script, shown_examples
from tests.frameworks.test_examples import FILES, FOLDER
from tests.frameworks.test_playbooks import LIBRARY

if TYPE_CHECKING:
    from recoverycli.frameworks.model import ExampleCall
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.training.demo import Script

REFUNDS = """\
schema: 1
id: refunds
name: Refunds
expands_to: Ask, Pay or Explain
summary: Refunds by the age of the purchase.
steps:
  - id: ask
    name: Ask
    intent: assess
    goal: Know when they bought it.
    capture:
      - {id: bought, ask: "When did they buy it?", kind: date, max: today}
      - {id: paid, ask: "What did they pay?", kind: money}
      - {id: kept, ask: "What is kept?", kind: money}
      - {id: back, ask: "What goes back", kind: money, difference: [paid, kept]}
    paths: [{when: {bought: {within: 14 days}}, to: pay}, {to: explain}]
    phrases: [{say: "When did you buy it?"}]
  - id: pay
    name: Pay
    intent: solve
    goal: The money goes back.
    by_path: true
    paths: [{to: wrap-up}]
    phrases: [{say: "Your reference is {reference}."}, {say: "You get {back} back."}, {say: "The money goes back."}]
  - id: explain
    name: Explain
    intent: explain
    goal: They know why there is no refund.
    by_path: true
    capture: [{id: again, ask: "Ask again?", kind: yes-no}]
    paths: [{when: {again: "yes"}, to: ask}, {to: wrap-up}]
    phrases: [{say: "The time has ended.", moods: [angry]}, {say: "May I tell you why?"}]
placeholders: [reference]
examples:
  - id: paid
    channel: phone
    today: 2026-11-29
    set: {bought: 2026-11-20, paid: 12.50 EUR, kept: 2 EUR}
    path: [ask, pay]
    customer: {ask: "I'd like to return a lamp.", pay: "Nine days ago.", wrap-up: "Thank you."}
  - id: asked-twice
    mood: calm
    lines: ["", "2020-01-31", /mood angry, "", "yes", "", "today"]
    path: [ask, explain, ask, pay]
    outcome: resolved
    customer: {ask: "Can I return it?", explain: "In January."}
  - id: silent
    set: {bought: today}
    path: [ask, pay]
"""


def script(example_id: str, world: CallEnvironment) -> Script:
    read = read_framework(REFUNDS.encode(), "refunds.yaml", lambda _: None)
    assert read.content is not None, read.problems
    file = Loaded(read.content, read.digest, FOLDER, "project")
    return example_script({one.id: one for one in read.content.examples}[example_id], file, world)


def test_customer_and_agent_take_turns_along_the_way_of_the_example(world: CallEnvironment) -> None:
    told = script("paid", world)
    assert [(beat.who, beat.step, beat.text) for beat in told.beats] == [
        ("customer", None, "I'd like to return a lamp."),
        ("agent", "ask", "When did you buy it?"),
        ("customer", None, "Nine days ago."),
        ("agent", "pay", "You get 10.50 EUR back."),
        ("customer", None, "Thank you."),
    ]
    assert "back: 10.5 EUR" in told.summary
    assert told.after == "The way: ask, pay."
    assert told.beats[3].phrases == ("The money goes back.",)


def test_a_loop_says_its_words_again_and_the_mood_is_that_of_the_call(world: CallEnvironment) -> None:
    told = script("asked-twice", world)
    assert [(beat.who, beat.text, beat.mood) for beat in told.beats] == [
        ("customer", "Can I return it?", "calm"),
        ("agent", "When did you buy it?", "calm"),
        ("customer", "In January.", "angry"),
        ("agent", "The time has ended.", "angry"),
        ("agent", "When did you buy it?", "angry"),
        ("agent", "The money goes back.", "angry"),
    ]


def test_only_examples_with_a_customer_can_be_shown() -> None:
    read = read_framework(REFUNDS.encode(), "refunds.yaml", lambda _: None)
    assert read.content is not None
    assert [one.id for one in shown_examples(read.content)] == ["paid", "asked-twice"]


def test_a_step_of_a_customer_that_does_not_exist_is_an_error() -> None:
    text = REFUNDS.replace('pay: "Nine days ago."', 'pya: "Nine days ago."')
    (problem,) = read_framework(text.encode(), "refunds.yaml", lambda _: None).problems
    assert "`pya` is no step" in problem.as_line()
    assert "did you mean `pay`?" in problem.as_line()


DIALOGUES = [
    pytest.param(name, example, id=f"{name}-{example.id}")
    for name, file in FILES.items()
    for example in shown_examples(file.content)
]
WITH_DIALOGUES = sorted({name for name, file in FILES.items() if shown_examples(file.content)})


@pytest.mark.parametrize(("name", "example"), DIALOGUES)
def test_in_a_built_in_dialogue_both_speak_at_every_step(
    name: str, example: ExampleCall, world: CallEnvironment
) -> None:
    told = example_script(example, FILES[name], world._replace(load=LIBRARY.load))
    assert list(example.customer)[: len(example.path)] == list(example.path)
    assert [beat.step for beat in told.beats if beat.who == "agent"] == [
        place.rpartition("/")[2] for place in example.path
    ]
    speakers = [beat.who for beat in told.beats]
    assert all(one != other for one, other in pairwise(speakers))


@pytest.mark.parametrize("name", WITH_DIALOGUES)
def test_a_built_in_playbook_has_a_dialogue_for_each_of_its_branches(name: str) -> None:
    shown = [example.path for example in shown_examples(FILES[name].content)]
    taken = {pair for path in shown for pair in pairwise((*path, WRAP_UP))}
    for step in FILES[name].content.live_steps:
        for path in step.paths:
            to = (*path.through, path.to)[0]
            if to != ON:
                assert (step.id, to) in taken, f"{step.id} to {to}"
