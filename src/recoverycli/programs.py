"""Other programs: where they are, and the environment that they get. No code of the current folder is ever run.

The current folder may be anybody's: an archive that was unpacked, a share. A shell on Windows looks for programs there
first, an empty or relative entry of PATH means it, and `python -m` puts it in front of all modules.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Lists of folders in which programs look for code: a relative entry means the current folder.
_FOLDER_LISTS = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# Code that is loaded before a program's own.
_PRELOADED = ("LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONBREAKPOINT")
_WINDOWS_ENDINGS = ".COM;.EXE;.BAT;.CMD"


def find_program(name: str, environ: Mapping[str, str]) -> str | None:
    """Return the absolute path of a program: `name` itself if it is absolute, else from PATH's absolute folders."""
    endings = [""]
    if os.name == "nt":
        known = environ.get("PATHEXT", _WINDOWS_ENDINGS).lower().split(";")
        endings = [""] if Path(name).suffix.lower() in known else known
    if Path(name).is_absolute():
        folders = [""]
    elif Path(name).name == name:
        folders = absolute_entries(environ.get("PATH", os.defpath))
    else:
        return None
    for folder in folders:
        for ending in endings:
            candidate = Path(folder, f"{name}{ending}")
            if candidate.is_file() and os.access(candidate, os.X_OK):
                return str(candidate)
    return None


def absolute_entries(folders: str) -> list[str]:
    """Return the absolute folders of a list such as PATH."""
    return [folder for folder in folders.split(os.pathsep) if Path(folder).is_absolute()]


def child_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a child process, without what would load code from the current folder."""
    kept = {name: value for name, value in environ.items() if name not in _PRELOADED}
    for name in _FOLDER_LISTS:
        if name in kept:
            kept[name] = os.pathsep.join(absolute_entries(kept[name]))
            if not kept[name]:
                del kept[name]
    return kept


def own_command(words: Sequence[str]) -> list[str]:
    """Return the command that runs `recovery` with these words in a process of its own.

    -P keeps the current folder off the path of modules; -I would hide an installation in the user's own folder.
    """
    return [sys.executable, "-P", "-m", "recoverycli", *words]
