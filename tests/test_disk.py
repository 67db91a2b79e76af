"""The disk as each platform has it, played where this machine is of another kind."""

from __future__ import annotations

import concurrent.futures
import errno
import os
import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from recoverycli.errors import StoreProblem
from recoverycli.live.call import LiveCall
from recoverycli.session import events as ev
from recoverycli.session.transcript.model import decode
from recoverycli.store.calls.archive import Archive
from recoverycli.store.files import refusal, refuse_links
from recoverycli.store.index.file import connect
from recoverycli.store.index.index import Index
from recoverycli.store.index.reader import read_days
from recoverycli.store.journal.reader import read_journal
from recoverycli.store.journal.writer import Journal
from recoverycli.store.layout import each_file
from recoverycli.store.maintenance.backup import back_up
from recoverycli.system import disk
from tests.content import LITTLE, started

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.live.environment import CallEnvironment
    from tests.conftest import Clock

_PLAYED_BINARY = 1 << 40  # no flag of any system


def test_every_file_of_a_call_is_opened_as_binary(
    world: CallEnvironment, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[str, bool]] = []
    really = os.open  # noqa: TID251  # what is tested

    def opening(path: str | Path, flags: int, mode: int = 0o777, **others: Any) -> int:
        opened.append((str(path), bool(flags & _PLAYED_BINARY)))
        return really(path, flags & ~_PLAYED_BINARY | getattr(os, "O_BINARY", 0), mode, **others)

    monkeypatch.setattr(os, "open", opening)
    monkeypatch.setattr(disk, "_BINARY", _PLAYED_BINARY)
    call = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("charged twice")
    call.hear("/pause")
    call = LiveCall.resume(world, world.home / "live" / f"{call.session.id}.jsonl")
    call.hear("/end resolved")
    with Index(world.home) as index:
        index.rebuild()
    back_up(world.home, tmp_path / "backup.tar.gz", lambda _done, _total: None)
    ours = {path: binary for path, binary in opened if path.startswith(str(tmp_path)) and not path.endswith(".lock")}
    assert len(ours) >= 5
    assert [path for path, binary in ours.items() if not binary] == []


def test_a_journal_holds_the_bytes_that_were_written(tmp_path: Path, clock: Clock) -> None:
    journal, event = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="one"))
    journal.close()
    assert b"\r" not in journal.path.read_bytes()
    assert read_journal(journal.path).events[0] == event


def test_a_journal_that_an_earlier_version_wrote_with_crlf_goes_on(tmp_path: Path, clock: Clock) -> None:
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="one"))
    journal.close()
    journal.path.write_bytes(journal.path.read_bytes().replace(b"\n", b"\r\n") + b"damaged\r\n")
    journal.path.with_suffix(".unread").write_bytes(b"damaged\r\n")
    again, read = Journal.reopen(journal.path, lambda _: None)
    assert (read.bad, read.torn, again.unread) == ((b"damaged",), b"", 0)
    again.append(ev.Noted(at=clock(), text="two"))
    again.close()
    notes = [event.text for event in read_journal(journal.path).events if isinstance(event, ev.Noted)]
    assert notes == ["one", "two"]


