"""The connection file of this desk: its id, how it is connected, when it last pushed and pulled.

No secrets. The desk is connected while the file exists.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import msgspec

from recoverycli.errors import TeamProblem
from recoverycli.store.files import flush_folder, make_folder, read_own, refusal, replace_file
from recoverycli.store.layout import TEAM
from recoverycli.system.disk import replace

if TYPE_CHECKING:
    from pathlib import Path

_FILE, _LEFT = "desk.json", "was.json"
How = Literal["libpq", "trial"]


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is random and permanent. `how` is None if only RECOVERY_TEAM_DSN connects the desk.

    `target` is a connection string without a secret, for libpq; other parts come from libpq's environment, service and
    pass file. Times are RFC 3339.
    """

    schema: Literal[1] = 1
    id: str
    how: How | None = None
    target: str = ""
    pushed_at: str | None = None
    pulled_at: str | None = None


def folder(home: Path) -> Path:
    """Return the folder of the team's files at this desk."""
    return home / TEAM


def read_desk(home: Path) -> Desk | None:
    """Return the connection of this desk, or None. Raises TeamProblem."""
    return _read(folder(home) / _FILE)


def _read(path: Path) -> Desk | None:
    try:
        return msgspec.json.decode(read_own(path), type=Desk)
    except FileNotFoundError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise TeamProblem(
            f"{path}: the connection of this desk cannot be read from it",
            kept="Your calls were not changed.",
            hint="Move it away, then connect again: recovery team connect",
        ) from wrong
    except OSError as refused:
        raise refusal(path, refused) from refused


def change(home: Path, **fields: object) -> Desk:
    """Change the connection of this desk, and return it. Raises StoreProblem or TeamProblem."""
    before = read_desk(home) or _read(folder(home) / _LEFT) or Desk(id=os.urandom(8).hex())
    desk = msgspec.structs.replace(before, **fields)
    make_folder(folder(home), home)
    path = folder(home) / _FILE
    try:
        replace_file(path, msgspec.json.format(msgspec.json.encode(desk), indent=1) + b"\n")
    except OSError as refused:
        raise refusal(path, refused) from refused
    return desk


def disconnect(home: Path) -> bool:
    """Disconnect the desk, which keeps its id. Returns whether it was connected.

    Raises StoreProblem or TeamProblem.
    """
    if read_desk(home) is None:
        return False
    change(home, how=None, target="")
    path = folder(home) / _FILE
    try:
        replace(path, path.with_name(_LEFT))
        flush_folder(path.parent)
    except OSError as refused:
        raise refusal(path, refused) from refused
    return True
