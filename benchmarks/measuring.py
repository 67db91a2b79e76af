"""What the benchmarks share: a process and its time, a line of the table against its budget, the table in the docs."""

from __future__ import annotations

import os
import platform
import shlex
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

RUNS = int(os.environ.get("BENCH_RUNS", "15"))
SCRIPT = Path(sys.executable).with_name("recovery")
RECOVERY = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "recoverycli"]
PERFORMANCE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
HEAD = ("what", "measured", "budget", "floor")
_LOOK = 0.05  # seconds between two looks at the memory of a command and its processes
_MB = 1_000_000


class Row(NamedTuple):
    """One line of the table: what was measured, how much of it, what it may be, and what it is held against.

    `measured` is None where what it is held against is missing, which `floor` then says. With `least` the budget is
    what is to be reached, not what is not to be passed.
    """

    what: str
    measured: float | None
    budget: float
    unit: str = "x"
    floor: str = ""
    least: bool = False

    @property
    def met(self) -> bool:
        """Whether the budget holds, as far as it was measured."""
        if self.measured is None:
            return True
        return self.measured >= self.budget if self.least else self.measured <= self.budget

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line as words."""
        budget = f"{'at least ' if self.least else ''}{self.budget:g} {self.unit}"
        if self.measured is None:
            return self.what, "not measured", budget, self.floor
        digits = 2 if self.unit == "x" else 1
        verdict = "" if self.met else " MISSED"
        return self.what, f"{self.measured:.{digits}f} {self.unit}{verdict}", budget, self.floor


class Run(NamedTuple):
    """How long a process took, and its highest memory in megabytes (10^6 bytes)."""

    seconds: float
    memory: float


def environ_of(home: str | Path, settings: str | Path) -> dict[str, str]:
    """Return the environment of a command on the calls in `home`, with the settings in another folder."""
    # Compiled modules are kept, as in every installation.
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**plain, "RECOVERY_HOME": str(home), "RECOVERY_CONFIG_HOME": str(settings), "TERM": "xterm-256color"}


def once(argv: list[str], environ: dict[str, str]) -> float:
    """Seconds of one whole process."""
    began = time.perf_counter()
    subprocess.run(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def weighed(argv: list[str], environ: dict[str, str]) -> Run:
    """Time and highest memory of one whole process, with all that it began where the system tells that."""
    began = time.perf_counter()
    process = subprocess.Popen(argv, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    over, highest = threading.Event(), [0.0]

    def look() -> None:
        while not over.wait(_LOOK):
            highest[0] = max(highest[0], _memory(process.pid))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    finally:
        over.set()
        looker.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, argv)
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(seconds, max(largest, highest[0]) / _MB)


def _memory(process: int) -> float:
    """Bytes of a process and all that it began; what several share is counted once."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except OSError:
        return 0.0  # it has ended, or this system tells nothing of the kind
    own = next((float(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0.0)
    return own + sum(_memory(int(child)) for child in children.split())


def tell(rows: list[Row], note: str) -> None:
    """Print the table."""
    table = [HEAD, *(row.cells for row in rows)]
    what, budget = (max(least, *(len(cells[n]) for cells in table)) for n, least in ((0, 40), (2, 8)))
    for cells in table:
        print(f"{cells[0]:{what}} {cells[1]:>15} {cells[2]:>{budget}}   {cells[3]}")
    print(note)


def write(rows: list[Row], script: str, note: str, section: str = "measured") -> None:
    """Put the table into docs/performance.md, in the place of the one before."""
    environ = "".join(f"{name}={os.environ[name]} " for name in ("BENCH_RUNS",) if name in os.environ)
    # Where the stores lie says something about this machine alone.
    said = [word for word in sys.argv[1:] if word in {"--million", "--write"}]
    command = f"{environ}python {shlex.join([script, *said])}"
    system = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    lines = [
        f"{date.today():%Y-%m-%d}, `{command}`, {note}, {system}:",  # noqa: DTZ011  # the day here
        "",
        f"| {' | '.join(HEAD)} |",
        "| --- | --- | --- | --- |",
        *(f"| {' | '.join(row.cells)} |" for row in rows),
        "",
    ]
    put_in_docs(section, lines)


def put_in_docs(section: str, lines: list[str]) -> None:
    """Put lines into docs/performance.md, in the place of those that a section has there."""
    begin, end = f"<!-- {section} -->\n", f"<!-- /{section} -->\n"
    before, found, rest = PERFORMANCE.read_text(encoding="utf-8").partition(begin)
    if not found:
        raise ValueError(f"{PERFORMANCE} has no place for the table: {begin.strip()}")
    after = rest.partition(end)[2]
    PERFORMANCE.write_text(before + begin + "\n".join(lines).rstrip() + "\n" + end + after, encoding="utf-8")
