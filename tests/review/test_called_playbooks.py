"""Calls of playbooks in a past call: they are named as calls and returns, and not as switches of the agent."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from recoverycli.review.replay import frames
from recoverycli.review.story import by_step, walked_steps
from recoverycli.session.transcript.model import Call, TranscriptSwitch
from tests.review.calls import a_call


def with_switches() -> Call:
    call = a_call()
    to = TranscriptSwitch(call.started_at, "refund", "verify-identity", "verify", "call")
    back = TranscriptSwitch(call.started_at + timedelta(seconds=1), "verify-identity", "refund", "compare", "return")
    aside = TranscriptSwitch(call.started_at + timedelta(seconds=2), "refund", "heart")
    return msgspec.structs.replace(call, switches=(to, back, aside))


def test_a_replay_names_calls_and_returns() -> None:
    told = [frame.kind for frame in frames(with_switches()) if frame.kind in {"call", "return", "switch"}]
    assert told == ["call", "return", "switch"]


def test_the_story_names_calls_and_returns() -> None:
    call = with_switches()
    rows = [row for rows in by_step(call, walked_steps(call)) for row in rows]
    found = [(row.label, row.text) for row in rows if row.label in {"Called", "Returned", "Switched"}]
    assert found == [
        ("Called", "verify-identity, from refund"),
        ("Returned", "from verify-identity to refund"),
        ("Switched", "from refund to heart"),
    ]
