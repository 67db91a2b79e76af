"""Calls in built-in frameworks: what they call is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.content.library import Source
from recoverycli.frameworks.library import FrameworkLibrary

if TYPE_CHECKING:
    from recoverycli.live.environment import CallEnvironment

BUILT_IN = FrameworkLibrary((Source(Path(__file__).parents[2] / "frameworks", "built-in"),))


@pytest.fixture
def world(world: CallEnvironment) -> CallEnvironment:
    """A call that can enter each built-in framework."""
    return world._replace(load=BUILT_IN.load)
