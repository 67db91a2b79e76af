"""Trials: a command in a data folder of its own, a fault on the way, and what is found afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverycli.session import events as ev
from recoverycli.store.journal.reader import is_abandoned, read_journal
from tests.commands.recovery import Recovery
from tests.faults.seam import Damage, Fault
from tests.forge import ROOT, Order, forge
from tests.platforms import KILLED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FACT = re.compile(r"fact\d+")
# How an answer begins that says that a line was kept.
_KEPT = re.compile(r"^(?:> )?(?:noted|said|offered|promised|escalated|summary|cause|root cause|reference|skipped)\b.*")
UNEXPECTED = ("Traceback", "an unexpected error occurred")


class Ended(NamedTuple):
    """How a command ended: exit code (minus the signal), its streams, and the changes that it tried to make."""

    code: int
    stdout: str
    stderr: str
    steps: tuple[str, ...]

    @property
    def killed(self) -> bool:
        """Whether the fault struck."""
        return self.code == KILLED


class Trial:
    """A data folder, and commands in it. `root` holds data, settings and what is none of ours."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.beside = root.with_name(f"{root.name}-beside")
        root.mkdir(parents=True, exist_ok=True)
        self.beside.mkdir(exist_ok=True)
        self._recovery = Recovery(root)
        self.data = self._recovery.data

    def __call__(
        self, *argv: str, stdin: str | bytes = "", fault: Fault | None = None, after: Path | None = None, **environ: str
    ) -> Ended:
        """Run a command to its end, whatever that is."""
        log = self.beside / "log"
        damage = Damage(fault or Fault(), str(self.root), str(log), str(after or self.beside / "after"))
        order = Order(tuple(map(os.fsencode, argv)), self._recovery.environ(**environ), str(ROOT), damage=damage)
        done = forge().run(order, stdin.encode() if isinstance(stdin, str) else stdin)
        out, err = (stream.decode(errors="replace") for stream in done[1:])
        return Ended(done.code, out, err, tuple(log.read_text(encoding="utf-8").splitlines()))

    def again(self, root: Path) -> Trial:
        """The same folders as they are now, once more, in another place."""
        shutil.copytree(self.root, root, symlinks=True)
        return Trial(root)

    def facts(self) -> set[str]:
        """What is found of the facts: in the journals of open calls and in transcripts, by the tool's own readers."""
        return {fact for text in self.texts() for fact in FACT.findall(text)}

    def texts(self) -> Iterator[str]:
        """The open calls and the transcripts, as far as they can be read."""
        for path in (self.data / "live").glob("*.jsonl"):
            if not is_abandoned(path):
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
