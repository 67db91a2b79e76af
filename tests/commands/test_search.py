"""`log search` and `log list` as they are run: found by words, told alike to people and scripts, whatever was typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.store.calls.archive import Archive
from tests.synthetic import calls

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

WALKS = (
    ("Ana", "They were charged twice at the hotel.\n/end resolved\n"),
    ("Ben", "Charged twice. He was at the café again.\n/offer refund 20 EUR\n/end escalated\n"),
    ("山田", "返金を求めています\n/end unresolved\n"),
    ("Noor", "nothing of it\n/said The line was charged, twice I think\n/end resolved\n"),
)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Recovery:
    from tests.commands.recovery import Recovery

    recovery = Recovery(tmp_path_factory.mktemp("search"))
    for customer, lines in WALKS:
        assert recovery("start", "learn", "--customer", customer, stdin=lines).returncode == 0
    return recovery


def found(recovery: Recovery, *argv: str) -> list[dict[str, Any]]:
    done = recovery("log", "search", *argv, "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("typed", "customers"),
    [
        ('"charged twice" -hotel', {"Ben", "Noor"}),
        ("返金", {"山田"}),
        ("cafe", {"Ben"}),
        ("a AND (", set()),
        ("said:charged", {"Noor"}),
        ("offer:refund", {"Ben"}),
        ("customer:山田", {"山田"}),
        ("charg*", {"Ana", "Ben", "Noor"}),
    ],
)
def test_calls_are_found_by_their_words(stored: Recovery, typed: str, customers: set[str]) -> None:
    assert {call["customer"] for call in found(stored, typed)} == customers


def test_the_sentence_that_holds_the_words_is_shown_and_marked(stored: Recovery) -> None:
    (call,) = found(stored, "cafe again")
    assert (call["field"], call["sentence"]) == ("note", "He was at the café again.")
    assert [call["sentence"][start:end] for start, end in call["marks"]] == ["café again"]
    assert "note: He was at the *café again*." in stored("log", "search", "cafe again").stdout


def test_the_lines_tell_what_the_json_tells(stored: Recovery) -> None:
    told = found(stored, "charged", "--newest")
    lines = stored("log", "search", "charged", "--newest").stdout.splitlines()
    assert [call["id"] for call in told] == [line.partition(":")[0] for line in lines]
    for call, line in zip(told, lines, strict=True):
        assert call["customer"] in line
        assert call["outcome"] in line
        assert call["sentence"] in line.replace("*", "")


def test_the_order_is_by_fit_or_by_time(stored: Recovery) -> None:
    newest = [call["started_at"] for call in found(stored, "charged", "--newest")]
    assert newest == sorted(newest, reverse=True)
    assert [call["started_at"] for call in found(stored, "charged", "--oldest")] == newest[::-1]
    ranks = [call["rank"] for call in found(stored, "charged twice")]
    assert ranks == sorted(ranks)


def test_filters_narrow_a_search_and_what_is_left_out_is_said(stored: Recovery) -> None:
    assert {call["customer"] for call in found(stored, "charged", "--outcome", "resolved")} == {"Ana", "Noor"}
    done = stored("log", "search", "charged", "-n", "1", "--json")
    assert len(done.stdout.splitlines()) == 1
    assert "1 of 3 calls" in done.stderr


@pytest.mark.parametrize("typed", ["(", '"', "-", "* *", "^", "''"])
def test_without_a_word_it_says_so(stored: Recovery, typed: str) -> None:
    done = stored("log", "search", "--", typed)
    assert done.returncode == 2
    assert "no word" in done.stderr


def test_nothing_found_says_how_to_find_more(stored: Recovery) -> None:
    done = stored("log", "search", "zzz")
    assert done.returncode == 0
    assert "No calls match: zzz" in done.stdout


def test_the_list_tells_scripts_and_people_the_same_of_every_call(recovery: Recovery) -> None:
    archive = Archive(recovery.data)
    for call in calls(60, seed=12, days=10):
        archive.write(call)
    told = [json.loads(line) for line in recovery("log", "list", "--json").stdout.splitlines()]
    lines = recovery("log", "list").stdout.splitlines()
    assert len(told) == len(lines) == 60
    for row, line in zip(told, lines, strict=True):
        for key in ("id", "framework_name", "customer", "issue"):
            assert row[key] is None or str(row[key]) in line
        assert (row["outcome"] or "") in line or row["state"] == "abandoned"
        assert (f"overdue {row['overdue']}" in line) is bool(row["overdue"])
    assert [row["started_at"] for row in told] == sorted((row["started_at"] for row in told), reverse=True)
    late = [json.loads(line) for line in recovery("log", "list", "--overdue", "--json").stdout.splitlines()]
    assert [row["id"] for row in late] == [row["id"] for row in told if row["overdue"]]


def test_an_index_that_cannot_be_written_is_said_in_a_line_and_the_list_is_right(stored: Recovery) -> None:
    index = stored.data / "index.sqlite3"
    index.unlink()
    index.mkdir()
    try:
        done = stored("log", "list", "--json")
        assert len(done.stdout.splitlines()) == len(WALKS)
        assert done.stderr.count("\n") == 1
        assert "slower" in done.stderr
    finally:
        index.rmdir()


def test_a_call_that_has_ended_is_in_the_index_before_anybody_reads(recovery: Recovery) -> None:
    import sqlite3

    for number in (1, 2):
        assert recovery("start", "learn", stdin="/end resolved\n").returncode == 0
        with sqlite3.connect(recovery.data / "index.sqlite3") as connection:
            assert connection.execute("SELECT count(*) FROM call").fetchone() == (number,)
