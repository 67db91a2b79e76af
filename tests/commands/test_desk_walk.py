"""A day at a desk, on every platform: each command is a Python of its own, and its bytes come through a pipe."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests import present
from tests.commands.recovery import Recovery
from tests.faults.seam import Fault
from tests.faults.talking import Talk
from tests.faults.trials import Trial, assert_told_well, confirmed

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Łukasz 😀 Ünal"


class Desk:
    """Commands on one data folder, with what they print as bytes."""

    def __init__(self, home: Path) -> None:
        self.recovery = Recovery(home)
        self.home = home

    def __call__(self, *argv: str, stdin: str = "") -> str:
        """Run a command that has to succeed, and return what it printed."""
        done = subprocess.run(
            present.command(*argv),
            input=stdin.encode(),
            capture_output=True,
            env=self.recovery.environ(),
            check=False,
        )
        assert done.returncode == 0, (argv, done)
        assert b"Traceback" not in done.stderr
        return done.stdout.decode()

    def calls(self, *argv: str) -> list[dict[str, Any]]:
        """Return the calls that are listed as JSON."""
        return [json.loads(line) for line in self(*(argv or ("log", "list")), "--json").splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "Käthe Desk")


def test_a_day_from_the_first_call_to_the_last_backup(desk: Desk) -> None:
    kept = desk.home / "kept"
    kept.mkdir(parents=True)

    # A call is begun, set aside, continued, and its window is killed.
    desk(
        "start", "learn", "--customer", NAME, "--ref", "C-77", stdin="charged twice\n/promise a bill by 17:00\n/pause\n"
    )
    with Talk(desk.home, "resume") as talk:
        talk.note("the second note 😀")
        talk.process.kill()
    desk("resume", stdin="/offer refund 5\n/end resolved\n")
    desk("start", "heard", "--customer", "Kim", stdin="parcel is late\n/end callback\n")

    # It is found again.
    assert [(call["customer"], call["outcome"]) for call in desk.calls()] == [("Kim", "callback"), (NAME, "resolved")]
    assert [call["customer"] for call in desk.calls("log", "list", "--customer", NAME)] == [NAME]
    assert [call["customer"] for call in desk.calls("log", "search", "second")] == [NAME]
    transcript = json.loads(desk("log", "show", "-2", "--json"))
    assert [note["text"] for note in transcript["steps"][0]["notes"]] == ["charged twice", "the second note 😀"]
    assert [promise["what"] for promise in transcript["promises"]] == ["a bill"]
    assert "2 calls" in desk("log", "stats")

    # It is taken elsewhere and back.
    before = desk.calls()
    desk("log", "export", "--all", "--format", "json", "--output", str(kept / "calls.jsonl"))
    desk("log", "export", "--all", "--format", "csv", "--output", str(kept / "calls.csv"))
    desk("log", "backup", str(kept / "calls.tar.gz"))
    for name, argv in {
        "imported": ("import", str(kept / "calls.jsonl")),
        "restored": ("restore", str(kept / "calls.tar.gz"), "--yes"),
    }.items():
        elsewhere = ("--data-dir", str(desk.home / name))
        desk(*elsewhere, "log", *argv)
        assert desk.calls(*elsewhere, "log", "list") == before

    # The customer is forgotten, in every file.
    desk("log", "erase", "--customer", NAME, "--yes")
    assert [call["customer"] for call in desk.calls()] == ["Kim"]
    left = [path for path in desk.recovery.data.rglob("*") if path.is_file() and "Łukasz".encode() in path.read_bytes()]
    assert left == []
    assert "No problems found in files, " in desk("doctor")
    assert desk.calls("log", "list", "--customer", NAME) == []


def test_a_name_of_many_alphabets_is_whole_in_a_pipe(desk: Desk) -> None:
    desk("start", "learn", "--customer", NAME, stdin="/end resolved\n")
    (call,) = desk.calls()
    assert call["customer"] == NAME
    assert NAME in desk("log", "list")


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_disk_that_fills_in_mid_call_loses_nothing_that_was_confirmed(trial: Trial, at: int) -> None:
    # A first call keeps the compiled wording, so that the writes that fail are those of the second call's journal.
    trial("start", "learn", stdin="/end resolved\n")
    fault = Fault("error", at, ("write",), "ENOSPC", times=1000)
    ended = trial("start", "learn", stdin="fact001\nfact002\nfact003\n/end resolved\n", fault=fault)
    assert_told_well(ended)
    assert "the disk is full" in ended.stderr
    assert confirmed(ended.stdout) <= trial.facts()
    assert len(confirmed(ended.stdout)) == max(0, at - 2)
    assert trial("resume", stdin="/end resolved\n").code == (1 if at == 1 else 0)
    assert confirmed(ended.stdout) <= trial.facts()


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path / "trial")
