"""Push in a separate process after a call; the next command reports its failure."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from recoverycli.store.layout import TEAM
from recoverycli.store.outbox import is_connected
from recoverycli.system.disk import open_binary
from recoverycli.system.programs import child_environ, own_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# The standard error of the last such push: empty if it succeeded.
_LOG = "after-call.log"
_LONGEST = 4096  # bytes
# What a push prints without an error.
_REMARKS = ("warning: ", "note: ")


def start_push(home: Path, options: Sequence[str], environ: Mapping[str, str]) -> None:
    """Start a push in the background, with the global `options` of this command.

    Raises OSError if it cannot be started.
    """
    import subprocess

    detached: dict[str, object] = (
        {"creationflags": 0x00000008 | 0x00000200}  # DETACHED_PROCESS, CREATE_NEW_PROCESS_GROUP
        if os.name == "nt"
        else {"start_new_session": True}
    )
    log = open_binary(home / TEAM / _LOG, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(log, "wb") as errors:
        subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603  # our own words
            own_command([*options, "team", "push", "--quiet"]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=child_environ(environ),
            **detached,
        )


def failed_push(home: Path) -> str | None:
    """Return why the last push after a call failed, once; None if it did not fail, or was reported before."""
    if not is_connected(home):
        return None
    log = home / TEAM / _LOG
    with contextlib.suppress(OSError):
        if not log.stat().st_size:
            return None
        with log.open("rb") as file:
            lines = file.read(_LONGEST).decode(errors="replace").splitlines()
        log.unlink()
        errors = [line for line in lines if line.strip() and not line.startswith(_REMARKS)]
        # The message is in the first line, or in the last line of a Python traceback.
        own = [line.removeprefix("recovery: ") for line in errors if line.startswith("recovery: ")]
        return next(iter([*own, *errors[-1:]]), None)
    return None
