"""The real command in a data folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Recovery:
    """Runs `recovery` as a process: standard input, output and exit code as a shell sees them."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of the process: none of the developer's own settings, folders of the test."""
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("RECOVERY_", "COLUMNS"))}
        folders = {"RECOVERY_HOME": str(self.data), "RECOVERY_CONFIG_HOME": str(self.home / "config")}
        return {**plain, **folders, "PYTHONIOENCODING": "utf-8", **more}

    def __call__(
        self,
        *argv: str,
        stdin: str | bytes = "",
        cwd: Path | None = None,
        before: Callable[[], None] | None = None,
        environ: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end. Output that is no UTF-8 fails the test."""
        done = subprocess.run(
            [sys.executable, "-m", "recoverycli", *argv],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd,
            env=self.environ(**(environ or {})),
            preexec_fn=before,
            check=False,
        )
        return subprocess.CompletedProcess(argv, done.returncode, done.stdout.decode(), done.stderr.decode())

    def begin(self, *argv: str) -> subprocess.Popen[bytes]:
        """Start and leave running, with a pipe for the lines and one for the answers."""
        return subprocess.Popen(
            [sys.executable, "-u", "-m", "recoverycli", *argv],
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
