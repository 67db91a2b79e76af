"""The calls that are kept, as the command shows them: for people, for scripts, and the same in both."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from recoverycli.terminal.views.tables import tails
from recoverycli.times.age import format_age

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery

LINES = """Charged twice
/said I will see to it myself
/tick 1
/set expected a refund

/skip no time
/mood angry
/hold
/back-on

/offer refund 1234567.5 EUR
/promise a call in 2 hours
/promise something soon
/escalate team lead: wants a manager
/cause a double booking
/end escalated
"""


@pytest.fixture
def call(recovery: Recovery) -> Recovery:
    argv = ["start", "learn", "--customer", "Noor", "--ref", "C-7", "--channel", "phone", "--issue", "billing"]
    assert recovery(*argv, "--agent", "A. Agent", stdin=LINES).returncode == 0
    return recovery


def test_an_empty_log_says_how_to_begin(recovery: Recovery) -> None:
    assert "recovery start" in recovery("log", "list").stdout
    assert recovery("log", "list", "--json").stdout == ""
    assert "recovery start" in recovery("log", "show").stderr
    assert not recovery.data.exists(), "reading makes nothing"


def test_the_list_tells_the_same_to_people_and_to_scripts(call: Recovery) -> None:
    (row,) = [json.loads(line) for line in call("log", "list", "--json").stdout.splitlines()]
    (line,) = call("log", "list").stdout.splitlines()
    for key in ("id", "framework_name", "customer", "issue", "outcome"):
        assert str(row[key]) in line
    assert (row["promises"], row["steps_done"], row["steps_total"]) == (2, 2, 5)
    assert "just now" in line


def test_the_page_of_a_call_tells_everything_that_happened(call: Recovery) -> None:
    page = call("log", "show", "last").stdout
    document = call.last()
    told = [
        document["id"], "Noor", "C-7", "phone", "billing", "A. Agent", "angry", "escalated", "a double booking",
        "Noted: Charged twice", 'Own words: "I will see to it myself"', "Ticked: ", "Expected: a refund",
        "Skipped: no time", "Offered: refund 1,234,567.50 EUR", "Promised: a call, by ",
        "Promise: something soon, no date", "Escalated: to team lead: wants a manager", "On hold: for 0:00",
    ]  # fmt: skip
    for words in told:
        assert words in page


def test_the_json_of_a_call_is_the_stored_document_and_the_values_of_today(call: Recovery) -> None:
    (path,) = (call.data / "sessions").rglob("*.json")
    shown = call.last()
    assert shown.pop("current")["outcome"] == shown["outcome"]
    assert shown == json.loads(path.read_bytes())


@pytest.mark.parametrize("name", ["-1", "last"])
def test_a_call_is_named_by_its_place(call: Recovery, name: str) -> None:
    assert call("log", "show", name).returncode == 0


def test_an_option_that_is_none_is_no_call(call: Recovery) -> None:
    done = call("log", "show", "--jsn")
    assert done.returncode == 2
    assert "--json" in done.stderr


def test_a_broken_file_is_named_in_a_warning_and_the_rest_is_listed(call: Recovery) -> None:
    (path,) = (call.data / "sessions").rglob("*.json")
    for number in range(8):
        path.with_name(f"20261123T10000{number}-learn-aaaa.json").write_bytes(b"\0" * 10)
    done = call("log", "list", "--json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.count("warning: ") == 6
    assert "3 more files were skipped" in done.stderr


def test_a_folder_in_the_place_of_the_store_that_cannot_be_read_is_named(recovery: Recovery, tmp_path: Path) -> None:
    recovery.data.mkdir()
    (recovery.data / "sessions").write_text("in the way", encoding="utf-8")
    done = recovery("log", "list")
    assert done.returncode == 1
    assert str(recovery.data / "sessions") in done.stderr
    assert tmp_path.exists()


def test_a_call_in_two_frameworks_is_shown_in_the_order_of_its_time(recovery: Recovery) -> None:
    lines = "\n/skip no time\n/switch heart\nin the other one\n/mood calm\n/switch\n/end resolved\n"
    assert recovery("start", "learn", "--mood", "upset", stdin=lines).returncode == 0
    page = recovery("log", "show").stdout
    told = ["Mood: upset, then calm", "no time", "Switched: from learn to heart", "Noted: in the other one",
            "Switched: from heart to learn", "How it ended", "Not reached: "]  # fmt: skip
    assert [page.index(words) for words in told] == sorted(page.index(words) for words in told)
    unseen = [step["name"] for step in recovery.last()["steps"] if not step["visits"] and step["status"] == "open"]
    last_line = page.partition("Not reached: ")[2].splitlines()[0]
    assert unseen
    assert all(name in last_line for name in unseen)


def test_what_was_pasted_in_several_lines_passes_for_no_other_fact(recovery: Recovery) -> None:
    forged = "Noor\nOutcome: resolved"
    assert recovery("start", "learn", "--customer", forged, stdin="/end unresolved\n").returncode == 0
    page = recovery("log", "show").stdout.splitlines()
    assert [line for line in page if line.startswith("Outcome: ")] == ["Outcome: unresolved"]
    assert len(recovery("log", "list").stdout.splitlines()) == 1


def test_the_short_name_of_a_call_names_it_alone() -> None:
    ids = ["20261123T000000-learn-last", "20261123T010000-learn-2026", "20261123T020000-last-ab1d",
           "20261123T030000-blast-ab1d", "20261123T040000-heart-zz9z"]  # fmt: skip
    names = tails(ids)
    assert names[-1] == "zz9z"
    for call_id, name in zip(ids, names, strict=True):
        assert [found for found in ids if name in found] == [call_id]
        assert name != "last"
        assert not name.startswith("-")


def test_a_listed_short_name_shows_that_call(call: Recovery) -> None:
    document = call.last()
    assert json.loads(call("log", "show", tails([document["id"]])[0], "--json").stdout) == document


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=13), "13 days ago"),
    ],
)
def test_times_are_shown_as_people_say_them(before: timedelta, words: str) -> None:
    assert format_age(NOW - before, NOW) == words


def test_what_was_weeks_ago_or_is_ahead_is_shown_by_its_date() -> None:
    assert format_age(NOW - timedelta(days=40), NOW) == "2026-10-14"
    assert format_age(NOW + timedelta(days=1), NOW).startswith("2026-11-24")
