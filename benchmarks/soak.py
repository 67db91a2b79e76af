"""A soak: many calls by processes that are killed at random, then a full account of what was confirmed.

A fact counts as confirmed when the process had printed that it was kept before it was killed. Afterwards every fact is
looked for in the transcripts and in the journals of the calls that are still open. `make soak` runs all of it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

_FACT = re.compile(r"fact\d+x\d+")
_KEPT = ("noted: ", "promised: ", "said: ", "escalated ")
_REF = re.compile(rb'"ref": ?"(call\d+)"')
_LINES = 8


class Account(NamedTuple):
    """What was begun and confirmed, and what is found of it."""

    begun: int
    finished: int
    resumable: int
    kills: int
    confirmed: int
    found: int
    faults: tuple[str, ...]

    @property
    def lost(self) -> int:
        """Facts that were confirmed and are nowhere, and calls."""
        return self.confirmed - self.found + self.begun - self.finished - self.resumable


class Soak:
    """Calls in a data folder of their own."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.data = folder / "data"
        self._seed = seed
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("RECOVERY_", "COV"))}
        folders = {"RECOVERY_HOME": str(self.data), "RECOVERY_CONFIG_HOME": str(folder / "config")}
        self._environ = {**plain, **folders, "PYTHONIOENCODING": "utf-8"}
        self._lock = threading.Lock()
        self._usual = 0.5  # seconds that a command takes
        self.begun: set[str] = set()
        self.confirmed: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []

    def call(self, number: int) -> None:
        """Take a call, killed on the way more often than not, and resumed most times."""
        draw = random.Random(f"{self._seed} {number}")  # noqa: S311  # the same draw for the same seed, no secret
        name = f"call{number}"
        lines = [self._line(draw, number, place) for place in range(_LINES)]
        done = self._run(draw, name, ("start", "learn", "--ref", name), [*lines, "/end resolved"])
        while not done and draw.random() < 0.8:
            journal = self._journal(name)
            if journal is None:
                break
            lines = [self._line(draw, number, self._next()) for _ in range(2)]
            done = self._run(draw, name, ("resume", journal.stem), [*lines, "/end resolved"])
        if number % 25 == 0:
            self._run(draw, "", draw.choice((("log", "list"), ("log", "reindex"), ("log", "stats"))), [])

    def account(self) -> Account:
        """Look for everything that was confirmed; the calls that are open are gone on with, one after another."""
        where: dict[str, set[str]] = {"finished": set(), "resumable": set()}
        found: set[str] = set()
        for kind, pattern in (("finished", "sessions/*/*/*/[!.]*.json"), ("resumable", "live/*.jsonl")):
            for path in self.data.glob(pattern):
                data = path.read_bytes()
                where[kind].update(ref.decode() for ref in _REF.findall(data))
                found.update(_FACT.findall(data.decode("utf-8", "replace")))
        resumable = where["resumable"] - where["finished"]
        # A process that was killed before its call had begun leaves a file without a whole first event.
        begun = [path for path in self.data.glob("live/*.jsonl") if path.read_bytes().count(b"\n") > 1]
        for path in begun:
            self._run(None, "", ("resume", path.stem), ["/end resolved"])
        listed = self._listed()
        late = self.begun - listed
        if late:
            self.faults.append(f"not listed after all were resumed: {', '.join(sorted(late)[:5])}")
        return Account(
            len(self.begun),
            len(self.begun & where["finished"]),
            len(self.begun & resumable),
            self.counts["kills"],
            len(self.confirmed),
            len(self.confirmed & found),
            tuple(self.faults),
        )

    def _run(self, draw: random.Random | None, name: str, argv: tuple[str, ...], lines: list[str]) -> bool:
        """Run a command, which may be killed at any moment; whether it came to its end."""
        process = subprocess.Popen(
            [sys.executable, "-m", "recoverycli", *argv],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._environ,
        )  # fmt: skip
        # Somewhere on its way, however long that takes on a busy machine.
        limit = draw.uniform(0, 1.2) * self._usual if draw is not None and draw.random() < 0.6 else None
        began = time.monotonic()
        killer = threading.Timer(limit, process.kill) if limit else None
        if killer:
            killer.start()
        try:
            out, err = process.communicate("".join(f"{line}\n" for line in lines).encode())
        finally:
            if killer:
                killer.cancel()
        told = out.decode("utf-8", "replace").splitlines()
        killed = process.returncode < 0
        with self._lock:
            self.counts["kills"] += killed
            if not killed:
                self._usual += (time.monotonic() - began - self._usual) / 10
            if name and any(line.startswith("Say 1:") for line in told):
                self.begun.add(name)
            self.confirmed.update(fact for line in told if line.startswith(_KEPT) for fact in _FACT.findall(line))
            if not killed and (process.returncode or b"Traceback" in err):
                self.faults.append(f"{' '.join(argv)}: {process.returncode}: {err.decode()[:300]}")
        return not killed

    def _line(self, draw: random.Random, number: int, place: int) -> str:
        fact = f"fact{number}x{place}"
        return draw.choice((fact, f"/promise {fact} by tomorrow 5pm", f"/said {fact}", f"/escalate B: {fact}"))

    def _next(self) -> int:
        with self._lock:
            self.counts["lines"] += 1
            return _LINES + self.counts["lines"]

    def _journal(self, name: str) -> Path | None:
        wanted = f'"{name}"'.encode()
        for path in self.data.glob("live/*.jsonl"):
            try:
                if wanted in path.read_bytes():
                    return path
            except FileNotFoundError:
                continue
        return None

    def _listed(self) -> set[str]:
        argv = [sys.executable, "-m", "recoverycli", "log", "list", "--json", "--limit", "100000"]
        done = subprocess.run(argv, capture_output=True, env=self._environ, check=True)
        ids = {json.loads(line)["id"] for line in done.stdout.splitlines()}
        paths = {path.stem: path for path in self.data.glob("sessions/*/*/*/[!.]*.json")}
        return {ref.decode() for one in ids for ref in _REF.findall(paths[one].read_bytes())}


def soak(folder: Path, calls: int, seconds: float, processes: int, seed: int) -> Account:
    """Take at least so many calls for at least so many seconds, by so many processes at once."""
    running = Soak(folder, seed)
    until = time.monotonic() + seconds
    numbers = iter(range(1, sys.maxsize))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                number = next(numbers)
            if number > calls and time.monotonic() >= until:
                return
            running.call(number)

    with ThreadPoolExecutor(processes) as pool:
        for one in [pool.submit(work) for _ in range(processes)]:
            one.result()
    return running.account()


def main() -> int:
    """Run the soak and print the account; 1 where anything was lost."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--calls", type=int, default=2000, help="at least so many (2000)")
    options.add_argument("--seconds", type=float, default=600.0, help="at least so long (600)")
    options.add_argument("--processes", type=int, default=10, help="at once (10)")
    options.add_argument("--seed", type=int, default=1, help="of the lines and the moments of the kills (1)")
    given = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="recovery-soak-") as folder:
        found = soak(Path(folder), given.calls, given.seconds, given.processes, given.seed)
    print(f"{given.processes} processes, {time.monotonic() - began:.0f} seconds, {found.kills} kills")
    print(f"calls begun {found.begun}, finished {found.finished}, resumable {found.resumable}")
    print(f"facts confirmed {found.confirmed}, facts found {found.found}, lost: {found.lost}")
    for fault in found.faults:
        print(f"fault: {fault}")
    return 1 if found.lost or found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
