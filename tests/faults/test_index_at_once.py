"""The index, while other processes write in it, replace it, or delete what it is about to read."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from recoverycli.session.filters import Filters
from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.folders import files
from recoverycli.store.index.index import Index
from recoverycli.store.index.rows import count, ids_of
from recoverycli.store.index.update import difference
from tests.review.calls import a_call

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from recoverycli.store.calls.folders import Day
    from recoverycli.store.index.update import IndexChanges

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Six calls of three days, and their index."""
    archive = Archive(tmp_path / "data")
    for number in range(6):
        customer = TranscriptCustomer("Ana Müller" if number == 0 else None)
        archive.write(
            a_call(tail=f"aa0{number}", at=NOW - timedelta(days=number // 2, minutes=number), customer=customer)
        )
    ids(archive.home)
    return archive.home


def ids(home: Path) -> list[str]:
    with Index(home) as index:
        return sorted(found[-4:] for found in index.ask(lambda connection: ids_of(connection, Filters())))


WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")  # so small that it writes into the file before it is done
connection.execute("BEGIN IMMEDIATE")
many = ((key, "x" * 200) for key in range(1000, 3000))
connection.executemany("INSERT INTO step_kind VALUES (?, ?, '', '', '', '')", many)
if sys.argv[2] == "dies":
    os.kill(os.getpid(), 9)
print("writing", flush=True)
input()
connection.execute("ROLLBACK")
"""


def a_writer(home: Path, what: str) -> subprocess.Popen[str]:
    """Begin a process that writes in the index, and does not end that."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home / "index.sqlite3"), what],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )  # fmt: skip


def test_the_journal_of_a_killed_writer_is_not_applied_to_a_new_index(home: Path) -> None:
    with a_writer(home, "dies") as writer:
        writer.wait()
    left = home / "index.sqlite3-journal"
    assert left.exists()
    with Index(home) as index:
        index.rebuild()
    assert not left.exists()
    assert len(ids(home)) == 6


def test_a_new_index_does_not_replace_one_that_is_being_written(home: Path) -> None:
    before = (home / "index.sqlite3").stat().st_ino
    with a_writer(home, "waits") as writer, Index(home) as index:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        building = threading.Thread(target=index.rebuild)
        building.start()
        building.join(timeout=0.5)
        assert building.is_alive()
        assert (home / "index.sqlite3").stat().st_ino == before
        writer.communicate("\n")
        building.join()
    assert (home / "index.sqlite3").stat().st_ino != before
    assert len(ids(home)) == 6


def test_the_index_answers_while_another_process_writes(home: Path) -> None:
    with a_writer(home, "waits") as writer, Index(home) as index:
        assert writer.stdout is not None
        writer.stdout.readline()
        assert index.ask(lambda connection: count(connection, Filters())) == 6
        assert "reading works without it" in index.notice
        writer.communicate("\n")


def test_words_are_forgotten_though_another_process_writes(home: Path) -> None:
    path = home / "index.sqlite3"
    assert b"muller" in path.read_bytes()
    (deleted,) = home.glob("sessions/*/*/*/*aa00.json")
    deleted.unlink()

    def forget() -> None:
        with Index(home) as index:
            index.forget()

    with a_writer(home, "waits") as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        forgetting = threading.Thread(target=forget)
        forgetting.start()
        writer.communicate("\n")
        forgetting.join()
    assert b"muller" not in path.read_bytes()
    assert len(ids(home)) == 5


def test_words_of_a_call_whose_deletion_was_killed_go_with_the_next_query(home: Path) -> None:
    (deleted,) = home.glob("sessions/*/*/*/*aa00.json")
    deleted.unlink()
    assert b"muller" in (home / "index.sqlite3").read_bytes()
    assert len(ids(home)) == 5
    assert b"muller" not in (home / "index.sqlite3").read_bytes()


def test_words_of_deleted_days_go_with_the_next_query_too(home: Path) -> None:
    for day in home.glob("sessions/*/*/*"):
        for path in day.glob("*aa0[01].json"):
            path.unlink()
        with contextlib.suppress(OSError):
            day.rmdir()
    assert len(ids(home)) == 4
    assert b"muller" not in (home / "index.sqlite3").read_bytes()


def test_an_index_that_was_replaced_before_its_update_is_opened_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced: list[bool] = []

    def replacing(connection: sqlite3.Connection, found: Sequence[Day]) -> IndexChanges:
        different = difference(connection, found)
        if not replaced:
            replaced.append(True)
            with Index(home) as another:
                another.rebuild()
        return different

    Archive(home).write(a_call(tail="aa06", at=NOW))
    monkeypatch.setattr("recoverycli.store.index.index.difference", replacing)
    with Index(home) as index:
        assert index.ask(lambda connection: count(connection, Filters())) == 7
        assert index.notice == ""


def test_a_query_of_an_index_that_was_replaced_meanwhile_is_repeated(home: Path) -> None:
    answers: list[int] = []

    def question(connection: sqlite3.Connection) -> int:
        answers.append(count(connection, Filters()))
        if len(answers) == 1:
            Archive(home).write(a_call(tail="aa06", at=NOW))
            with Index(home) as another:
                another.rebuild()
        return answers[-1]

    with Index(home) as index:
        assert index.ask(question) == 7
        assert answers == [6, 7]


def test_a_reader_of_the_old_index_does_not_replay_writes_of_the_new_one(home: Path) -> None:
    with Index(home) as index:
        assert index.ask(lambda connection: count(connection, Filters())) == 6
        Archive(home).write(a_call(tail="aa06", at=NOW))
        with Index(home) as another:
            another.rebuild()
        with a_writer(home, "waits") as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            assert index.ask(lambda connection: count(connection, Filters())) == 7
            assert (home / "index.sqlite3-journal").exists()
            writer.communicate("\n")
        assert writer.returncode == 0
    assert len(ids(home)) == 7


def test_if_the_index_is_replaced_too_often_a_private_one_answers(home: Path) -> None:
    def question(connection: sqlite3.Connection) -> int:
        with Index(home) as another:
            another.rebuild()
        return count(connection, Filters())

    with Index(home) as index:
        assert index.ask(question) == 6
        assert "reading works without it" in index.notice


def test_a_call_that_is_deleted_during_the_scan_of_its_day_is_gone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deleting(day: Path) -> list[os.DirEntry[str]]:
        entries = files(day)
        for entry in entries:
            if "aa00" in entry.name:
                (day / entry.name).unlink()
        return entries

    Archive(home).write(a_call(tail="aa06", at=NOW))
    monkeypatch.setattr("recoverycli.store.index.update.files", deleting)
    assert sorted(ids(home)) == ["aa01", "aa02", "aa03", "aa04", "aa05", "aa06"]
