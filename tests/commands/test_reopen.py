"""A call that was ended by mistake goes on, with everything in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import started

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

LINES = "Charged twice in March\n/offer refund 20 EUR\n/promise a letter by friday 5pm\n/end resolved\n"


@pytest.fixture
def ended(recovery: Recovery) -> Recovery:
    """A call that was saved a moment ago."""
    recovery("start", "learn", "--customer", "Noor Dahl", stdin=LINES)
    return recovery


def files(recovery: Recovery, folder: str) -> list[str]:
    return sorted(path.name for path in (recovery.data / folder).rglob("*.json*"))


def test_a_call_that_was_ended_continues_and_is_saved_in_its_place(ended: Recovery) -> None:
    first = ended.last()
    done = ended("reopen", stdin="/accept\nShe wants it in writing\n/outcome partly-resolved\n/end\n\n")
    assert done.returncode == 0, done.stderr
    assert "the call is open again" in done.stdout
    again = ended.last()
    assert again["id"] == first["id"]
    assert len(files(ended, "sessions")) == 1
    assert [note["text"] for step in again["steps"] for note in step["notes"]] == [
        "Charged twice in March", "She wants it in writing",
    ]  # fmt: skip
    assert (again["outcome"], again["offers"][0]["answer"]) == ("partly-resolved", "accepted")
    assert [one["field"] for one in again["amendments"]] == ["reopened"]
    assert "Reopened: " in ended("log", "show", "last").stdout


def test_undo_after_reopening_takes_the_outcome_back(ended: Recovery) -> None:
    ended("reopen", stdin="u\n/pause\n")
    done = ended("resume", stdin="/end\n\n")
    assert done.returncode == 0, done.stderr
    assert ended.last()["outcome"] is None


def test_the_time_between_the_end_and_the_reopening_is_a_pause(ended: Recovery) -> None:
    ended("reopen", stdin="/end resolved\n")
    (pause,) = ended.last()["pauses"]
    assert pause["until"] > pause["at"]


def test_a_reopened_call_that_is_left_is_open_and_its_transcript_stays(ended: Recovery) -> None:
    before = ended.last()
    ended("reopen", "last", stdin="/pause\n")
    assert ended.last() == before
    assert files(ended, "live")
    assert not files(ended, "closed")
    again = ended("reopen", stdin="")
    assert (again.returncode, "no call can be reopened" in again.stderr) == (1, True)


def test_a_promise_that_was_fulfilled_meanwhile_stays_fulfilled(ended: Recovery) -> None:
    ended("followups", "done", "p1")
    ended("reopen", stdin="/end resolved\n")
    assert [one["field"] for one in ended.last()["amendments"]] == ["promises.p1.done_at", "reopened"]


def test_a_corrected_call_is_corrected_further_instead(ended: Recovery) -> None:
    ended("log", "amend", "last", "--cause", "a double booking")
    done = ended("reopen")
    assert done.returncode == 1
    assert "was corrected after it was saved" in done.stderr
    assert files(ended, "closed")


def test_no_call_can_be_reopened_where_the_setting_says_never(ended: Recovery) -> None:
    ended("config", "set", "reopen", "never")
    assert ended("reopen").returncode == 1
    ended("start", "learn", stdin="/end resolved\n")
    assert len(files(ended, "closed")) == 1


def test_after_a_day_it_is_too_late_and_the_next_end_removes_the_journal(ended: Recovery) -> None:
    (journal,) = (ended.data / "closed").iterdir()
    long_ago = journal.stat().st_mtime - 20 * 86_400
    os.utime(journal, (long_ago, long_ago))
    assert ended("reopen").returncode == 1
    ended("start", "learn", stdin="/end resolved\n")
    assert journal.name not in files(ended, "closed")


def test_a_call_that_was_entered_afterwards_can_be_reopened_too(recovery: Recovery) -> None:
    recovery("log", "add", "learn", "--at", "2026-03-05 10:00", stdin="a flood\n/end resolved\n")
    assert recovery("reopen", stdin="a second one\n/end resolved\n").returncode == 0
    notes = [note["text"] for step in recovery.last()["steps"] for note in step["notes"]]
    assert notes == ["a flood", "a second one"]


@pytest.mark.parametrize(
    "argv",
    [("log", "erase", "--customer", "Noor Dahl", "--yes"), ("log", "delete", "last", "--yes")],
)
def test_what_is_erased_or_deleted_cannot_be_reopened(ended: Recovery, argv: tuple[str, ...]) -> None:
    done = ended(*argv)
    assert done.returncode == 0, done.stderr
    assert not files(ended, "closed")


def test_a_closed_call_is_not_open(ended: Recovery) -> None:
    assert ended("resume").returncode == 1


def test_a_call_ended_by_mistake_is_open_again_in_two_keys(tmp_path: Path) -> None:
    terminal = started(tmp_path)
    terminal.say("Charged twice in March")
    terminal.expect("noted: Charged twice")
    terminal.say("/end resolved")
    terminal.expect("saved: resolved, 1 note", "u opens it again")
    terminal.press("u", "enter")
    terminal.expect("the call is open again", gone="u opens it again")
    terminal.say("She called twice")
    terminal.expect("noted: She called twice")
    terminal.say("/end resolved")
    terminal.expect("saved: resolved, 2 notes")
    terminal.say("and a third time")
    terminal.expect("not recorded: the call is saved")
    terminal.press("escape", "enter")
    assert terminal.end() == 0
