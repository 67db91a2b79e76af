"""Twenty processes walk calls and send them while the server is killed and started five times."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from recoverycli.store import outbox
from recoverycli.team.trial import Trial
from tests import present
from tests.team.floor import Floors
from tests.team.test_push import desk, files, raws

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.commands.recovery import Recovery
    from tests.team.floor import Floor

PATIENCE = 120.0
DESKS, PROCESSES_A_DESK, CALLS_A_PROCESS, KILLS = 4, 5, 2, 5
# A process of somebody who walks calls and sends them, whatever the server is at.
WORK = """
import subprocess, sys
name, calls, tool = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
for number in range(calls):
    lines = f"note {name} {number}\\n/promise ring by tomorrow 5pm\\n/end resolved\\n"
    subprocess.run([*tool, "start", "learn"], input=lines.encode(), stdout=subprocess.DEVNULL, check=True)
    subprocess.run([*tool, "team", "push", "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
"""


@pytest.fixture
def floors() -> Iterator[Floors]:
    """A server of this test's own."""
    folder = Path(tempfile.mkdtemp(prefix="floor-"))
    try:
        yield Floors(Trial(folder), durable=True)
    finally:
        Trial(folder).stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def kill(trial: Trial, how: signal.Signals) -> None:
    """End the server at once, by its number; its files are as a crash leaves them."""
    number = int((trial.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    os.kill(number, how)
    limit = time.monotonic() + PATIENCE
    while Path(f"/proc/{number}").exists():
        assert time.monotonic() < limit


def known(floor: Floor) -> int:
    with contextlib.suppress(psycopg.Error):
        return int(floor.ask("SELECT count(*) FROM recovery.known")[0][0])
    return 0


def begin(recovery: Recovery, name: str) -> subprocess.Popen[bytes]:
    environ = {key: value for key, value in recovery.environ().items() if not key.startswith("COV")}
    return subprocess.Popen([sys.executable, "-c", WORK, name, str(CALLS_A_PROCESS), *present.command()], env=environ)


@pytest.mark.slow
def test_every_call_is_in_the_database_once_byte_for_byte(floors: Floors, tmp_path: Path) -> None:
    floor = floors.ready()
    desks = [desk(tmp_path / str(number), floor, "ana" if number % 2 else "ben") for number in range(DESKS)]
    running = [begin(one, f"{number}-{turn}") for number, one in enumerate(desks) for turn in range(PROCESSES_A_DESK)]
    limit = time.monotonic() + PATIENCE
    for turn in range(KILLS):
        before = known(floor)
        # In the midst of it, and not before something more was sent.
        while known(floor) <= before and any(process.poll() is None for process in running):
            assert time.monotonic() < limit
        kill(floors.trial, signal.SIGKILL if turn % 2 else signal.SIGQUIT)
        floors.trial.start()
    assert [process.wait() for process in running] == [0] * len(running)
    for one in desks:
        done = one("team", "push")
        assert done.returncode == 0, done.stderr
        assert outbox.waiting_calls(one.data) == []
    walked = files(*desks)
    assert len(walked) == DESKS * PROCESSES_A_DESK * CALLS_A_PROCESS
    assert raws(floor) == walked
