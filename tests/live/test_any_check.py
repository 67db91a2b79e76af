"""Random calls with counted checks, conditions and outcomes: nothing counts that was not ticked, nothing is guessed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.session import events as ev
from recoverycli.session.requirements import required_ids
from recoverycli.session.state import fold
from recoverycli.session.transcript.account import account, outcome
from recoverycli.session.transcript.model import decode_call, encode
from recoverycli.store.journal.reader import read_journal
from recoverycli.times.future import read_date
from tests.conftest import Clock
from tests.content import framework, started
from tests.live.test_any_way import DRAWN, LIBRARY, check_done, check_values, check_ways, line_of

if TYPE_CHECKING:
    from recoverycli.session.model import Session

PARTS = ("full-name", "birthday", "postcode", "last-order")
FEE = framework(
    "fee",
    [
        {
            "id": "identify",
            "intent": "assess",
            "checklist": [
                {"id": "notice", "text": "Read the notice", "required": True},
                {"id": "identified", "text": "Three agree", "at-least": 3, "of": [
                    {"id": part, "text": part} for part in PARTS
                ]},
            ],
            "paths": [{"when": {"identified": "done"}, "to": "find"}, {"to": "explain", "outcome": "unresolved"}],
        },
        {
            "id": "find",
            "intent": "diagnose",
            "checklist": [{"id": "told", "text": "Told", "required": True, "when": {"tier": "gold"}}],
            "capture": [
                {"id": "tier", "ask": "Which tier?", "kind": "choice", "choices": ["standard", "gold"]},
                {"id": "card", "ask": "Which card?", "required": True, "when": {"tier": "gold"}},
                {"id": "fee", "ask": "Which fee?", "kind": "money", "when": {"tier": "standard"}},
            ],
            "paths": [
                {"when": {"fee": {"under": "13"}}, "to": "pay"},
                {"when": {"card": {"known": True}}, "to": "pay"},
                {"when": {"tier": "gold"}, "to": "identify"},
                {"to": "explain"},
            ],
        },
        {"id": "pay", "intent": "solve", "by_path": True, "outcome": "resolved", "paths": [{"to": "wrap-up"}]},
        {"id": "explain", "intent": "explain", "by_path": True},
    ],
)  # fmt: skip
LINES = [*(f"/tick {one}" for one in ("1", "2", "3", "4", "5", *PARTS)), "/set identified not done", "", "", "b", "u"]


def check_counts(session: Session) -> None:
    """Who leaves the check as done has ticked three parts since it was entered in this round, else said that not."""
    ticked: set[str] = set()
    said = False
    for before in session.history:
        event, earlier = before.event, before.session
        here = earlier.here
        if isinstance(event, ev.Ticked) and event.item in PARTS:
            ticked.add(event.item)
        elif isinstance(event, ev.ValueSet) and event.name == "identified":
            said = True
        elif isinstance(event, ev.Moved) and here is not None and here.step.id == "identify":
            if event.to == "find" and event.leaving != "left":
                assert len(ticked) >= 3
            if event.to == "explain" and event.leaving != "left":
                assert said
                assert len(ticked) < 3
        if isinstance(event, ev.Moved) and event.to == "identify" and event.leaving != "left":
            ticked, said = set(), False


@pytest.mark.parametrize("asks", [True, False])
@settings(max_examples=60)
@given(drawn=st.lists(st.tuples(st.booleans(), DRAWN), min_size=10, max_size=70))
def test_nothing_counts_that_was_not_ticked_and_nothing_is_guessed(
    asks: bool, drawn: list[tuple[bool, tuple[int, int]]]
) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as home:
        world = CallEnvironment(Path(home), clock, LIBRARY.load, read_date, asks=asks)
        call = LiveCall.start(world, lambda: started(FEE, clock()))
        question = None
        for is_check, (kind, number) in drawn:
            line = LINES[number % len(LINES)] if is_check else line_of(kind, number, call, question)
            if line.startswith(("/switch", "/card")):
                continue
            reply = call.hear(line)
            question = reply.question
            check_values(call.session)
            if reply.left is not None:
                break
        session = call.session
        check_ways(session)
        check_done(session)
        check_counts(session)
        find = session.record("find")
        assert find is not None
        if session.values.get("tier") == "standard" and "tier" not in session.stale:
            assert required_ids(session, find) == ()
        paid = session.record("pay")
        assert paid is not None
        assert outcome(session) != "resolved" or paid.status == "done" or session.outcome == "resolved"
        decode_call(encode(account(session, clock())))
        if session.finished is None:
            call.close()
            folded = fold(read_journal(world.home / "live" / f"{session.id}.jsonl").events)
            assert folded is not None
            assert folded.steps == session.steps
