"""The call as a fold over its events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.session import events as ev
from recoverycli.session.grammar.meanings import Record, Undo
from recoverycli.session.grammar.parse import interpret
from recoverycli.session.model import Clock, Session
from recoverycli.session.phrases import phrases
from recoverycli.session.state import apply, begin, fold
from recoverycli.session.transcript.account import account, outcome, tasks
from recoverycli.session.transcript.model import decode, encode, encode_document
from tests.content import LITTLE, OTHER, WAY_OUT, framework, phrase, started
from tests.session.test_parse import any_line, read_date

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def after(*seconds_and_lines: tuple[float, str | ev.Event], at: datetime = NOW) -> Session:
    """A call after those lines or events, each that many seconds after the one before."""
    session = begin(started(LITTLE, at))
    for seconds, line in seconds_and_lines:
        at += timedelta(seconds=seconds)
        if isinstance(line, str):
            meaning = interpret(session, line, at, read_date)
            assert isinstance(meaning, Record | Undo), meaning
            event = meaning.event if isinstance(meaning, Record) else ev.Undone(at=at)
        else:
            event = line
        session = apply(session, msgspec.structs.replace(event, at=at))
    return session


def without_clock(session: Session) -> Session:
    return msgspec.structs.replace(session, clock=Clock(NOW))


def test_a_call_begins_on_the_first_step_with_the_given_values() -> None:
    session = begin(started(LITTLE, NOW, customer="Ada", mood="angry", values={"expectation": "a refund"}))
    assert session.here is not None
    assert session.here.step.id == "listen"
    assert session.here.captured == {"expectation": "a refund"}
    assert session.mood == "angry"


def test_notes_words_and_ticks_belong_to_the_step_on_the_screen() -> None:
    session = after((1, "first"), (1, "1"), (1, "/tick 1"), (1, ""), (1, "second"))
    listen, apologize, _ = session.steps
    assert [note.text for note in listen.notes] == ["first"]
    assert [words.text for words in listen.said] == ["Thank you for telling me, please go on."]
    assert listen.ticked == ("first",)
    assert listen.status == "done"
    assert [note.text for note in apologize.notes] == ["second"]


def test_seconds_are_counted_by_step_and_a_pause_is_left_out() -> None:
    session = after((10, "a"), (20, ""), (5, ev.Paused(at=NOW)), (3600, ev.Resumed(at=NOW)), (7, "then"))
    assert session.clock.seconds == 42
    assert session.clock.by_step == {("little", "listen"): 30, ("little", "apologize"): 12}
    assert len(session.clock.pauses) == 1


def test_the_time_in_which_no_process_ran_is_a_pause() -> None:
    session = after((10, "a"), (3600, ev.Resumed(at=NOW)), (5, "then"))
    assert session.clock.seconds == 15


def test_a_clock_set_back_reduces_no_duration() -> None:
    session = after((10, "a"), (-3600, "then"), (5, "c"), (5, ""))
    assert session.clock.seconds == 20
    assert all(seconds >= 0 for seconds in session.clock.by_step.values())


def test_undo_goes_back_event_by_event_to_the_start() -> None:
    session = after((1, "a"), (1, "/mood angry"), (1, ""), (1, "u"), (1, "u"), (1, "u"))
    assert without_clock(session) == without_clock(begin(started_like(session)))


def started_like(session: Session) -> ev.Started:
    return msgspec.structs.replace(started(LITTLE, NOW), id=session.id)


def test_undo_after_a_resume_takes_back_what_was_recorded_before_it() -> None:
    session = after((1, "a"), (1, ev.Paused(at=NOW)), (60, ev.Resumed(at=NOW)), (1, "u"))
    assert session.steps[0].notes == ()
    assert session.clock.seconds == 3


def test_a_switch_goes_on_at_the_first_intent_that_is_not_done() -> None:
    session = after((1, ""), (1, ""), (1, ev.Switched(at=NOW, framework=OTHER, digest="d")))
    assert session.here is not None
    assert session.here.step.id == "thank", "listen and, by `also`, empathize are done"
    assert [step.status for step in session.walk] == ["done", "done", "open"]
    assert [(switch.before, switch.after) for switch in session.switches] == [("little", "other")]


def test_a_switch_and_return_keeps_the_position_and_completes_nothing() -> None:
    session = after((1, ""), (1, ev.Switched(at=NOW, framework=WAY_OUT, digest="d")), (1, ""), (1, ev.Returned(at=NOW)))
    assert session.framework.id == "little"
    assert session.here is not None
    assert session.here.step.id == "apologize"
    assert [step.status for step in session.walk] == ["done", "open", "open"]


def test_each_framework_is_stored_once_and_returns_go_through_those_between() -> None:
    session = after(
        (1, ev.Switched(at=NOW, framework=OTHER, digest="d2", source="personal")),
        (1, ev.Switched(at=NOW, framework=WAY_OUT, digest="d3")),
        (1, ev.Returned(at=NOW)),
    )
    assert [place.framework.id for place in session.places] == ["little", "other"]
    assert [(one.framework.id, one.digest, one.source) for one in session.frameworks] == [
        ("little", "sha256:0", "built-in"), ("other", "d2", "personal"), ("way-out", "d3", "built-in"),
    ]  # fmt: skip
    back = apply(apply(session, ev.Returned(at=NOW)), ev.Switched(at=NOW, framework=OTHER, digest="d2"))
    assert [(switch.before, switch.after) for switch in back.switches] == [
        ("little", "other"), ("other", "way-out"), ("way-out", "other"), ("other", "little"), ("little", "other"),
    ]  # fmt: skip
    assert [one.framework.id for one in back.frameworks] == ["little", "other", "way-out"]
    once = begin(started(LITTLE, NOW))
    assert apply(once, ev.Returned(at=NOW)).places == once.places


def test_a_switch_or_return_at_the_wrap_up_leads_back_into_the_call() -> None:
    ended = after((1, ""), (1, ""), (1, ""))
    assert ended.at_wrap_up
    other = apply(ended, ev.Switched(at=NOW, framework=WAY_OUT, digest="d"))
    assert not other.at_wrap_up
    over = apply(apply(other, ev.Moved(at=NOW, to="end", leaving="done")), ev.Moved(at=NOW, to=None, leaving="done"))
    assert over.at_wrap_up
    assert not apply(apply(over, ev.Moved(at=NOW, to="boundary", leaving="left")), ev.Returned(at=NOW)).ending


def test_steps_done_in_a_card_do_not_count_after_the_return() -> None:
    session = after((1, ev.Switched(at=NOW, framework=WAY_OUT, digest="d")), (1, ""), (1, ""))
    back = apply(session, ev.Switched(at=NOW, framework=OTHER, digest="d"))
    assert [step.status for step in back.walk] == ["open", "open", "open"]


def test_the_outcome_is_the_chosen_one_or_follows_from_the_events() -> None:
    assert outcome(after((1, "a"))) is None
    assert outcome(after((1, "/escalate lead: why"))) == "escalated"
    assert outcome(after((1, "/promise call her back in 2 hours"))) == "callback"
    assert outcome(after((1, "/promise a bill in 2 hours"))) is None
    assert outcome(after((1, "/escalate lead: why"), (1, "/outcome resolved"))) == "resolved"


def test_the_steps_after_the_call_become_tasks() -> None:
    assert [(task.id, task.what) for task in tasks(after((1, "a")))] == [("t1", "Follow-Up: Do follow-up well.")]


def test_nothing_happens_after_the_end() -> None:
    ended = after((1, "a"), (1, ev.Finished(at=NOW)))
    assert apply(ended, ev.Noted(at=NOW, text="late")) == ended


def test_events_without_a_start_are_not_a_call() -> None:
    assert fold(()) is None
    assert fold((ev.Noted(at=NOW, text="x"),)) is None


moments = st.integers(min_value=-7200, max_value=7200)
walks = st.lists(st.tuples(moments, any_line), max_size=15)


def events_of(walk: list[tuple[int, str]]) -> tuple[ev.Event, ...]:
    """The events that a walk of typed lines makes, undo and odd clocks included."""
    first = started(LITTLE, NOW)
    session, at = begin(first), NOW
    made: list[ev.Event] = [first]
    for seconds, line in walk:
        at += timedelta(seconds=seconds)
        meaning = interpret(session, line, at, read_date)
        event = meaning.event if isinstance(meaning, Record) else None
        if isinstance(meaning, Undo):
            event = ev.Undone(at=at)
        if event is not None:
            session = apply(session, event)
            made.append(event)
    return tuple(made)


@given(walks)
def test_undo_after_any_event_restores_the_state_before_it(walk: list[tuple[int, str]]) -> None:
    session = None
    for event in events_of(walk):
        if session is None:
            assert isinstance(event, ev.Started)
            session = begin(event)
            continue
        changed = apply(session, event)
        if not isinstance(event, ev.Undone):
            assert without_clock(apply(changed, ev.Undone(at=event.at))) == without_clock(session)
        session = changed


@given(walks)
def test_a_replayed_journal_gives_the_same_state(walk: list[tuple[int, str]]) -> None:
    events = events_of(walk)
    lines = [msgspec.json.encode(event) for event in events]
    read = tuple(msgspec.json.decode(line, type=ev.Event) for line in lines)
    assert fold(read) == fold(events)


@given(walks)
def test_durations_are_never_negative(walk: list[tuple[int, str]]) -> None:
    session = fold(events_of(walk))
    assert session is not None
    assert session.clock.seconds >= 0
    assert all(seconds >= 0 for seconds in session.clock.by_step.values())
    assert abs(sum(session.clock.by_step.values()) - session.clock.seconds) < 1e6


@given(walks, st.dictionaries(st.text(min_size=1).map("x-".__add__), st.integers()))
def test_a_transcript_preserves_unknown_keys(walk: list[tuple[int, str]], unknown: dict[str, int]) -> None:
    session = fold((*events_of(walk), ev.Finished(at=NOW)))
    assert session is not None
    written = encode(account(session, NOW))
    document = {**msgspec.json.decode(written), **unknown}
    document["steps"][0] |= unknown
    read = decode(msgspec.json.encode(document))
    assert msgspec.json.decode(encode_document(read)) == document
    assert decode(written).call == account(session, NOW)


def test_a_promise_and_an_escalation_are_stored_with_the_time_and_the_words_of_the_date() -> None:
    session = after((5, "/promise a call by tomorrow 5pm"), (7, "/escalate team lead: wants a manager"))
    told = account(session, NOW + timedelta(seconds=20))
    (promise,) = told.promises
    assert (promise.at, promise.what, promise.due_said) == (NOW + timedelta(seconds=5), "a call", "tomorrow 5pm")
    (escalation,) = told.escalations
    assert (escalation.at, escalation.to) == (NOW + timedelta(seconds=12), "team lead")
    assert told.seconds == 12.0


def test_the_cause_and_the_summary_are_the_latest() -> None:
    session = after((1, "/cause a courier"), (1, "/cause the wrong address"), (1, "/summary Put right"))
    told = account(session, NOW)
    assert (told.root_cause, told.summary) == ("the wrong address", "Put right")


def test_a_phrase_for_the_issue_of_the_call_comes_before_those_for_others() -> None:
    content = framework(
        "issues", [{"id": "listen", "intent": "listen", "phrases": [
            phrase("About a parcel.", issues=["delivery"]), phrase("About a bill.", issues=["billing"]),
        ]}],
    )  # fmt: skip
    session = begin(started(content, NOW, issue="billing"))
    assert phrases(session)[0].say == "About a bill."
