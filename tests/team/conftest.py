"""`server`: a PostgreSQL that all tests of this process share. `database`: a fresh database in it, ready for calls."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.team.programs import _of_the_wheel
from recoverycli.team.trial import Trial
from recoverycli.times.clock import file_time_ns
from tests import present
from tests.commands.recovery import Recovery
from tests.platforms import NO_SERVER, WINDOWS
from tests.team.floor import Floor, Floors

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[Floors]:
    """A server of this process, in a short folder (a socket's address has little room), stopped at the end.

    It is the wheel's where there is one; test_other_version.py tries that of the system.
    """
    if WINDOWS:
        pytest.skip(NO_SERVER)
    folder = Path(tempfile.mkdtemp(prefix="floor-"))
    trial = Trial(folder, binaries=next((one.folder for one in _of_the_wheel()), None))
    try:
        yield Floors(trial)
    finally:
        trial.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: Floors) -> Iterator[Floor]:
    """A database that is ready for calls."""
    floor = server.ready()
    yield floor
    server.drop(floor)


@pytest.fixture
def empty(server: Floors) -> Iterator[Floor]:
    """A database in which nothing is yet."""
    floor = server.empty()
    yield floor
    server.drop(floor)


@pytest.fixture
def time_of_the_server() -> Iterator[float]:
    """Set the clock to the computer's, which a server goes by; return what the desk's clock adds to the counter."""
    before = present.shift()
    shift = file_time_ns() / 1e9 - time.perf_counter()
    present.set_shift(shift)
    yield shift
    present.set_shift(before)


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    """The real command in a data folder of its own; connected by `environ={"RECOVERY_TEAM_DSN": database.dsn()}`."""
    return Recovery(tmp_path)
