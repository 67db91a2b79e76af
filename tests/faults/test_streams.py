"""The terminal and the pipes: closed, resized, stopped, at any point."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests import present
from tests.commands.recovery import Recovery
from tests.faults.talking import Talk
from tests.platforms import needs_signals
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from pathlib import Path

READS: tuple[tuple[str, ...], ...] = (
    ("log", "list"), ("log", "list", "--json"), ("log", "show", "last"), ("log", "show", "last", "--json"),
    ("log", "stats"), ("log", "search", "fact001"), ("log", "replay", "last", "--speed", "0"),
    ("log", "export", "--all", "--format", "json"), ("log", "export", "last", "--format", "markdown"),
    ("followups", "list"), ("followups", "export"), ("frameworks", "list"), ("frameworks", "show", "learn"),
    ("scenarios", "list"), ("phrases", "list"), ("config", "show"), ("doctor",), ("log", "list", "--help"),
)  # fmt: skip
OFTEN = READS[1:4:2]
BYTES = (0, 1, 300)


@pytest.fixture(scope="module")
def recovery(tmp_path_factory: pytest.TempPathFactory) -> Recovery:
    recovery = Recovery(tmp_path_factory.mktemp("streams"))
    for _ in range(3):
        recovery("start", "learn", stdin="fact001\n/promise fact002 by tomorrow 5pm\n/end resolved\n")
    return recovery


@pytest.mark.parametrize(
    "argv", [pytest.param(argv, marks=() if argv in OFTEN else pytest.mark.slow) for argv in READS], ids=" ".join
)
def test_a_reader_that_closes_the_pipe_is_not_an_error(recovery: Recovery, argv: tuple[str, ...]) -> None:
    whole = recovery(*argv)
    for size in BYTES:
        process = subprocess.Popen(
            present.command(*argv),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=recovery.environ(),
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        os.read(process.stdout.fileno(), size)
        process.stdout.close()
        err = process.stderr.read().decode()
        process.stderr.close()
        # The exit code is as usual if everything was written before the pipe was closed.
        assert process.wait() in {0, whole.returncode}, (size, err)
        assert err in {"", whole.stderr}, (size, err)


@pytest.mark.parametrize("heard", [0, 1, 2])
def test_a_call_whose_reader_closes_the_pipe_keeps_all_confirmed_events(tmp_path: Path, heard: int) -> None:
    with Talk(tmp_path, "start", "learn") as talk:
        talk.until("Say 1:")
        facts = [f"fact00{number}" for number in range(heard)]
        for fact in facts:
            talk.note(fact)
        assert talk.process.stdout is not None
        talk.process.stdout.close()
        assert talk.process.stdin is not None
        talk.process.stdin.write(b"fact009\nfact010\n")
        talk.process.stdin.close()
        talk.process.stdin = None
        assert talk.process.stderr is not None
        assert talk.process.stderr.read() == b""
        assert talk.process.wait() == 0
        talk.process.stdout = talk.process.stderr = None
        done = talk.recovery("resume", stdin="/end resolved\n")
    assert done.returncode == 0, done
    notes = [note["text"] for note in talk.recovery.last()["steps"][0]["notes"]]
    assert notes[:heard] == facts


@needs_signals
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"], ids=["terminated", "hung up"])
def test_a_piped_call_that_a_signal_ends_keeps_all_confirmed_events(tmp_path: Path, name: str) -> None:
    number = signal.Signals[name]
    with Talk(tmp_path, "start", "learn") as talk:
        talk.until("Say 1:")
        talk.note("fact001")
        talk.process.send_signal(number)
        ended = talk.end()
        assert ended.returncode == 128 + number
        assert ended.stderr == ""
        done = talk.recovery("resume", stdin="/end resolved\n")
    assert done.returncode == 0, done
    assert [note["text"] for note in talk.recovery.last()["steps"][0]["notes"]] == ["fact001"]


def test_practice_whose_window_is_closed_ends_in_silence_and_can_be_resumed(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "practice", "late-parcel", TMPDIR=str(tmp_path))
    terminal.expect_prompt()
    terminal.say("1")
    terminal.expect_prompt()
    terminal.process.close(force=False)
    while terminal.process.isalive():
        pass
    assert not list(tmp_path.glob("recovery-report-*"))
    again = Recovery(tmp_path)("resume", stdin="/pause\n")
    assert again.returncode == 0, again


def test_a_window_of_one_column_and_one_line_and_back_keeps_the_call(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", forged=False)
    terminal.expect_prompt()
    terminal.press("fact0")
    terminal.expect_prompted("fact0")
    for columns, lines in ((1, 1), (3, 2), (80, 1), (1, 24), (80, 24)):
        terminal.resize(columns, lines)
        terminal.read()
    terminal.expect("? help")
    # What was half typed before is still there, though it may be scrolled out of sight.
    terminal.say("01")
    terminal.expect("fact001")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    assert "Traceback" not in terminal.raw.decode(errors="replace")
    assert [note["text"] for note in Recovery(tmp_path).last()["steps"][0]["notes"]] == ["fact001"]


def test_a_call_that_is_stopped_and_continues_is_the_same_call(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "start", "learn", forged=False)
    terminal.expect_prompt()
    terminal.say("fact001")
    terminal.expect("fact001")
    terminal.process.kill(signal.SIGTSTP)
    terminal.process.kill(signal.SIGCONT)
    terminal.say("fact002")
    terminal.expect("fact002")
    terminal.say("/end resolved")
    assert terminal.end() == 0
    notes = [note["text"] for note in Recovery(tmp_path).last()["steps"][0]["notes"]]
    assert notes == ["fact001", "fact002"]
