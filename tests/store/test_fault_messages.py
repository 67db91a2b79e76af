"""A fault says what happened, what was kept and what to do, word for word, and names the file that is meant."""

from __future__ import annotations

import errno
import gzip
import os
import tarfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from recoverycli.errors import CallBusy, NotFound, RecoveryError, StoreProblem
from recoverycli.session import events as ev
from recoverycli.session.person import Person, PersonQuery
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.call_names import find_id, find_practice_id
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.reviews import Reviews
from recoverycli.store.files import outside_fault, refusal
from recoverycli.store.index.index import Index
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.journal.writer import Journal
from recoverycli.store.maintenance.backup import back_up, line
from recoverycli.store.maintenance.place import place_faults
from recoverycli.store.maintenance.restore import restore
from recoverycli.store.privacy.erase import busy_problem, erase
from recoverycli.store.privacy.remove import remove_calls
from tests.content import LITTLE, started
from tests.platforms import needs_fifos
from tests.review.calls import NOW, a_call
from tests.store.test_backup import member, packed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Clock

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def nothing(_done: int, _total: int) -> None:
    pass


def told(fault: RecoveryError) -> tuple[str, str, str]:
    return fault.message, fault.kept, fault.hint


@pytest.mark.parametrize(
    ("number", "what"),
    [
        (errno.ENOSPC, "the disk is full"), (errno.EDQUOT, "your disk quota is used up"),
        (errno.EROFS, "the disk is read-only"), (errno.EACCES, "permission denied"), (errno.EPERM, "not permitted"),
        (errno.EIO, "the disk reports an error"), (errno.ENOTDIR, "a file is where a folder should be"),
        (errno.EMFILE, "too many files are open on this computer"),
        (errno.ENOLCK, "its file system has no locks, which keep two windows from writing at once"),
        (errno.ENOSYS, "its file system does not support what is needed to store data safely"),
        (errno.EOPNOTSUPP, "its file system does not support what is needed to store data safely"),
        (errno.ESTALE, "its disk or network share is not connected"),
    ],
)  # fmt: skip
def test_what_the_disk_says_is_reported_in_words(tmp_path: Path, number: int, what: str) -> None:
    fault = refusal(tmp_path, OSError(number, os.strerror(number)), kept="All is kept.")
    assert (fault.message, fault.kept) == (f"{tmp_path}: {what}", "All is kept.")
    assert fault.hint.endswith(".")
    assert refusal(tmp_path, OSError("strange")).hint == "Choose another folder with --data-dir."


def test_what_the_system_refuses_anywhere_else_is_told_with_its_path_and_what_to_do(tmp_path: Path) -> None:
    fault = outside_fault(OSError(errno.EACCES, "", str(tmp_path)))
    assert fault is not None
    assert told(fault) == (
        f"{tmp_path}: permission denied",
        "What was confirmed on the screen is stored.",
        "Check its permissions and those of the folders above it, or choose others: --data-dir, --config.",
    )
    # Of a descriptor no path is known.
    full = outside_fault(OSError(errno.ENOSPC, ""))
    assert full is not None
    assert full.message == "the disk is full"
    # A file that is missing may be a fault of the tool.
    assert outside_fault(FileNotFoundError(errno.ENOENT, "", "x")) is None
    assert outside_fault(OSError("strange")) is None


@pytest.mark.parametrize("name", ["ENOLCK", "EOPNOTSUPP", "ENOSYS"])
def test_a_call_is_not_started_on_a_file_system_without_locks(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def no_locks(_descriptor: int, _how: int) -> None:
        raise OSError(getattr(errno, name), "")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(StoreProblem) as refused:
        Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    assert told(refused.value) == (
        f"{tmp_path / 'live'}: its file system has no locks, which keep two windows from writing at once",
        "The call was not started.",
        "Choose a folder on a disk of this computer with --data-dir or RECOVERY_HOME.",
    )
    assert [one.name for one in (tmp_path / "live").glob("*.jsonl")] == []
    ((_, why),) = [one for one in place_faults(tmp_path, {}) if "locks" in one[1]]
    assert why.startswith("its file system has no locks")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not a journal\n", "it is not the journal of a call"),
        (b'{"schema": 2, "id": "x"}\n', "it was written by a newer version of recovery"),
        (b'{"schema": 1, "id": "x"}\n', "it contains no readable call"),
    ],
)
def test_a_journal_that_cannot_be_read_is_untouched_and_says_why(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoreProblem) as refused:
        read_journal(path)
    assert (refused.value.message, refused.value.kept) == (f"{path}: {why}", "The file was not changed.")
    with pytest.raises(StoreProblem) as refused:
        Journal.reopen(path, lambda _read: None)
    assert refused.value.message == f"{path}: {why}"


