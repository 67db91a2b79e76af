"""The zone of the test process, set for one test."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.platforms import NO_ZONES, WINDOWS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


ZONES = Path("/usr/share/zoneinfo")


@pytest.fixture
def system_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set the zone of the process to the one that is named, by the system's rules."""
    if WINDOWS:
        pytest.skip(NO_ZONES)

    def change(zone: str) -> None:
        if "/" in zone and not (ZONES / zone).exists():
            pytest.skip(f"the system has no rules of {zone}")
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield change
    monkeypatch.undo()
    time.tzset()
