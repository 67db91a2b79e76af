from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.trials import Forge, Trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    """One process for all trials, which is forked for each."""
    with Forge(tmp_path_factory.mktemp("forge")) as forge:
        yield forge


@pytest.fixture
def trial(forge: Forge, tmp_path: Path) -> Trial:
    return Trial(forge, tmp_path / "trial")