def test_a_transcript_that_an_earlier_version_wrote_with_crlf_is_read(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("/end resolved")
    archive = Archive(world.home)
    path = next(iter(archive.newest(1)))
    before = decode(path.read_bytes())
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert archive.read(before.call.id).transcript.call == before.call


class Scanner:
    """Another program that has a file open: Windows refuses until it lets go, after so many tries."""

    def __init__(self, tries: int, winerror: int) -> None:
        self.left = tries
        self.winerror = winerror
        self.asked = 0

    def __call__(self) -> None:
        self.asked += 1
        if self.left:
            self.left -= 1
            raise in_use(self.winerror)


class Patience:
    """A clock that moves when somebody sleeps."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.waited = 0.0
        monkeypatch.setattr(time, "monotonic", lambda: self.waited)
        monkeypatch.setattr(time, "sleep", self.sleep)

    def sleep(self, seconds: float) -> None:
        self.waited += seconds


def as_windows(fault: OSError, winerror: int) -> OSError:
    """A fault with the number that Windows gives it; Python has the attribute there alone."""
    fault.winerror = winerror  # type: ignore[attr-defined]
    return fault


def in_use(winerror: int, name: str = "C:\\x.json") -> OSError:
    """What Windows says of a file that another program has open, where Windows is not the system here too."""
    return as_windows(PermissionError(errno.EACCES, "The process cannot access the file", name), winerror)


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_a_scanner_has_open_for_a_moment_is_waited_for(
    winerror: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    patience, scanner = Patience(monkeypatch), Scanner(3, winerror)
    really = os.replace

    def replacing(source: Path, target: Path) -> None:
        scanner()
        really(source, target)

    monkeypatch.setattr(os, "replace", replacing)
    (tmp_path / "new").write_text("new", encoding="utf-8")
    (tmp_path / "old").write_text("old", encoding="utf-8")
    disk.replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text(encoding="utf-8") == "new"
    assert scanner.asked == 4
    assert 0 < patience.waited < 1


def test_an_editor_that_keeps_a_file_open_is_named_after_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience, editor = Patience(monkeypatch), Scanner(1_000_000, 32)
    monkeypatch.setattr(os, "unlink", lambda _path: editor())
    with pytest.raises(PermissionError) as fault:
        disk.unlink(tmp_path / "open in an editor")
    assert 0.9 < patience.waited < 1.2
    told = refusal(tmp_path, fault.value, kept="It was not changed.")
    assert told.message == f"{tmp_path}: another program has it open"
    assert (told.kept, told.hint.partition(",")[0]) == ("It was not changed.", "Close it there")


def test_a_fault_that_waiting_does_not_mend_is_raised_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patience = Patience(monkeypatch)
    with pytest.raises(FileNotFoundError):
        disk.unlink(tmp_path / "nothing")
    disk.unlink(tmp_path / "nothing", missing_ok=True)
    with pytest.raises(OSError, match="not empty"):
        disk.rmdir(tmp_path.parent)
    assert patience.waited == 0


@pytest.mark.skipif(os.name != "nt", reason="only Windows keeps an open file from being deleted; played above")
def test_windows_waits_for_a_file_that_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "open"
    path.write_text("x", encoding="utf-8")
    reader = path.open()
    monkeypatch.setattr(time, "sleep", lambda _seconds: reader.close())
    disk.unlink(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("winerror", "what"),
    [
        (112, "the disk is full"),
        (39, "the disk is full"),
        (206, "the name is too long"),
        (19, "the disk is read-only"),
        (32, "another program has it open"),
        (1224, "another program has it open"),
        (1295, "your disk quota is used up"),
    ],
)
def test_what_windows_says_is_told_in_a_users_words(winerror: int, what: str, tmp_path: Path) -> None:
    told = refusal(tmp_path, as_windows(OSError(errno.ENOENT, "words of the system"), winerror))
    assert told.message == f"{tmp_path}: {what}"
    assert told.hint


def test_a_disk_of_windows_that_is_full_takes_no_confirmed_line(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, _ = Journal.create(tmp_path, lambda: started(LITTLE, clock()))
    journal.append(ev.Noted(at=clock(), text="confirmed"))
    really = os.write

    def half(descriptor: int, data: memoryview) -> int:
        really(descriptor, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(os, "write", half)
        with pytest.raises(StoreProblem, match="the disk is full") as fault:
            journal.append(ev.Noted(at=clock(), text="no room"))
    assert fault.value.kept == "Everything before this line is stored."
    journal.append(ev.Noted(at=clock(), text="room again"))
    journal.close()
    read = read_journal(journal.path)
    assert [event.text for event in read.events if isinstance(event, ev.Noted)] == ["confirmed", "room again"]
    assert (read.bad, read.torn) == ((), b"")


def test_on_macos_a_flush_reaches_the_disk_and_not_its_memory_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="Windows has no fcntl, and macOS is played with it")
    asked: list[str] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _descriptor, command: asked.append(f"full {command}"))
    monkeypatch.setattr(os, "fsync", lambda _descriptor: asked.append("plain"))
    descriptor = disk.open_binary(tmp_path / "x", os.O_CREAT | os.O_WRONLY)
    disk.flush(descriptor)
    assert asked == ["full 51"]

    def unknown(_descriptor: int, _command: int) -> None:
        raise OSError(errno.ENOTSUP, "a share of the network")

    monkeypatch.setattr(fcntl, "fcntl", unknown)
    disk.flush(descriptor)
    assert asked == ["full 51", "plain"]
    os.close(descriptor)


def test_a_junction_is_a_link_and_what_a_cloud_keeps_is_none() -> None:
    class Found(NamedTuple):
        st_reparse_tag: int

    assert disk.is_junction(Found(0xA0000003))  # type: ignore[arg-type]
    assert not disk.is_junction(Found(0x9000001A))  # type: ignore[arg-type]  # OneDrive
    assert not disk.is_junction(Found(0))  # type: ignore[arg-type]


@pytest.mark.skipif(os.name != "nt", reason="only Windows has junctions")
def test_a_junction_below_the_data_folder_is_not_followed(tmp_path: Path) -> None:
    import _winapi

    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "data").mkdir()
    try:
        _winapi.CreateJunction(str(tmp_path / "elsewhere"), str(tmp_path / "data" / "sessions"))  # type: ignore[attr-defined]
    except OSError as refused:
        pytest.skip(f"this system makes no junctions: {refused}")
    with pytest.raises(StoreProblem, match="it is a link"):
        refuse_links(tmp_path / "data" / "sessions", tmp_path / "data")
    assert list(each_file(tmp_path / "data" / "sessions")) == [tmp_path / "data" / "sessions"]


def test_a_broken_index_is_closed_before_it_is_replaced(world: CallEnvironment, clock: Clock) -> None:
    call = LiveCall.start(world, lambda: started(LITTLE, clock()))
    call.hear("/end resolved")
    path = world.home / "index.sqlite3"
    with Index(world.home) as index:
        index.ask(lambda _: None)
    whole = path.read_bytes()
    # Its header is sound, so that it is opened; nothing behind it is.
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with Index(world.home) as index:
        found = index.ask(lambda connection: connection.execute("SELECT count(*) FROM call").fetchone())
        assert (found, index.notice) == ((1,), "")
    assert path.read_bytes()[:16] == b"SQLite format 3\0"


def test_a_connection_that_cannot_be_used_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index.sqlite3"
    path.write_bytes(b"no database " * 1000)
    opened: list[sqlite3.Connection] = []
    really = sqlite3.connect

    def connecting(*words: Any, **named: Any) -> sqlite3.Connection:
        opened.append(really(*words, **named))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", connecting)
    with pytest.raises(sqlite3.DatabaseError):
        connect(path)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_no_process_is_forked_beside_a_thread_or_on_macos() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _BEGUN_HOW], capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    assert told == ["fork", "spawn", "spawn"]


_BEGUN_HOW = """
import sys, _thread
from recoverycli.store.index.reader import start_method

print(start_method())
sys.platform = "darwin"
print(start_method())
sys.platform = "linux"
held = _thread.allocate_lock()
held.acquire()
_thread.start_new_thread(held.acquire, ())  # `threading` knows nothing of it
print(start_method())
held.release()
"""


def test_days_are_read_by_no_more_processes_than_windows_waits_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class Refusing:
        def __init__(self, workers: int, *_words: object, **_named: object) -> None:
            asked.append(workers)
            raise PermissionError(errno.EACCES, "no processes here")

    monkeypatch.setattr(os, "cpu_count", lambda: 128)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Refusing)
    days = [tmp_path / str(day) for day in range(60)]
    assert len(list(read_days(days))) == 60
    assert asked == [61]
