"""Branches: where an answer leads, and what an author is told of a flow that leads nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.frameworks.model import WRAP_UP
from recoverycli.frameworks.paths import UNDECIDED, decide, onward
from recoverycli.frameworks.validation.flow import leads
from recoverycli.frameworks.values import Known
from tests.cases import for_each
from tests.content import BRANCHING
from tests.frameworks.test_reader import faults, read

STEPS = BRANCHING.live_steps


def file_with(*paths: str, more: str = "") -> str:
    """A file whose first step has those paths, as flow maps; `more` is a further step."""
    listed = "".join(f"      - {path}\n" for path in paths)
    return f"""\
schema: 1
id: mine
name: Mine
expands_to: A, B
summary: A framework for a test.
steps:
  - id: ask
    name: Ask
    intent: assess
    goal: Find out.
    capture: [{{id: kind_of, ask: Which?, kind: choice, choices: [red, blue]}}]
    phrases: [{{say: Which one is it}}]
    paths:
{listed}{more}  - id: end
    name: End
    intent: thank
    goal: Close.
    phrases: [{{say: Thank you}}]
"""


ASIDE = """\
  - id: aside
    name: Aside
    intent: explain
    goal: Explain.
    by_path: true
    phrases: [{say: It is like this}]
"""


def known(values: dict[str, str]) -> Known:
    return Known(values, date(2026, 11, 29))


def to(step: str, values: dict[str, str], queue: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    here = next(one for one in STEPS if one.id == step)
    on = onward(STEPS, here, queue, known(values))
    return on.to, on.queue


def test_without_an_answer_a_branch_leads_nowhere_and_names_what_it_depends_on() -> None:
    assert to("check", {}) == (UNDECIDED, ())
    assert onward(STEPS, STEPS[0], (), known({})).open == ("charges",)


def test_the_plain_order_passes_over_what_only_paths_reach() -> None:
    assert to("check", {"charges": "one"}) == ("talk", ())
    assert to("talk", {}) == ("thank", ())
    assert to("thank", {}) == (WRAP_UP, ())


def test_an_answer_leads_to_its_step_whatever_its_letters() -> None:
    assert to("check", {"charges": "TWO"}) == ("refund", ())


def test_a_sub_sequence_is_gone_through_and_the_plain_order_follows_it() -> None:
    assert to("check", {"charges": "pending"}) == ("explain", ("date", "talk"))
    assert to("explain", {}, ("date", "talk")) == ("date", ("talk",))
    assert to("date", {}, ("talk",)) == ("talk", ())


def test_after_a_step_that_a_path_led_to_the_plain_order_continues() -> None:
    assert to("refund", {}) == ("thank", ())


def test_a_step_asks_for_what_its_paths_need_and_no_more() -> None:
    check = STEPS[0]
    assert decide(check, known({})).open == ("charges",)
    assert decide(check, known({"charges": "one"})).open == ()


def test_a_sound_file_with_branches_is_read() -> None:
    text = file_with("{when: {kind_of: red}, to: aside}", "{when: {mood: angry}, through: [aside]}", more=ASIDE)
    framework = read(text).content
    assert framework is not None
    assert leads(framework)["ask"] == {"aside", "end"}


@for_each(
    "paths, more, told",
    [
        (("{when: {kind_of: green}, to: end}",), "", "14:26: `kind_of` is never `green`; answers: red, blue"),
        (("{when: {kindof: red}, to: end}",), "", "14:25: the condition names `kindof`"),
        (("{when: {mood: cross}, to: end}",), "", "`mood` is never `cross`"),
        (("{when: {kind_of: red}, to: ende}",), "", "did you mean `end`?"),
        (("{when: {kind_of: red}, through: [end, nowhere]}",), "", "`nowhere` is no step"),
        ((), ASIDE, "the step `aside` is never reached"),
        (("{to: wrap-up}",), "", "the step `end` is never reached"),
        (("{to: ask}",), "", "from the step `ask` there is no way to the end"),
        (("{whence: {kind_of: red}}",), "", "unknown key `whence`"),
    ],
)
def test_a_flow_with_a_fault_is_reported_with_its_place(paths: tuple[str, ...], more: str, told: str) -> None:
    text = file_with(*paths, more=more) if paths else file_with("{when: {kind_of: red}, to: end}", more=more)
    assert any(told in line for line in faults(text)), faults(text)


def test_every_fault_of_the_paths_is_reported_at_once() -> None:
    told = faults(file_with("{when: {kind_of: green}, to: nowhere}", "{when: {colour: red}, through: [aside]}"))
    assert len(told) == 4


@given(st.lists(st.sampled_from(["two", "pending", "one", "else"]), min_size=1, max_size=1), st.data())
def test_from_everywhere_an_answer_and_enter_reach_the_end(values: list[str], data: st.DataObject) -> None:
    step = data.draw(st.sampled_from([one.id for one in STEPS]))
    queue: tuple[str, ...] = ()
    for _ in range(len(STEPS) + 2):
        if step == WRAP_UP:
            return
        step, queue = to(step, {"charges": values[0]}, queue)
    pytest.fail("the call goes round in circles")
