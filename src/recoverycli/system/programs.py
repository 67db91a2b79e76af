"""Other programs: their location and environment. No code of the current folder is ever run.

The current folder may hold anybody's files: an unpacked archive, a share. A shell on Windows looks for programs there
first, an empty or relative entry of PATH means it, and `python -m` puts it before all modules.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Lists of folders where programs look for code: a relative entry means the current folder.
_FOLDER_LISTS = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# Names code that is loaded before the program's own.
_PRELOADED = ("LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONBREAKPOINT")
_WINDOWS_ENDINGS = ".COM;.EXE;.BAT;.CMD"
_BATCH = (".bat", ".cmd")
_WINDOWS = os.name == "nt"
# What the process may do decides, also if it has other rights than the user who started it.
_EFFECTIVE = os.access in os.supports_effective_ids
_NEEDS_NO_QUOTES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\\/:._-"


def find_program(name: str, environ: Mapping[str, str]) -> str | None:
    """Return the absolute path of a program: `name` itself if it is absolute, else from PATH's absolute folders."""
    endings = [""]
    if _WINDOWS:
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
            if candidate.is_file() and os.access(candidate, os.X_OK, effective_ids=_EFFECTIVE):
                return str(candidate)
    return None


def find_command(line: str, environ: Mapping[str, str], *, windows: bool = _WINDOWS) -> list[str] | None:
    """Return the program and the arguments of a command line such as EDITOR; None if there is no such program.

    The path of a program may hold unquoted spaces: the longest path that is a program is used. Raises ValueError for an
    open quote.
    """
    for end in [len(line), *(place for place in range(len(line) - 1, 0, -1) if line[place] == " ")]:
        if program := find_program(line[:end].strip(), environ):
            return [program, *split_command(line[end:], windows=windows)]
    words = split_command(line, windows=windows)
    program = find_program(words[0], environ) if words else None
    return [program, *words[1:]] if program else None


def split_command(line: str, *, windows: bool = _WINDOWS) -> list[str]:
    """Split a command line as the platform's programs do. Raises ValueError for an open quote."""
    if windows:
        return _windows_words(line)
    import shlex

    return shlex.split(line)


def quote_word(word: str, *, windows: bool = _WINDOWS) -> str:
    """Return a word quoted for the shell of the platform."""
    if windows:
        return word if word.strip(_NEEDS_NO_QUOTES) == "" and word else f'"{word}"'
    import shlex

    return shlex.quote(word)


def _windows_words(line: str) -> list[str]:
    """Split a command line as the C library of Windows does.

    Backslashes are literal, except an odd number of them before a quote.
    https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
    """
    words: list[str] = []
    word, quoted, begun, backslashes = "", False, False, 0
    for letter in line:
        if letter == "\\":
            backslashes += 1
            continue
        if letter == '"':
            word += "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            else:
                quoted = not quoted
            begun = True
        else:
            word += "\\" * backslashes
            begun = begun or bool(backslashes)
            if letter in " \t" and not quoted:
                words += [word] if begun else []
                word, begun = "", False
            else:
                word, begun = word + letter, True
        backslashes = 0
    if quoted:
        raise ValueError(line)
    word += "\\" * backslashes
    return [*words, word] if begun or word else words


def process_args(command: Sequence[str], environ: Mapping[str, str], *, windows: bool = _WINDOWS) -> list[str] | str:
    """Return the arguments with which `subprocess` starts a command.

    Windows runs a batch file through cmd.exe, which parses the line in its own way: each word is quoted; inside quotes
    only a quote, a percent sign and a line break are special. Raises ValueError for these.
    """
    if not windows or not command[0].lower().endswith(_BATCH):
        return list(command)
    if any(letter in word for word in command for letter in '"%\r\n\0'):
        raise ValueError(command)
    shell = environ.get("SystemRoot", r"C:\Windows") + r"\System32\cmd.exe"
    # A backslash before the closing quote would escape it.
    words = " ".join(f'"{word}{_trailing_backslashes(word)}"' for word in command)
    return f'"{shell}" /e:ON /v:OFF /d /s /c "{words}"'


def _trailing_backslashes(word: str) -> str:
    return "\\" * (len(word) - len(word.rstrip("\\")))


def absolute_entries(folders: str) -> list[str]:
    """Return the absolute folders of a list such as PATH."""
    return [folder for folder in folders.split(os.pathsep) if Path(folder).is_absolute()]


def child_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a child process, without variables that load code from the current folder."""
    kept = {name: value for name, value in environ.items() if name not in _PRELOADED}
    for name in _FOLDER_LISTS:
        if name in kept:
            kept[name] = os.pathsep.join(absolute_entries(kept[name]))
            if not kept[name]:
                del kept[name]
    return kept


def own_command(words: Sequence[str]) -> list[str]:
    """Return the command that runs `recovery` with these words in a new process.

    -I keeps the current folder and PYTHONPATH off the module path. It also hides an installation in the user's own
    folder, so the folders from which this process loads its modules come behind those of that Python.
    """
    own = Path(__file__).parents[2]
    found = [folder for folder in sys.path if Path(folder).is_absolute()]
    folders = [folder for folder in found if Path(folder) == own or not _is_here(folder)]
    begin = f"import sys; sys.path += {folders!r}; from recoverycli.__main__ import main; main()"
    return [sys.executable, "-I", "-c", begin, *words]


def _is_here(folder: str) -> bool:
    try:
        return Path(folder).samefile(Path.cwd())
    except OSError:
        return False
