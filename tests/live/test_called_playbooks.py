"""A step calls another playbook: it begins at its start, values go both ways, and the call returns by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.live.call import LiveCall
from tests.conftest import loaded
from tests.content import framework, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment

ORDER = {"id": "order", "ask": "Which order?", "required": True}
VERIFIED = {"id": "verified", "ask": "Do the answers match?", "kind": "yes-no"}
VERIFY = framework(
    "verify-identity",
    [
        {"id": "questions", "intent": "assess", "procedure": True, "capture": [ORDER]},
        {"id": "compare", "intent": "assess", "procedure": True, "capture": [VERIFIED], "paths": [
            {"when": {"verified": "yes"}, "to": "wrap-up"}, {"to": "explain-no"},
        ]},
        {"id": "explain-no", "intent": "explain", "by_path": True},
    ],
)  # fmt: skip
REFUND = framework(
    "refund",
    [
        {"id": "ask", "intent": "assess", "capture": [ORDER]},
        {"id": "verify", "intent": "assess", "call": "verify-identity", "paths": [
            {"when": {"verified": "yes"}, "to": "pay"}, {"when": {"verified": "no"}, "to": "refuse"},
        ]},
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [{"to": "close"}]},
        {"id": "refuse", "intent": "explain", "by_path": True, "paths": [{"to": "verify"}]},
        {"id": "close", "intent": "thank"},
    ],
)  # fmt: skip
OUTER = framework("outer", [{"id": "first", "intent": "listen", "call": "refund"}, {"id": "last", "intent": "thank"}])
KNOWN = {one.id: one for one in (VERIFY, REFUND, OUTER)}


@pytest.fixture
def desk(world: CallEnvironment) -> CallEnvironment:
    return world._replace(load=lambda wanted: loaded(KNOWN[wanted], world.home))


def call_in(desk: CallEnvironment, of: Framework = REFUND, *, asks: bool = False) -> LiveCall:
    return LiveCall.start(desk._replace(asks=asks), lambda: started(of, desk.clock()))


def stands(call: LiveCall) -> tuple[str, str | None]:
    return call.session.framework.id, call.session.place.step


def test_a_called_playbook_begins_at_its_start_though_its_intent_was_done(desk: CallEnvironment) -> None:
    call = call_in(desk)
    reply = walk(call, "/set order A1", "", "")
    assert stands(call) == ("verify-identity", "questions")
    assert reply.kind == "moved"
    assert "VERIFY-IDENTITY" in reply.text
    assert {record.status for record in call.session.walk} == {"open"}


def test_the_call_returns_by_itself_to_the_step_after_with_the_values(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "", "/set verified yes", "")
    assert stands(call) == ("refund", "pay")
    assert call.session.values == {"order": "A1", "verified": "yes"}
    verify = call.session.record("verify")
    assert verify is not None
    assert verify.status == "done"
    assert [(one.step.id, one.status) for one in call.session.steps if one.framework == "verify-identity"] == [
        ("questions", "done"), ("compare", "done"), ("explain-no", "open"),
    ]  # fmt: skip


def test_a_value_of_the_caller_is_known_in_the_called_playbook(desk: CallEnvironment) -> None:
    call = call_in(desk, asks=True)
    walk(call, "/set order A1", "", "")
    assert call.session.latest.captured == {"order": "A1"}
    assert call.hear("").question is None, "the required order is known"
    assert stands(call) == ("verify-identity", "compare")


def test_what_the_last_step_requires_is_asked_before_the_call_returns(desk: CallEnvironment) -> None:
    check = framework("check", [{"id": "only", "intent": "assess", "capture": [ORDER]}])
    bare = framework(
        "bare", [{"id": "verify", "intent": "assess", "call": "check"}, {"id": "close", "intent": "thank"}]
    )
    call = call_in(desk._replace(load=lambda _: loaded(check, desk.home)), bare, asks=True)
    asked = walk(call, "", "")
    assert asked.question is not None
    assert asked.question.text == "Not yet: Which order. Stay or leave anyway?"
    call.hear("leave")
    assert stands(call) == ("bare", "close")


def test_the_last_step_of_a_called_playbook_asks_what_decides_its_way(desk: CallEnvironment) -> None:
    call = call_in(desk, asks=True)
    asked = walk(call, "/set order A1", "", "", "", "")
    assert asked.question is not None
    assert asked.question.text == "Do the answers match?"
    call.hear("yes")
    assert stands(call) == ("refund", "pay")


def test_a_failed_check_leads_the_other_way_and_a_second_call_asks_again(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "", "/set verified no", "", "")
    assert stands(call) == ("refund", "refuse")
    walk(call, "", "")
    assert stands(call) == ("verify-identity", "questions")
    assert {record.status for record in call.session.walk} == {"open"}
    stays = walk(call, "", "")
    assert (stays.kind, stands(call)) == ("refused", ("verify-identity", "compare")), "the earlier no does not count"
    walk(call, "/set verified yes", "")
    assert stands(call) == ("refund", "pay")


def test_a_skipped_check_decides_nothing(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "/goto explain-no", "/skip")
    assert stands(call) == ("refund", "verify")
    stays = call.hear("")
    assert (stays.kind, stands(call)) == ("refused", ("refund", "verify"))


def test_a_value_of_the_called_playbook_can_be_told_after_the_return(desk: CallEnvironment) -> None:
    call = call_in(desk, asks=True)
    walk(call, "/set order A1", "", "", "/goto explain-no", "/skip")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Do the answers match?"
    call.hear("no")
    assert stands(call) == ("refund", "refuse")
    script = call_in(desk)
    walk(script, "/set order A1", "", "", "/goto explain-no", "/skip", "/set verified yes", "")
    assert stands(script) == ("refund", "pay")


def test_leaving_a_called_playbook_before_its_end_does_not_count_as_the_call(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "/switch")
    assert stands(call) == ("refund", "verify")
    call.hear("")
    assert stands(call) == ("verify-identity", "questions")


def test_back_on_the_first_step_of_a_called_playbook_returns_to_the_step_that_called_it(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "b")
    assert stands(call) == ("refund", "verify")


def test_undo_takes_a_return_back_step_by_step(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "", "/set verified yes", "", "u", "u")
    assert stands(call) == ("verify-identity", "compare")


def test_the_end_of_input_does_not_finish_a_call_within_a_called_playbook(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "/skip", "/skip")
    left = call.end_of_input().left
    assert left is not None
    assert left.how == "paused"


def test_the_end_of_input_in_a_switch_within_a_called_playbook_does_not_finish_the_call(desk: CallEnvironment) -> None:
    aside = framework("aside", [{"id": "thanks", "intent": "thank"}])
    known = {**KNOWN, "aside": aside}
    call = call_in(desk._replace(load=lambda wanted: loaded(known[wanted], desk.home)))
    walk(call, "/set order A1", "", "", "/switch aside", "")
    left = call.end_of_input().left
    assert left is not None
    assert left.how == "paused"


def test_a_required_step_of_a_called_playbook_can_be_skipped_or_ended_with_leave(desk: CallEnvironment) -> None:
    check = framework("check", [{"id": "only", "intent": "assess", "capture": [ORDER]}])
    bare = framework(
        "bare", [{"id": "verify", "intent": "assess", "call": "check"}, {"id": "close", "intent": "thank"}]
    )
    for line, place in (("/skip", ("bare", "close")), ("/goto wrap-up", ("check", None))):
        call = call_in(desk._replace(load=lambda _: loaded(check, desk.home)), bare, asks=True)
        asked = walk(call, "", line)
        assert asked.question is not None
        call.hear("leave")
        assert stands(call) == place


def test_a_called_playbook_calls_another(desk: CallEnvironment) -> None:
    call = call_in(desk, OUTER)
    walk(call, "", "/set order A1", "", "", "", "/set verified yes", "", "", "")
    assert stands(call) == ("outer", "last")
    assert [place.framework.id for place in call.session.places] == ["outer"]


def test_a_playbook_that_is_in_use_is_not_called_again(desk: CallEnvironment) -> None:
    loop = framework("loop", [{"id": "one", "intent": "listen", "call": "loop"}])
    call = call_in(desk._replace(load=lambda _: loaded(loop, desk.home)), loop)
    assert call.hear("").text == "loop is in use already, and cannot be called · try /goto STEP"


def test_a_resumed_call_stands_where_it_was_though_no_file_is_left(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "")
    left = call.pause().left
    assert left is not None
    again = LiveCall.resume(desk._replace(load=lambda _: pytest.fail("nothing is loaded")), left.path)
    walk(again, "/set verified yes", "")
    assert stands(again) == ("refund", "pay")


def test_the_transcript_names_both_playbooks_and_the_answers_of_each(desk: CallEnvironment) -> None:
    call = call_in(desk)
    walk(call, "/set order A1", "", "", "", "/set verified yes", "", "", "")
    call.finish()
    kept = the_call(desk.home)
    assert [(one.before, one.after, one.step, one.how) for one in kept.switches] == [
        ("refund", "verify-identity", "verify", "call"), ("verify-identity", "refund", "compare", "return"),
    ]  # fmt: skip
    steps = {step.id: step for step in kept.steps}
    assert "explain-no" not in steps
    assert [(one.question, one.answer) for one in steps["compare"].answers] == [("Do the answers match?", "yes")]
    (decided,) = steps["verify"].answers
    assert (decided.question, decided.answer, decided.to) == ("Do the answers match?", "yes", "pay")


def test_a_value_of_the_caller_can_be_told_in_the_called_playbook(desk: CallEnvironment) -> None:
    late = {"id": "reason", "ask": "Why?"}
    steps = [{"id": "verify", "intent": "assess", "call": "verify-identity"}]
    caller = framework("asks-late", [*steps, {"id": "close", "intent": "thank", "capture": [late]}])
    call = LiveCall.start(desk, lambda: started(caller, desk.clock()))
    call.hear("")
    assert stands(call) == ("verify-identity", "questions")
    assert call.hear("/set reason it was late").kind == "recorded"
    walk(call, "/set order A1", "", "/set verified yes", "")
    here = call.session.here
    assert here is not None
    assert (here.step.id, here.captured) == ("close", {"reason": "it was late"})


def test_an_answer_of_another_playbook_that_is_no_answer_here_is_asked_for(desk: CallEnvironment) -> None:
    def asks(name: str, *choices: str) -> Framework:
        answer = {"id": "answer", "ask": "Which?", "kind": "choice", "choices": [*choices]}
        paths = [{"when": {"answer": choices[0]}, "to": "close"}, {"to": "explain"}]
        step = {"id": f"ask-{name}", "intent": "assess", "capture": [answer], "paths": paths}
        return framework(name, [step, {"id": "explain", "intent": "explain"}, {"id": "close", "intent": "thank"}])

    frameworks = {one.id: one for one in (asks("first", "yes", "later"), asks("second", "agreed", "refused"))}
    load = desk._replace(load=lambda wanted: loaded(frameworks[wanted], desk.home))
    call = LiveCall.start(load, lambda: started(frameworks["first"], desk.clock()))
    walk(call, "/set answer later", "/switch second")
    stays = call.hear("")
    assert (stays.kind, stands(call)) == ("refused", ("second", "ask-second"))
    walk(call, "/set answer agreed", "")
    assert stands(call) == ("second", "close")
