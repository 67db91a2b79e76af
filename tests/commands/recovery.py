"""The real command in a data folder of its own."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import present
from tests.forge import Order, forge
from tests.platforms import NO_PREEXEC, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable

# What a shell reads as more than words.
OF_A_SHELL = {*"<>|&;$`*?~#{}()!=\\\n"}
# What Python itself reads when it starts.
OF_PYTHON = ("PYTHON", "LC_", "LANG")


def as_text(written: bytes) -> str:
    """What a command wrote, with the line ends of Python; it has to be UTF-8."""
    return written.decode().replace(os.linesep, "\n")


class Recovery:
    """Runs `recovery` as a process: standard input, output and exit code as a shell sees them (see `tests.forge`)."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of the process: none of the developer's own settings, folders of the test.

        Coverage is left to the forge: to measure it in a Python of its own doubles what a command takes.
        """
        others = ("RECOVERY_", "COLUMNS", "COVERAGE_")
        plain = {key: value for key, value in os.environ.items() if not key.startswith(others)}
        folders = {"RECOVERY_HOME": str(self.data), "RECOVERY_CONFIG_HOME": str(self.home / "config")}
        return {**plain, **folders, **more}

    def __call__(
        self,
        *argv: str,
        stdin: str | bytes = "",
        cwd: Path | None = None,
        before: Callable[[], None] | None = None,
        umask: int | None = None,
        environ: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end. Output that is no UTF-8 fails the test."""
        if before is not None and WINDOWS:
            pytest.skip(NO_PREEXEC)
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        world = self.environ(**(environ or {}))
        if before is None and not any(name.startswith(OF_PYTHON) for name in environ or {}):
            code, out, err = forge().run(
                Order(tuple(map(os.fsencode, argv)), world, str(cwd or Path.cwd()), umask), typed
            )
        else:
            done = subprocess.run(
                present.command(*argv),
                input=typed,
                capture_output=True,
                cwd=cwd,
                env=world,
                preexec_fn=before,
                check=False,
            )
            code, out, err = done.returncode, done.stdout, done.stderr
        return subprocess.CompletedProcess(argv, code, as_text(out), as_text(err))

    def line(self, line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a line of a guide as a shell does, without input; one that has no sign of a shell needs none."""
        words = shlex.split(line)
        if words[0] == "recovery" and not OF_A_SHELL & {*line}:
            return self(*words[1:], cwd=cwd)
        environ = self.environ(PATH=present.path_with_recovery(self.home / "bin"))
        typed = line if "<" in line else f"{line} </dev/null"
        done = subprocess.run(["bash", "-c", typed], capture_output=True, cwd=cwd, env=environ, check=False)
        return subprocess.CompletedProcess(words, done.returncode, as_text(done.stdout), as_text(done.stderr))

    def begin(self, *argv: str) -> subprocess.Popen[bytes]:
        """Start and leave running, with a pipe for the lines and one for the answers."""
        return subprocess.Popen(
            present.command(*argv, python=("-u",)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environ(),
        )

    def last(self) -> dict[str, Any]:
        """The newest transcript, by the command that shows it."""
        done = self("log", "show", "last", "--json")
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown
