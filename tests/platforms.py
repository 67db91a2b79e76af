"""What a platform does not have, and the reason that a test states when it is skipped for that.

A test that the platform cannot run carries one of these marks. What the product does wrong on a platform is no reason.
"""

from __future__ import annotations

import ctypes
import os
import stat
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

WINDOWS = os.name == "nt"
# Windows Python as it runs under Wine, which differs from Windows in places.
WINE = WINDOWS and hasattr(ctypes.CDLL("ntdll"), "wine_get_version")
AS_ROOT = not WINDOWS and os.geteuid() == 0
KILLED = 9 if WINDOWS else -9  # the exit code that subprocess reports for a process ended by `os.kill(pid, 9)`

NO_TERMINAL = "Windows has no pseudo-terminal that a test could read"
NO_MODES = "Windows keeps no permission bits for owner, group and others"
NO_PREEXEC = "Windows runs no code between fork and exec"
NO_ZONES = "on Windows a process has the zone of the computer, not that of TZ"
NO_SERVER = "the tests of a team need a PostgreSQL of their own, which was not tried on Windows"

needs_pty = pytest.mark.skipif(WINDOWS, reason=NO_TERMINAL)
needs_modes = pytest.mark.skipif(WINDOWS, reason=NO_MODES)
needs_links = pytest.mark.skipif(WINDOWS, reason="Windows lets only administrators make symbolic links")
needs_fifos = pytest.mark.skipif(WINDOWS, reason="Windows has no named pipes among its files")
needs_signals = pytest.mark.skipif(WINDOWS, reason="Windows sends no signals between processes")
needs_alarm = pytest.mark.skipif(WINDOWS, reason="Windows has no alarm that ends what hangs")
needs_limits = pytest.mark.skipif(WINDOWS, reason="Windows has no limits on a process's files and memory (setrlimit)")
needs_zones = pytest.mark.skipif(WINDOWS, reason=NO_ZONES)
needs_bytes_in_arguments = pytest.mark.skipif(WINDOWS, reason="Windows has no arguments that are not Unicode")
needs_to_delete_open_files = pytest.mark.skipif(WINDOWS, reason="Windows lets nobody delete or replace an open file")
needs_plain_locale = pytest.mark.skipif(
    WINDOWS, reason="Windows has a code page, in which each of these bytes is a letter"
)
not_under_wine = pytest.mark.skipif(WINE, reason="Wine reports another error than Windows does here")
needs_posix_shell = pytest.mark.skipif(WINDOWS, reason="the commands of this test are written for a POSIX shell")


def has_mode(path: Path, mode: int) -> bool:
    """Whether the file or folder has these permission bits; always on Windows, which keeps none."""
    return WINDOWS or stat.S_IMODE(path.stat().st_mode) == mode