@needs_fifos
def test_what_is_no_file_is_no_journal_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    os.mkfifo(path)
    with pytest.raises(StoreProblem) as refused:
        read_journal(path)
    assert told(refused.value) == (f"{path}: it is not a file", "It was not changed.", "Move it away.")


def test_a_journal_under_the_name_of_another_call_is_untouched(tmp_path: Path, clock: Clock) -> None:
    journal, begun = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.close()
    other = journal.path.rename(tmp_path / "live" / "20261123T090000-little-zz99.jsonl")
    with pytest.raises(StoreProblem) as refused:
        read_journal(other)
    assert told(refused.value)[:2] == (f"{other}: it contains the call {begun.id}", "The file was not changed.")


@pytest.mark.parametrize("year", [1, 999, 9000, 9999])
def test_an_event_of_a_year_that_no_transcript_can_have_is_put_aside(tmp_path: Path, clock: Clock, year: int) -> None:
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    due = datetime(year, 6, 1, tzinfo=UTC)
    journal.append(ev.Promised(at=clock(), what="a call", due_said="then", due=due))
    journal.append(ev.Noted(at=due, text="a note"))
    journal.append(ev.Noted(at=clock(), text="of today"))
    journal.close()
    read = read_journal(journal.path)
    assert [type(event).__name__ for event in read.events] == ["Started", "Noted"]
    assert len(read.bad) == 2


def test_a_transcript_that_cannot_be_read_is_untouched_and_others_are_named(tmp_path: Path) -> None:
    path = Archive(tmp_path).write(a_call())
    path.write_text("{", encoding="utf-8")
    with pytest.raises(StoreProblem) as refused:
        Archive(tmp_path).read(path.stem)
    message, kept, hint = told(refused.value)
    assert message.startswith(f"{path}: ")
    assert (kept, hint) == ("The file was not changed.", "Other calls: recovery log list")


def test_assessments_that_cannot_be_read_are_untouched(tmp_path: Path) -> None:
    reviews = Reviews(tmp_path)
    path = reviews.path(a_call().id)
    path.parent.mkdir()

    def why() -> tuple[str, str, str]:
        with pytest.raises(StoreProblem) as refused:
            reviews.read(path.stem)
        return told(refused.value)

    anew = "Move it away to start again."
    path.write_text("{", encoding="utf-8")
    assert why() == (f"{path}: it contains no reviews that this version can read", "The file was not changed.", anew)
    path.unlink()
    path.mkdir()
    assert why() == (f"{path}: it is not a file", "The reviews were not changed.", anew)


def test_a_call_that_cannot_be_removed_is_named_and_those_before_are_gone(tmp_path: Path) -> None:
    first, second = (Archive(tmp_path).write(a_call(tail=tail)) for tail in ("aa01", "aa02"))
    second.unlink()
    second.mkdir()
    gone: list[str] = []
    with pytest.raises(StoreProblem) as refused:
        gone.extend(remove_calls(tmp_path, [first.stem, second.stem]))
    assert told(refused.value)[:2] == (
        f"{second}: Is a directory", "What was deleted before is gone; everything else was not changed.",
    )  # fmt: skip
    assert not first.exists()


def test_where_no_journal_can_be_made_the_call_has_not_begun(tmp_path: Path, clock: Clock) -> None:
    begun = started(LITTLE, clock())
    Journal.create(tmp_path, lambda: begun)[0].close()
    with pytest.raises(StoreProblem) as refused:
        Journal.create(tmp_path, lambda: begun)
    folder = tmp_path / "live"
    assert told(refused.value)[:2] == (f"{folder}: no free name for a call was found", "The call was not started.")
    assert len(list(folder.glob("*.jsonl"))) == 1


def test_a_call_of_another_window_is_reported_with_what_to_do(tmp_path: Path, clock: Clock) -> None:
    journal, event = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    with pytest.raises(CallBusy) as refused:
        Journal.reopen(journal.path, lambda _read: 4711)
    assert told(refused.value) == (
        f"call {event.id} is open in another window (process 4711)",
        "That call was not changed.",
        "Continue in that window, or leave it there with /pause first.",
    )
    journal.close()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda plain: plain[:-20], "it is damaged, or not a backup made by this tool"),
        (lambda _plain: gzip.compress(b"no archive" * 99), "it is damaged, or not a backup made by this tool"),
        (lambda plain: gzip.compress(gzip.decompress(plain) + b"more"), "something was added to it"),
        (lambda plain: gzip.compress(gzip.decompress(plain) + bytes(2**20) + b"x"), "something was added to it"),
    ],
)
def test_a_backup_that_is_not_sound_says_why(tmp_path: Path, spoil: Callable[[bytes], bytes], why: str) -> None:
    Archive(tmp_path / "data").write(a_call())
    path = tmp_path / "b.tar.gz"
    back_up(tmp_path / "data", path, nothing)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(StoreProblem) as refused:
        restore(path, tmp_path / "other", NOW, nothing)
    assert told(refused.value) == (f"{path}: {why}", "Nothing was restored.", "Try another backup.")


