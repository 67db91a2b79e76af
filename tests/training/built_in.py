"""The frameworks and the wording that came with the tool."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.frameworks.library import Library, Source
from recoverycli.wording.library import load
from recoverycli.wording.matcher import Matcher

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework

_ROOT = Path(__file__).parents[2]
_LIBRARY = Library((Source(_ROOT / "frameworks", "built-in"),))
FRAMEWORKS = _LIBRARY.ids()


@cache
def framework(framework_id: str) -> Framework:
    """Read a built-in framework."""
    return _LIBRARY.load(framework_id).framework


@cache
def matcher() -> Matcher:
    """Read the built-in wording."""
    return Matcher(load((_ROOT / "wording",)).wording)
