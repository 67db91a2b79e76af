"""The real command in other time zones: what was typed as local time is stored as local time."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.platforms import needs_zones

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

# Of each zone the days before summer time begins and ends, where it has one.
DAYS = {
    "Europe/Berlin": ("2026-03-28", "2026-10-24"),
    "America/New_York": ("2026-03-07", "2026-10-31"),
    "Pacific/Auckland": ("2026-04-04", "2026-09-26"),
    "Australia/Lord_Howe": ("2026-04-04", "2026-10-03"),
    "Asia/Kolkata": ("2026-01-14", "2025-07-16"),
}


@needs_zones
@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, days in DAYS.items() for day in days])
def test_a_call_that_is_entered_afterwards_has_the_day_and_hour_that_were_typed(
    recovery: Recovery, zone: str, day: str
) -> None:
    expected = datetime.fromisoformat(f"{day} 20:30").replace(tzinfo=ZoneInfo(zone)).isoformat()
    there = {"TZ": zone}

    lines = "/promise a call by tomorrow 9am\n/promise a letter in 2 hours\n/end resolved\n"
    done = recovery("log", "add", "last", "--at", f"{day} 20:30", stdin=lines, environ=there)

    assert done.returncode == 0, done.stderr
    call = json.loads(recovery("log", "show", "last", "--json", environ=there).stdout)
    assert call["started_at"] == expected
    assert call["id"].startswith(f"{day.replace('-', '')}T2030")
    assert (recovery.data / "sessions" / day.replace("-", "/") / f"{call['id']}.json").exists()
    assert call["zone"] == zone
    next_day = (datetime.fromisoformat(f"{day} 09:00") + timedelta(days=1)).replace(tzinfo=ZoneInfo(zone))
    assert call["promises"][0]["due"] == next_day.isoformat()
    assert call["promises"][1]["due"] == expected.replace("20:30", "22:30")
    figures = json.loads(recovery("log", "stats", "--json", environ=there).stdout)
    heat = figures["figures"]["heat"]
    assert heat[datetime.fromisoformat(day).weekday()][20] == 1
    for since, until, calls in ((day, day, 1), (f"{day} 20:30", f"{day} 20:30", 1), (f"{day} 20:31", "today", 0)):
        listed = recovery("log", "list", "--json", "--since", since, "--until", until, environ=there)
        assert len(listed.stdout.splitlines()) == calls, (since, until)


@pytest.mark.parametrize("at", ["1850-07-01 10:00", "1969-12-31 23:59", "1001-01-01 00:30"])
def test_a_call_of_any_year_is_stored_listed_and_amended(recovery: Recovery, at: str) -> None:
    there = {"TZ": "Europe/Berlin"}
    done = recovery("log", "add", "last", "--at", at, stdin="/end resolved\n", environ=there)
    assert done.returncode == 0, done.stderr
    call = json.loads(recovery("log", "show", "last", "--json", environ=there).stdout)
    assert call["started_at"][:16] == at.replace(" ", "T")
    amended = recovery("log", "amend", "last", "--summary", "from the archive", environ=there)
    assert amended.returncode == 0, amended.stderr
    listed = recovery("log", "list", "--since", at[:10], "--until", at[:10], environ=there)
    assert at[:10] in listed.stdout


@pytest.mark.parametrize("zone", ["XXX+1:02:03", "UTC+23:59:59", "XXX-23:59:59", "No/Such_Zone", "", ":", "?"])
def test_a_call_in_an_odd_zone_is_stored_amended_and_read_again(recovery: Recovery, zone: str) -> None:
    there = {"TZ": zone}
    lines = "/promise a call by tomorrow 5pm\n/end resolved\n"
    started = recovery("start", "last", stdin=lines, environ=there)
    assert started.returncode == 0, started.stderr
    name = json.loads(recovery("followups", "list", "--json", environ=there).stdout)["id"]
    for argv in (
        ("log", "amend", "last", "--summary", "settled"),
        ("followups", "done", name),
        ("followups", "snooze", name, "--undo"),
        ("log", "add", "last", "--at", "yesterday 9am"),
    ):
        done = recovery(*argv, stdin="/end resolved\n", environ=there)
        assert "should not have" not in done.stderr
        assert done.returncode == (1 if "snooze" in argv else 0), done.stderr
    for read_in in (there, {"TZ": "Europe/Berlin"}):
        listed = recovery("log", "list", "--json", environ=read_in)
        assert len(listed.stdout.splitlines()) == 2
        assert listed.returncode == 0
        # A name that no zone has is told, and nothing else.
        assert "names no time zone" in listed.stderr if read_in["TZ"] in {"No/Such_Zone", "?"} else not listed.stderr
    assert "settled" in recovery("log", "show", "last", "--json", environ=there).stdout


@pytest.mark.parametrize("zone", ["UTC+24", "UTC-24", "XXX+24:59:59"])
@pytest.mark.parametrize(
    "argv", [("start", "last"), ("log", "list"), ("followups", "due"), ("log", "add", "--at", "9am")]
)
def test_a_zone_a_day_from_utc_is_named_with_what_to_do(recovery: Recovery, zone: str, argv: tuple[str, ...]) -> None:
    done = recovery(*argv, stdin="/end resolved\n", environ={"TZ": zone})
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "recovery: the time zone of this computer is a day or more from UTC, which is not supported",
        "Nothing was changed.",
        "Set the variable TZ to your zone, for example TZ=Europe/Berlin, or unset it.",
    ]


def test_a_call_entered_afterwards_has_a_length_only_if_it_was_said(recovery: Recovery) -> None:
    for argv in ((), ("--length", "12m")):
        done = recovery("log", "add", "last", "--at", "2026-11-20 14:05", *argv, stdin="a note\n/end resolved\n")
        assert done.returncode == 0, done.stderr
    newest = [json.loads(line) for line in recovery("log", "list", "--json").stdout.splitlines()]
    assert sorted(call["seconds"] for call in newest) == [0, 720]
    timed = next(call for call in newest if call["seconds"])
    assert timed["ended_at"][11:16] == "14:17"
    assert "12:00 long" in recovery("log", "show", timed["id"]).stdout
    untimed = next(call for call in newest if not call["seconds"])
    assert " long" not in recovery("log", "show", untimed["id"]).stdout
    figures = json.loads(recovery("log", "stats", "--json").stdout)["figures"]
    assert (figures["calls"], figures["lengths"]["calls"], figures["lengths"]["median"]) == (2, 1, 720)
    assert {step["seconds"] for step in figures["steps"]} == {None}
    for words in ("soon", "9999d"):
        refused = recovery("log", "add", "last", "--at", "yesterday", "--length", words, stdin="")
        assert (refused.returncode, "--length" in refused.stderr) == (2, True), refused.stderr
