"""The name of this computer's time zone, such as Europe/Berlin: the rules behind an offset."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Rules that are written out (`CET-1CEST`) have no name.
_NAME = re.compile(r"UTC|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")
_ETC = Path("/etc")


def zone_name(environ: Mapping[str, str], etc: Path = _ETC) -> str | None:
    """Return the name of the zone in the tz database; None where the system does not say it, as on Windows."""
    told = environ.get("TZ")
    name = (_system_zone(etc) if told is None else told.removeprefix(":")).rpartition("zoneinfo/")[2]
    return name if _NAME.fullmatch(name) else None


def _system_zone(etc: Path) -> str:
    try:
        return (etc / "localtime").readlink().as_posix()
    except OSError:
        pass
    try:
        return (etc / "timezone").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
