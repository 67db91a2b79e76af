"""The pager: a page that is taller than the screen is read with whatever the user reads with."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from recoverycli.system.programs import child_environ, find_command, process_args

if TYPE_CHECKING:
    from collections.abc import Mapping

# Colours kept, the screen left as it is, no key needed for what fits after all.
_LESS = "FRX"


def page(text: str, environ: Mapping[str, str]) -> bool:
    """Show `text` in the pager of PAGER, else in `less`; False where there is none, or PAGER is empty."""
    try:
        found = find_command(environ.get("PAGER", "less"), environ)
        command = process_args(found, environ) if found else None
    except ValueError:
        return False
    if command is None:
        return False
    # The command is the user's own, from their environment. `less` on Windows takes the code page for what it reads.
    surroundings = {"LESS": _LESS, "LESSCHARSET": "utf-8", **child_environ(environ)}
    subprocess.run(command, input=text.encode(), env=surroundings, check=False)  # noqa: S603
    return True
