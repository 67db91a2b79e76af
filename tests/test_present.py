"""One clock for a test and what it starts; nothing that a user can set changes the product's."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from recoverycli.times import clock
from tests import present
from tests.commands.recovery import Recovery
from tests.places import PLACES, choose
from tests.platforms import needs_posix_shell, needs_zones

if TYPE_CHECKING:
    from pathlib import Path

CALL = b"/end resolved\n"


@pytest.fixture
def recovery(tmp_path: Path) -> Recovery:
    return Recovery(tmp_path)


def started_at(recovery: Recovery) -> datetime:
    return datetime.fromisoformat(recovery.last()["started_at"])


def test_a_module_begins_at_the_moment_of_the_run() -> None:
    assert clock.now() >= present.START


@pytest.mark.parametrize("environ", [{}, {"PYTHONHASHSEED": "1"}], ids=["forged", "a Python of its own"])
def test_a_command_uses_the_clock_of_the_test(recovery: Recovery, environ: dict[str, str]) -> None:
    before = clock.now()
    assert recovery("start", "learn", stdin=CALL, environ=environ).returncode == 0
    assert before <= started_at(recovery) <= clock.now()


@needs_posix_shell
def test_a_command_of_a_shell_uses_the_clock_of_the_test(recovery: Recovery, tmp_path: Path) -> None:
    environ = recovery.environ(PATH=present.path_with_recovery(tmp_path / "bin"))
    before = clock.now()
    line = "echo /end resolved | recovery start learn"
    subprocess.run(["sh", "-c", line], env=environ, capture_output=True, check=True)
    assert before <= started_at(recovery) <= clock.now()


def test_a_program_of_python_uses_the_clock_of_the_test() -> None:
    code = f"{present.preamble()}print(clock.now().isoformat())"
    before = clock.now()
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8").stdout
    assert before <= datetime.fromisoformat(told.strip()) <= clock.now()


def test_no_variable_of_the_tests_changes_the_time_of_the_product(recovery: Recovery) -> None:
    environ = recovery.environ(RECOVERY_TEST_NOW="2028-02-29T17:05:00+01:00", RECOVERY_TEST_ZONE="Asia/Kolkata")
    before = clock.file_time_ns() // 1000
    command = [sys.executable, "-m", "recoverycli", "start", "learn"]
    subprocess.run(command, input=CALL, env=environ, capture_output=True, check=True)
    (path,) = recovery.data.rglob("sessions/**/*.json")
    started = datetime.fromisoformat(json.loads(path.read_bytes())["started_at"])
    assert before <= (started - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1e6 <= clock.file_time_ns() // 1000


@needs_zones
@pytest.mark.parametrize("name", PLACES)
def test_the_moment_of_a_place_has_the_offset_of_its_zone(name: str) -> None:
    moment = datetime.fromisoformat(PLACES[name].now)
    assert moment.astimezone(ZoneInfo(PLACES[name].zone)).utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("many", [1, 2])
def test_turn_after_turn_goes_through_all_places(many: int) -> None:
    assert {name for turn in range(len(PLACES)) for name in choose(turn, many)} == set(PLACES)
