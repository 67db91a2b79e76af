"""A call as an agent lives it: line by line, onto the disk, and never lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import CallBusy, NotFound, StoreProblem
from recoverycli.live.call import LiveCall
from recoverycli.live.open_calls import find_open, open_calls
from recoverycli.live.reply import CallLeft
from recoverycli.session import events as ev
from recoverycli.store.journal.reader import read_journal
from tests.content import LITTLE, started, the_call
from tests.platforms import needs_limits, needs_to_delete_open_files

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment
    from recoverycli.live.reply import Reply
    from recoverycli.session.transcript.model import Call
    from tests.conftest import Clock


def walk(call: LiveCall, *lines: str) -> Reply:
    """Say the lines one after the other and return the last answer."""
    for line in lines[:-1]:
        call.hear(line)
    return call.hear(lines[-1])


def kept(world: CallEnvironment) -> Call:
    return the_call(world.home)


def test_a_call_goes_from_its_first_line_to_its_transcript(call: LiveCall, world: CallEnvironment) -> None:
    reply = walk(call, "Charged twice", "1", "", "2", "", "/offer refund 20", "", "3", "Money back", "")
    assert reply.left is not None
    assert reply.left.how == "finished"
    transcript = kept(world)
    assert reply.left.path.stem == transcript.id
    assert [step.status for step in transcript.steps] == ["done", "done", "done"]
    assert transcript.steps[0].notes[0].text == "Charged twice"
    assert transcript.outcome == "escalated"
    assert transcript.summary == "Money back"
    assert open_calls(world.home) == ()


def test_each_answer_says_how_to_undo_what_was_recorded(call: LiveCall) -> None:
    assert call.hear("Charged twice").text == "noted: Charged twice · u undoes"
    assert call.hear("u").text == "taken back: noted: Charged twice"
    assert call.session.steps[0].notes == ()


def test_a_card_over_two_notes_is_not_whole_on_the_disk(call: LiveCall, world: CallEnvironment) -> None:
    walk(call, "she reads 4539 5260", "and the rest is 1815 9083", "/said So 4539 5260 then?", "/said 1815 9083")
    call.finish()

    texts = [note.text for step in kept(world).steps for note in step.notes]
    assert texts == ["she reads 4539 5260", "and the rest is **** 9083"]
    assert kept(world).redactions == 2
    assert b"1815" not in b"".join(path.read_bytes() for path in world.home.rglob("*") if path.is_file())


def test_a_refused_line_comes_back_to_be_edited(call: LiveCall) -> None:
    reply = call.hear("/promice a bill by friday")
    assert reply.kind == "refused"
    assert reply.draft == "/promice a bill by friday"
    assert "/promise a bill by friday" in reply.text


def test_a_promise_shows_the_date_that_was_understood(call: LiveCall) -> None:
    assert "by Tue 24 Nov 2026, 17:00" in call.hear("/promise send a corrected bill by tomorrow 5pm").text
    assert "no date understood" in call.hear("/promise a refund in full").text


def test_a_card_number_never_reaches_the_disk_and_the_agent_is_informed(call: LiveCall, world: CallEnvironment) -> None:
    reply = call.hear("She read out 4111 1111 1111 1111, code: CVV 123")
    assert "2 numbers or secrets were masked" in reply.text
    walk(call, "/customer 4111111111111111", "/end unresolved")
    everything = b"".join(path.read_bytes() for path in world.home.rglob("*") if path.is_file())
    assert b"4111" not in everything.replace(b" ", b"")
    assert b"CVV 123" not in everything
    assert b"1111" in everything
    assert kept(world).redactions == 3


def test_a_paused_call_goes_on_at_its_place_with_everything_before(
    call: LiveCall, world: CallEnvironment, clock: Clock
) -> None:
    walk(call, "first note", "", "second note", "/pause")
    clock.pass_(3600)
    again = LiveCall.resume(world, find_open(world.home, None))
    assert again.session.here is not None
    assert again.session.here.step.id == "apologize"
    assert [note.text for note in again.session.here.notes] == ["second note"]
    again.hear("/end resolved")
    assert kept(world).seconds < 60
    assert len(kept(world).pauses) == 1


def test_a_killed_call_can_be_resumed_after_each_line(call: LiveCall, world: CallEnvironment) -> None:
    journal = find_open(world.home, None)
    lines = ["a note", "1", "/tick 1", "", "/mood angry", "/promise x by friday", "u", "/offer refund 5", "", "/hold"]
    for line in lines:
        call.hear(line)
        before = call.session
        call.close()
        call = LiveCall.resume(world, journal)
        assert call.session.steps == before.steps
        assert call.session.place == before.place
        assert call.session.promises == before.promises
        assert call.session.offers == before.offers
        assert call.session.moods == before.moods
        assert call.session.holds == before.holds
    call.hear("/end resolved")
    assert kept(world).outcome == "resolved"


def test_a_call_that_is_open_elsewhere_is_refused(call: LiveCall, world: CallEnvironment) -> None:
    with pytest.raises(CallBusy, match="open in another window"):
        LiveCall.resume(world, find_open(world.home, call.session.id))


def test_two_calls_at_once_do_not_touch_each_other(call: LiveCall, world: CallEnvironment, clock: Clock) -> None:
    other = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("of the first")
    other.hear("of the second")
    other.hear("/end resolved")
    assert [note.text for note in call.session.steps[0].notes] == ["of the first"]
    assert [path.stem for path in open_calls(world.home)] == [call.session.id]


def test_the_end_of_input_finishes_a_completed_call_and_pauses_others(call: LiveCall, world: CallEnvironment) -> None:
    assert call.end_of_input().left == CallLeft("paused", call.session.id, find_open(world.home, None))
    again = LiveCall.resume(world, find_open(world.home, None))
    walk(again, "", "/skip no time", "")
    left = again.end_of_input().left
    assert left is not None
    assert left.how == "finished"
    assert [step.skipped_because for step in kept(world).steps] == [None, "no time", None]


def test_a_requested_end_is_not_paused_by_the_end_of_input(call: LiveCall) -> None:
    call.hear("/end")
    left = call.end_of_input().left
    assert left is not None
    assert left.how == "finished"


def test_an_abandoned_call_is_stored_as_abandoned(call: LiveCall, world: CallEnvironment) -> None:
    walk(call, "wrong number", "/abandon")
    assert kept(world).state == "abandoned"
    assert kept(world).steps[0].notes[0].text == "wrong number"


def test_a_switch_stores_both_frameworks_and_can_return(call: LiveCall, world: CallEnvironment) -> None:
    reply = walk(call, "", "/switch way-out")
    assert reply.text == "on in WAY-OUT · /switch returns · u undoes"
    walk(call, "", "/switch back", "/switch other", "/end resolved")
    transcript = kept(world)
    assert {step.framework for step in transcript.steps} == {"little", "way-out", "other"}
    assert [(switch.before, switch.after) for switch in transcript.switches] == [
        ("little", "way-out"),
        ("way-out", "little"),
        ("little", "other"),
    ]


def test_a_transcript_that_cannot_be_written_leaves_the_journal(call: LiveCall, world: CallEnvironment) -> None:
    world.home.joinpath("sessions").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreProblem) as refused:
        walk(call, "a note", "/end resolved")
    journal = find_open(world.home, call.session.id)
    assert str(journal) in refused.value.kept
    assert f"recovery resume {call.session.id}" in refused.value.hint
    world.home.joinpath("sessions").unlink()
    again = LiveCall.resume(world, journal)
    assert again.session.finished is not None
    again.finish()
    assert kept(world).steps[0].notes[0].text == "a note"
    assert not journal.exists()


@needs_limits
def test_a_line_that_cannot_be_stored_changes_nothing(call: LiveCall, world: CallEnvironment) -> None:
    import resource
    import signal

    call.hear("kept")
    journal = find_open(world.home, None)
    size = journal.stat().st_size
    before = call.session
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, limits[1]))
    try:
        with pytest.raises(StoreProblem, match="the limit on file sizes") as refused:
            call.hear("not kept")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "Everything before this line is stored" in refused.value.kept
    assert call.session == before
    assert journal.stat().st_size == size
    call.hear("kept again")
    notes = [event.text for event in read_journal(journal).events if isinstance(event, ev.Noted)]
    assert notes == ["kept", "kept again"]


@needs_to_delete_open_files
def test_a_data_folder_that_is_deleted_during_a_call_loses_nothing(call: LiveCall, world: CallEnvironment) -> None:
    call.hear("before")
    shutil.rmtree(world.home)
    call.hear("after")
    with pytest.raises(CallBusy):
        LiveCall.resume(world, find_open(world.home, None))
    call.hear("/end resolved")
    assert [note.text for note in kept(world).steps[0].notes] == ["before", "after"]
    assert open_calls(world.home) == ()


def test_an_open_call_is_found_by_a_part_of_its_id(call: LiveCall, world: CallEnvironment) -> None:
    assert find_open(world.home, call.session.id[-4:]).stem == call.session.id
    with pytest.raises(NotFound, match="no open call"):
        find_open(world.home, "zzzzz")
    with pytest.raises(NotFound, match="no call is open"):
        find_open(world.home / "elsewhere", None)
