"""A call told moment by moment: everything once, in its order, its pauses shortened; and the same as a recording."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from itertools import pairwise

import msgspec
import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverycli.review.exporters.cast import HEIGHT, WIDTH, columns, recording, wrap
from recoverycli.review.replay import LONGEST_PAUSE, LONGEST_READING, frames, waits
from recoverycli.review.replay_screens import scenes
from recoverycli.session.transcript.facts import NOT_SAID
from recoverycli.session.transcript.model import Call, TranscriptNote, TranscriptSpan
from tests.platforms import WINDOWS
from tests.review.calls import NOW, a_call, promise
from tests.synthetic import calls


def noted(text: str, seconds: float = 5) -> Call:
    call = a_call(promise(1, "a call back", NOW))
    first, *others = call.steps
    note = TranscriptNote(call.started_at + timedelta(seconds=seconds), text)
    return msgspec.structs.replace(call, steps=(msgspec.structs.replace(first, notes=(note,)), *others))


@given(st.integers(0, 10**6))
def test_everything_that_happened_is_shown_once_and_time_never_goes_back(seed: int) -> None:
    (call,) = calls(1, seed=seed)
    found = frames(call)
    told = [(frame.kind, frame.text) for frame in found]
    said = [
        ("aside" if step.intent in NOT_SAID else "said" if words.phrase else "own", words.text)
        for step in call.steps
        for words in step.said
    ]
    notes = [("note", note.text) for step in call.steps for note in step.notes]
    for happened in (said, notes):
        kinds = {kind for kind, _ in happened}
        assert sorted(one for one in told if one[0] in kinds) == sorted(happened)
    assert sum(kind == "offer" for kind, _ in told) == len(call.offers)
    assert sum(kind == "promise" for kind, _ in told) == len(call.promises)
    assert [frame.at for frame in found] == sorted(frame.at for frame in found)
    assert all(frame.wait >= 0 for frame in found)
    assert found[-1].kind == "end"


def test_a_pause_is_left_out_and_a_silence_is_shortened() -> None:
    call = noted("after the pause", 700)
    pause = TranscriptSpan(call.started_at + timedelta(seconds=10), call.started_at + timedelta(seconds=610))
    found = frames(msgspec.structs.replace(call, pauses=(pause,)))
    (at,) = [frame.at for frame in found if frame.kind == "note"]
    assert at == pytest.approx(100)
    assert max(waits(found)) <= LONGEST_PAUSE
    assert waits(found, 2.0) == pytest.approx([wait / 2 for wait in waits(found)])
    assert waits(()) == []


def test_a_clock_that_was_set_back_stands_still() -> None:
    found = frames(noted("before it began", -500))
    assert found[0].at == 0
    assert all(later.at >= before.at for before, later in pairwise(found))


def test_a_scene_holds_what_happened_in_its_step_so_far() -> None:
    found = frames(noted("the parcel is late"))
    last = next(scene for scene, frame in zip(scenes(found), found, strict=True) if frame.kind == "note")
    assert ("Noted", "the parcel is late") in last.lines
    assert "step 1 of" in last.head
    assert scenes(found)[-1].head.startswith("little, the end")


@pytest.mark.skipif(WINDOWS, reason="asciinema runs on Unix alone")
@pytest.mark.parametrize("seed", range(5))
def test_a_recording_is_accepted_by_another_program_and_plays(seed: int) -> None:
    from asciinema.asciicast import v2

    (call,) = calls(1, seed=seed)
    text = "".join(recording(call))
    header, _, rest = text.partition("\n")
    cast = v2.build_from_header_and_file(json.loads(header), io.StringIO(rest))
    events = list(cast.events())
    assert len(events) == len(frames(call)) + 1
    assert [at for at, *_ in events] == sorted(at for at, *_ in events)
    assert cast.v2_header["width"] == WIDTH
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    for at, kind, data in events:
        assert at < 600
        assert kind == "o"
        stream.feed(data)
    assert any("The end." in line for line in screen.display)


def test_words_of_people_are_shown_in_a_recording_and_never_obeyed() -> None:
    text = "".join(recording(noted("\x1b[2J\x1b]0;title\x07 山田さん " + "x" * 200)))
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    shown = ""
    for line in text.splitlines()[1:]:
        stream.feed(json.loads(line)[2])
        shown += "\n".join(screen.display)
    assert "\\x1b[2J" in shown
    assert screen.title != "title"


def test_a_note_of_thousands_of_words_holds_nobody_up() -> None:
    assert max(waits(frames(noted("word " * 4_000)))) <= LONGEST_READING


def test_a_call_that_was_paused_says_so_and_for_how_long() -> None:
    call = a_call()
    pause = TranscriptSpan(call.started_at + timedelta(seconds=10), call.started_at + timedelta(seconds=75))
    told = [frame.text for frame in frames(msgspec.structs.replace(call, pauses=(pause,))) if frame.kind == "pause"]
    assert told == ["the call was paused for 1:05"]


@given(st.text(alphabet="ab 返金\u0301\n", max_size=400))
def test_rows_of_a_recording_fit_and_keep_every_letter(text: str) -> None:
    rows = wrap(text, 10)
    assert all(sum(map(columns, row)) <= 10 for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())
