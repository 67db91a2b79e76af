"""Folders and files that go, move, or become something else while a call goes on."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.faults.talking import Talk
from tests.faults.trials import FACT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    """A call with two confirmed facts."""
    with Talk(tmp_path, "start", "learn") as talk:
        talk.until("Say 1:")
        talk.note("fact001")
        talk.note("fact002")
        yield talk


def facts(talk: Talk) -> set[str]:
    """The facts in the transcripts of the data folder."""
    found = talk.recovery.data.glob("sessions/*/*/*/[!.]*.json")
    return {fact for path in found for fact in FACT.findall(path.read_text(encoding="utf-8"))}


ALL = {"fact001", "fact002", "fact003"}


def data_folder(talk: Talk) -> None:
    shutil.rmtree(talk.recovery.data)


def live_folder(talk: Talk) -> None:
    shutil.rmtree(talk.recovery.data / "live")


def journal_alone(talk: Talk) -> None:
    talk.journal().unlink()


def into_a_folder(talk: Talk) -> None:
    journal = talk.journal()
    journal.unlink()
    journal.mkdir()
    (journal / "mine.txt").write_text("mine", encoding="utf-8")


def into_a_link(talk: Talk) -> None:
    journal = talk.journal()
    journal.unlink()
    mine = talk.recovery.home / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    journal.symlink_to(mine)


def into_a_pipe(talk: Talk) -> None:
    journal = talk.journal()
    journal.unlink()
    os.mkfifo(journal)


def into_another_file(talk: Talk) -> None:
    journal = talk.journal()
    journal.unlink()
    journal.write_text("mine", encoding="utf-8")


def to_another_disk(talk: Talk) -> None:
    """What `mv` does between disks: a copy, then the original goes."""
    shutil.copytree(talk.recovery.data, talk.recovery.home / "moved")
    shutil.rmtree(talk.recovery.data)


def to_another_place(talk: Talk) -> None:
    talk.recovery.data.rename(talk.recovery.home / "moved")


def link_to_another_place(talk: Talk) -> None:
    talk.recovery.data.rename(talk.recovery.home / "moved")
    talk.recovery.data.symlink_to(talk.recovery.home / "moved")


HAPPENS = (
    data_folder, live_folder, journal_alone, into_a_folder, into_a_link, into_a_pipe, into_another_file,
    to_another_disk, to_another_place, link_to_another_place,
)  # fmt: skip


@pytest.mark.parametrize("happens", HAPPENS, ids=lambda happens: happens.__name__)
def test_whatever_happens_to_the_folder_during_a_call_every_event_is_in_the_transcript(
    talk: Talk, happens: object
) -> None:
    assert callable(happens)
    happens(talk)
    talk.note("fact003")
    ended = talk.end("/end resolved")
    assert ended.returncode == 0, ended
    assert ended.stderr == ""
    assert facts(talk) == ALL
    assert_well(talk)


@pytest.mark.parametrize(
    "happens",
    [pytest.param(one, marks=() if one in {data_folder, into_a_pipe} else pytest.mark.slow) for one in HAPPENS],
    ids=lambda happens: happens.__name__,
)
def test_whatever_happens_to_the_folder_before_a_kill_the_call_is_resumed(talk: Talk, happens: object) -> None:
    assert callable(happens)
    happens(talk)
    talk.note("fact003")
    talk.process.kill()
    talk.process.communicate()
    moved = talk.recovery.home / "moved"
    resumed = talk.recovery("resume", stdin="/end resolved\n")
    if happens is to_another_place:
        resumed = talk.recovery("--data-dir", str(moved), "resume", stdin="/end resolved\n")
        moved.rename(talk.recovery.data)
    assert resumed.returncode == 0, resumed
    assert "Traceback" not in resumed.stderr
    assert facts(talk) == ALL


def test_a_file_in_place_of_the_folder_is_reported_and_not_changed(talk: Talk) -> None:
    shutil.rmtree(talk.recovery.data)
    talk.recovery.data.write_text("mine", encoding="utf-8")
    ended = talk.end("fact003")
    assert ended.returncode == 1
    assert "deleted during the call and cannot be restored" in ended.stderr
    assert "a file is where a folder should be" in ended.stderr
    assert "while this window is open" in ended.stderr
    assert talk.recovery.data.read_text(encoding="utf-8") == "mine"


def assert_well(talk: Talk) -> None:
    """What lay in the way is as it was, and the next commands work."""
    for path in (talk.recovery.home / "mine.txt", *talk.recovery.data.glob("live/*.jsonl/mine.txt")):
        assert not path.exists() or path.read_text(encoding="utf-8") == "mine"
    for argv in (("log", "list"), ("start", "learn"), ("log", "stats")):
        done = talk.recovery(*argv, stdin="/end resolved\n")
        assert done.returncode == 0, (argv, done)
        assert "Traceback" not in done.stderr
