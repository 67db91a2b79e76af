"""Every event of a call changes its transcript; the exceptions are listed here, with their reasons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import msgspec

from recoverycli.session import events as ev
from recoverycli.session.state import apply, begin
from recoverycli.session.transcript.account import account
from tests.cases import for_each
from tests.content import LITTLE, OTHER, started

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
EVENTS: tuple[type[ev.Fact], ...] = get_args(ev.Event)

SWITCHED = ev.Switched(at=AT, framework=OTHER, digest="d")
OFFERED = ev.Offered(at=AT, remedy="refund")
PROMISED = ev.Promised(at=AT, what="a letter")
EXAMPLES: tuple[ev.Event, ...] = (
    ev.Moved(at=AT, to="solve", leaving="done"),
    ev.Asked(at=AT, question="Leave anyway?", answer="yes"),
    ev.Said(at=AT, text="Thank you."),
    ev.Noted(at=AT, text="charged twice"),
    ev.Ticked(at=AT, item="first"),
    ev.ValueSet(at=AT, name="order", value="A-17"),
    ev.CustomerNamed(at=AT, name="Ana"),
    ev.ReferenceGiven(at=AT, ref="C-1"),
    ev.MoodSet(at=AT, mood="angry"),
    ev.IssueSet(at=AT, issue="billing"),
    ev.ChannelSet(at=AT, channel="chat"),
    ev.Judged(at=AT, ours=True),
    OFFERED,
    ev.OfferAnswered(at=AT, offer="o1", answer="refused", why="too little"),
    PROMISED,
    ev.PromiseDated(at=AT, promise="p1", due_said="today", due=LATER),
    ev.Escalated(at=AT, why="over the limit"),
    ev.Held(at=AT),
    ev.BackOn(at=LATER),
    SWITCHED,
    ev.Returned(at=AT),
    ev.OutcomeChosen(at=AT, outcome="resolved"),
    ev.CauseGiven(at=AT, cause="a double booking"),
    ev.SummaryGiven(at=AT, summary="refunded"),
    ev.Undone(at=AT),
    ev.Paused(at=AT),
    ev.Finished(at=AT, state="abandoned"),
    ev.Exchanged(
        at=AT, node="a", heard="Where is it?", reply="b", text="I am sorry.", because="kind", effect=1, mood="calm",
        ease=6, points=80,
    ),
    ev.Hinted(at=AT, node="a"),
    ev.CardSuggested(at=AT, card="health"),
)  # fmt: skip
# What must have happened before.
BEFORE: dict[type[ev.Fact], tuple[ev.Event, ...]] = {
    ev.OfferAnswered: (OFFERED,),
    ev.PromiseDated: (PROMISED,),
    ev.BackOn: (ev.Held(at=AT),),
    ev.Returned: (SWITCHED,),
    ev.Undone: (ev.Noted(at=AT, text="a slip"),),
}
NOT_IN_THE_TRANSCRIPT: dict[type[ev.Fact], str] = {
    ev.Started: "it is the first event: the whole transcript follows from it",
    ev.Kept: "a phrase that was kept belongs to the agent's phrases; that it was said stands in the transcript",
    ev.Resumed: "the pause that it ends stands there",
}


def test_every_event_has_an_example_or_a_reason() -> None:
    assert {type(example) for example in EXAMPLES} | set(NOT_IN_THE_TRANSCRIPT) == set(EVENTS)


@for_each("event", EXAMPLES, name=lambda event: type(event).__name__)
def test_every_event_changes_the_transcript(event: ev.Event) -> None:
    practised = isinstance(event, ev.Exchanged | ev.Hinted)
    session = begin(started(LITTLE, AT, scene=ev.Scene("late", "d", "hard") if practised else None))
    for earlier in BEFORE.get(type(event), ()):
        session = apply(session, earlier)
    before, after = (msgspec.to_builtins(account(state, LATER)) for state in (session, apply(session, event)))
    assert before != after
