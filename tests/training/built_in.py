"""The frameworks and the wording that came with the tool."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary
from tests.wording.wordings import MATCHER

if TYPE_CHECKING:
    from recoverycli.frameworks.model import Framework
    from recoverycli.wording.matcher import Matcher

_ROOT = Path(__file__).parents[2]
_LIBRARY = FrameworkLibrary((Source(_ROOT / "frameworks", "built-in"),))
FRAMEWORKS = _LIBRARY.ids()


@cache
def framework(framework_id: str) -> Framework:
    """Read a built-in framework."""
    return _LIBRARY.load(framework_id).content


@cache
def matcher() -> Matcher:
    """Read the built-in wording."""
    return MATCHER
