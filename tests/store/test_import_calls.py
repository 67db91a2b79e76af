"""Transcripts from elsewhere: each is checked, and none is written over one that is there."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.session.person import person_of
from recoverycli.session.transcript.model import (
    TranscriptNote,
    TranscriptOffer,
    TranscriptPromise,
    TranscriptSpan,
    TranscriptVisit,
    encode,
)
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import BIGGEST
from recoverycli.store.erased_record import read_record
from recoverycli.store.maintenance.erasures import Erasures
from recoverycli.store.maintenance.import_calls import ImportedCall, import_calls
from recoverycli.store.privacy.erase import erase
from tests.review.calls import NOW, a_call

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


def file(tmp_path: Path, *calls: Call, name: str = "calls.jsonl", between: bytes = b"\n") -> Path:
    """A file with each call on a line of its own."""
    path = tmp_path / name
    path.write_bytes(b"".join(one_line(call) + between for call in calls))
    return path


def one_line(call: Call) -> bytes:
    return msgspec.json.encode(json.loads(encode(call)))


def kept(home: Path) -> list[str]:
    return sorted(path.stem for path in home.rglob("*.json"))


def test_a_transcript_is_written_where_it_belongs_as_it_was(tmp_path: Path, home: Path) -> None:
    call = a_call(summary="A parcel came late.")
    source = tmp_path / "one.json"
    source.write_bytes(encode(call))
    assert list(import_calls(home, [source], NOW)) == [ImportedCall(str(source), "imported", call.id)]
    assert Archive(home).read(call.id).transcript.call == call


@pytest.mark.parametrize("between", [b"\n", b"\r\n", b"\n\n", b"\n \n\n"])
def test_each_line_of_a_file_is_a_call_and_is_named_by_its_number(tmp_path: Path, home: Path, between: bytes) -> None:
    calls = [a_call(tail=f"aa0{number}") for number in range(1, 4)]
    source = file(tmp_path, *calls, between=between)
    taken = list(import_calls(home, [source], NOW))
    assert [(one.how, one.call_id) for one in taken] == [("imported", call.id) for call in calls]
    assert kept(home) == [call.id for call in calls]


def test_lines_are_counted_from_one(tmp_path: Path, home: Path) -> None:
    source = file(tmp_path, *(a_call(tail=f"aa0{number}") for number in range(1, 4)))
    assert [one.source for one in import_calls(home, [source], NOW)] == [
        f"{source}, line {number}" for number in (1, 2, 3)
    ]


def test_a_line_that_is_no_call_is_refused_and_those_around_it_are_taken(tmp_path: Path, home: Path) -> None:
    first, second, third = (one_line(a_call(tail=f"aa0{number}")) for number in range(1, 4))
    source = tmp_path / "calls.jsonl"
    source.write_bytes(b"\n".join([first, second[:40], third]))
    assert [one.how for one in import_calls(home, [source], NOW)] == ["imported", "refused", "imported"]
    assert len(kept(home)) == 2


def test_an_array_of_calls_is_taken_entry_by_entry(tmp_path: Path, home: Path) -> None:
    calls = [a_call(tail="aa01"), a_call(tail="aa02")]
    source = tmp_path / "calls.json"
    source.write_bytes(b"[\n" + b",\n".join(one_line(call) for call in calls) + b"\n]")
    taken = list(import_calls(home, [source], NOW))
    assert [(one.source, one.how) for one in taken] == [(f"{source}, entry {at}", "imported") for at in (1, 2)]
    assert kept(home) == [call.id for call in calls]


def test_a_folder_is_taken_with_all_that_is_in_it_but_what_is_hidden(tmp_path: Path, home: Path) -> None:
    inside = tmp_path / "from" / "deep"
    inside.mkdir(parents=True)
    (inside / "a.json").write_bytes(encode(a_call(tail="aa01")))
    (inside.parent / "b.json").write_bytes(encode(a_call(tail="aa02")))
    (inside.parent / ".c.json").write_bytes(encode(a_call(tail="aa03")))
    assert [one.source for one in import_calls(home, [inside.parent], NOW)] == [
        str(inside.parent / "b.json"), str(inside / "a.json"),
    ]  # fmt: skip
    assert [one[-4:] for one in kept(home)] == ["aa01", "aa02"]


def test_the_same_call_is_there_already_the_second_time(tmp_path: Path, home: Path) -> None:
    call = a_call()
    source = file(tmp_path, call, call)
    assert [one.how for one in import_calls(home, [source], NOW)] == ["imported", "there already"]
    before = next(home.rglob("*.json")).stat().st_mtime_ns
    assert [one.how for one in import_calls(home, [source], NOW)] == ["there already", "there already"]
    assert next(home.rglob("*.json")).stat().st_mtime_ns == before


def test_a_call_that_says_something_else_under_the_same_id_is_refused_with_what_differs(
    tmp_path: Path, home: Path
) -> None:
    call = a_call(summary="A parcel came late.")
    Archive(home).write(call)
    before = next(home.rglob("*.json")).read_bytes()
    other = msgspec.structs.replace(call, summary="Another story.", issue="billing")
    (taken,) = import_calls(home, [file(tmp_path, other)], NOW)
    assert (taken.how, taken.call_id) == ("refused", call.id)
    assert taken.why == "a different call with that id exists (issue, summary)"
    assert next(home.rglob("*.json")).read_bytes() == before


def test_what_cannot_be_read_in_its_place_is_unchanged(tmp_path: Path, home: Path) -> None:
    call = a_call()
    there = Archive(home).path(call.id)
    there.parent.mkdir(parents=True)
    there.write_bytes(b"half a ca")
    (taken,) = import_calls(home, [file(tmp_path, call)], NOW)
    assert (taken.how, taken.call_id) == ("refused", call.id)
    assert "not changed" in taken.why
    assert there.read_bytes() == b"half a ca"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"id": "../../escaped"}, "its id is not valid"),
        ({"id": "x" * 300}, "its id is not valid"),
        ({"kind": "practice"}, "it is practice, not a call"),
    ],
)
def test_a_strange_id_and_practice_are_refused(tmp_path: Path, home: Path, changes: dict[str, str], why: str) -> None:
    source = tmp_path / "one.json"
    source.write_bytes(msgspec.json.encode({**json.loads(encode(a_call())), **changes}))
    (taken,) = import_calls(home, [source], NOW)
    assert (taken.how, taken.why) == ("refused", why)
    assert len(taken.call_id) <= 80
    assert not home.exists()


@pytest.mark.parametrize("data", [b"", b"no call", b"[]", b"{}", b"\xff\xfe", b"[" * 5000, b'{"schema": 99}'])
def test_what_is_no_call_is_refused_with_a_reason(tmp_path: Path, home: Path, data: bytes) -> None:
    source = tmp_path / "one.json"
    source.write_bytes(data)
    (taken,) = import_calls(home, [source], NOW)
    assert (taken.source, taken.how) == (str(source), "refused")
    assert taken.why
    assert not home.exists()


def test_what_is_not_there_is_named_and_the_next_is_taken(tmp_path: Path, home: Path) -> None:
    gone = tmp_path / "gone.json"
    missing, taken = import_calls(home, [gone, file(tmp_path, a_call())], NOW)
    assert missing == ImportedCall(str(gone), "refused", why="it is not a file")
    assert taken.how == "imported"


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, home: Path) -> None:
    source = file(tmp_path, a_call(tail="aa01"), a_call(tail="aa02"), a_call(tail="aa01"))
    said = list(import_calls(home, [source], NOW, dry_run=True))
    assert not home.exists()
    assert list(import_calls(home, [source], NOW)) == said
    assert [one.how for one in said] == ["imported", "imported", "there already"]


def test_a_file_that_no_call_can_be_as_large_as_is_refused_unread(tmp_path: Path, home: Path) -> None:
    source = tmp_path / "huge.json"
    source.write_bytes(b"[")
    os.truncate(source, BIGGEST + 1)
    assert list(import_calls(home, [source], NOW)) == [
        ImportedCall(str(source), "refused", why="it is too large for a call")
    ]


def test_what_comes_through_a_pipe_is_named_so(home: Path) -> None:
    call = a_call()
    out, into = os.pipe()
    with os.fdopen(into, "wb") as writer:
        writer.write(encode(call))
    with os.fdopen(out, "rb") as reader:
        assert list(import_calls(home, [reader], NOW)) == [ImportedCall("standard input", "imported", call.id)]


def test_numbers_and_times_that_no_call_can_have_are_refused_and_named(tmp_path: Path, home: Path) -> None:
    day = timedelta(days=1)
    begun = NOW - day
    change, note = msgspec.structs.replace, TranscriptNote
    step = a_call().steps[0]
    visit = TranscriptVisit(NOW, NOW - 3 * day)
    impossible: dict[str, Call] = {
        "its seconds cannot be -5": a_call(seconds=-5.0),
        "its seconds cannot be 1e+308": a_call(seconds=1e308),
        "its seconds cannot be 2.7e+06": a_call(steps=(change(step, seconds=2_700_000.0),)),
        "its redactions cannot be -1": a_call(redactions=-1),
        "its value cannot be -3": a_call(offers=(TranscriptOffer(begun, "refund", -3.0),)),
        "it is dated in the future: started_at is 2200-01-01": a_call(started_at=datetime(2200, 1, 1, tzinfo=UTC)),
        "it is dated in the future: at is 2026-11-26": a_call(
            steps=(change(step, notes=(note(NOW + 2 * day, "a note"),)),)
        ),
        "it ends on 2026-11-21, before it begins on 2026-11-23": a_call(ended_at=begun - 2 * day),
        "step listen is left on 2026-11-21, before it is entered": a_call(
            steps=(change(step, id="listen", visits=(visit,)),)
        ),
        "its id is dated in the future": change(a_call(), id="22000101T090000-little-ab1d"),
    }
    for why, call in impossible.items():
        source = file(tmp_path, call)
        assert list(import_calls(home, [source], NOW)) == [ImportedCall(str(source), "refused", call.id, why)]
    assert kept(home) == []


def test_a_clock_that_was_set_back_and_promises_for_later_are_no_reason_to_refuse(tmp_path: Path, home: Path) -> None:
    later = TranscriptPromise("p1", NOW, "a call", "in a year", NOW + timedelta(days=365))
    # Some of a call of tomorrow: its desk is in another zone, or its clock is ahead.
    call = a_call(later, ended_at=NOW - timedelta(hours=25), seconds=240.0, pauses=(TranscriptSpan(NOW),))
    assert [one.how for one in import_calls(home, [file(tmp_path, call)], NOW - timedelta(hours=20))] == ["imported"]


def test_a_call_that_an_erasure_masked_since_is_there_already(tmp_path: Path, home: Path) -> None:
    call = a_call(summary="Ana Lopez rang about it.")
    source = file(tmp_path, call)
    list(import_calls(home, [source], NOW))
    erase(home, person_of("Ana Lopez", None, ()), NOW, lambda *_: None)
    assert b"[erased] rang" in Archive(home).path(call.id).read_bytes()
    erasures = Erasures(read_record(home))
    assert [one.how for one in import_calls(home, [source], NOW, erasures=erasures)] == ["there already"]
    (taken,) = import_calls(home, [source], NOW, erasures=erasures, with_erased=True)
    assert taken.how == "there already"
    other = msgspec.structs.replace(call, summary="Ana Lopez rang again.")
    (taken,) = import_calls(home, [file(tmp_path, other)], NOW, erasures=erasures)
    assert taken.why == "a different call with that id exists (amendments, summary)"
