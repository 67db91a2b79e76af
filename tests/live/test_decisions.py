"""A call never takes a way that nobody chose: it asks, stays, and asks again in every round of a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from recoverycli.session.remedies import Authority
from tests.content import framework, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment

REFUND = framework(
    "refund",
    [
        {
            "id": "ask",
            "intent": "assess",
            "capture": [
                {"id": "bought", "ask": "When did they buy it?", "kind": "date", "max": "today"},
                {"id": "tier", "ask": "Which tier?", "kind": "choice", "choices": ["standard", "gold"]},
                {
                    "id": "rule",
                    "ask": "What applies?",
                    "kind": "choice",
                    "choices": ["money", "credit", "nothing"],
                    "table": {
                        "hit": "first",
                        "rows": [
                            {"when": {"bought": {"within": "14 days"}}, "then": "money"},
                            {"when": {"bought": {"within": "60 days"}, "tier": "gold"}, "then": "credit"},
                            {"then": "nothing"},
                        ],
                    },
                },
            ],
            "paths": [
                {"when": {"rule": "money"}, "to": "pay"},
                {"when": {"rule": "credit"}, "to": "credit"},
                {"to": "refuse"},
            ],
        },
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [{"to": "close"}]},
        {"id": "credit", "intent": "solve", "by_path": True, "paths": [{"to": "close"}]},
        {"id": "refuse", "intent": "explain", "by_path": True, "paths": [{"to": "close"}]},
        {"id": "close", "intent": "thank"},
    ],
)
REPAIR = framework(
    "repair",
    [
        {
            "id": "try",
            "intent": "solve",
            "capture": [
                {"id": "model", "ask": "Which model?", "kind": "choice", "choices": ["old", "new"]},
                {"id": "fix", "ask": "Which fix?", "kind": "choice", "choices": ["restart", "reset", "replace"]},
            ],
            "paths": [
                {"when": {"model": "old", "fix": "replace"}, "to": "close"},
                {"when": {"model": ["old", "new"], "fix": ["restart", "reset", "replace"]}},
            ],
        },
        {
            "id": "works",
            "intent": "assess",
            "capture": [{"id": "fixed", "ask": "Does it work?", "kind": "yes-no"}],
            "paths": [{"when": {"fixed": "yes"}, "to": "close"}, {"to": "try"}],
        },
        {"id": "close", "intent": "thank"},
    ],
)


def call_in(of: Framework, world: CallEnvironment, *, asks: bool = True, **values: str) -> LiveCall:
    return LiveCall.start(world._replace(asks=asks), lambda: started(of, world.clock(), values=values))


def test_a_date_decides_the_way_by_its_age(world: CallEnvironment) -> None:
    for words, step in (("3 days ago", "pay"), ("3 weeks ago", "credit"), ("3 months ago", "refuse")):
        call = call_in(REFUND, world, asks=False)
        walk(call, f"/set bought {words}", "/set tier gold", "")
        assert call.session.place.step == step


def test_a_question_is_asked_only_as_far_as_the_rule_needs_it(world: CallEnvironment) -> None:
    call = call_in(REFUND, world)
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "When did they buy it?"
    call.hear("yesterday")
    assert (call.session.place.step, "tier" in call.session.values) == ("pay", False)


def test_each_open_value_of_the_rule_is_asked_for_in_turn(world: CallEnvironment) -> None:
    call = call_in(REFUND, world)
    second = walk(call, "", "3 weeks ago")
    assert second.question is not None
    assert second.question.text == "Which tier?"
    call.hear("gold")
    assert call.session.place.step == "credit"


def test_an_answer_that_is_no_date_is_refused_and_the_question_stays(world: CallEnvironment) -> None:
    call = call_in(REFUND, world)
    refused = walk(call, "", "banana")
    assert (refused.kind, refused.draft) == ("refused", "banana")
    assert refused.text == "bought is a date, and banana is none · try /set bought 3 weeks ago"
    assert refused.question is not None
    assert call.session.values == {}


def test_a_value_that_is_worked_out_is_stored_and_cannot_be_set(world: CallEnvironment) -> None:
    call = call_in(REFUND, world, asks=False)
    refused = call.hear("/set rule money")
    assert refused.text == "rule is worked out from other values, and cannot be set"
    walk(call, "/set bought 2 days ago", "", "", "", "")
    kept = the_call(world.home)
    assert kept.values == {"bought": "2 days ago", "rule": "money"}


def test_what_a_value_was_read_as_is_stored_beside_its_words(world: CallEnvironment) -> None:
    call = call_in(REFUND, world, asks=False)
    told = call.hear("/set bought 2026-11-08")
    assert told.text == "bought: 2026-11-08 · u undoes"
    told = call.hear("/set bought 1 november 2026")
    assert told.text == "bought: 1 november 2026 (Sun 1 Nov 2026) · u undoes"
    call.hear("/goto close")
    call.hear("")
    call.hear("")
    kept = the_call(world.home)
    assert (kept.values["bought"], kept.typed["bought"]) == ("1 november 2026", "2026-11-01")


def test_the_question_of_a_loop_is_asked_again_and_each_round_keeps_its_answer(world: CallEnvironment) -> None:
    call = call_in(REPAIR, world, model="new")
    walk(call, "", "restart", "")
    asked = call.hear("no")
    assert (asked.kind, call.session.place.step) == ("moved", "try")
    assert call.session.steps[0].status == "open"
    again = call.hear("")
    assert again.question is not None
    assert again.question.text == "Which fix?"
    assert again.question.options == ("reset", "replace", "restart")
    assert again.question.enter == "tried: restart · Enter stays on this step"
    works = walk(call, "reset", "")
    assert works.question is not None
    assert works.question.text == "Does it work?"
    walk(call, "yes", "", "")
    kept = the_call(world.home)
    assert [one.answer for one in kept.steps[0].answers] == ["new", "restart", "new", "reset"]
    assert [(one.answer, one.to) for one in kept.steps[1].answers] == [("no", "try"), ("yes", "close")]


def test_a_fact_that_was_known_before_the_loop_is_not_asked_again(world: CallEnvironment) -> None:
    call = call_in(REPAIR, world, model="new")
    walk(call, "", "restart", "", "no")
    again = call.hear("")
    assert again.question is not None
    assert again.question.text == "Which fix?"


def test_a_script_does_not_go_round_a_loop_by_an_old_answer(world: CallEnvironment) -> None:
    call = call_in(REPAIR, world, asks=False)
    walk(call, "/set model old", "/set fix restart", "/set fixed no", "", "")
    assert call.session.place.step == "try"
    for _ in range(5):
        assert call.hear("").kind == "refused"
    assert call.session.place.step == "try"
    assert not call.session.complete


def test_a_call_that_was_killed_in_a_loop_resumes_in_its_round(world: CallEnvironment) -> None:
    call = call_in(REPAIR, world)
    walk(call, "/set model new", "", "restart", "", "no")
    call.close()
    again = LiveCall.resume(world._replace(asks=True), world.home / "live" / f"{call.session.id}.jsonl")
    assert (again.session.stale, again.session.tried) == (call.session.stale, call.session.tried)
    assert again.session.place.step == "try"


def test_a_step_back_is_no_round_and_offers_the_earlier_answer(world: CallEnvironment) -> None:
    call = call_in(REPAIR, world)
    walk(call, "/set model new", "", "restart", "b")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.enter.startswith("Enter keeps:")
    call.hear("")
    assert call.session.place.step == "works"


def test_enter_takes_the_answer_that_the_file_proposes_where_somebody_is_asked(world: CallEnvironment) -> None:
    of = framework(
        "proposed",
        [
            {
                "id": "ask",
                "intent": "assess",
                "capture": [
                    {"id": "way", "ask": "Which way?", "kind": "choice", "choices": ["a", "b"], "default": "b"}
                ],
                "paths": [{"when": {"way": "a"}, "to": "end"}, {"to": "more"}],
            },
            {"id": "more", "intent": "solve"},
            {"id": "end", "intent": "thank"},
        ],
    )
    call = call_in(of, world)
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.enter == "Enter: b"
    call.hear("")
    assert (call.session.values, call.session.place.step) == ({"way": "b"}, "more")
    script = call_in(of, world, asks=False)
    walk(script, "", "", "")
    assert (script.session.values, script.session.place.step) == ({}, "ask")


def test_a_way_that_depends_on_the_mood_asks_for_it(world: CallEnvironment) -> None:
    of = framework(
        "moody",
        [
            {"id": "ask", "intent": "assess", "paths": [{"when": {"mood": "angry"}, "to": "calm"}, {"to": "end"}]},
            {"id": "calm", "intent": "solve"},
            {"id": "end", "intent": "thank"},
        ],
    )
    call = call_in(of, world)
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.options == ("calm", "anxious", "upset", "angry")
    call.hear("angry")
    assert (call.session.mood, call.session.place.step) == ("angry", "calm")


def test_one_fact_is_the_same_in_every_step_that_captures_it(world: CallEnvironment) -> None:
    order = {"id": "order", "ask": "Which order?", "required": True}
    of = framework(
        "twice",
        [
            {"id": "one", "intent": "assess", "checklist": [], "capture": [order]},
            {"id": "two", "intent": "solve", "checklist": [], "capture": [order]},
        ],
    )
    call = call_in(of, world)
    walk(call, "/set order A-17", "")
    assert call.hear("").kind == "moved"
    assert [record.captured for record in call.session.steps] == [{"order": "A-17"}, {"order": "A-17"}]


@pytest.mark.parametrize("words", ["friday", "monday"])
def test_a_day_with_two_readings_is_asked_back_and_then_leads_on(words: str, world: CallEnvironment) -> None:
    of = framework(
        "days",
        [
            {
                "id": "ask",
                "intent": "assess",
                "capture": [{"id": "day", "ask": "When?", "kind": "date"}],
                "paths": [{"when": {"day": {"within": "20 days"}}, "to": "end"}, {"to": "wrap-up"}],
            },
            {"id": "end", "intent": "thank"},
        ],
    )
    call = call_in(of, world)
    which = walk(call, "", words)
    assert which.question is not None
    assert which.question.text == f"{words}: which one?"
    call.hear("1")
    assert call.session.place.step == "end"
    script = call_in(of, world, asks=False)
    assert script.hear(f"/set day {words}").kind == "refused"
    assert script.session.values == {}


def test_a_number_that_has_not_the_form_of_the_settings_is_refused(world: CallEnvironment) -> None:
    order = {"id": "order", "ask": "Which order?", "pattern": "order-number"}
    of = framework("ordered", [{"id": "one", "intent": "assess", "capture": [order]}, {"id": "two", "intent": "solve"}])
    call = call_in(of, world._replace(patterns={"order-number": "AA-000"}))
    refused = call.hear("/set order 17")
    assert (refused.kind, refused.text) == ("refused", "order has the form AA-000 (0 is a digit, A a letter)")
    assert call.hear("/set order ab-017").kind == "recorded"
    assert call_in(of, world).hear("/set order 17").kind == "recorded"


def test_an_amount_is_taken_in_the_currency_that_the_playbook_compares_it_with(world: CallEnvironment) -> None:
    of = framework(
        "priced",
        [
            {
                "id": "ask",
                "intent": "assess",
                "capture": [{"id": "paid", "ask": "How much?", "kind": "money"}],
                "paths": [{"when": {"paid": {"under": "50 EUR"}}, "to": "end"}, {"to": "more"}],
            },
            {"id": "more", "intent": "solve"},
            {"id": "end", "intent": "thank"},
        ],
    )
    call = call_in(of, world._replace(authority=Authority((), "USD")))
    asked = walk(call, "", "20 USD")
    assert (asked.kind, asked.text) == ("refused", "paid: the amount in EUR is needed")
    call.hear("20")
    assert (call.session.typed["paid"], call.session.place.step) == ("20 EUR", "end")


def test_a_case_that_a_table_leaves_out_is_not_guessed_either(world: CallEnvironment) -> None:
    table = {"rows": [{"when": {"tier": "gold"}, "then": "yes"}]}
    of = framework(
        "holed",
        [
            {
                "id": "ask",
                "intent": "assess",
                "capture": [
                    {"id": "tier", "ask": "Which tier?", "kind": "choice", "choices": ["gold", "silver"]},
                    {"id": "pays", "ask": "Do we pay?", "kind": "yes-no", "table": table},
                ],
                "paths": [{"when": {"pays": "yes"}, "to": "end"}, {"to": "wrap-up"}],
            },
            {"id": "end", "intent": "thank"},
        ],
    )
    call = call_in(of, world, asks=False)
    refused = walk(call, "/set tier silver", "")
    assert (refused.text, call.session.place.step) == ("the way on depends on: Do we pay? · try /goto STEP", "ask")


def test_a_step_back_asks_for_no_value_that_is_worked_out(world: CallEnvironment) -> None:
    call = call_in(REFUND, world)
    walk(call, "", "yesterday", "b")
    assert call.session.place.step == "ask"
    assert call.hear("").kind == "moved"
    assert call.session.place.step == "pay"
