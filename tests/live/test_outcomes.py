"""A step or a path says how the call ends: it is proposed at the wrap-up, and the agent can choose another outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from recoverycli.frameworks.stops import flow
from recoverycli.live.call import LiveCall
from recoverycli.pages.lines import page_lines
from recoverycli.pages.page import FlowChart
from recoverycli.session.transcript.account import outcome
from recoverycli.terminal.views.call.plain import wrap_up
from recoverycli.terminal.views.call.screen import View, screen_lines
from tests.conftest import loaded
from tests.content import framework, started, the_call
from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment

BOUGHT = {"id": "known", "ask": "Is the order known?", "kind": "yes-no"}
CHECK = framework(
    "check",
    [
        {"id": "look", "intent": "assess", "capture": [BOUGHT], "paths": [
            {"when": {"known": "yes"}, "to": "wrap-up"},
            {"when": {"known": "no"}, "to": "wrap-up", "outcome": "unresolved"},
        ]},
    ],
)  # fmt: skip
REFUND = framework(
    "refund",
    [
        {"id": "verify", "intent": "assess", "call": "check", "paths": [
            {"when": {"known": "no"}, "to": "close"}, {"when": {"known": "yes"}, "to": "ask"},
        ]},
        {"id": "ask", "intent": "assess", "capture": [
            {"id": "way", "ask": "Which way?", "kind": "choice", "choices": ["money", "nothing", "later", "again"]},
        ], "paths": [
            {"when": {"way": "money"}, "to": "pay"},
            {"when": {"way": "nothing"}, "to": "close", "outcome": "unresolved"},
            {"when": {"way": "again"}, "to": "verify", "outcome": "unresolved"},
            {"to": "close"},
        ]},
        {"id": "pay", "intent": "solve", "by_path": True, "outcome": "resolved", "paths": [
            {"when": {"channel": "email"}, "to": "close", "outcome": "callback"}, {"to": "close"},
        ]},
        {"id": "close", "intent": "thank"},
    ],
)  # fmt: skip
KNOWN = {one.id: one for one in (CHECK, REFUND)}


@pytest.fixture
def desk(world: CallEnvironment) -> CallEnvironment:
    return world._replace(load=lambda wanted: loaded(KNOWN[wanted], world.home))


def call_in(desk: CallEnvironment, *, by: str = "phone", **told: str) -> LiveCall:
    values = {"known": "yes", **told}
    return LiveCall.start(desk._replace(asks=False), lambda: started(REFUND, desk.clock(), channel=by, values=values))


@pytest.mark.parametrize(
    ("values", "channel", "ended"),
    [
        ({"way": "money"}, "phone", "resolved"),
        ({"way": "money"}, "email", "callback"),
        ({"way": "nothing"}, "phone", "unresolved"),
        ({"way": "later"}, "phone", None),
        ({"known": "no"}, "phone", "unresolved"),
    ],
)
def test_the_way_that_was_taken_gives_the_outcome(
    values: dict[str, str], channel: str, ended: str | None, desk: CallEnvironment
) -> None:
    call = call_in(desk, by=channel, **values)
    walk(call, *[""] * 5)
    assert (call.session.place.step, outcome(call.session)) == (None, ended)
    call.hear("")
    assert the_call(desk.home).outcome == ended


def test_the_agent_can_choose_another_outcome_and_the_transcript_has_both(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, *[""] * 5, "2", "")
    kept = the_call(desk.home)
    assert kept.outcome == "partly-resolved"
    assert {step.id: step.outcome for step in kept.steps if step.outcome} == {"pay": "resolved"}


def test_an_outcome_chosen_in_the_call_is_not_replaced(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "/outcome callback", *[""] * 5)
    assert outcome(call.session) == "callback"


def test_a_call_that_was_escalated_ends_as_escalated(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "/escalate to Lea: she asks for a manager", *[""] * 5)
    assert outcome(call.session) == "escalated"


def test_a_promise_to_call_back_does_not_change_the_outcome_of_the_way(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "/promise call back", *[""] * 5)
    assert outcome(call.session) == "resolved"


def test_a_step_back_takes_the_outcome_back_with_the_step(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "", "", "", "")
    assert (call.session.place.step, outcome(call.session)) == ("close", "resolved")
    call.hear("b")
    assert outcome(call.session) is None
    walk(call, "b", "/set way later", "", "")
    assert (call.session.place.step, outcome(call.session)) == (None, None)


def test_going_to_an_earlier_step_takes_back_the_outcomes_after_it(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "", "", "", "", "/goto ask")
    assert outcome(call.session) is None
    walk(call, "/set way later", "", "")
    assert (call.session.place.step, outcome(call.session)) == (None, None)


def test_undo_takes_the_outcome_back(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "", "", "", "")
    assert outcome(call.session) == "resolved"
    call.hear("u")
    assert outcome(call.session) is None


def test_a_loop_leaves_the_outcome_open_until_it_ends(desk: CallEnvironment) -> None:
    call = call_in(desk, way="again")
    walk(call, "", "", "")
    assert (call.session.place.step, outcome(call.session)) == ("verify", None)


def test_the_next_round_of_a_loop_gives_its_own_outcome(desk: CallEnvironment) -> None:
    of = framework("loop", [
        {"id": "one", "intent": "assess", "outcome": "callback"},
        {"id": "two", "intent": "assess", "capture": [{"id": "done", "ask": "Done?", "kind": "yes-no"}], "paths": [
            {"when": {"done": "no"}, "to": "one"}, {"to": "three"},
        ]},
        {"id": "three", "intent": "thank"},
    ])  # fmt: skip
    call = LiveCall.start(desk._replace(asks=False), lambda: started(of, desk.clock()))
    walk(call, "", "/set done no", "")
    assert (call.session.place.step, outcome(call.session)) == ("one", None)
    call.hear("")
    assert (call.session.place.step, outcome(call.session)) == ("two", "callback")
    walk(call, "/set done yes", "", "")
    assert (call.session.place.step, outcome(call.session)) == (None, "callback")


def test_a_step_that_was_skipped_gives_no_outcome(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "", "", "", "/skip it was done before", "")
    assert (call.session.place.step, outcome(call.session)) == (None, None)


def test_a_called_playbook_that_is_left_early_gives_no_outcome(desk: CallEnvironment) -> None:
    call = call_in(desk, known="no")
    walk(call, "", "")
    assert outcome(call.session) == "unresolved"
    walk(call, "/goto verify", "/set known yes", "", "/switch")
    assert outcome(call.session) is None


def test_what_a_called_playbook_gave_is_gone_when_it_is_left_early_or_called_again(desk: CallEnvironment) -> None:
    two = framework(
        "two",
        [
            {"id": "first", "intent": "assess", "outcome": "unresolved"},
            {"id": "second", "intent": "explain", "paths": [{"to": "wrap-up"}]},
        ],
    )
    twice = framework("twice", [
        {"id": "one", "intent": "assess", "call": "two"}, {"id": "other", "intent": "assess", "call": "two"},
    ])  # fmt: skip
    desk = desk._replace(load=lambda _: loaded(two, desk.home), asks=False)
    call = LiveCall.start(desk, lambda: started(twice, desk.clock()))
    walk(call, "", "")
    assert (call.session.place.step, outcome(call.session)) == ("second", "unresolved")
    call.hear("/switch")
    assert outcome(call.session) is None
    walk(call, "", "", "")
    assert (call.session.place.step, outcome(call.session)) == ("other", "unresolved")
    call.hear("")
    assert (call.session.place.step, outcome(call.session)) == ("first", None)


def test_a_call_that_is_resumed_has_the_outcome_of_its_way(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, "", "", "", "")
    call.close()
    again = LiveCall.resume(desk, desk.home / "live" / f"{call.session.id}.jsonl")
    assert outcome(again.session) == "resolved"


def test_the_map_names_the_outcome_of_each_way() -> None:
    stops = {stop.id: stop for stop in flow(REFUND, (CHECK,))}
    branches = stops["ask"].branches[:2]
    assert [(one.answer, one.outcome) for one in branches] == [("money", ""), ("nothing", "unresolved")]
    told = page_lines([FlowChart("Refund", tuple(stops.values()))])
    assert "  If nothing: to Close; ends as unresolved." in told
    assert "  Ends as resolved." in told


def test_the_wrap_up_says_which_step_gives_the_outcome_and_how_to_change_it(desk: CallEnvironment) -> None:
    call = call_in(desk, way="money")
    walk(call, *[""] * 5)
    drawn = [line.plain.strip() for line in screen_lines(call.session, View(), 80, 22)]
    assert "Ends as resolved, by the step Pay. A number changes it, text is the summary." in drawn
    assert "Outcome 1: resolved, by the step Pay" in wrap_up(call.session)
    call.hear("2")
    drawn = [line.plain.strip() for line in screen_lines(call.session, View(), 80, 22)]
    assert "How did it end? A number tells it, text is the summary." in drawn
    assert "Outcome 2: partly-resolved, chosen" in wrap_up(call.session)
