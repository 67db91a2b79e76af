"""A folder as an unpacked archive may be: it imitates modules, programs and settings, and each leaves a trace."""

from __future__ import annotations

import os
import sys
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

from tests.platforms import WINDOWS

if TYPE_CHECKING:
    from pathlib import Path

# Every program that the tool, or a library that it uses, could start.
_PROGRAMS = (
    "cat", "cc", "code", "gcc", "git", "initdb", "ld", "ldconfig", "less", "more", "nano", "notepad", "objdump", "pbcopy",
    "pg_ctl", "postgres", "ps", "python", "python3", "recovery", "sed", "sensible-editor", "sh", "stty", "tput", "uname",
    "vi", "vim", "wl-copy", "xclip", "xdg-open", "xsel",
)  # fmt: skip
SETTINGS = """\
agent = "Somebody Else"
redact = []
reopen = "week"
plain = true
data-dir = "here"
editor = "./code"
pager = "./less"
[team]
push = "after-call"
share = "all"
[projects]
trusted = ["/"]
"""


class Unpacked:
    """The folder, and the file with the names of what was run of it."""

    def __init__(self, folder: Path, traces: Path) -> None:
        """Fill the folder; `traces` lies outside of it."""
        self.folder, self._traces = folder, traces
        (folder / ".recovery").mkdir(parents=True)
        (folder / ".recovery" / "settings.toml").write_text(SETTINGS, encoding="utf-8")
        names = {*sys.stdlib_module_names, *packages_distributions(), "sitecustomize", "usercustomize"}
        modules = [f"{name}.py" for name in names if name.isidentifier() and name != "recoverycli"]
        for module in (*modules, "recoverycli/__init__.py", "recoverycli/__main__.py"):
            file = folder / module
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"open({str(traces)!r}, 'a').write({f'{module} '!r})\n", encoding="utf-8")
        for name in _PROGRAMS:
            program = folder / (f"{name}.bat" if WINDOWS else name)
            line = f'@echo {name} >> "{traces}"' if WINDOWS else f"#!/bin/sh\necho {name} >> '{traces}'"
            program.write_text(f"{line}\n", encoding="utf-8")
            program.chmod(0o755)
        self._names = sorted(path.name for path in folder.iterdir())

    @property
    def path(self) -> str:
        """A PATH on which the current folder is first."""
        return f".{os.pathsep}{os.environ['PATH']}"

    @property
    def traces(self) -> str:
        """What was run of the folder; empty if nothing was."""
        return self._traces.read_text(encoding="utf-8") if self._traces.exists() else ""

    @property
    def added(self) -> list[str]:
        """The names of what is in the folder and was not before."""
        return sorted({path.name for path in self.folder.iterdir()} - {*self._names})
