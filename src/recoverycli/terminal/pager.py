"""The pager, for pages that are taller than the screen."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from recoverycli.system.programs import child_environ, find_command, process_args

if TYPE_CHECKING:
    from collections.abc import Mapping

# Keep colours, leave the screen as it is, exit at once if the text fits.
_LESS = "FRX"


def page(text: str, environ: Mapping[str, str]) -> bool:
    """Show `text` in PAGER, or in `less`; False without a pager, or if PAGER is empty."""
    try:
        found = find_command(environ.get("PAGER", "less"), environ)
        command = process_args(found, environ) if found else None
    except ValueError:
        return False
    if command is None:
        return False
    # The command comes from the user's environment. `less` on Windows reads the code page by default.
    surroundings = {"LESS": _LESS, "LESSCHARSET": "utf-8", **child_environ(environ)}
    subprocess.run(command, input=text.encode(), env=surroundings, check=False)  # noqa: S603
    return True
