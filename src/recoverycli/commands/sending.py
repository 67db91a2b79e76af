"""What a call that ends leaves to a process of its own: sending it to the team, where that was chosen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from recoverycli.store.outbox import is_connected

if TYPE_CHECKING:
    from recoverycli.commands.setup import Setup


def send_later(setup: Setup) -> None:
    """Start what sends the calls that wait, and go on at once; what it cannot send goes on waiting."""
    if setup.settings.team_push != "after-call" or not is_connected(setup.home):
        return
    import subprocess

    # It outlives the terminal that the call was walked in.
    apart: dict[str, object] = (
        {"creationflags": 0x00000008 | 0x00000200}  # DETACHED_PROCESS, CREATE_NEW_PROCESS_GROUP
        if os.name == "nt"
        else {"start_new_session": True}
    )
    subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603  # our own words
        [sys.executable, "-m", "recoverycli", *setup.options.words, "team", "push", "--quiet"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **apart,
    )
