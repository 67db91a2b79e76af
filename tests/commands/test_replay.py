"""`log replay` in a pipe, and `log add`, as they are run."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.times.past import read_past
from tests.cases import for_each
from tests.review.calls import BERLIN
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=BERLIN)
LINES = "Charged twice\n/said I will see to it\n\n\n/promise a call in 2 hours\n/end resolved\n"


@pytest.fixture
def call(recovery: Recovery) -> Recovery:
    assert recovery("start", "learn", "--customer", "Noor", stdin=LINES).returncode == 0
    return recovery


def test_the_lines_tell_what_the_json_tells(call: Recovery) -> None:
    lines = call("log", "replay").stdout.splitlines()
    told = [json.loads(line) for line in call("log", "replay", "--json").stdout.splitlines()]
    assert len(lines) == len(told)
    for line, frame in zip(lines, told, strict=True):
        assert frame["text"] in line
    assert [frame["kind"] for frame in told][-1] == "end"


def test_a_step_that_the_call_did_not_go_through_is_answered_with_the_nearest(call: Recovery) -> None:
    done = call("log", "replay", "last", "--step", "Lisen")
    assert done.returncode == 2
    assert "did you mean Listen" in done.stderr
    at_listen = call("log", "replay", "last", "--step", "empathize").stdout
    assert at_listen.splitlines()[0].endswith("Empathize")


def test_a_call_is_entered_afterwards_without_a_clock(recovery: Recovery) -> None:
    argv = ["log", "add", "heart", "--at", "2026-03-02 14:05", "--found-by", "audit", "--customer", "Noor"]
    done = recovery(*argv, stdin="A note\n\n/promise a call by tomorrow 9am\n/end resolved\n")
    assert done.returncode == 0, done.stderr
    call = recovery.last()
    assert call["id"].startswith("20260302T1405")
    assert (recovery.data / "sessions" / "2026" / "03" / "02" / f"{call['id']}.json").exists()
    assert (call["found_by"], call["seconds"], call["pauses"], call["outcome"]) == ("audit", 0.0, [], "resolved")
    assert {step["seconds"] for step in call["steps"]} == {0.0}
    assert call["promises"][0]["due"].startswith("2026-03-03T09:00")
    assert "Found by: audit" in recovery("log", "show").stdout


def test_a_call_that_was_entered_in_part_continues_where_it_was_without_a_clock(recovery: Recovery) -> None:
    assert recovery("log", "add", "--at", "2026-03-02 14:05", stdin="first\n/pause\n").returncode == 0
    assert recovery("resume", stdin="second\n/end resolved\n").returncode == 0
    call = recovery.last()
    assert call["started_at"][:16] == "2026-03-02T14:05"
    assert call["ended_at"][:16] == "2026-03-02T14:05"
    assert call["seconds"] == 0.0


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("--at", "someday"), "not a date"),
        (("--at", "2126-01-01"), "in the future"),
        (("--at", "0001-01-01"), "not a date"),
        (("--at", "0999-12-31 14:05"), "not a date"),
        (("--at", "yesterday", "--found-by", "adit"), "audit"),
        ((), "--at"),
    ],
)
def test_a_wrong_word_begins_nothing(recovery: Recovery, argv: tuple[str, ...], words: str) -> None:
    done = recovery("log", "add", *argv)
    assert done.returncode == 2
    assert words in done.stderr
    assert not recovery.data.exists()


@for_each(
    "words, expected",
    [
        ("yesterday 3pm", "2026-11-23 15:00"),
        ("yesterday at 9:30", "2026-11-23 09:30"),
        ("last monday 12am", "2026-11-23 00:00"),
        ("2026-11-01 14:05", "2026-11-01 14:05"),
        ("2026-11-01", "2026-11-01 12:00"),
        ("yesterday", "2026-11-23 12:00"),
        ("9am", "2026-11-24 09:00"),
        ("11:15", "2026-11-24 11:15"),
        ("3 days ago", "2026-11-21 12:00"),
        ("2 hours ago", "2026-11-24 10:00"),
        ("today", "2026-11-24 11:59"),
    ],
)
def test_past_moments_are_typed_as_people_type_them(words: str, expected: str) -> None:
    found = read_past(words, NOW)
    assert found is not None
    assert f"{found.astimezone(BERLIN):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize("words", ["", "3", "13pm", "25:00", "someday 3pm", "-", "x" * 500])
def test_what_is_no_past_moment_is_none(words: str) -> None:
    assert read_past(words, NOW) is None


def test_the_toolbar_of_a_call_that_is_entered_afterwards_shows_its_day_and_no_running_time(recovery: Recovery) -> None:
    terminal = Terminal(recovery.home, "log", "add", "--at", "2026-03-02 14:05")
    terminal.expect("entered afterwards, 2026-03-02 14:05")


def test_a_day_ends_where_the_clocks_change(recovery: Recovery) -> None:
    spring = datetime(2026, 3, 29, 12, 0, tzinfo=BERLIN)
    found = read_past("today 4am", spring)
    assert found == datetime(2026, 3, 29, 4, 0, tzinfo=BERLIN)
    assert spring - found == timedelta(hours=8)
