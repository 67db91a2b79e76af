"""Work in small steps, between which keys are read: generators that yield after each step and return what was made."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]


def finish(steps: Steps[T]) -> T:
    """Do all steps that are left and return what they made."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            made: T = done.value
            return made
