"""A file that people wrote, whole: no pipe or device is waited for, and none is read without end."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

from recoverycli.system.disk import open_binary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST = 1024 * 1024
_DOTS, _BITS = 500, 200


def read_written(path: Path, most: int = MOST) -> bytes:
    """Return the bytes of a file, at most one more than `most`; links are followed, for people link their files.

    Raises OSError, with words of its own where it is no file.
    """
    descriptor = open_binary(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no file", str(path))
        return file.read(most + 1)


def parsed(text: str) -> dict[str, Any]:
    """Return what a text of TOML says. Raises ValueError and RecursionError.

    A key of thousands of parts takes the reader minutes: settings have two.
    """
    import tomllib

    if len(text) > MOST:
        raise ValueError(f"it has more than {MOST:,} characters")
    if any(line.count(".") > _DOTS for line in text.splitlines() if "=" in line or line.lstrip().startswith("[")):
        raise ValueError(f"a line has more than {_DOTS} dots")
    return tomllib.loads(text)


def flat(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a settings file says with the table of the team spelt out: `team.push` for `push` in `[team]`."""
    found = dict(settings)
    team = found.pop("team", None)
    if isinstance(team, dict):
        return found | {f"team.{name}": value for name, value in team.items()}
    return found if team is None else found | {"team": team}


def sized(value: Any) -> Any:
    """Return a value that can be told: Python writes no whole number of thousands of digits."""
    return "a very large number" if isinstance(value, int) and value.bit_length() > _BITS else value
