"""To whom a file or folder belongs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def other_owner(path: Path, environ: Mapping[str, str], user: int | None = None) -> str | None:
    """Return the name of the other user to whom a path, or what it links to, belongs; None if it is this user's.

    `user` is this user's number, by default that of the process. For root the user who called sudo counts as well, as
    for git. Windows has accounts in place of numbers. Raises OSError if the path is not there.
    """
    if os.name == "nt":
        from recoverycli.system.windows_owners import other_windows_owner

        return other_windows_owner(path) or other_windows_owner(path.resolve())
    mine = {os.geteuid() if user is None else user}
    if 0 in mine and (caller := environ.get("SUDO_UID", "")).isdecimal():
        mine.add(int(caller))
    owner = next((one.st_uid for one in (path.lstat(), path.stat()) if one.st_uid not in mine), None)
    return None if owner is None else _name(owner)


def _name(user: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"the user {user}"
