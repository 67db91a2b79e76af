"""The pager: a page that is taller than the screen is read with whatever the user reads with."""

from __future__ import annotations

import shlex
import subprocess
from typing import TYPE_CHECKING

from recoverycli.programs import child_environ, find_program

if TYPE_CHECKING:
    from collections.abc import Mapping

# Colours kept, the screen left as it is, no key needed for what fits after all.
_LESS = "FRX"


def page(text: str, environ: Mapping[str, str]) -> bool:
    """Show `text` in the pager of PAGER, else in `less`; False where there is none, or PAGER is empty."""
    try:
        command = shlex.split(environ.get("PAGER", "less"))
    except ValueError:
        return False
    program = find_program(command[0], environ) if command else None
    if program is None:
        return False
    # The command is the user's own, from their environment, and is given to no shell.
    surroundings = {"LESS": _LESS, **child_environ(environ)}
    subprocess.run([program, *command[1:]], input=text.encode(), env=surroundings, check=False)  # noqa: S603
    return True
