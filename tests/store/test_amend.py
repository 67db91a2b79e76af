"""Amendments: what stood there stays, nothing that somebody wrote is lost, and what cannot be read is left alone."""

from __future__ import annotations

import json
import multiprocessing
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.errors import RecoveryError, StoreProblem
from recoverycli.session.transcript.model import decode
from recoverycli.store.calls.amend import Change, amend
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import Stored
from tests.platforms import has_mode
from tests.review.calls import NOW, a_call, promise

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call

PROCESSES, EACH = 4, 15


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Archive(tmp_path / "data").write(a_call(promise(1, "ring back")))


def outcome(new: str) -> tuple[Change, ...]:
    return (Change("outcome", None, new),)


def test_an_amendment_is_added_and_what_stood_there_stays(path: Path) -> None:
    before = json.loads(path.read_bytes())
    amended = amend(path, NOW, lambda _: outcome("resolved"))
    after = json.loads(path.read_bytes())
    (made,) = after.pop("amendments")
    assert made == {"at": "2026-11-24T12:00:00.000000+01:00", "field": "outcome", "old": None, "new": "resolved"}
    assert after == {key: value for key, value in before.items() if key != "amendments"}
    assert decode(path.read_bytes()) == amended


def test_the_file_stays_private_and_alone_and_is_still_one_call(path: Path) -> None:
    amend(path, NOW, lambda _: outcome("resolved"))
    assert has_mode(path, 0o600)
    assert [file.name for file in path.parent.iterdir() if not file.name.endswith(".lock")] == [path.name]
    (read,) = Archive(path.parents[4]).each()
    assert isinstance(read, Stored)


def test_keys_of_a_newer_tool_are_stored_wherever_they_are(path: Path) -> None:
    document = json.loads(path.read_bytes())
    document["from_the_future"] = {"a": [1, 2.5, None, "\u0007\u2028\u202eé"]}
    document["promises"][0]["colour"] = "red"
    document["amendments"] = [
        {"at": "2026-11-24T10:00:00Z", "field": "new", "old": 1, "new": {"x": 1}, "by": "someone"}
    ]
    path.write_bytes(json.dumps(document).encode())
    amend(path, NOW, lambda _: outcome("resolved"))
    after = json.loads(path.read_bytes())
    assert after["amendments"].pop()["new"] == "resolved"
    assert after == document


def test_no_change_writes_nothing(path: Path) -> None:
    before = path.stat()
    amend(path, NOW, lambda _: ())
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_decision_that_fails_leaves_the_file_and_lets_the_next_one_in(path: Path) -> None:
    before = path.read_bytes()

    def refuse(_: Call) -> tuple[Change, ...]:
        raise RecoveryError("not so")

    with pytest.raises(RecoveryError, match="not so"):
        amend(path, NOW, refuse)
    assert path.read_bytes() == before
    amend(path, NOW, lambda _: outcome("resolved"))


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 100, b"[1]", b'{"schema": 2}', b'{"schema": 1}'])
def test_what_cannot_be_read_is_refused_and_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreProblem, match=path.name):
        amend(path, NOW, lambda _: outcome("resolved"))
    assert path.read_bytes() == content


def test_a_number_that_is_larger_than_a_machine_counts_is_stored_to_its_last_digit(path: Path) -> None:
    content = path.read_bytes().replace(b'"redactions": 0', b'"redactions": 0, "big": 123456789012345678901234567890')
    path.write_bytes(content)
    amend(path, NOW, lambda _: outcome("resolved"))
    assert json.loads(path.read_bytes())["big"] == 123456789012345678901234567890


def test_a_call_that_is_gone_is_named(path: Path) -> None:
    path.unlink()
    with pytest.raises(StoreProblem, match=path.name):
        amend(path, NOW, lambda _: outcome("resolved"))


def amend_often(path: Path, name: str) -> None:
    def at_once(call: Call) -> tuple[Change, ...]:
        return (Change(f"promises.{name}.{len(call.amendments)}", len(call.amendments), None),)

    for _ in range(EACH):
        amend(path, NOW, at_once)


def test_windows_that_amend_one_call_at_once_lose_nothing_of_each_other(path: Path) -> None:
    start = multiprocessing.get_context("spawn")
    processes = [start.Process(target=amend_often, args=(path, f"p{number}")) for number in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    amendments = decode(path.read_bytes()).call.amendments
    assert len({amended.field for amended in amendments}) == PROCESSES * EACH
    assert [amended.old for amended in amendments] == list(range(PROCESSES * EACH)), "each saw those before it"


def test_every_amended_transcript_is_one_that_can_be_read(path: Path) -> None:
    words = 'ctrl \x1b[31m, "quotes", \\, \u2028, 🙂, a\nline'
    amend(path, NOW, lambda _: (Change("promises.p1.note", None, words),))
    assert decode(path.read_bytes()).call.amendments[0].new == words
    assert msgspec.json.decode(path.read_bytes())["amendments"][0]["new"] == words