def test_a_backup_by_somebody_else_says_which_file_is_not_right(tmp_path: Path) -> None:
    name = "sessions/2026/11/23/20261123T100000-little-aaaa.json"
    path = tmp_path / "b.tar.gz"

    def why() -> str:
        with pytest.raises(StoreProblem) as refused:
            restore(path, tmp_path / "other", NOW, nothing)
        assert told(refused.value)[1:] == ("Nothing was restored.", "Try another backup.")
        return refused.value.message

    packed(path, [(member(name), b"{}")], line(name, "0" * 64))
    assert why() == f"{path}: {name} does not match its checksum"
    packed(path, [(member(name), b"{}")], b"")
    assert why() == f"{path}: {name} does not match its checksum"
    packed(path, [], line(name, "0" * 64))
    assert why() == f"{path}: {name} does not match its checksum"
    packed(path, [(member("../" + "x" * 300), b"{}")])
    assert why() == f"{path}: it contains ../{'x' * 197}, which does not belong in a backup"
    with tarfile.open(path, "w:gz") as tar:
        tar.addfile(member(name))
    assert why() == f"{path}: it is not complete: its list of checksums is missing"


def test_a_backup_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as refused:
        restore(tmp_path / "gone.tar.gz", tmp_path / "other", NOW, nothing)
    assert refused.value.message == f"{tmp_path / 'gone.tar.gz'}: No such file or directory"
    assert refused.value.kept == "Nothing was restored."


@pytest.mark.parametrize(
    ("busy", "message"),
    [
        (("one",), "call one with the name is open in another window"),
        (("one", "two"), "calls one, two with the name are open in another window"),
    ],
)
def test_calls_that_go_on_are_in_the_way_of_erasing(busy: tuple[str, ...], message: str) -> None:
    assert told(busy_problem(busy)) == (
        message, "Nothing was erased.", "Finish or leave it there (/pause), then try again.",
    )  # fmt: skip


def test_nothing_is_erased_while_a_call_with_the_name_is_open(tmp_path: Path, clock: Clock) -> None:
    Archive(tmp_path).write(a_call(customer=TranscriptCustomer("Quill", None)))
    journal, event = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="Quill rang too"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.json*")}
    with pytest.raises(CallBusy) as refused:
        erase(tmp_path, Person(PersonQuery("Quill"), None), AT, nothing)
    assert refused.value.message == f"call {event.id} with the name is open in another window"
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.json*")} == before
    journal.close()
    erased = erase(tmp_path, Person(PersonQuery("Quill"), None), AT, nothing)
    assert (erased.calls, erased.practice, erased.open_calls, erased.files, erased.places) == (1, 0, 0, 1, 1)
    assert erase(tmp_path, Person(PersonQuery("Quill"), None), AT, nothing) == (0, 0, 0, 0, 0, ())


def test_names_that_name_nothing_are_reported_with_what_to_do(tmp_path: Path) -> None:
    archive = Archive(tmp_path)

    def why(wanted: str, *, practice: bool = False) -> tuple[str, str]:
        with Index(tmp_path) as index, pytest.raises(NotFound) as refused:
            find_practice_id(archive, wanted) if practice else find_id(index, wanted)
        return refused.value.message, refused.value.hint

    see, more, begin = "See them: recovery log list", "Type more of the id.", "Start one: recovery practice"
    assert why("last") == ("there is no finished call yet", "Start one: recovery start")
    assert why("last", practice=True) == ("there is no practice yet", begin)
    for tail in ("aa01", "aa02"):
        archive.write(a_call(tail=tail))
    both = ", ".join(sorted((a_call(tail=tail).id for tail in ("aa01", "aa02")), reverse=True))
    assert why("-3") == ("there are fewer than 3 finished calls", see)
    assert why("-3", practice=True) == ("there is no practice yet", begin)
    assert why("zz") == ("no finished call has zz in its id", see)
    assert why("zz", practice=True) == ("no practice has zz in its id", begin)
    assert why("z" * 99)[0] == f"no finished call has {'z' * 80} in its id"
    assert why("aa0") == (f"2 calls have aa0 in their ids: {both} ...", more)
    assert why("aa0", practice=True) == (f"2 have aa0 in their ids: {both} ...", more)
