"""Trials: a command in a data folder of its own, a fault on the way, and what is found afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import msgspec

from recoverycli.session import events as ev
from recoverycli.store.journal import never_began, read_journal
from tests.commands.recovery import Recovery
from tests.faults.forked import Order
from tests.faults.seam import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FACT = re.compile(r"fact\d+")
# How an answer begins that says that a line was kept.
_KEPT = re.compile(r"^(?:> )?(?:noted|said|offered|promised|escalated|summary|cause|root cause|reference|skipped)\b.*")
UNEXPECTED = ("Traceback", "went wrong that should not have")


class Ended(NamedTuple):
    """How a command ended: exit code (minus the signal), its streams, and the changes that it tried to make."""

    code: int
    stdout: str
    stderr: str
    steps: tuple[str, ...]

    @property
    def killed(self) -> bool:
        """Whether the fault struck."""
        return self.code == -signal.SIGKILL


class Forge:
    """The process that is forked for each trial."""

    def __init__(self, folder: Path) -> None:
        environ = {key: value for key, value in os.environ.items() if not key.startswith(("RECOVERY_", "COV"))}
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forked"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environ,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, order: Order) -> int:
        """Return the exit code, or minus the signal that ended it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._process.stdin.flush()
        return os.waitstatus_to_exitcode(int(self._process.stdout.readline()))


class Trial:
    """A data folder, and commands in it. `root` holds data, settings and what is none of ours."""

    def __init__(self, forge: Forge, root: Path) -> None:
        self._forge = forge
        self.root = root
        self.streams = root.with_name(f"{root.name}-streams")
        root.mkdir(parents=True, exist_ok=True)
        self.streams.mkdir(exist_ok=True)
        self._recovery = Recovery(root)
        self.data = self._recovery.data

    def __call__(
        self, *argv: str, stdin: str | bytes = "", fault: Fault | None = None, after: Path | None = None, **environ: str
    ) -> Ended:
        """Run a command to its end, whatever that is."""
        named = {name: self.streams / name for name in ("stdin", "stdout", "stderr", "log")}
        named["stdin"].write_bytes(stdin.encode() if isinstance(stdin, str) else stdin)
        order = Order(
            argv=argv,
            environ=self._recovery.environ(**environ),
            root=str(self.root),
            after=str(after or self.streams / "after"),
            fault=fault or Fault(),
            **{name: str(path) for name, path in named.items()},
        )
        code = self._forge.run(order)
        out, err, log = (named[name].read_text(errors="replace") for name in ("stdout", "stderr", "log"))
        return Ended(code, out, err, tuple(log.splitlines()))

    def again(self, root: Path) -> Trial:
        """The same folders as they are now, once more, in another place."""
        shutil.copytree(self.root, root, symlinks=True)
        return Trial(self._forge, root)

    def facts(self) -> set[str]:
        """What is found of the facts: in the journals of open calls and in transcripts, by the tool's own readers."""
        return {fact for text in self.texts() for fact in FACT.findall(text)}

    def texts(self) -> Iterator[str]:
        """The open calls and the transcripts, as far as they can be read."""
        for path in (self.data / "live").glob("*.jsonl"):
            if not never_began(path):
                yield from (msgspec.json.encode(event).decode() for event in read_journal(path).events)
        for path in self.data.glob("sessions/*/*/*/*.json"):
            yield json.dumps(msgspec.json.decode(path.read_bytes()))

    def calls(self) -> list[dict[str, Any]]:
        """The calls, by the command that lists them. It has to work, whatever happened before."""
        listed = self("log", "list", "--json", "--limit", "9999")
        assert listed.code == 0, listed
        assert_told_well(listed)
        return [json.loads(line) for line in listed.stdout.splitlines()]


def confirmed(stdout: str) -> set[str]:
    """The facts that the screen had confirmed."""
    return {fact for line in stdout.splitlines() if _KEPT.match(line) for fact in FACT.findall(line)}


def assert_told_well(ended: Ended) -> None:
    """No traceback, no report of an unexpected fault; where it failed, a message."""
    for words in UNEXPECTED:
        assert words not in ended.stderr + ended.stdout, ended
    if ended.code > 0 and not ended.stdout:
        assert ended.stderr.startswith("recovery: ") or "warning:" in ended.stderr, ended


def notes(events: tuple[ev.Event, ...]) -> list[str]:
    """The notes among events."""
    return [event.text for event in events if isinstance(event, ev.Noted)]
