"""The tests of what an agent may do, on the PostgreSQL of the system: another major version than the wheel's."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from recoverycli.team.programs import OLDEST, _of_the_system
from recoverycli.team.trial import Trial
from tests.platforms import NO_SERVER, WINDOWS
from tests.team import test_derived, test_erasure_marks, test_forgeries, test_roles
from tests.team.floor import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator


# The same tests with the server below.
calls = test_roles.calls
test_counts = test_derived.test_the_database_counts_what_a_desk_counts
test_erasures = test_erasure_marks.test_customers_are_asked_about_in_numbers_that_are_counted_whatever_is_rolled_back
test_locks = test_forgeries.test_locks_of_one_agent_hold_up_nobody
test_tables = test_roles.test_nobody_writes_or_locks_a_table_of_calls
test_upgrade = test_forgeries.test_calls_from_before_are_counted_anew_by_the_upgrade


@pytest.fixture(scope="module")
def server() -> Iterator[Floors]:
    """A server of the system's programs."""
    if WINDOWS:
        pytest.skip(NO_SERVER)
    found = [one for one in _of_the_system() if one.version[0] >= OLDEST]
    if not found:
        pytest.skip(f"the system has no PostgreSQL {OLDEST} or later: the wheel's alone is tested")
    folder = Path(tempfile.mkdtemp(prefix="floor-"))
    trial = Trial(folder, binaries=found[0].folder)
    try:
        yield Floors(trial)
    finally:
        trial.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def test_it_is_the_server_of_the_system(server: Floors) -> None:
    ((version,),) = server.ready().ask("SELECT current_setting('server_version_num')::int / 10000")
    assert version >= OLDEST
