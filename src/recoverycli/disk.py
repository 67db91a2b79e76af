"""The disk as each platform has it: what `os` leaves to the platform is the same everywhere for callers of this module.

Windows writes CRLF where a file is not opened as binary. Its sibling `store/files.py` adds what the store wants on top.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILE_MODE = 0o600
_BINARY = getattr(os, "O_BINARY", 0)


def open_binary(path: str | Path, flags: int = os.O_RDONLY, mode: int = FILE_MODE) -> int:
    """Open a file for bytes and return its descriptor; a new one is private to the user. Raises OSError."""
    return os.open(path, flags | _BINARY, mode)
