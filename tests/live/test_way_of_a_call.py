"""The transcript of a playbook: each question with its answer and where it led, and no step of a way not taken open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.pages.lines import page_lines
from recoverycli.review.replay import frames
from recoverycli.review.story import call_page
from recoverycli.session import events as ev
from recoverycli.session.state import apply, begin
from recoverycli.session.transcript import facts
from recoverycli.session.transcript.account import account
from tests.content import framework, started, the_call
from tests.live.test_call import walk
from tests.live.test_decisions import REFUND, REPAIR, call_in

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.session.transcript.model import Call

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BILL = framework(
    "bill",
    [
        {
            "id": "look",
            "intent": "assess",
            "capture": [
                {"id": "amount", "ask": "How much is it?", "kind": "number"},
                {"id": "receipt", "ask": "Is there a receipt?", "kind": "yes-no"},
            ],
            "checklist": [
                {"id": "notice", "text": "Read the recording notice"},
                {"id": "consent", "text": "Ask for consent", "required": True},
            ],
            "paths": [{"when": {"amount": {"under": "50"}, "receipt": "yes"}, "to": "pay"}, {"to": "ask-lead"}],
        },
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [{"to": "wrap-up"}]},
        {
            "id": "ask-lead",
            "intent": "notify",
            "by_path": True,
            "checklist": [{"id": "asked", "text": "Ask the lead", "required": True}],
        },
        {"id": "close", "intent": "thank"},
    ],
)


def kept_after(world: CallEnvironment, *lines: str) -> Call:
    walk(call_in(BILL, world), *lines)
    return the_call(world.home)


def text_of(call: Call) -> list[str]:
    return page_lines(call_page(call))


def test_each_question_stands_with_its_own_answer_and_the_step_that_it_led_to(world: CallEnvironment) -> None:
    call = kept_after(world, "/tick 2", "", "20", "yes", "", "", "")
    look = call.steps[0]
    assert [(one.question, one.answer, one.to) for one in look.answers] == [
        ("How much is it?", "20", "pay"),
        ("Is there a receipt?", "yes", "pay"),
    ]
    assert facts.answers(call) == [
        "How much is it? 20 (led to Pay)",
        "Is there a receipt? yes (led to Pay)",
    ]
    assert [line.partition(" ")[2] for line in text_of(call) if "Answered" in line] == [
        "Answered, led to Pay: How much is it? 20",
        "Answered, led to Pay: Is there a receipt? yes",
    ]
    answers = [frame.text for frame in frames(call) if frame.kind == "answer"]
    assert answers == facts.answers(call)


@pytest.mark.parametrize(
    ("bought", "asked"),
    [
        ("3 days ago", []),
        ("3 weeks ago", [("Which tier?", "gold", "credit")]),
    ],
)
def test_what_a_rule_was_worked_out_from_stands_before_it(
    world: CallEnvironment, bought: str, asked: list[tuple[str, str, str]]
) -> None:
    walk(call_in(REFUND, world, tier="gold"), "", bought, "", "", "")
    ask = the_call(world.home).steps[0]
    to = ask.answers[-1].to
    assert [(one.question, one.answer, one.to) for one in ask.answers] == [
        ("When did they buy it?", bought, to),
        *asked,
        ("What applies?", "credit" if asked else "money", "credit" if asked else "pay"),
    ]


def test_an_answer_that_ends_the_call_led_to_the_wrap_up(world: CallEnvironment) -> None:
    called = call_in(REPAIR, world, model="new")
    walk(called, "", "restart", "", "no", "", "reset", "", "yes")
    assert called.session.place.step == "close"
    walk(called, "", "")
    call = the_call(world.home)
    (last,) = [one for one in facts.answers(call) if one.startswith("Does it work? yes")]
    assert last == "Does it work? yes (led to Close)"
    ending = msgspec.structs.replace(call.steps[1].answers[-1], to="wrap-up")
    assert facts.led_to(ending, call.steps[1], call) == "led to the wrap-up"
    assert facts.led_to(msgspec.structs.replace(ending, to=None), call.steps[1], call) == ""


def test_a_path_to_the_wrap_up_is_stored_as_such() -> None:
    session = begin(started(BILL, AT))
    moved = ev.Moved(at=AT, to=None, leaving="done", answers=(("How much is it?", "20"),))
    (answer,) = account(apply(session, moved), AT).steps[0].answers
    assert (answer.question, answer.answer, answer.to) == ("How much is it?", "20", "wrap-up")


def test_the_journal_of_an_earlier_version_keeps_its_questions_in_one() -> None:
    session = begin(started(BILL, AT))
    moved = ev.Moved(at=AT, to="pay", leaving="done", question="How much is it? Is there a receipt?", answer="20, yes")
    (answer,) = account(apply(session, moved), AT).steps[0].answers
    assert (answer.question, answer.answer, answer.to) == ("How much is it? Is there a receipt?", "20, yes", "pay")


def test_what_was_ticked_and_left_open_stands_in_its_words(world: CallEnvironment) -> None:
    call = kept_after(world, "/tick 1", "", "80", "leave", "", "leave", "", "")
    look, lead = call.steps[0], call.steps[1]
    assert (look.ticked, look.left_open) == (("notice",), ("consent",))
    assert look.items == {"notice": "Read the recording notice", "consent": "Ask for consent"}
    assert lead.items == {"asked": "Ask the lead"}
    lines = text_of(call)
    assert "Ticked: Read the recording notice" in lines
    assert "Left open: Ask for consent" in lines
    assert "Ask for consent (Look)" in facts.still_open(call)
    assert [frame.text for frame in frames(call) if frame.kind == "ticked"] == ["Read the recording notice"]


def test_a_transcript_without_the_words_shows_the_ids(world: CallEnvironment) -> None:
    call = kept_after(world, "/tick 1", "", "80", "leave", "", "leave", "", "")
    steps = tuple(msgspec.structs.replace(step, items={}) for step in call.steps)
    lines = text_of(msgspec.structs.replace(call, steps=steps))
    assert "Ticked: notice" in lines
    assert "Left open: consent" in lines


def test_a_step_that_was_gone_back_from_is_not_open_where_the_call_went_another_way(world: CallEnvironment) -> None:
    call = call_in(BILL, world)
    walk(call, "/tick 2", "", "80")
    assert call.session.place.step == "ask-lead"
    walk(call, "the lead is away", "b", "/set amount 20", "/set receipt yes")
    assert [record.step.id for record in call.session.route] == ["look", "pay"]
    walk(call, "", "")
    assert call.session.complete
    walk(call, "", "")
    kept = the_call(world.home)
    lead = next(step for step in kept.steps if step.id == "ask-lead")
    assert (lead.status, lead.skipped_because, lead.off_way) == ("skipped", "the call went another way", True)
    assert (lead.left_open, [note.text for note in lead.notes]) == ((), ["the lead is away"])
    assert [step.id for step in facts.framework_steps(kept)] == ["look", "pay"]
    assert facts.still_open(kept) == []
    assert "Skipped: the call went another way" in text_of(kept)


@pytest.mark.parametrize("end", ["/end resolved", "/goto wrap-up"])
def test_a_step_that_the_same_answer_leads_to_again_stays_open(world: CallEnvironment, end: str) -> None:
    call = call_in(BILL, world)
    walk(call, "/tick 2", "", "80", "b", end)
    if call.session.finished is None:
        call.hear("")
    kept = the_call(world.home)
    lead = next(step for step in kept.steps if step.id == "ask-lead")
    assert (lead.status, lead.off_way) == ("open", False)


def test_a_step_that_was_entered_again_and_left_is_open(world: CallEnvironment) -> None:
    call = call_in(BILL, world)
    walk(call, "/tick 2", "", "80", "b", "/goto ask-lead", "/goto wrap-up", "leave", "")
    lead = next(step for step in the_call(world.home).steps if step.id == "ask-lead")
    assert (lead.status, lead.off_way) == ("open", False)


@pytest.mark.parametrize("again", ["", "/goto ask-lead"])
def test_a_step_that_was_entered_again_and_done_is_done(world: CallEnvironment, again: str) -> None:
    call = call_in(BILL, world)
    walk(call, "/tick 2", "", "80", "b", again)
    walk(call, *[""] * 8)
    assert call.session.place.step == "ask-lead" or call.session.finished is not None
    walk(call, "/tick 1", *[""] * 4)
    lead = next(step for step in the_call(world.home).steps if step.id == "ask-lead")
    assert (lead.status, lead.off_way) == ("done", False)
