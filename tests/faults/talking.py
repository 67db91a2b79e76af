"""A `recovery` that is talked to line by line, so that something can happen between two of them."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Self

from tests.commands.recovery import Recovery, as_text

if TYPE_CHECKING:
    from pathlib import Path


class Talk:
    """A process with a pipe for its lines and one for its answers."""

    def __init__(self, home: Path, *argv: str) -> None:
        self.recovery = Recovery(home)
        self.process = self.recovery.begin(*argv)
        self.heard: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def until(self, beginning: str) -> str:
        """Read until a line begins so, and return it."""
        assert self.process.stdout is not None
        while line := self.process.stdout.readline().decode().replace(os.linesep, "\n"):
            self.heard.append(line)
            if line.startswith(beginning):
                return line
        raise AssertionError(f"{beginning!r} was never said: {''.join(self.heard)} {self.process.communicate()}")

    def say(self, line: str, *, answer: str = "") -> str:
        """Say a line and wait until it is answered."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return self.until(answer) if answer else ""

    def note(self, fact: str) -> None:
        """Say a note and wait until it is confirmed."""
        self.say(fact, answer=f"noted: {fact}")

    def end(self, line: str = "") -> subprocess.CompletedProcess[str]:
        """Say a last line, close, and return how it ended."""
        out, err = self.process.communicate(line.encode() + b"\n" if line else b"")
        whole = "".join(self.heard) + as_text(out)
        return subprocess.CompletedProcess((), self.process.returncode, whole, as_text(err))

    def journal(self) -> Path:
        """The journal of the only open call."""
        (path,) = self.recovery.data.glob("live/*.jsonl")
        return path
