"""Start-up, first paint and Enter-to-paint, each as a ratio to its floor in the same run. Exits 1 where one is missed.

Floors: a bare interpreter (`python -I -c pass`), and a script that asks one bare `questionary.text` on a pty. Runs of a
command and its floor alternate, so that a slow moment of the machine strikes both; ratios are of medians.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

RUNS = int(os.environ.get("BENCH_RUNS", "15"))
BARE = [sys.executable, "-I", "-c", "pass"]
RECOVERY = [sys.executable, "-m", "recoverycli"]
QUESTION = [sys.executable, "-I", "-c", "import questionary; questionary.text('Ready to go').ask()"]
REPAINTED = 400
CURSOR_ASKED = b"\x1b[6n"


class Row(NamedTuple):
    """One line of the table: what was measured, how, and what it may be."""

    what: str
    measured: float
    budget: float
    unit: str = "x"

    @property
    def met(self) -> bool:
        """Whether the budget holds."""
        return self.measured <= self.budget


class Terminal:
    """A process on a pty of 80x24 that answers where the cursor is, as a terminal does."""

    def __init__(self, argv: list[str], environ: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.execvpe(argv[0], argv, environ)  # noqa: S606
        self.seen = b""

    def until(self, marker: bytes, seconds: float = 10.0) -> float:
        """Read until `marker` was painted; return the seconds since the process began."""
        limit = time.perf_counter() + seconds
        while marker not in self.seen:
            if not select.select([self.file], [], [], max(0.0, limit - time.perf_counter()))[0]:
                raise TimeoutError(f"{marker!r} was not painted; last: {self.seen[-400:]!r}")
            piece = os.read(self.file, 65536)
            self.seen += piece
            if CURSOR_ASKED in piece:
                os.write(self.file, b"\x1b[1;1R")
        return time.perf_counter() - self.began

    def press(self, key: bytes) -> float:
        """Press a key and return the seconds until the screen was painted anew (more than a line's worth of bytes)."""
        pressed = time.perf_counter()
        os.write(self.file, key)
        painted = 0
        while painted < REPAINTED:
            painted += len(os.read(self.file, 65536))
        return time.perf_counter() - pressed

    def end(self) -> None:
        """Close the terminal and wait for the process."""
        os.close(self.file)
        os.waitpid(self.process, 0)


def drain(file: int) -> None:
    """Take in what was painted before, such as the running time."""
    while select.select([file], [], [], 0)[0]:
        os.read(file, 65536)


def once(argv: list[str], environ: dict[str, str]) -> float:
    """Seconds of one whole process."""
    began = time.perf_counter()
    subprocess.run(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def ratio(argv: list[str], environ: dict[str, str]) -> float:
    """How many times as long as a bare interpreter a command takes."""
    once(argv, environ)
    pairs = [(once(argv, environ), once(BARE, environ)) for _ in range(RUNS)]
    return statistics.median(ours for ours, _ in pairs) / statistics.median(floor for _, floor in pairs)


def painted(argv: list[str], environ: dict[str, str], *markers: bytes) -> list[float]:
    """Seconds until each marker was painted."""
    terminal = Terminal(argv, environ)
    times = [terminal.until(marker) for marker in markers]
    terminal.end()
    return times


def paint_rows(environ: dict[str, str]) -> list[Row]:
    """First paint and prompt of `recovery start learn`, against the first prompt of the bare question."""
    start = [*RECOVERY, "start", "learn"]
    painted(start, environ, b"LEARN", b"undo")
    ours: list[list[float]] = []
    floors: list[float] = []
    for _ in range(RUNS):
        ours.append(painted(start, environ, b"LEARN", b"undo"))
        floors += painted(QUESTION, environ, b"Ready to go")
    floor = statistics.median(floors)
    first, prompt = (statistics.median(times) / floor for times in zip(*ours, strict=True))
    return [
        Row("first step painted, of a bare question", first, 1.0),
        Row("prompt ready, of a bare question", prompt, 1.5),
    ]


def enter_rows(environ: dict[str, str]) -> list[Row]:
    """Enter to the next step, the flush to the disk included."""
    times: list[float] = []
    for _ in range(max(3, RUNS // 3)):
        terminal = Terminal([*RECOVERY, "start", "learn"], environ)
        terminal.until(b"undo")
        for _ in range(4):
            # A key held down is one Enter, so two of them need a moment between.
            time.sleep(0.4)
            drain(terminal.file)
            times.append(terminal.press(b"\r"))
        terminal.end()
    ordered = sorted(times)
    last = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return [
        Row("Enter to next step, median", statistics.median(times) * 1000, 16, "ms"),
        Row(f"Enter to next step, p99 of {len(times)}", last * 1000, 50, "ms"),
    ]


def main() -> int:
    """Measure, print the table, and return 1 where a budget is missed."""
    with tempfile.TemporaryDirectory() as home:
        # Compiled modules are kept, as in every installation.
        plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environ = {**plain, "RECOVERY_HOME": home, "RECOVERY_CONFIG_HOME": home, "TERM": "xterm-256color"}
        calls = b"a note\n/end resolved\n"
        for _ in range(5):
            subprocess.run([*RECOVERY, "start", "learn"], env=environ, input=calls, capture_output=True, check=True)
        rows = [
            Row("recovery --version", ratio([*RECOVERY, "--version"], environ), 3),
            Row("log list --json, small log", ratio([*RECOVERY, "log", "list", "--json"], environ), 8),
            Row("log list drawn, small log", ratio([*RECOVERY, "log", "list"], {**environ, "FORCE_COLOR": "1"}), 11),
            Row("recovery --help", ratio([*RECOVERY, "--help"], environ), 15),
            *paint_rows(environ),
            *enter_rows(environ),
        ]
    print(f"{'what':44} {'measured':>12} {'budget':>10}")
    for row in rows:
        print(
            f"{row.what:44} {row.measured:9.2f} {row.unit:2} {row.budget:7g} {row.unit:2} {'' if row.met else 'MISSED'}"
        )
    print(f"runs of each: {RUNS}; Python {sys.version.split()[0]}; {Path(sys.executable).name}")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
