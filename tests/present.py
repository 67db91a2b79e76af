"""The present of the tests: the same moment, zone and locale on every day and every computer.

Each module of tests begins at `START`; from then on time passes as it does. The shift between this clock and the
counter of the computer, which all processes share, is handed to every process that a test starts. Run as a program,
this is `recovery` at that moment.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.times import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

# `make test-anywhere` sets these, and nothing but the tests reads them (`tests/places.py`).
MOMENT, ZONE, LOCALE = "RECOVERY_TEST_NOW", "RECOVERY_TEST_ZONE", "RECOVERY_TEST_LOCALE"
# A Wednesday; a zone that is neither UTC nor without summer time.
START = datetime.fromisoformat(os.environ.get(MOMENT, "2026-11-25T10:00:00+01:00"))
_ZONE = os.environ.get(ZONE, "Europe/Berlin")
_LOCALE = os.environ.get(LOCALE, "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8")
# What says something of the developer's terminal, programs and habits.
_OF_THE_DEVELOPER = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "COLORFGBG",
    "TERM_PROGRAM", "TMUX", "STY", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY",
    "WT_SESSION", "VTE_VERSION", "EDITOR", "VISUAL", "PAGER", "LESS", "LESSOPEN", "LESSCHARSET", "CI",
    "PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONWARNINGS", "PYTHONSTARTUP", "PYTHONSAFEPATH", "SOURCE_DATE_EPOCH",
)  # fmt: skip
# What is said to the tests themselves.
_OF_THE_TESTS = ("RECOVERY_TEST_", "RECOVERY_BROWSER")
_OF_OTHER_PROGRAMS = ("LC_", "LANG", "PG", "XDG_", "TTY_")

_shift = 0.0


def set_shift(shift: float) -> None:
    """Let the clock of this process be the counter of the computer, so many seconds on."""
    global _shift  # noqa: PLW0603  # a process has one present
    _shift = shift
    clock.source = lambda: shift + time.perf_counter()


def begin() -> None:
    """Set the clock to START."""
    set_shift(START.timestamp() - time.perf_counter())


@contextlib.contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let another moment be the present for a while, whatever START is; a naive one is a local time."""
    set_shift(moment.timestamp() - time.perf_counter())
    try:
        yield
    finally:
        begin()


def shift() -> float:
    """Return what a process that is started now has to add to the counter of the computer."""
    return _shift


def pin() -> None:
    """Set moment, zone, locale, umask and environment of this process, which its children inherit."""
    for name in list(os.environ):
        own = name.startswith("RECOVERY_") and not name.startswith(_OF_THE_TESTS)
        if own or name in _OF_THE_DEVELOPER or name.startswith(_OF_OTHER_PROGRAMS):
            del os.environ[name]
    os.environ["LC_ALL"] = _LOCALE
    os.environ["TERM"] = "xterm-256color"
    os.umask(0o022)
    # Windows knows its own zone alone.
    if hasattr(time, "tzset"):
        os.environ["TZ"] = _ZONE
        time.tzset()
    begin()


def command(*argv: str, python: tuple[str, ...] = ()) -> list[str]:
    """Return the command line of a `recovery` in a Python of its own, to which these options are given."""
    return [sys.executable, *python, "-P", str(Path(__file__)), repr(_shift), *argv]


def preamble() -> str:
    """Return the lines with which a program for `python -c` begins that reads the clock of the product."""
    source = f"lambda: {_shift!r} + time.perf_counter()"
    return f"import time\nfrom recoverycli.times import clock\nclock.source = {source}\n"


def path_with_recovery(folder: Path) -> str:
    """Return a PATH whose `recovery` is that of `command`; the script is written into the folder."""
    folder.mkdir(exist_ok=True)
    script = folder / "recovery"
    script.write_text(f'#!/bin/sh\nexec {shlex.join(command())} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return os.pathsep.join((str(folder), str(Path(sys.executable).parent), os.environ["PATH"]))


def _recovery() -> None:
    set_shift(float(sys.argv.pop(1)))
    sys.argv[0] = "recovery"
    from recoverycli.__main__ import main

    main()


if __name__ == "__main__":
    _recovery()
