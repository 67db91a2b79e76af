"""A call by pipe, through the real command: what is kept, and what is said when something cannot be."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from recoverycli.session.transcript.current import transcript_schema
from recoverycli.store.journal.reader import read_journal
from tests import present
from tests.needs import with_own_mounts
from tests.platforms import needs_signals

if TYPE_CHECKING:
    from tests.commands.recovery import Recovery

ROOT = Path(__file__).parents[2]
# What decides the ways of the playbooks: a script is never taken along one that nobody chose.
ANSWERS = {
    "double-charge": ("identity_checked=yes", "charges=two charges", "fees=no"),
    "parcel-not-there": ("found=no", "address=right", "identity_checked=yes", "tier=gold", "gold_wish=refund"),
    "verify-identity": ("identity_checked=yes",),
    "cancellation": (
        "identity_checked=yes",
        "reason=price",
        "contract=monthly",
        "began_on=90 days ago",
        "still_open=10",
        "paid_ahead=0",
    ),
    "complaint-about-person": ("safe=yes", "about=no help", "wants_answer=no", "enough=not done"),
    "missing-or-damaged": (
        "identity_checked=yes",
        "wrong=missing",
        "came_on=3 days ago",
        "item_price=10",
        "reports=0",
        "wish=money back",
    ),
    "outage": (
        "identity_checked=yes",
        "at_risk=no",
        "cause=our network",
        "works_again=yes",
        "hours_down=5",
        "plan=basic",
        "other_costs=no",
    ),
    "price-or-fee": (
        "identity_checked=yes",
        "about=fee",
        "fee=10",
        "fee_for=service",
        "named_before=no",
        "given_back=0",
    ),
    "refund-outside-period": (
        "identity_checked=yes",
        "received_on=3 days ago",
        "state=unused",
        "tier=standard",
        "late_because=illness",
    ),
}
BUILT_IN = sorted(path.stem for path in (ROOT / "frameworks").glob("*.yaml"))
DOUBLE_CHARGE = (
    "Charged twice on the March bill\n1\n\nVery upset, second time\n2\n\n1\n\n/offer refund 20\n"
    "/promise send a corrected bill by tomorrow 5pm\n\n1\n\n/end resolved\n"
)


def test_a_double_charge_is_walked_to_its_transcript(recovery: Recovery) -> None:
    argv = ["start", "learn", "--customer", "A. Customer", "--channel", "phone", "--issue", "billing"]
    done = recovery(*argv, stdin=DOUBLE_CHARGE)
    assert done.returncode == 0, done.stderr
    call = recovery.last()
    assert done.stdout.splitlines()[-1].endswith(f"{call['id']}.json")
    steps = {step["id"]: step for step in call["steps"]}
    assert list(steps) == ["listen", "empathize", "apologize", "resolve", "notify"]
    assert [note["text"] for note in steps["listen"]["notes"]] == ["Charged twice on the March bill"]
    assert [note["text"] for note in steps["empathize"]["notes"]] == ["Very upset, second time"]
    said = [words["text"] for step in call["steps"] for words in step["said"]]
    assert len(said) == 4
    assert not any("{" in text or "}" in text for text in said)
    assert [(offer["remedy"], offer["value"]) for offer in call["offers"]] == [("refund", 20.0)]
    (promise,) = call["promises"]
    due = datetime.fromisoformat(promise["due"])
    tomorrow = datetime.fromisoformat(call["started_at"]).date() + timedelta(days=1)
    assert (due.date(), due.hour, due.minute) == (tomorrow, 17, 0)
    assert due.utcoffset() == due.replace(tzinfo=None).astimezone().utcoffset()
    assert call["outcome"] == "resolved"


@pytest.mark.parametrize("framework", BUILT_IN)
def test_every_framework_walks_to_its_end_by_pipe(recovery: Recovery, framework: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="a development package that every make target installs")
    answers = [one for answer in ANSWERS.get(framework, ()) for one in ("--set", answer)]
    done = recovery("start", framework, *answers, stdin="1\n\n" * 12)
    assert done.returncode == 0, done.stderr
    call = recovery.last()
    assert {step["status"] for step in call["steps"]} == {"done"}
    # A phrase with a gap is not said in a pipe, and what is written down or learned has no words to say.
    assert all(len(step["said"]) <= 1 for step in call["steps"])
    assert any(step["said"] for step in call["steps"])
    jsonschema.validate(call, transcript_schema())


@pytest.mark.parametrize("playbook", ANSWERS)
def test_six_empty_lines_never_end_on_a_branch_whose_question_was_not_answered(
    recovery: Recovery, playbook: str
) -> None:
    done = recovery("start", playbook, stdin="\n" * 6)
    assert done.returncode == 0, done.stderr
    assert "the way on depends on: " in done.stdout
    assert "recovery resume" in done.stdout
    assert recovery("log", "list", "--json").stdout == ""


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("charged_on=banana", "charged_on is a date, and banana is none"),
        ("charged_on=tomorrow", "charged_on is today or earlier"),
        ("amount=a lot", "amount is an amount, and a lot is none"),
        ("amount=5.000", "5.000 can be 5 or 5000"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_before_the_call(recovery: Recovery, value: str, why: str) -> None:
    done = recovery("start", "double-charge", "--set", value, stdin="")
    assert done.returncode == 2
    assert why in done.stderr


def test_all_frameworks_playbooks_and_cards_are_built_in() -> None:
    assert len(BUILT_IN) == 32


def test_the_end_of_input_with_open_steps_pauses_and_says_how_to_go_on(recovery: Recovery) -> None:
    done = recovery("start", "learn", stdin="a note\n")
    assert done.returncode == 0
    assert "recovery resume" in done.stdout
    assert recovery("log", "list", "--json").stdout == ""
    done = recovery("resume", stdin="another note\n/end callback\n")
    assert done.returncode == 0, done.stderr
    call = recovery.last()
    assert [note["text"] for note in call["steps"][0]["notes"]] == ["a note", "another note"]
    assert call["outcome"] == "callback"


def test_a_last_line_without_its_end_is_read(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="/end resolved")
    assert recovery.last()["outcome"] == "resolved"


def test_another_open_call_is_mentioned(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="a note\n")
    done = recovery("start", "last", stdin="/end resolved\n")
    assert "still open" in done.stdout + done.stderr


def test_hostile_lines_are_stored_as_text_and_shown_escaped(recovery: Recovery) -> None:
    hostile = b"\x1b]0;owned\x07 \x00 [red]x[/red] \x1b[2J\n"
    long = b"x" * 100_000 + b"\n"
    done = recovery("start", "learn", stdin=hostile + long + b"/end resolved\n")
    assert done.returncode == 0, done.stderr
    notes = [note["text"] for note in recovery.last()["steps"][0]["notes"]]
    assert "[red]x[/red]" in notes[0]
    assert "\x1b]0;owned\x07" in notes[0]
    assert notes[1] == "x" * 100_000
    for shown in (done.stdout, recovery("log", "show").stdout):
        assert "\x1b" not in shown
        assert "\x00" not in shown
        assert "\\x1b" in shown


def test_every_confirmed_line_survives_a_kill(recovery: Recovery) -> None:
    """SIGKILL after each confirmed line of a walk, then resume, to the end of the walk."""
    lines = ["first", "1", "/tick 1", "", "second", "/mood angry", "/offer refund 5", "/promise x by tomorrow 5pm", ""]
    argv: tuple[str, ...] = ("start", "learn")
    for number, line in enumerate(lines):
        process = recovery.begin(*argv)
        assert process.stdin is not None
        journal = the_journal(recovery, process)
        before = journal.stat().st_size if journal.exists() else 0
        process.stdin.write(line.encode() + b"\n")
        process.stdin.flush()
        wait_until_longer(journal, before, process)
        process.kill()
        process.communicate()
        assert len(read_journal(journal).events) >= number + 2
        argv = ("resume",)
    assert recovery("resume", stdin="/end resolved\n").returncode == 0
    call = recovery.last()
    listen, empathize, apologize, *_ = call["steps"]
    assert [note["text"] for note in listen["notes"]] == ["first"]
    assert len(listen["said"]) == 1
    assert len(listen["ticked"]) == 1
    assert [note["text"] for note in empathize["notes"]] == ["second"]
    assert [mood["mood"] for mood in call["moods"]] == ["angry"]
    assert len(call["offers"]) == len(call["promises"]) == 1
    assert empathize["status"] == "done"
    assert apologize["visits"]


def the_journal(recovery: Recovery, process: subprocess.Popen[bytes]) -> Path:
    """The journal of the only call, once the process has put its first line (or its resumption) there."""
    assert process.stdout is not None
    while True:
        line = process.stdout.readline()
        assert line, process.communicate()
        if line.startswith(b"Say 1:"):
            break
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    return journal


def wait_until_longer(journal: Path, size: int, process: subprocess.Popen[bytes]) -> None:
    while journal.stat().st_size <= size:
        assert process.poll() is None, process.communicate()


def test_two_calls_at_once_end_in_two_transcripts_and_an_open_one_is_not_resumed(recovery: Recovery) -> None:
    first, second = recovery.begin("start", "learn"), recovery.begin("start", "last")
    for process in (first, second):
        assert process.stdout is not None
        while not process.stdout.readline().startswith(b"Say 1:"):
            assert process.poll() is None
    # The first screen is painted before the call is held.
    while len(list((recovery.data / "live").glob("*.lock"))) < 2:
        assert first.poll() is second.poll() is None
    refused = recovery("resume", "learn")
    assert refused.returncode == 1
    assert f"process {first.pid}" in refused.stderr
    for process, note in ((first, b"one\n"), (second, b"two\n")):
        process.communicate(note + b"/end resolved\n")
        assert process.returncode == 0
    shown = [json.loads(line) for line in recovery("log", "list", "--json").stdout.splitlines()]
    assert {row["framework"] for row in shown} == {"learn", "last"}


def test_a_call_that_was_damaged_says_so_once_continues_and_the_doctor_names_the_file(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="/note kept\n/pause\n")
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    with journal.open("ab") as file:
        file.write(b'{"event":"noted","at":"2026-\0\n{"event":"no')
    told = "2 lines of this call cannot be read; they are still in the journal; see recovery doctor"
    first, second = recovery("resume", stdin="/pause\n"), recovery("resume", stdin="/pause\n")
    assert told in first.stdout
    assert "cannot be read" not in second.stdout + second.stderr
    assert str(journal.with_suffix(".unread")) in recovery("doctor").stdout
    assert recovery("resume", stdin="/end resolved\n").returncode == 0


def test_the_resumed_process_is_the_one_that_is_named(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="a note\n")
    process = recovery.begin("resume")
    assert process.stdout is not None
    while not process.stdout.readline().startswith(b"Say 1:"):
        assert process.poll() is None
    assert f"process {process.pid}" in recovery("resume").stderr
    process.communicate(b"/end resolved\n")


@needs_signals
def test_an_interrupt_keeps_the_call_and_ends_with_130(recovery: Recovery) -> None:
    process = recovery.begin("start", "learn")
    the_journal(recovery, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert recovery("resume", stdin="/end resolved\n").returncode == 0


def test_an_interrupt_ends_with_130_whatever_python_was_at(tmp_path: Path) -> None:
    # Python remembers an interrupt within code that was made from text, and would end by a signal of its own.
    (tmp_path / "interrupted.py").write_text(
        "import recoverycli.__main__ as tool, recoverycli.commands.app as app\n"
        "app.invoke = lambda _: exec('raise KeyboardInterrupt')\n"
        "tool.main()\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-m", "interrupted", "start"], cwd=tmp_path, check=False)
    assert done.returncode == 130


def limit_files(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_disk_that_is_full_in_mid_call_names_the_path_and_keeps_the_journal(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="a note\n")
    (journal,) = (recovery.data / "live").glob("*.jsonl")
    size = journal.stat().st_size
    # Coverage would want to write a file of its own.
    measured = {key: "" for key in os.environ if key.startswith("COV")}
    done = recovery("resume", stdin="x" * 5000 + "\n", before=lambda: limit_files(size + 2000), environ=measured)
    assert done.returncode == 1
    assert str(journal) in done.stderr
    assert "Everything before this line is stored" in done.stderr
    assert "Traceback" not in done.stderr
    assert recovery("resume", stdin="/end resolved\n").returncode == 0
    assert [note["text"] for note in recovery.last()["steps"][0]["notes"]] == ["a note"]


@pytest.mark.needs_own_mounts
@pytest.mark.parametrize(
    ("mount", "says"),
    [("-o size=8k", "the disk is full"), ("-o ro", "the disk is read-only")],
    ids=["full", "read-only"],
)
def test_a_full_or_read_only_disk_is_named_before_the_first_question(
    recovery: Recovery, tmp_path: Path, mount: str, says: str
) -> None:
    recovery.data.mkdir()
    command = f"mount -t tmpfs {mount} none '{recovery.data}' && {shlex.join(present.command('start', 'learn'))}"
    done = subprocess.run(
        with_own_mounts(command),
        input="a note\n",
        capture_output=True,
        env=recovery.environ(),
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert says in done.stderr
    assert str(recovery.data) in done.stderr
    assert "Goal" not in done.stdout


def test_a_file_in_the_place_of_the_data_folder_is_named(recovery: Recovery) -> None:
    recovery.data.write_text("mine", encoding="utf-8")
    done = recovery("start", "learn", stdin="a note\n")
    assert done.returncode == 1
    assert str(recovery.data) in done.stderr
    assert "a file is where a folder should be" in done.stderr
    assert recovery.data.read_text(encoding="utf-8") == "mine"


def test_a_card_number_in_an_option_never_reaches_the_disk(recovery: Recovery) -> None:
    recovery("start", "learn", "--ref", "4111 1111 1111 1111", stdin="/end resolved\n")
    assert recovery.last()["customer"]["ref"] == "**** **** **** 1111"
    assert recovery.last()["redactions"] == 1


def test_a_transcript_of_a_newer_tool_keeps_its_unknown_keys_when_shown(recovery: Recovery) -> None:
    recovery("start", "learn", stdin="/end resolved\n")
    (path,) = (recovery.data / "sessions").rglob("*.json")
    document = {**msgspec.json.decode(path.read_bytes()), "from_the_future": {"a": [1, 2]}}
    path.write_bytes(msgspec.json.encode(document))
    assert recovery.last()["from_the_future"] == {"a": [1, 2]}
