from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.recovery import Recovery

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    return Recovery(tmp_path)
