"""A customer who calls again, and calls that are still open: known by their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.terminal.calls import started

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery


@pytest.fixture
def known(recovery: Recovery) -> Recovery:
    """Two earlier calls of Noor Dahl, and one of somebody whose name holds hers."""
    for lines, options in (
        ("/promise a letter by 31 December 5pm\n/summary Charged twice\n/end unresolved\n", ("--issue", "billing")),
        ("/end resolved\n", ("--issue", "delivery", "--ref", "C-7")),
    ):
        recovery("start", "learn", "--customer", "Noor Dahl", *options, stdin=lines)
    recovery("start", "learn", "--customer", "Noor Dahlberg", "--issue", "billing", stdin="/end escalated\n")
    recovery("log", "list")
    return recovery


def test_the_start_says_what_is_known_of_the_customer(known: Recovery) -> None:
    page = known("start", "learn", "--customer", "noor dahl", "--issue", "billing", stdin="/pause\n").stdout
    assert "2 earlier calls" in page
    assert "delivery, resolved" in page
    assert "1 promise still open" in page
    assert "billing 1 time before; /repeated yes" in page.replace(": /repeated", "; /repeated")


def test_a_name_or_reference_that_is_learnt_in_the_call_says_it_too_and_sets_nothing(known: Recovery) -> None:
    lines = "/customer Ana\n/customer Noor Dahl\n/ref C-7\n/end\n\n"
    page = known("start", "learn", stdin=lines).stdout.splitlines()
    assert "2 earlier calls" in next(line for line in page if line.startswith("customer: Noor Dahl"))
    assert "2 earlier calls" in next(line for line in page if line.startswith("reference: C-7"))
    assert "earlier" not in next(line for line in page if line.startswith("customer: Ana"))
    assert known.last()["repeated"] is None


def test_history_shows_the_calls_and_the_open_promises(known: Recovery) -> None:
    page = known("start", "learn", stdin="/history\n/customer Noor Dahl\n/history\n/pause\n").stdout
    assert "who is calling?" in page
    assert "billing, unresolved, Charged twice" in page
    assert re.search(r"Still open: a letter, by \w{3} 31 Dec \d{4}, 17:00", page)
    assert "escalated" not in page
    assert "Perhaps the same: Noor Dahlberg" not in page


def test_who_is_perhaps_the_same_customer_is_named_apart(known: Recovery) -> None:
    page = known("start", "learn", stdin="/customer Mrs Dahl\n/history\n/ref C-7\n/pause\n").stdout
    assert "perhaps the same customer: Noor Dahl (1 call); Noor Dahl, C-7 (1 call)" in page
    assert "Perhaps the same: Noor Dahl (1 call), a part of the name" in page
    assert "1 earlier call" in next(line for line in page.splitlines() if line.startswith("reference: C-7"))


def test_the_mention_of_an_open_call_names_the_customer_and_the_issue(recovery: Recovery) -> None:
    recovery("start", "learn", "--customer", "Noor Dahl", "--issue", "billing", stdin="/pause\n")
    assert "still open: Noor Dahl, billing, " in recovery("start", "heart", stdin="/pause\n").stdout


@pytest.mark.parametrize("word", ["dahl", "billing", "c-7", "Noor Dahl"])
def test_resume_takes_a_name_a_reference_or_an_issue(recovery: Recovery, word: str) -> None:
    recovery("start", "learn", "--customer", "Noor Dahl", "--issue", "billing", "--ref", "C-7", stdin="/pause\n")
    recovery("start", "heart", "--customer", "Ana", stdin="/pause\n")
    done = recovery("resume", word, stdin="/end resolved\n")
    assert done.returncode == 0, done.stderr
    assert recovery.last()["customer"]["name"] == "Noor Dahl"


def test_a_word_that_means_several_open_calls_lists_them_by_name(recovery: Recovery) -> None:
    for name in ("Noor Dahl", "Ana Dahl"):
        recovery("start", "learn", "--customer", name, stdin="/pause\n")
    done = recovery("resume", "dahl")
    assert done.returncode == 1
    assert "2 open calls match dahl" in done.stderr
    assert "Noor Dahl (" in done.stderr


def test_on_a_terminal_the_open_calls_are_chosen_by_name(tmp_path: Path, recovery: Recovery) -> None:
    for name in ("Noor Dahl", "Ana Quill"):
        recovery("start", "learn", "--customer", name, stdin="/pause\n")
    terminal = started(tmp_path, "resume", prompt="Which call?")
    terminal.expect("Noor Dahl, ", "Ana Quill, ")
    terminal.press("enter")
    terminal.expect("? help")
    terminal.say("/pause")
    assert terminal.end() == 0
