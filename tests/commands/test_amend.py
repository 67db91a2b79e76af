"""What was noted wrongly is put right: what stood there stays readable, and it can be taken back."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.review.corrections import corrections, undo_correction
from recoverycli.session.transcript.amendments import current_call
from recoverycli.store.calls.amend import amend
from recoverycli.store.calls.archive import Archive
from recoverycli.store.calls.transcript_file import Stored, read_stored
from recoverycli.team.share import shared_bytes
from tests.review.calls import NOW, a_call
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from recoverycli.settings.model import Share
    from tests.commands.recovery import Recovery


@pytest.fixture
def path(recovery: Recovery) -> Path:
    return Archive(recovery.data).write(a_call(tail="aa01", outcome="unresolved", summary="wrong"))


def raw(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


def test_it_says_what_was_what_is_and_how_to_take_it_back(recovery: Recovery, path: Path) -> None:
    before = raw(path)
    done = recovery("log", "amend", "last", "--outcome", "Resolved", "--cause", " a double booking ")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    for words in ("outcome was unresolved, is resolved now", "cause was open, is a double booking now", "--undo"):
        assert words in line
    after = raw(path)
    made = after.pop("amendments")
    assert [(one["field"], one["old"], one["new"]) for one in made] == [
        ("outcome", "unresolved", "resolved"), ("root_cause", None, "a double booking"),
    ]  # fmt: skip
    assert after == {key: value for key, value in before.items() if key != "amendments"}
    (row,) = recovery("log", "list", "--json").stdout.splitlines()
    assert json.loads(row)["outcome"] == "resolved"


def test_what_it_says_already_is_no_change(recovery: Recovery, path: Path) -> None:
    before = path.read_bytes()
    assert "already set" in recovery("log", "amend", "aa01", "--summary", "wrong").stdout
    assert path.read_bytes() == before


def test_undo_takes_the_last_command_back_and_then_the_one_before(recovery: Recovery, path: Path) -> None:
    recovery("log", "amend", "aa01", "--summary", "right")
    recovery("log", "amend", "aa01", "--outcome", "callback", "--issue", "late")
    assert "issue was late, is open now" in recovery("log", "amend", "aa01", "--undo").stdout
    (shown,) = recovery("log", "list", "--json").stdout.splitlines()
    row = json.loads(shown)
    assert (row["outcome"], row["issue"], row["summary"]) == ("unresolved", None, "right")
    assert "summary was right, is wrong now" in recovery("log", "amend", "aa01", "--undo").stdout
    last = path.read_bytes()
    assert "no change to undo" in recovery("log", "amend", "aa01", "--undo").stdout
    assert path.read_bytes() == last
    assert len(raw(path)["amendments"]) == 6, "nothing is ever taken out"


def test_an_empty_text_takes_a_value_out_and_open_the_outcome(recovery: Recovery, path: Path) -> None:
    assert recovery("log", "amend", "aa01", "--summary", "", "--outcome", "open").returncode == 0
    assert [one["new"] for one in raw(path)["amendments"]] == [None, None]


def test_a_card_number_is_never_written(recovery: Recovery, path: Path) -> None:
    done = recovery("log", "amend", "aa01", "--cause", "paid with 4111 1111 1111 1111")
    assert "masked" in done.stdout
    assert b"4111 1111" not in path.read_bytes()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("aa01",), "a value to change is required"),
        (("aa01", "--outcome", "resolvd"), "did you mean resolved"),
        (("aa01", "--undo", "--issue", "x"), "--undo cannot be combined with other options"),
        (("aa01", "--outcom", "resolved"), "recovery log amend"),
        ((), "recovery log amend"),
    ],
    ids=str,
)
def test_wrong_usage_changes_nothing(recovery: Recovery, path: Path, argv: tuple[str, ...], told: str) -> None:
    before = path.read_bytes()
    done = recovery("log", "amend", *argv)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert path.read_bytes() == before


def test_on_a_terminal_it_asks_what_and_how(recovery: Recovery, path: Path) -> None:
    terminal = Terminal(recovery.home, "--plain", "log", "amend", "aa01")
    terminal.expect("Which value should change?", "4: summary: wrong")
    terminal.say("4")
    terminal.expect("The summary is")
    terminal.say("all is well")
    terminal.expect("summary was wrong, is all is well now")
    assert terminal.end() == 0
    assert raw(path)["amendments"][0]["new"] == "all is well"


def test_undo_goes_back_through_any_changes_to_where_it_began(tmp_path: Path) -> None:
    stored = Archive(tmp_path).write(a_call(tail="aa01"))
    steps = [{"issue": "a"}, {"issue": "b", "summary": "x"}, {"issue": "a"}, {"outcome": "resolved"}, {"issue": "c"}]
    seen: list[Call] = []
    moment = NOW
    for step in steps:
        moment += timedelta(minutes=1)
        seen.append(current_call(amend(stored, moment, lambda call, step=step: corrections(call, step)).call))  # type: ignore[misc]
    values = []
    while True:
        moment += timedelta(minutes=1)
        before = stored.read_bytes()
        call = current_call(amend(stored, moment, undo_correction).call)
        if stored.read_bytes() == before:
            break
        values.append((call.issue, call.summary, call.outcome))
    assert values[0] == (seen[3].issue, "x", "resolved")
    assert values[-1] == (None, None, None)


def test_what_was_forgotten_is_added_and_found_everywhere(recovery: Recovery, path: Path) -> None:
    done = recovery(
        "log", "amend", "last", "--note", "She called twice", "--offer", "refund 20 EUR", "--promise",
        "send a letter by 31 December 5pm", "--customer", "Noor Dahl", "--ref", "C-7", "--mood", "calm", "--severity",
        "severe", "--ours", "yes", "--repeated", "no",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "note added: She called twice" in done.stdout
    page = recovery("log", "show", "last").stdout
    for words in (
        "Noted: She called twice", "Offer: refund 20 EUR", "Promise: send a letter", "Noor Dahl", "C-7",
        "Our fault: yes", "Repeated: no", "Severity: severe", "calm",
    ):  # fmt: skip
        assert words in page
    assert [json.loads(line)["customer"] for line in recovery("log", "list", "--json").stdout.splitlines()] == [
        "Noor Dahl"
    ]
    assert "aa01" in recovery("log", "search", "called twice").stdout
    assert "send a letter" in recovery("followups", "list").stdout
    assert recovery("followups", "done", "p1").returncode == 0
    assert {one["old"] for one in raw(path)["amendments"] if one["field"] == "severity"} != {"severe"}


def test_an_added_note_can_be_undone_and_another_is_added_beside_it(recovery: Recovery, path: Path) -> None:
    recovery("log", "amend", "last", "--note", "first", "--note", "second")
    assert recovery("log", "amend", "last", "--undo").returncode == 0
    assert "Noted: first" not in recovery("log", "show", "last").stdout
    recovery("log", "amend", "last", "--note", "third")
    page = recovery("log", "show", "last").stdout
    assert "Noted: third" in page
    assert "Noted: second" not in page
    assert [one["field"] for one in raw(path)["amendments"]][-1] == "notes.3"


@pytest.mark.parametrize(
    ("option", "words"),
    [("--offer", "refund 5.000"), ("--mood", "furious"), ("--ours", "perhaps"), ("--note", " "), ("--promise", "")],
)
def test_words_that_fit_no_field_change_nothing(recovery: Recovery, path: Path, option: str, words: str) -> None:
    before = path.read_bytes()
    assert recovery("log", "amend", "last", option, words).returncode == 2
    assert path.read_bytes() == before


def test_a_card_number_in_what_is_added_is_masked(recovery: Recovery, path: Path) -> None:
    recovery("log", "amend", "last", "--note", "charged to 4111 1111 1111 1111")
    assert b"4111 1111" not in path.read_bytes()


def test_a_customer_who_was_named_afterwards_is_found_when_erased(recovery: Recovery, path: Path) -> None:
    recovery("log", "amend", "last", "--customer", "Ola Nordmann")
    done = recovery("log", "erase", "--customer", "Ola Nordmann", "--yes")
    assert done.returncode == 0, done.stderr
    assert not path.exists()


@pytest.mark.parametrize("share", ["no-names", "numbers"])
def test_what_leaves_the_desk_has_no_name_that_was_added_afterwards(
    recovery: Recovery, path: Path, share: Share
) -> None:
    recovery("log", "amend", "last", "--customer", "Ola Nordmann", "--note", "Ola Nordmann called twice")
    stored = read_stored(path)
    assert isinstance(stored, Stored)
    assert b"Nordmann" not in shared_bytes(stored, share)
