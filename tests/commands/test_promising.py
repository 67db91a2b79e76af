"""What a call promised and stated, as a shell sees it: nothing is invented, and nothing that was said is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.live.test_every_number import RULES

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery


def said(recovery: Recovery) -> list[str]:
    return [words["text"] for step in recovery.last()["steps"] for words in step["said"]]


@pytest.mark.parametrize("number", "123456789")
def test_what_is_said_in_a_pipe_promises_nothing_without_a_date(recovery: Recovery, number: str) -> None:
    done = recovery("start", "learn", "--channel", "phone", stdin=f"\n\n\n\n{number}\n\n/end resolved\n")
    assert done.returncode == 0, done.stderr
    assert recovery.last()["promises"] == []
    assert recovery("followups", "list", "--json").stdout == ""
    assert not [text for text in said(recovery) if RULES["promises"].search(text)]


@pytest.mark.parametrize("channel", ["phone", "chat", "email"])
def test_a_phrase_with_its_date_promises_and_is_followed_up(recovery: Recovery, channel: str) -> None:
    name = "call_by" if channel == "phone" else "write_by"
    numbers = "\n".join("123456789")
    lines = f"/goto notify\n/set {name} 2099-01-30 17:00\n{numbers}\n/end resolved\n"
    assert recovery("start", "learn", "--channel", channel, stdin=lines).returncode == 0
    (promise,) = recovery.last()["promises"]
    assert promise["due"].startswith("2099-01-30T17:00")
    listed = [json.loads(line) for line in recovery("followups", "list", "--json").stdout.splitlines()]
    assert [one["what"] for one in listed if one["kind"] == "promise"] == [promise["what"]]


def test_where_it_is_not_ours_no_number_admits_explains_or_promises(recovery: Recovery) -> None:
    lines = "/ours no\n\n\n8\n5\n6\n9\n\n\n/end resolved\n"
    assert recovery("start", "learn", "--channel", "phone", stdin=lines).returncode == 0
    call = recovery.last()
    assert (call["ours"], call["promises"]) == (False, [])
    assert not [text for text in said(recovery) if any(rule.search(text) for rule in RULES.values())]


def test_erasing_a_person_leaves_no_given_name_in_what_was_said(recovery: Recovery) -> None:
    thanks = "/said Thank you, Amira.\n/hold\n/back-on\n/end resolved\n"
    assert recovery("start", "learn", "--customer", "Amira Quill", stdin=thanks).returncode == 0
    assert recovery("start", "learn", "--customer", "Amira Quill", stdin="/said One moment, Amira.\n").returncode == 0
    other = "like Amira Quill last week\n/end resolved\n"
    assert recovery("start", "learn", "--customer", "Noor Vale", stdin=other).returncode == 0
    assert recovery("log", "erase", "--customer", "Amira Quill", "--yes").returncode == 0
    left = [path for path in recovery.data.rglob("*") if path.is_file() and b"amira" in path.read_bytes().lower()]
    assert left == []
    assert recovery.last()["customer"]["name"] == "Noor Vale"
