"""Start-up, first paint, prompt, Enter-to-paint and words, each against its floor in one run. Exits 1 if one misses.

Floors: a bare interpreter (`python -I -c pass`), and a script that asks one bare `questionary.text` on a pty. Runs of a
command and its floor alternate, so that a slow moment of the machine strikes both; ratios are of medians. What runs is
the command that users type: the `recovery` beside this interpreter, with compiled modules, and a log of a dozen calls.

`--write` puts the table into docs/performance.md as well, with the date and the command.
"""

from __future__ import annotations

import os
import platform
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from measuring import RECOVERY, RUNS, Row, environ_of, once, tell, write

from wording import wording_rows

BARE = [sys.executable, "-I", "-c", "pass"]
QUESTION = [sys.executable, "-I", "-c", "import questionary; questionary.text('Ready to go').ask()"]
CALLS = 12
REPAINTED = 400
CURSOR_ASKED = b"\x1b[6n"
PATIENCE = 10.0


class Terminal:
    """A process on a pty of 80x24 that answers where the cursor is, as a terminal does."""

    def __init__(self, argv: list[str], environ: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self.process, self.file = pty.fork()
        if self.process == 0:
            os.execvpe(argv[0], argv, environ)  # noqa: S606  # no shell is meant
        self.seen = b""

    def until(self, marker: bytes) -> float:
        """Read until `marker` was painted; return the seconds since the process began."""
        limit = time.perf_counter() + PATIENCE
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

    def drain(self) -> None:
        """Take in what was painted before, such as the running time."""
        while select.select([self.file], [], [], 0)[0]:
            os.read(self.file, 65536)

    def end(self) -> None:
        """Close the terminal, and see to it that the process ends."""
        os.close(self.file)
        limit = time.perf_counter() + PATIENCE
        while os.waitpid(self.process, os.WNOHANG)[0] == 0:
            if time.perf_counter() > limit:
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                raise TimeoutError("a process outlived its terminal")
            time.sleep(0.005)


def start_row(what: str, budget: float, argv: list[str], environ: dict[str, str]) -> Row:
    """How many times as long as a bare interpreter a command takes."""
    once(argv, environ)
    ours, bare = zip(*((once(argv, environ), once(BARE, environ)) for _ in range(RUNS)), strict=True)
    floor = statistics.median(bare)
    return Row(what, statistics.median(ours) / floor, budget, floor=f"bare interpreter, {floor * 1000:.0f} ms")


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
    against = f"bare question, {floor * 1000:.0f} ms"
    return [
        Row("start learn: first step painted", first, 1.0, floor=against),
        Row("start learn: prompt ready", prompt, 1.5, floor=against),
    ]


def enter_rows(environ: dict[str, str], notes: int = 0) -> list[Row]:
    """Enter to the next step, the flush to the disk included; with so many notes of a line each in sight."""
    times: list[float] = []
    lines = b"".join(b"note %d: they rang on Monday and nobody called back\n" % number for number in range(notes))
    for _ in range(max(3, RUNS // 2)):
        # The end of the input pauses the call, and the last line names it.
        paused = subprocess.run(
            [*RECOVERY, "start", "learn"], env=environ, input=lines, capture_output=True, check=True
        ).stdout.decode()
        terminal = Terminal([*RECOVERY, "resume", paused.split()[-1]], environ)
        terminal.until(b"undo")
        for _ in range(4):
            # A key held down is one Enter, so two of them need a moment between.
            time.sleep(0.4)
            terminal.drain()
            times.append(terminal.press(b"\r"))
        terminal.end()
    last = sorted(times)[min(len(times) - 1, round(0.99 * len(times)))]
    frame = "one frame"
    what = f"Enter to next step painted{f', {notes} notes' if notes else ''}"
    return [
        Row(f"{what}: median", statistics.median(times) * 1000, 16, "ms", frame),
        Row(f"{what}: p99 of {len(times)}", last * 1000, 50, "ms", frame),
    ]


def measured(home: str) -> list[Row]:
    """All rows, in a home of a dozen calls."""
    environ = environ_of(home, home)
    for _ in range(CALLS):
        call = b"a note\n1\n/end resolved\n"
        subprocess.run([*RECOVERY, "start", "learn"], env=environ, input=call, capture_output=True, check=True)
    return [
        start_row("recovery --version", 3, [*RECOVERY, "--version"], environ),
        start_row("log list --json, small log", 8, [*RECOVERY, "log", "list", "--json"], environ),
        start_row("log list drawn, small log", 11, [*RECOVERY, "log", "list"], {**environ, "FORCE_COLOR": "1"}),
        start_row("recovery --help", 15, [*RECOVERY, "--help"], environ),
        *paint_rows(environ),
        *enter_rows(environ),
        *enter_rows(environ, notes=20),
        *wording_rows(),
    ]


def main() -> int:
    """Measure, print the table, and return 1 where a budget is missed."""
    # A call whose terminal was just closed may still write.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        rows = measured(home)
    tell(rows, f"{RUNS} runs of each; Python {platform.python_version()}; {' '.join(RECOVERY)}")
    if "--write" in sys.argv[1:]:
        write(rows, "benchmarks/bench.py", f"{RUNS} runs of each")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
