"""What the tests share: a framework of their own, a clock that is told its ticks, a real store in a real folder."""

from __future__ import annotations

import signal
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from recoverycli.frameworks.library import LoadedFramework
from recoverycli.live.call import LiveCall
from recoverycli.live.environment import CallEnvironment
from recoverycli.times.future import read_date
from tests import kept, present
from tests.content import LITTLE, OTHER, WAY_OUT, started

# pytest looks for these hooks here.
from tests.needs import (  # noqa: F401
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
)

present.pin()
kept.keep()

if TYPE_CHECKING:
    from pathlib import Path

    from recoverycli.frameworks.model import Framework

# How long an example takes says something about the machine, not about the code. Every day the examples are the same
# ones, so that a commit passes or fails each time; other ones come with --hypothesis-profile=random.
settings.register_profile("random", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("everyday", settings.get_profile("random"), derandomize=True)
settings.load_profile("everyday")

# What a shell begins in the background ignores Ctrl-C, and so would every command that a test begins.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

BERLIN = timezone(timedelta(hours=1))


class Clock:
    """A clock that moves only when it is told to, and a second at each look."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def pass_(self, seconds: float) -> None:
        """Let time go by; a negative number sets the clock back."""
        self.moment += timedelta(seconds=seconds)


@pytest.fixture(autouse=True, scope="module")
def _present() -> None:
    """Every module of tests begins at the same moment, in whatever order they run."""
    present.begin()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> CallEnvironment:
    """A data folder that does not exist yet, and three frameworks to switch between."""
    known = {framework.id: framework for framework in (LITTLE, OTHER, WAY_OUT)}
    return CallEnvironment(tmp_path / "data", clock, lambda wanted: loaded(known[wanted], tmp_path), read_date)


@pytest.fixture
def call(world: CallEnvironment, clock: Clock) -> LiveCall:
    """A call that has just begun."""
    return LiveCall.start(world, lambda: started(LITTLE, clock()))


def loaded(framework: Framework, folder: Path) -> LoadedFramework:
    """A framework as the library would give it."""
    return LoadedFramework(content=framework, digest="sha256:0", path=folder / f"{framework.id}.yaml", kind="built-in")
