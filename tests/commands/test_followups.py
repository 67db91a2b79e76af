"""Promises kept: the commands as a shell sees them, over transcripts that lie in a real folder."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from recoverycli.session.transcript.model import TranscriptCustomer
from recoverycli.store.calls.archive import Archive
from tests import present
from tests.needs import with_own_mounts
from tests.platforms import has_mode, needs_zones
from tests.review.calls import a_call, promise, task
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.session.transcript.model import Call
    from tests.commands.recovery import Recovery

HOUR = timedelta(hours=1)
NOW = present.START.astimezone(UTC)


@pytest.fixture
def store(recovery: Recovery) -> Recovery:
    """A late promise, one for in three days, one without a date, and a task of the same call."""
    made = (
        promise(1, "call Ana back with the refund", NOW - 2.5 * HOUR), promise(2, "send the form", NOW + 72 * HOUR),
        promise(3, "look into it"),
    )  # fmt: skip
    keep(
        recovery,
        a_call(
            *made,
            customer=TranscriptCustomer("Ana", "C-7"),
            at=NOW - HOUR,
            tasks=(task(1, "Follow up: ask how it is"),),
        ),
    )
    return recovery


def keep(recovery: Recovery, call: Call) -> Path:
    return Archive(recovery.data).write(call)


def rows(recovery: Recovery, *argv: str) -> list[dict[str, Any]]:
    done = recovery("followups", "list", "--json", *argv)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def whats(recovery: Recovery, *argv: str) -> list[str]:
    return [row["what"] for row in rows(recovery, *argv)]


def test_an_empty_store_has_nothing_left_to_do_and_reading_makes_nothing(recovery: Recovery) -> None:
    assert recovery("followups", "list").stdout == "There are no open follow-ups.\n"
    assert recovery("followups", "list", "--json").stdout == ""
    assert recovery("followups", "due").stdout == "Nothing is due.\n"
    assert recovery("followups", "due", "--quiet").returncode == 0
    assert not recovery.data.exists()


def test_the_list_tells_the_same_to_people_and_to_scripts(store: Recovery) -> None:
    lines = store("followups", "list").stdout.splitlines()
    listed = rows(store)
    assert [row["id"] for row in listed] == ["ab1d-p1", "ab1d-p2", "ab1d-p3", "ab1d-t1"]
    for row, line in zip(listed, lines, strict=True):
        assert line.startswith(f"{row['id']}: ")
        assert row["what"] in line
    assert lines[0] == "ab1d-p1: 2 hours late, customer Ana, call Ana back with the refund"
    assert "no date" in lines[2]
    assert lines[3].endswith("a task")
    assert datetime.fromisoformat(listed[0]["due"]) == NOW - 2.5 * HOUR
    assert listed[0]["overdue"]


def test_a_promise_of_a_call_in_progress_is_listed_once_it_is_over(recovery: Recovery) -> None:
    lines = "/promise ring back in 2 hours\n/end callback\n"
    assert recovery("start", "learn", "--customer", "Noor", stdin=lines).returncode == 0
    (row,) = rows(recovery)
    assert (row["what"], row["due_said"], row["customer"]) == ("ring back", "in 2 hours", "Noor")
    assert "in 2 hours, customer Noor, ring back" in recovery("followups", "list").stdout


def test_done_keeps_how_it_went_twice_is_no_fault_and_undo_opens_it_again(store: Recovery) -> None:
    note = "refunded to 4111 1111 1111 1111"
    done = store("followups", "done", "ab1d-p1", "--satisfied", "yes", "--note", note)
    assert done.returncode == 0, done.stderr
    assert "call Ana back with the refund" in done.stdout
    assert "masked" in done.stdout
    assert "call Ana back with the refund" not in whats(store)
    (row,) = [row for row in rows(store, "--all") if row["done_at"]]
    assert (row["satisfied"], row["note"]) == (True, "refunded to **** **** **** 1111")
    assert "customer satisfied, refunded to" in store("followups", "list", "--all").stdout

    again = store("followups", "done", "ab1d-p1")
    assert (again.returncode, again.stdout.startswith("already done")) == (0, True)
    undone = store("followups", "done", "ab1d-p1", "--undo")
    assert undone.stdout.startswith("open again")
    assert whats(store)[0] == "call Ana back with the refund"
    assert store("followups", "done", "ab1d-p1", "--undo").stdout.startswith("already open")


def test_snooze_then_done_then_done_undone_leaves_the_snooze(store: Recovery) -> None:
    # At noon, so that it is never in the hour that comes twice or not at all.
    until = datetime.combine((NOW + 100 * HOUR).astimezone(), time(12)).astimezone()
    snoozed = store("followups", "snooze", "ab1d-p1", *f"{until:%Y-%m-%d %H:%M}".split())
    assert snoozed.returncode == 0, snoozed.stderr
    assert f"due {until:%Y-%m-%d %H:%M}" in snoozed.stdout
    assert store("followups", "done", "ab1d-p1").returncode == 0
    refused = store("followups", "snooze", "ab1d-p1", "in 2 hours")
    assert (refused.returncode, "--undo" in refused.stderr) == (1, True)
    assert store("followups", "done", "ab1d-p1", "--undo").returncode == 0
    due = {row["id"]: row["due"] for row in rows(store)}
    assert datetime.fromisoformat(due["ab1d-p1"]) == until
    assert store("followups", "snooze", "ab1d-p1", "--undo").stdout.startswith("moved back")
    assert store("followups", "snooze", "ab1d-p1", "--undo").stdout.startswith("it was not postponed")
    assert whats(store)[0] == "call Ana back with the refund"


def test_what_was_promised_stays_when_it_is_moved_until_the_customer_agrees(store: Recovery) -> None:
    store("config", "set", "agent", "Ben")
    first = f"{(NOW - 2.5 * HOUR).astimezone():%Y-%m-%d %H:%M}"
    later, agreed_on = (f"{NOW.astimezone() + timedelta(days=days):%Y-%m-%d} 12:00" for days in (8, 9))
    moved = store("followups", "snooze", "ab1d-p1", later)
    assert f"due {later}; promised: {first}" in moved.stdout
    (row,) = [row for row in rows(store) if row["id"] == "ab1d-p1"]
    assert (row["overdue"], row["moved_by"]) == (True, "Ben")
    assert datetime.fromisoformat(row["promised"]) == NOW - 2.5 * HOUR
    listed = store("followups", "list").stdout
    assert f"promised for {first}, moved by Ben on 20" in " ".join(listed.split())
    figures = json.loads(store("log", "stats", "--json").stdout)["figures"]["promises"]
    assert (figures["overdue"], figures["moved"], figures["undated"]) == (1, 1, 1)
    assert "promise is overdue" in store("log", "stats").stdout
    agreed = store("followups", "snooze", "ab1d-p1", agreed_on, "--agreed")
    assert "promised" not in agreed.stdout
    assert json.loads(store("log", "stats", "--json").stdout)["figures"]["promises"]["overdue"] == 0
    assert f"promised: {first}" in store("followups", "snooze", "ab1d-p1", "--undo").stdout


def test_what_was_done_earlier_is_recorded_with_its_time(store: Recovery) -> None:
    ahead, earlier = (f"{moment.astimezone():%Y-%m-%d %H:%M}" for moment in (NOW + 3 * HOUR, NOW - HOUR / 2))
    for words, why in ((ahead, "that is in the future"), ("gestern", "not a date"), ("2025-01-01", "before")):
        refused = store("followups", "done", "ab1d-p2", "--at", words)
        assert (refused.returncode, why in refused.stderr) == (2, True), refused.stderr
    done = store("followups", "done", "ab1d-p2", "--at", earlier)
    assert "send the form (ab1d-p2), " in done.stdout, done.stderr
    (row,) = [row for row in rows(store, "--all") if row["done_at"]]
    assert row["done_at"][:16] == earlier.replace(" ", "T")


def test_what_was_stored_lives_in_the_transcript_alone(store: Recovery, tmp_path: Path) -> None:
    assert store("followups", "done", "ab1d-p1", "--satisfied", "no").returncode == 0
    assert store("followups", "snooze", "ab1d-t1", "in 3 hours").returncode == 0
    before = rows(store, "--all")
    elsewhere = tmp_path / "elsewhere"
    for path in (store.data / "sessions").rglob("*.json"):
        target = elsewhere / path.relative_to(store.data)
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    shutil.rmtree(store.data)
    elsewhere.rename(store.data)
    assert rows(store, "--all") == before


@pytest.mark.parametrize("when", ["2020-01-01", "yesterday", "2 hours ago", "999 months"])
def test_a_time_that_is_over_or_beyond_all_is_refused(store: Recovery, when: str) -> None:
    refused = store("followups", "snooze", "ab1d-p1", when)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"recovery: {when}: not a future time\nFor example: ")
    assert len(refused.stderr.splitlines()) == 2


def test_a_date_far_away_is_said_once(store: Recovery) -> None:
    until = f"{NOW.date() + timedelta(days=200)} 17:00"
    snoozed = store("followups", "snooze", "ab1d-p1", *until.split())
    assert f", due {until}; promised: " in snoozed.stdout


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("snooze", "ab1d-p1", "gestern"), "not a date"),
        (("snooze", "ab1d-p1"), "a time is missing"),
        (("snooze", "ab1d-p1", "tomorrow", "--undo"), "--undo"),
        (("done", "ab1d-p1", "--satisfied", "perhaps"), "yes or no"),
        (("done", "ab1d-p1", "--undo", "--note", "x"), "--undo"),
        (("due", "--within", "soon"), "not a duration"),
        (("list", "--since", "gestern"), "not a date"),
        (("list", "--outcome", "resolvd"), "did you mean resolved?"),
        (("list", "--channel", "fone"), "did you mean phone?"),
    ],
)
def test_a_wrong_word_is_answered_and_changes_nothing(store: Recovery, argv: tuple[str, ...], says: str) -> None:
    (path,) = (store.data / "sessions").rglob("*.json")
    before = path.read_bytes()
    done = store("followups", *argv)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert path.read_bytes() == before


def test_a_name_that_is_none_or_may_be_several_is_answered_with_those(store: Recovery) -> None:
    keep(store, a_call(promise(1, "another"), tail="cd2e"))
    several = store("followups", "done", "p1")
    assert (several.returncode, "ab1d-p1, cd2e-p1" in several.stderr) == (1, True)
    assert "recovery followups list" in store("followups", "done", "zz").stderr
    (call_id,) = {row["call"] for row in rows(store, "--customer", "Ana")}
    assert store("followups", "done", f"{call_id}/p1").returncode == 0
    assert store("followups", "done", "cd2e").returncode == 0
    assert whats(store, "--limit", "1") == ["send the form"]


def test_two_windows_that_keep_different_promises_of_one_call_at_once_both_do(recovery: Recovery) -> None:
    keep(recovery, a_call(*(promise(number, f"promise {number}") for number in range(1, 7))))
    windows = [recovery.begin("followups", "done", f"ab1d-p{number}", "--note", str(number)) for number in range(1, 7)]
    for window in windows:
        _, err = window.communicate()
        assert window.returncode == 0, err
    assert whats(recovery) == []
    assert sorted((row["item"], row["note"]) for row in rows(recovery, "--all")) == [
        (f"p{n}", str(n)) for n in range(1, 7)
    ]


def test_due_is_what_is_late_or_soon_and_quiet_says_it_by_its_exit_code(store: Recovery) -> None:
    assert store("followups", "due").stdout == "ab1d-p1: 2 hours late, customer Ana, call Ana back with the refund\n"
    assert len(store("followups", "due", "--within", "4d").stdout.splitlines()) == 2
    for argv, code in (((), 1), (("--customer", "Ana"), 1), (("--customer", "Noor"), 0)):
        quiet = store("followups", "due", "--quiet", *argv)
        assert (quiet.returncode, quiet.stdout, quiet.stderr) == (code, "", "")
    assert store("followups", "done", "ab1d-p1").returncode == 0
    assert store("followups", "due", "--quiet").returncode == 0
    assert store("followups", "due", "--quiet", "--within", "4d").returncode == 1
    assert "exit code is 1" in " ".join(store("followups", "due", "--help").stdout.split())


def test_filters_narrow_and_the_names_stay_the_same(store: Recovery) -> None:
    keep(store, a_call(promise(1, "to Kim"), agent="Kim", channel="chat", outcome="resolved", at=NOW - 400 * HOUR))
    everything = {row["what"]: row["id"] for row in rows(store)}
    for argv in (["--agent", "kim"], ["--channel", "chat"], ["--outcome", "resolved"], ["--until", "2 weeks ago"]):
        (row,) = rows(store, *argv)
        assert (row["what"], row["id"]) == ("to Kim", everything["to Kim"])
    assert rows(store, "--framework", "other") == []
    assert "to Kim" not in whats(store, "--since", "a week ago")
    assert len(whats(store, "--since", "a week ago", "--until", "today")) == 4
    assert whats(store, "-n", "1") == ["call Ana back with the refund"]


def test_a_broken_transcript_is_a_warning_and_the_rest_is_listed(store: Recovery) -> None:
    (path,) = (store.data / "sessions").rglob("*.json")
    broken = path.with_name("20261123T100000-learn-aaaa.json")
    broken.write_bytes(b"\0" * 10)
    done = store("followups", "list")
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 4)
    assert str(broken) in done.stderr
    quiet = store("followups", "due", "--quiet")
    assert (quiet.returncode, quiet.stderr) == (1, "")
    assert broken.read_bytes() == b"\0" * 10


def test_strange_text_is_shown_and_never_obeyed(recovery: Recovery) -> None:
    keep(
        recovery,
        a_call(promise(1, "ring [red]Bob[/]\n\x1b[31mnow\u202e"), customer=TranscriptCustomer("\x07Ana\nlate")),
    )
    (line,) = recovery("followups", "list").stdout.splitlines()
    assert line == "ab1d-p1: no date, customer \\x07Ana late, ring [red]Bob[/] \\x1b[31mnow\\u202e"
    terminal = Terminal(recovery.home, "followups", "list", "--no-color")
    assert terminal.end() == 0
    assert "ring [red]Bob[/] \\x1b[31mnow\\u202e" in terminal.text
    assert not any(forbidden in terminal.raw for forbidden in (b"\x1b[31m", b"\x07", "\u202e".encode()))


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_drawn_list_fits_and_loses_no_word(store: Recovery, width: int) -> None:
    # A slow machine shows first how far the reading of past calls is, and takes that away again.
    terminal = Terminal(store.home, "followups", "list", "--no-color", columns=width, lines=40)
    assert terminal.end() == 0
    drawn = terminal.raw.decode()
    lines = drawn[drawn.index("when ") :].splitlines()
    assert max(map(len, lines)) <= width
    assert lines[1].startswith("2 hours late")
    words = set(" ".join(lines).split())
    assert {"ab1d-p1", "Ana", "back", "with", "refund", "ab1d-t1", "ask", "how"} <= words


def events(data: str) -> list[Any]:
    (calendar,) = vobject.readComponents(data)
    return list(calendar.contents.get("vevent", []))


def test_the_calendar_file_opens_elsewhere_with_the_due_times_right(store: Recovery, tmp_path: Path) -> None:
    target = tmp_path / "f.ics"
    berlin = {"TZ": "Europe/Berlin"}
    done = store("followups", "export", "--output", str(target), environ=berlin)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 without a date left out; 1 overdue (--past includes them) left out" in done.stderr
    assert [event.dtstart.value for event in events(target.read_text(encoding="utf-8"))] == [NOW + 72 * HOUR]
    assert has_mode(target, 0o600)
    past = store("followups", "export", "--past", "-o", "-", environ=berlin)
    assert [event.dtstart.value for event in events(past.stdout)] == [NOW - 2.5 * HOUR, NOW + 72 * HOUR]


@needs_zones
def test_a_snooze_over_the_october_change_is_right_on_the_wall_in_berlin(store: Recovery) -> None:
    berlin = {"TZ": "Europe/Berlin"}
    end_of_october = date(NOW.year + 1, 10, 31)
    changes = end_of_october - timedelta(days=end_of_october.isoweekday() % 7)
    for day, hour in ((changes - timedelta(days=1), 15), (changes, 16)):
        done = store("followups", "snooze", "ab1d-p1", f"{day}", "17:00", environ=berlin)
        assert f"due {day} 17:00" in done.stdout
        shown = events(store("followups", "export", "-o", "-", environ=berlin).stdout)
        moment = datetime.fromisoformat(f"{day}T{hour}:00:00+00:00")
        assert moment in [event.dtstart.value for event in shown]
    (event,) = [event for event in shown if event.dtstart.value == moment]
    assert int(event.sequence.value) == 2


def test_what_is_done_is_left_out_of_the_calendar_unless_all_is_asked_for(store: Recovery) -> None:
    store("followups", "done", "ab1d-p1")
    assert len(events(store("followups", "export", "-o", "-").stdout)) == 1
    shown = events(store("followups", "export", "-o", "-", "--all").stdout)
    assert min(event.summary.value for event in shown).startswith("Done: ")


def test_a_file_that_is_there_is_overwritten_with_yes_alone(store: Recovery, tmp_path: Path) -> None:
    target = tmp_path / "f.ics"
    target.write_text("mine", encoding="utf-8")
    refused = store("followups", "export", "-o", str(target))
    assert (refused.returncode, target.read_text(encoding="utf-8")) == (2, "mine")
    assert "--yes" in refused.stderr
    assert store("followups", "export", "-o", str(target), "--yes").returncode == 0
    assert len(events(target.read_text(encoding="utf-8"))) == 1
    assert store("followups", "export", "-o", str(tmp_path / "none" / "f.ics")).returncode == 2
    assert store("followups", "export", "-o", str(tmp_path)).returncode == 2
    assert {path.name for path in tmp_path.iterdir()} <= {"data", "f.ics"}


@pytest.mark.needs_own_mounts
def test_a_store_that_cannot_be_written_is_named_and_as_it_was(store: Recovery) -> None:
    before = rows(store, "--all")
    data = shlex.quote(str(store.data))
    mount = f"mount --bind {data} {data} && mount -o remount,ro,bind {data}"
    command = f"{mount} && {shlex.join(present.command('followups', 'done', 'ab1d-p1'))}"
    done = subprocess.run(
        with_own_mounts(command),
        capture_output=True,
        env=store.environ(),
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert str(store.data) in done.stderr
    assert "read-only" in done.stderr
    assert "The transcript was not changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert rows(store, "--all") == before
