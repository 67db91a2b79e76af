"""Whether the variable TZ names a time zone: the C library takes any other value for UTC, without a word."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Where systems keep their zones, as `zoneinfo.TZPATH` has it, and macOS.
_FOLDERS = (
    "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo", "/var/db/timezone/zoneinfo",
)  # fmt: skip
_MAGIC = b"TZif"
_NAME = r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_OFFSET = r"[+-]?[0-9]{1,3}(?::[0-9]{1,2}){0,2}"
# A rule of POSIX such as CET-1CEST,M3.5.0,M10.5.0/3.
_RULE = re.compile(rf"{_NAME}{_OFFSET}(?:{_NAME}(?:{_OFFSET})?(?:,.+)?)?")
_AS_THEY_ARE = frozenset({"", "UTC", "GMT"})


def unknown_zone(environ: Mapping[str, str]) -> str:
    """Return the value of TZ if it names no time zone, else an empty string. Windows reads it in another way."""
    value = environ.get("TZ", "")
    name = value.removeprefix(":")
    if os.name == "nt" or name in _AS_THEY_ARE or _RULE.fullmatch(name):
        return ""
    folders = (environ["TZDIR"],) if environ.get("TZDIR") else _FOLDERS
    paths = [name] if name.startswith("/") else [f"{folder}/{name}" for folder in folders]
    return "" if any(_is_zone(path) for path in paths) else value


def _is_zone(path: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  # pathlib adds nothing here
            return file.read(len(_MAGIC)) == _MAGIC
    except (OSError, ValueError):
        return False
