"""How many examples a property gets: few every day, all where the examples are random (docs/testing.md)."""

from __future__ import annotations

from hypothesis import settings


def examples(everyday: int, *, at_random: int) -> settings:
    """Return the settings of a property whose examples take long."""
    return settings(max_examples=everyday if settings().derandomize else at_random)
