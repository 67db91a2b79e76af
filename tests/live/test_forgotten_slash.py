"""A line that was probably meant as a command is a note first, and becomes the command at one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.live.test_call import walk

if TYPE_CHECKING:
    from recoverycli.live.call import LiveCall


def notes(call: LiveCall) -> list[str]:
    return [note.text for step in call.session.steps for note in step.notes]


def test_the_note_is_stored_and_the_command_offered(call: LiveCall) -> None:
    reply = walk(call, "mood angry")
    assert (reply.kind, reply.text, reply.meant) == ("recorded", "noted: mood angry · u undoes", "take it as /mood")
    assert (notes(call), call.session.mood) == (["mood angry"], None)


def test_a_slash_takes_it_as_the_command_in_place_of_the_note(call: LiveCall) -> None:
    walk(call, "first", "mood angry", "/")
    assert (notes(call), call.session.mood) == (["first"], "angry")
    walk(call, "u")
    assert (notes(call), call.session.mood) == (["first"], None)


def test_only_the_next_line_can_take_it(call: LiveCall) -> None:
    reply = walk(call, "mood angry", "she hung up", "/")
    assert reply.kind == "refused"
    assert (notes(call), call.session.mood) == (["mood angry", "she hung up"], None)


def test_the_end_is_offered_and_not_taken_by_itself(call: LiveCall) -> None:
    assert walk(call, "end").meant == "take it as /end"
    assert not call.session.at_wrap_up
    walk(call, "u", "end", "/")
    assert call.session.at_wrap_up
    assert notes(call) == []


def test_an_ordinary_note_offers_nothing(call: LiveCall) -> None:
    assert walk(call, "promise was broken last week").meant == ""


def test_a_note_that_was_asked_for_offers_nothing(call: LiveCall) -> None:
    assert walk(call, "/note mood angry").meant == ""
    assert walk(call, "//mood angry").meant == ""


def test_at_the_end_the_summary_stays_as_it_was(call: LiveCall) -> None:
    walk(call, "/end", "charged twice", "outcome resolved", "/")
    assert (call.session.summary, call.session.outcome) == ("charged twice", "resolved")


def test_a_copied_phrase_can_be_recorded_as_said_too(call: LiveCall) -> None:
    assert walk(call, "/copy 1").meant == "record it as said too"
    walk(call, "/")
    assert len(call.session.latest.said) == 1


def test_back_on_hold_means_that_the_customer_is_back(call: LiveCall) -> None:
    walk(call, "", "/hold", "/back")
    assert not call.session.on_hold
    assert call.session.place.step != call.session.walk[0].step.id
    walk(call, "/back")
    assert call.session.place.step == call.session.walk[0].step.id
