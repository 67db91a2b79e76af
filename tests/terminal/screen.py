"""A real terminal for the tests: a pty whose screen pyte keeps, with keys by name."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pyte
import pytest

from tests import present
from tests.platforms import NO_TERMINAL, WINDOWS
from tests.terminal.forged import ForgedTerminal

if not WINDOWS:
    import pexpect

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "enter": "\r", "back-tab": "\x1b[Z", "tab": "\t", "f1": "\x1bOP", "escape": "\x1b", "ctrl-c": "\x03",
    "ctrl-d": "\x04", "ctrl-u": "\x15", "backspace": "\x7f", "up": "\x1b[A",
    "left": "\x1b[D", "right": "\x1b[C", "home": "\x1b[H", "end": "\x1b[F",
}  # fmt: skip
PATIENCE = 60.0  # seconds


class AnsweringScreen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is, as terminals do."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.answers: list[str] = []

    def write_process_input(self, data: str) -> None:
        self.answers.append(data)


class Terminal:
    """A `recovery` on a terminal of that size: forked by the forge, or a Python of its own where starting matters."""

    def __init__(
        self, home: Path, *argv: str, columns: int = 80, lines: int = 24, forged: bool = True, **environ: str
    ) -> None:
        if WINDOWS:
            pytest.skip(NO_TERMINAL)
        # The clipboard of whoever runs the tests is left alone.
        others = ("RECOVERY_", "COLUMNS", "LINES", "COVERAGE_", "DISPLAY", "WAYLAND_DISPLAY")
        plain = {key: value for key, value in os.environ.items() if not key.startswith(others)}
        folders = {"RECOVERY_HOME": str(home / "data"), "RECOVERY_CONFIG_HOME": str(home / "config")}
        self.home = home
        self.screen = AnsweringScreen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        world = {**plain, **folders, "TERM": "xterm-256color", "SSH_CONNECTION": "a desk", **environ}
        self.process: pexpect.spawn[bytes] | ForgedTerminal = (
            ForgedTerminal(argv, world, columns, lines)
            if forged
            else pexpect.spawn(
                # pexpect itself would refuse a Python that lies where this user may not look.
                "env",
                present.command(*argv),
                dimensions=(lines, columns),
                env=world,
                timeout=PATIENCE,
            )
        )

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, without their trailing spaces."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def prompt(self) -> str:
        """What stands in the prompt."""
        return next((line[3:].strip() for line in reversed(self.lines) if line.startswith(" ›")), "")

    def expect(self, *words: str, gone: str = "") -> str:
        """Read until all the words stand on the screen, and `gone` does not; return the screen."""
        limit = time.monotonic() + PATIENCE
        while not (all(word in self.text for word in words) and (not gone or gone not in self.text)):
            assert time.monotonic() < limit, f"{words} did not appear:\n{self.text}"
            self.read()
        return self.text

    def expect_painted(self, words: str, since: int) -> None:
        """Read until the words were painted after the first `since` bytes: again, if they stood there before."""
        limit = time.monotonic() + PATIENCE
        while words.encode() not in self.raw[since:]:
            assert time.monotonic() < limit, f"{words} did not appear again:\n{self.text}"
            self.read()

    def expect_prompt(self) -> None:
        """Read until the prompt and its toolbar stand on the screen."""
        self.expect("›", "? help")

    def expect_prompted(self, words: str) -> None:
        """Read until exactly those words stand in the prompt."""
        limit = time.monotonic() + PATIENCE
        while self.prompt != words:
            assert time.monotonic() < limit, f"{words!r} is not in the prompt:\n{self.text}"
            self.read()

    def read(self) -> None:
        """Take in what the process has painted, and answer what it asks of the terminal."""
        try:
            piece = self.process.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += piece
        self._stream.feed(piece)
        while self.screen.answers:
            self.process.send(self.screen.answers.pop(0))

    def press(self, *keys: str) -> None:
        """Press keys: names of KEYS, or text as it is typed."""
        for key in keys:
            self.process.send(KEYS.get(key, key))

    def say(self, line: str) -> None:
        """Type a line and press Enter."""
        self.press(line, "enter")

    def press_and_see(self, key: str) -> None:
        """Press a key and read until the screen answers: another screen, its running clock aside, or the end."""
        before = self._still
        self.press(key)
        limit = time.monotonic() + PATIENCE
        while self._still == before and self.process.isalive():
            assert time.monotonic() < limit, f"{key} changed nothing:\n{self.text}"
            self.read()

    @property
    def _still(self) -> list[str]:
        return [line for line in self.lines if not line.startswith(" call ")]

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.screen.resize(lines, columns)
        self.process.setwinsize(lines, columns)

    def end(self) -> int:
        """Read to the end of the process and return its exit code; a call that was saved is left by q."""
        limit = time.monotonic() + PATIENCE
        left = False
        while self.process.isalive():
            assert time.monotonic() < limit, self.text
            self.read()
            if not left and "u opens it again" in self.text:
                left = True
                self.press("q", "enter")
        size = -1
        while size < len(self.raw):
            size = len(self.raw)
            self.read()
        self.process.close()
        return int(self.process.exitstatus if self.process.exitstatus is not None else -1)
