"""The pager: a page that is taller than the screen is read with whatever the user reads with."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

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
    if not command or shutil.which(command[0]) is None:
        return False
    # The command is the user's own, from their environment, and is given to no shell.
    subprocess.run(command, input=text.encode(), env={"LESS": _LESS, **environ}, check=False)  # noqa: S603
    return True
