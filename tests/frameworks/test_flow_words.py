"""The flow of a framework in words: conditions as people read them, and no branch that cannot be taken."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import convert

from recoverycli.frameworks.condition_text import answer_text, condition_text
from recoverycli.frameworks.conditions import When
from recoverycli.frameworks.stops import FlowStep, flow
from recoverycli.pages.lines import page_lines
from recoverycli.pages.page import FlowChart
from tests.cases import for_each
from tests.content import framework


def condition(when: Any) -> When:
    made: When = convert(when, When)
    return made


@for_each(
    "when, words",
    [
        ({}, ""),
        ({"amount": {"under": "50"}, "receipt": {"known": True}}, "the amount is under 50 and the receipt is known"),
        ({"tier": ["gold", "silver", "bronze"]}, "the tier is gold, silver or bronze"),
        ({"tier": {"not": "gold"}}, "the tier is not gold"),
        ({"tier": {"not": ["gold", "silver"]}}, "the tier is neither gold nor silver"),
        ({"order_number": {"known": False}}, "the order number is not known"),
        ({"guests": {"over": "2", "at-most": "9"}}, "the guests are over 2 and at most 9"),
        ({"paid": {"between": ["10 EUR", "50 EUR"]}}, "paid is between 10 EUR and 50 EUR"),
        ({"bought": {"within": "14 days"}}, "bought is at most 14 days ago"),
        ({"bought": {"older": "2 months", "after": "2026-01-31"}},
         "bought is after 2026-01-31 and more than 2 months ago"),
        ({"has_picture": "no", "late_because": "illness", "own-answers": "done"},
         "has picture is no and late because is illness and own answers are done"),
        ({"address": "known to us"}, "the address is known to us"),
        ({"need": "yes", "last-order": "done"}, "the need is yes and the last order is done"),
        ([{"tier": "gold", "guests": {"over": "4"}}, {"tier": "platinum"}],
         "the tier is gold and the guests are over 4, or the tier is platinum"),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_clause_after_if(when: Any, words: str) -> None:
    assert condition_text(condition(when)) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"tier": "gold"}, "gold"),
        ({"amount": {"at-least": "50"}}, "at least 50"),
        ([{"tier": "gold"}, {"tier": {"not": "silver"}}], "gold, or not silver"),
    ],
)
def test_a_condition_on_one_value_reads_as_an_answer(when: Any, words: str) -> None:
    assert answer_text(condition(when)) == words


def first_step(paths: list[dict[str, Any]], *captures: dict[str, Any], **more: Any) -> FlowStep:
    steps: list[dict[str, object]] = [
        {"id": "ask", "intent": "assess", "capture": captures, "paths": paths, **more},
        {"id": "pay", "intent": "solve", "by_path": True},
        {"id": "refuse", "intent": "explain", "by_path": True},
        {"id": "close", "intent": "thank"},
    ]
    return flow(framework("flow", steps))[0]


def drawn(step: FlowStep) -> list[str]:
    return page_lines((FlowChart("Flow", (step,)),))[1:-1]


TIER = {"id": "tier", "ask": "Which tier?", "kind": "choice", "choices": ["gold", "standard"]}
AMOUNT = {"id": "amount", "ask": "How much?", "kind": "number", "min": "0"}
PAY, REFUSE = {"to": "pay"}, {"to": "refuse"}


def test_answers_that_take_every_case_leave_nothing_over() -> None:
    step = first_step([{"when": {"tier": "gold"}, **PAY}, {"when": {"tier": "standard"}, **REFUSE}], TIER)
    assert (step.on, [branch.answer for branch in step.branches]) == ("", ["gold", "standard"])
    assert drawn(step) == [
        "Step 1: Ask.",
        "  Decides: Which tier?",
        "  If gold: to Pay.",
        "  If standard: to Refuse.",
    ]


def test_a_case_that_no_condition_takes_leads_on() -> None:
    step = first_step([{"when": {"amount": {"under": "50"}}, **PAY}], AMOUNT)
    assert step.on == "Close"
    assert drawn(step)[-2:] == ["  If under 50: to Pay.", "  Otherwise: to Close."]


@pytest.mark.parametrize(
    "impossible",
    [
        {"when": {"amount": {"under": "0"}}, **REFUSE},
        {"when": {"amount": {"under": "20"}, "tier": "gold"}, **REFUSE},
        {"when": {"tier": "platinum"}, **REFUSE},
    ],
)
def test_a_branch_that_cannot_be_taken_is_not_drawn(impossible: dict[str, Any]) -> None:
    step = first_step([{"when": {"amount": {"under": "50"}}, **PAY}, impossible], AMOUNT, TIER)
    assert [branch.through for branch in step.branches] == [("Pay",)]
    assert step.on == "Close"


def test_a_path_behind_answers_that_take_every_case_is_not_drawn() -> None:
    step = first_step([{"when": {"tier": ["gold", "standard"]}, **PAY}, REFUSE], TIER)
    assert [branch.answer for branch in step.branches] == ["gold or standard"]


def test_several_values_are_named_in_a_clause() -> None:
    step = first_step([{"when": {"amount": {"under": "50"}, "tier": "gold"}, **PAY}, REFUSE], AMOUNT, TIER)
    assert [branch.words for branch in step.branches] == ["if the amount is under 50 and the tier is gold", "otherwise"]
    assert drawn(step)[1:] == [
        "  Decides: How much? Which tier?",
        "  If the amount is under 50 and the tier is gold: to Pay.",
        "  Otherwise: to Refuse.",
    ]


def test_a_step_with_one_way_asks_nothing() -> None:
    step = first_step([REFUSE])
    assert (step.branches, step.on) == ((), "Refuse")
    assert drawn(step) == ["Step 1: Ask. Then: Refuse."]


def test_a_table_that_decides_stands_in_words_before_its_branches() -> None:
    table = {"rows": [{"when": {"amount": {"under": "50"}, "tier": "gold"}, "then": "money"}, {"then": "nothing"}]}
    rule = {"id": "rule", "ask": "What applies?", "kind": "choice", "choices": ["money", "nothing"], "table": table}
    paths = [{"when": {"rule": "money"}, **PAY}, {"when": {"rule": "nothing"}, **REFUSE}]
    assert drawn(first_step(paths, AMOUNT, TIER, rule)) == [
        "Step 1: Ask.",
        "  Works out: What applies?",
        "    money if the amount is under 50 and the tier is gold.",
        "    nothing otherwise.",
        "  Decides: What applies?",
        "  If money: to Pay.",
        "  If nothing: to Refuse.",
    ]


def test_a_call_names_the_playbook_and_its_answers_decide() -> None:
    step = {
        "id": "compare",
        "intent": "assess",
        "capture": [{"id": "verified", "ask": "Do they match?", "kind": "yes-no"}],
        "checklist": [{"id": "no-hint", "text": "Give no hint"}],
    }
    called = framework("verify", [step])
    steps: list[dict[str, object]] = [
        {
            "id": "ask",
            "intent": "assess",
            "call": "verify",
            "paths": [{"when": {"verified": "yes"}, "to": "pay"}, {"when": {"verified": "no"}, "to": "close"}],
        },
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [
            {"when": {"no-hint": "done"}, "to": "close"}, {"when": {"no-hint": "not done"}, "to": "ask"},
        ]},
        {"id": "close", "intent": "thank"},
    ]  # fmt: skip
    caller = framework("caller", steps)
    ask, pay, _ = flow(caller, (called,))
    assert (ask.calls, ask.called, ask.question, ask.on) == ("verify", called.name, "Do they match?", "")
    assert (pay.question, pay.on) == ("Give no hint", "")
    assert drawn(ask)[1] == f"  It goes through {called.name} (verify) and returns."
    alone = flow(caller)[0]
    assert (alone.called, alone.question) == ("", "Verified?")
    assert drawn(alone)[1] == "  It goes through verify and returns."
