"""Three of these four: ticks are counted, the gate says how far it is, and the way on depends on done or not done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from recoverycli.live.call import LiveCall
from recoverycli.terminal.views.call import plain
from recoverycli.terminal.views.call.screen import View, screen_lines
from tests.conftest import loaded
from tests.content import framework, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.live.environment import CallEnvironment

IDENTITY: dict[str, Any] = {
    "id": "identity-check",
    "text": "Three of these four agree with the account",
    "at-least": 3,
    "of": [
        {"id": "name", "text": "Full name"},
        {"id": "birthday", "text": "Date of birth"},
        {"id": "postcode", "text": "Postcode"},
        {"id": "order", "text": "Last order"},
    ],
}
NOTICE = {"id": "notice", "text": "Read the notice"}
PATHS = [{"when": {"identity-check": "done"}, "to": "pay"}, {"to": "refuse"}]
VERIFY = framework(
    "verify",
    [
        {"id": "compare", "intent": "assess", "checklist": [NOTICE, IDENTITY], "paths": PATHS},
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [{"to": "wrap-up"}]},
        {"id": "refuse", "intent": "explain", "by_path": True, "paths": [
            {"when": {"again": "yes"}, "to": "compare"}, {"to": "wrap-up"},
        ], "capture": [{"id": "again", "ask": "Try again?", "kind": "yes-no"}]},
    ],
)  # fmt: skip
REQUIRED = framework(
    "required",
    [
        {"id": "compare", "intent": "assess", "checklist": [{**IDENTITY, "required": True}]},
        {"id": "pay", "intent": "solve"},
    ],
)
IDENTIFY = framework("identify", [{"id": "compare", "intent": "assess", "checklist": [IDENTITY]}])
CALLER = framework(
    "caller",
    [
        {"id": "verify", "intent": "assess", "call": "identify", "paths": PATHS},
        {"id": "pay", "intent": "solve", "by_path": True, "paths": [{"to": "wrap-up"}]},
        {"id": "refuse", "intent": "explain", "by_path": True, "paths": [{"to": "verify"}]},
    ],
)
KNOWN = {one.id: one for one in (IDENTIFY, CALLER)}


@pytest.fixture
def desk(world: CallEnvironment) -> CallEnvironment:
    return world._replace(load=lambda wanted: loaded(KNOWN[wanted], world.home))


def call_in(desk: CallEnvironment, of: Framework = VERIFY, *, asks: bool = True) -> LiveCall:
    return LiveCall.start(desk._replace(asks=asks), lambda: started(of, desk.clock()))


def test_a_tick_says_how_far_the_count_is(world: CallEnvironment) -> None:
    call = call_in(world)
    assert call.hear("/tick 2").text == "ticked: Full name (1 of 3 so far) · u undoes"
    assert call.hear("/tick postcode").text == "ticked: Postcode (2 of 3 so far) · u undoes"
    assert call.hear("/tick 5").text == "ticked: Last order (3 ticked: done) · u undoes"
    assert call.hear("/tick 1").text == "ticked: Read the notice · u undoes"
    assert call.hear("/tick 5").text == "item 5 is ticked already · try u"


def test_the_way_on_is_open_until_the_count_is_reached(world: CallEnvironment) -> None:
    call = call_in(world)
    assert call.session.depends_on == ("identity-check",)
    asked = walk(call, "/tick 2", "/tick 3", "")
    assert asked.question is not None
    assert asked.question.text == "Three of these four agree with the account (2 of 3 so far)."
    assert (asked.question.options, asked.question.enter) == (
        ("not done",),
        "/tick 4 ticks · Enter stays on this step",
    )
    walk(call, "/tick 4", "")
    assert call.session.place.step == "pay"
    walk(call, "", "")
    kept = the_call(world.home)
    assert kept.steps[0].ticked == ("name", "birthday", "postcode")
    assert kept.values == {"identity-check": "done"}
    (answer,) = kept.steps[0].answers
    assert (answer.question, answer.answer, answer.to) == (
        "Three of these four agree with the account",
        "done",
        "pay",
    )


def test_that_it_is_not_done_has_to_be_said(world: CallEnvironment) -> None:
    call = call_in(world)
    walk(call, "", "")
    assert call.session.place.step == "compare"
    call.hear("")
    assert call.hear("yes").text == ("identity-check is done by ticking: /tick N · try /set identity-check not done")
    assert call.session.place.step == "compare"
    call.hear("no")
    assert (call.session.place.step, call.session.values) == ("refuse", {"identity-check": "not done"})


def test_a_script_stays_on_the_step_and_is_told_both_lines(world: CallEnvironment) -> None:
    call = call_in(world, asks=False)
    for _ in range(6):
        told = call.hear("")
        assert told.text == (
            "the way on depends on: Three of these four agree with the account (0 of 3 so far). "
            "If it is not done: /set identity-check not done · try /tick 2"
        )
    walk(call, "/set identity-check not done", "")
    assert call.session.place.step == "refuse"


def test_a_count_cannot_be_set_to_done(world: CallEnvironment) -> None:
    call = call_in(world)
    assert call.hear("/set identity-check done").text == (
        "identity-check is done by ticking: /tick N · try /set identity-check not done"
    )
    walk(call, "/tick 2", "/tick 3", "/tick 4")
    assert call.hear("/set identity-check no").text == "identity-check is done already · try u"


def test_a_tick_after_not_done_counts(world: CallEnvironment) -> None:
    call = call_in(world)
    walk(call, "/set identity-check not done", "/tick 2", "/tick 3", "/tick 4", "")
    assert call.session.place.step == "pay"


def test_every_round_of_a_loop_counts_from_the_start(world: CallEnvironment) -> None:
    call = call_in(world)
    walk(call, "/tick 1", "/tick 2", "/tick 3", "", "not done", "", "yes")
    assert call.session.place.step == "compare"
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text.endswith("(0 of 3 so far).")
    assert call.hear("/tick 2").text == "ticked: Full name (1 of 3 so far) · u undoes"
    assert call.hear("/tick 1").text == "item 1 is ticked already · try u"
    walk(call, "/tick 3", "/tick 4", "", "", "")
    assert the_call(world.home).steps[0].ticked == ("notice", "name", "birthday", "postcode")


def test_undo_takes_a_tick_back(world: CallEnvironment) -> None:
    call = call_in(world)
    walk(call, "/tick 2", "/tick 3", "/tick 4", "u")
    assert call.session.depends_on == ("identity-check",)


def test_a_required_count_says_before_the_step_is_left_how_far_it_is(world: CallEnvironment) -> None:
    call = call_in(world, REQUIRED)
    asked = walk(call, "/tick 1", "/tick 2", "")
    assert asked.question is not None
    assert asked.question.text == (
        "Not yet: Three of these four agree with the account (2 of 3 so far). Stay or leave anyway?"
    )
    walk(call, "leave", "", "")
    assert the_call(world.home).steps[0].left_open == ("identity-check",)


def test_a_required_count_that_is_reached_asks_nothing(world: CallEnvironment) -> None:
    call = call_in(world, REQUIRED)
    walk(call, "/tick 1", "/tick 2", "/tick 3", "")
    assert call.session.place.step == "pay"
    walk(call, "", "")
    assert the_call(world.home).steps[0].left_open == ()


def test_a_caller_knows_the_check_of_the_playbook_that_it_called(desk: CallEnvironment) -> None:
    call = call_in(desk, CALLER)
    walk(call, "", "/tick 1", "/tick 2", "/tick 3", "")
    assert call.session.place.step == "pay"


def test_a_tick_of_the_caller_is_none_in_the_playbook_that_it_calls(desk: CallEnvironment) -> None:
    own = {"id": "start", "intent": "listen", "checklist": [{"id": "identity-check", "text": "The order agrees"}]}
    caller = framework("caller", [own, *msgspec.to_builtins(CALLER)["steps"]])
    call = call_in(desk, caller)
    call.hear("/tick identity-check")
    call.hear("")
    call.hear("")
    assert "identity-check" not in call.session.evidence.values
    for part in ("name", "birthday", "postcode"):
        call.hear(f"/tick {part}")
    assert call.session.evidence.values["identity-check"] == "done"


def test_what_is_worked_out_from_a_check_of_a_called_playbook_is_known_to_the_caller(desk: CallEnvironment) -> None:
    rows = [{"when": {"identity-check": "done"}, "then": "yes"}, {"then": "no"}]
    result = {
        "id": "identified",
        "ask": "Is it them?",
        "kind": "choice",
        "choices": ["yes", "no"],
        "table": {"rows": rows},
    }
    called = framework(
        "identify", [{"id": "compare", "intent": "assess", "checklist": [IDENTITY], "capture": [result]}]
    )
    paths = [{"when": {"identified": "yes"}, "to": "pay"}, {"to": "refuse"}]
    caller = framework(
        "caller",
        [
            {"id": "verify", "intent": "assess", "call": "identify", "paths": paths},
            {"id": "pay", "intent": "solve", "by_path": True},
            {"id": "refuse", "intent": "explain", "by_path": True},
        ],
    )
    call = call_in(desk._replace(load=lambda _: loaded(called, desk.home)), caller)
    for line in ("", "/tick name", "/tick birthday", "/tick postcode", ""):
        call.hear(line)
    assert call.session.evidence.values["identified"] == "yes"
    assert call.session.place.step == "pay"


def test_a_second_call_of_the_playbook_counts_from_the_start(desk: CallEnvironment) -> None:
    call = call_in(desk, CALLER)
    walk(call, "", "/tick 1", "/tick 2", "")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Three of these four agree with the account (2 of 3 so far)."
    walk(call, "not done", "", "")
    assert call.session.framework.id == "identify"
    assert call.hear("/tick 3").text == "ticked: Postcode (1 of 3 so far) · u undoes"
    call.hear("")
    asked = call.hear("")
    assert asked.question is not None
    assert asked.question.text == "Three of these four agree with the account (1 of 3 so far)."


def test_a_capture_with_the_id_of_a_check_decides_as_in_older_files(world: CallEnvironment) -> None:
    of = framework(
        "older",
        [
            {"id": "ask", "intent": "assess", "checklist": [NOTICE], "capture": [
                {"id": "notice", "ask": "Which notice?", "kind": "choice", "choices": ["old", "new"]},
            ], "paths": [{"when": {"notice": "old"}, "to": "pay"}, {"to": "wrap-up"}]},
            {"id": "pay", "intent": "solve"},
        ],
    )  # fmt: skip
    call = call_in(world, of)
    asked = walk(call, "/tick 1", "")
    assert asked.question is not None
    assert asked.question.options == ("old", "new")
    call.hear("old")
    assert call.session.place.step == "pay"


def test_a_call_that_is_resumed_keeps_its_count(world: CallEnvironment) -> None:
    call = call_in(world)
    walk(call, "/tick 2", "/tick 3", "", "not done", "", "yes", "/tick 5")
    call.close()
    again = LiveCall.resume(world, world.home / "live" / f"{call.session.id}.jsonl")
    assert again.session.steps[0].ticks == ("order",)


def test_the_screen_shows_the_count_and_all_of_its_parts(world: CallEnvironment) -> None:
    call = call_in(world)
    walk(call, "/tick 1", "/tick 2")
    drawn = [line.plain.strip() for line in screen_lines(call.session, View(), 80, 22)]
    at = drawn.index("☐    Three of these four agree with the account · 1 of 3 so far")
    assert drawn[at + 1] == "☑ 2 Full name · ☐ 3 Date of birth · ☐ 4 Postcode · ☐ 5 Last order"
    told = plain.screen(call.session)
    at = told.index("Checklist, 1 of 3 so far: Three of these four agree with the account")
    assert told[at + 1 : at + 3] == ["Checklist 2, done: Full name", "Checklist 3, open: Date of birth"]
