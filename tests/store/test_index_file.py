"""The file of the index: a whole one is told from a torn one, and a fresh one takes its place while nobody writes."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from recoverycli.store.calls.archive import Archive
from recoverycli.store.index.file import connect, is_busy, is_intact, supersede
from recoverycli.store.index.index import Index
from tests.platforms import needs_fifos, needs_links, needs_to_delete_open_files
from tests.review.calls import a_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The file of an index of one call."""
    Archive(tmp_path / "data").write(a_call())
    with Index(tmp_path / "data") as made:
        made.ask(lambda _: None)
        return made.path


def patched(at: int, data: bytes) -> Callable[[Path], None]:
    def patch(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(at)
            file.write(data)

    return patch


def lengthened(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def test_an_index_that_was_just_made_is_whole(index: Path) -> None:
    assert is_intact(index)


@pytest.mark.parametrize(
    "harm",
    [
        patched(0, b"X"),
        patched(15, b"X"),
        patched(60, b"\xff"),
        patched(63, b"\xff"),
        lengthened,
        cut,
        pytest.param(linked, marks=needs_links),
        pytest.param(piped, marks=needs_fifos),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
    ],
    ids=["magic", "end of magic", "version", "end of version", "longer", "shorter", "link", "pipe", "gone", "empty"],
)  # fmt: skip
def test_what_is_no_whole_index_is_reported(index: Path, harm: Callable[[Path], None]) -> None:
    harm(index)
    assert not is_intact(index)


def test_one_with_a_journal_beside_it_is_repaired_when_it_is_opened_and_counts_as_whole(index: Path) -> None:
    cut(index)
    index.with_name(f"{index.name}-journal").touch()
    assert is_intact(index)


def test_pages_of_the_largest_size_are_counted(index: Path) -> None:
    # SQLite writes 1 for 65,536: the field has two bytes.
    with contextlib.closing(connect(index)) as connection:
        connection.execute("PRAGMA page_size = 65536")
        connection.execute("VACUUM")
    assert index.read_bytes()[16:18] == b"\0\1"
    assert is_intact(index)
    cut(index)
    assert not is_intact(index)


def test_what_is_taken_out_is_overwritten_and_no_file_is_made_by_opening(index: Path, tmp_path: Path) -> None:
    with contextlib.closing(connect(index)) as connection:
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def fresh(index: Path, mark: str) -> Path:
    path = index.with_name("fresh.db")
    with contextlib.closing(sqlite3.connect(path)) as made:
        made.execute(f"CREATE TABLE {mark} (one)")
        made.commit()
    return path


def tables(index: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(index)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}


def test_a_fresh_one_takes_the_place_of_the_old(index: Path) -> None:
    supersede(index, fresh(index, "anew"))
    assert tables(index) == {"anew"}
    assert not index.with_name("fresh.db").exists()


@pytest.mark.parametrize(
    "harm",
    [
        cut,
        pytest.param(linked, marks=needs_links),
        lambda path: path.write_bytes(b"no index"),
        lambda path: path.unlink(),
    ],
)
def test_it_takes_the_place_of_what_is_no_index_and_the_journal_of_that_goes(
    index: Path, harm: Callable[[Path], None]
) -> None:
    harm(index)
    journal = index.with_name(f"{index.name}-journal")
    journal.write_bytes(b"of another time")
    supersede(index, fresh(index, "anew"))
    assert tables(index) == {"anew"}
    assert not journal.exists()
    assert not index.is_symlink()


def test_while_somebody_writes_one_waits_and_then_leaves_the_old(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recoverycli.store.index.file._PATIENCE_TO_SUPERSEDE", 0.01)
    before = tables(index)
    with contextlib.closing(connect(index)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as refused:
            supersede(index, fresh(index, "anew"))
        assert is_busy(refused.value)
        writer.execute("ROLLBACK")
    assert tables(index) == before


@needs_to_delete_open_files
def test_who_writes_in_the_old_one_is_refused_and_the_fresh_one_stays_as_it_is(index: Path) -> None:
    with contextlib.closing(connect(index)) as writer:
        writer.execute("SELECT * FROM sqlite_master").fetchall()
        supersede(index, fresh(index, "anew"))
        with pytest.raises(sqlite3.OperationalError) as refused:
            writer.execute("CREATE TABLE too_late (one)")
        assert refused.value.sqlite_errorname == "SQLITE_READONLY_DBMOVED"
        assert not is_busy(refused.value)
    assert tables(index) == {"anew"}


def test_what_is_no_fault_of_sqlite_is_not_busy(tmp_path: Path) -> None:
    assert not is_busy(OSError(5, "no"))
    assert not is_intact(tmp_path)
