"""Many processes at once in one data folder: calls, changes, deletions and a fresh index, and nothing gets lost."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests import present
from tests.commands.recovery import Recovery
from tests.faults.trials import FACT, UNEXPECTED, Trial, confirmed

if TYPE_CHECKING:
    from pathlib import Path

# What is said where another window was faster: the call is gone, or it is open there.
_FASTER = ("no call", "there is no", "is open in another window", "no longer exists", "is no longer open")


def begin(recovery: Recovery, *argv: str, stdin: str = "") -> subprocess.Popen[str]:
    """Start a command and give it all of its lines; it runs on."""
    environ = {key: value for key, value in recovery.environ().items() if not key.startswith("COV")}
    process = subprocess.Popen(
        present.command(*argv),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ, encoding="utf-8"
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(stdin)
    process.stdin.close()
    process.stdin = None
    return process


@pytest.mark.parametrize(
    "number",
    # Of five each does something else beside its call.
    [pytest.param(number, marks=() if number == 5 else pytest.mark.slow) for number in (2, 5, 20)],
    ids=lambda number: f"{number}-processes",
)
def test_concurrent_processes_lose_nothing(tmp_path: Path, number: int) -> None:
    recovery = Recovery(tmp_path)
    trial = Trial(tmp_path)
    old = []
    for one in range(number):
        trial("log", "add", "learn", "--at", "2024-03-05 10:00", stdin=f"fact8{one:02}\n/end resolved\n")
        ended = trial("start", "learn", stdin=f"fact7{one:02}\n/promise it by tomorrow 5pm\n/end resolved\n")
        old.append(ended.stdout.rstrip().rpartition("/")[2].removesuffix(".json"))
    trial("start", "learn", stdin="fact600\n")
    running: list[tuple[str, subprocess.Popen[str]]] = []
    for one in range(number):
        lines = f"fact1{one:02}\n/promise fact2{one:02} by tomorrow 5pm\n/said fact3{one:02}\n"
        work: list[tuple[tuple[str, ...], str]] = [
            (("start", "learn"), lines + "/end resolved\n"),
            (("followups", "done", f"{old[one]}/p1", "--note", f"fact5{one:02}"), ""),
            (("log", "list", "--json"), ""),
        ]
        match one % 5:
            case 0:
                work.append((("log", "prune", "--older-than", "1y", "--yes"), ""))
            case 1:
                work.append((("log", "reindex"), ""))
            case 2:
                work.append((("log", "review", old[one], "--set", "steps=yes", "--note", f"fact4{one:02}"), ""))
            case 3:
                work.append((("log", "delete", old[one], "--yes"), ""))
            case _:
                work.append((("resume",), "fact601\n"))
        running += [(" ".join(argv), begin(recovery, *argv, stdin=stdin)) for argv, stdin in work]
    told: set[str] = set()
    refused = []
    deleted = {f"fact7{one:02}" for one in range(number) if one % 5 == 3}
    for what, process in running:
        out, err = process.communicate()
        for words in UNEXPECTED:
            assert words not in err, (what, err)
        if process.returncode:
            refused.append((what, err))
            assert any(words in err for words in _FASTER), (what, err)
            assert not what.startswith(("start", "log list", "log prune", "log reindex")), (what, err)
        told |= confirmed(out)
    listed = {
        fact
        for path in trial.data.rglob("*.json*")
        for fact in FACT.findall(path.read_text(errors="replace", encoding="utf-8"))
    }
    assert told <= listed
    assert {f"fact{kind}{one:02}" for kind in (1, 2, 3) for one in range(number)} <= listed
    assert "fact600" in listed
    assert not {f"fact8{one:02}" for one in range(number)} & listed
    assert not deleted & listed
    assert {f"fact7{one:02}" for one in range(number)} - deleted <= listed
    calls = trial.calls()
    assert len(calls) == 2 * number - len(deleted)
    assert len({call["id"] for call in calls}) == len(calls)
    for one in range(number):
        if one % 5 != 3:
            assert f"fact5{one:02}" in listed, f"an amendment was lost: {refused}"
    assert trial("doctor").code in {0, 1}


def test_calls_that_begin_in_the_same_second_are_separate(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    running = [begin(recovery, "start", "learn", stdin=f"fact{one:03}\n/end resolved\n") for one in range(8)]
    for process in running:
        _, err = process.communicate()
        assert process.returncode == 0, err
    found = [*recovery.data.glob("sessions/*/*/*/*.json")]
    assert len(found) == 8
    assert {fact for path in found for fact in FACT.findall(path.read_text(encoding="utf-8"))} == {
        f"fact{one:03}" for one in range(8)
    }


def test_of_two_processes_that_resume_one_call_one_continues(tmp_path: Path) -> None:
    recovery = Recovery(tmp_path)
    recovery("start", "learn", stdin="fact001\n")
    running = [begin(recovery, "resume", stdin=f"fact00{one}\n") for one in range(2, 5)]
    told = {"fact001"}
    for process in running:
        out, err = process.communicate()
        assert process.returncode == 0 or "open in another window" in err, err
        told |= confirmed(out)
    assert len(told) > 1
    (journal,) = recovery.data.glob("live/*.jsonl")
    assert set(FACT.findall(journal.read_text(encoding="utf-8"))) == told


FINISHED = """
import os, runpy, sys

journal = sys.argv.pop(1)


def finish(event, arguments):
    if event == "open" and str(arguments[0]) == journal.replace(".jsonl", ".lock") and os.path.exists(journal):
        os.unlink(journal)


sys.addaudithook(finish)
runpy.run_module("recoverycli", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("named", [True, False])
def test_a_call_that_another_window_finishes_at_this_moment_is_skipped_by_resume(tmp_path: Path, named: bool) -> None:
    recovery = Recovery(tmp_path)
    for fact in ("fact001", "fact002"):
        recovery("start", "learn", stdin=f"{fact}\n")
    older, newest = sorted(recovery.data.glob("live/*.jsonl"))
    words = ("resume", newest.stem) if named else ("resume",)
    done = subprocess.run(
        [sys.executable, "-c", FINISHED, str(newest), *words],
        input="fact003\n", capture_output=True, env=recovery.environ(), check=False, encoding="utf-8"
    )  # fmt: skip
    assert done.returncode == (1 if named else 0), done.stderr
    gone = f"recovery: call {newest.stem} is no longer open"
    assert done.stderr.startswith(gone) if named else done.stderr == ""
    assert ("fact003" in older.read_text(encoding="utf-8")) != named
    assert not newest.with_suffix(".lock").exists()
