"""Pulls on bad days: killed, without power or room at each step, cut off, and two at once."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from recoverycli.settings.team_content import content_folder, read_published
from recoverycli.team.content import shelf
from recoverycli.team.content.package import digest
from recoverycli.team.trial import OWNER
from tests.faults.seam import Fault, Harm
from tests.faults.trials import Trial, assert_told_well
from tests.team.playbooks import FRAMEWORK, playbook, put_by_hand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.commands.recovery import Recovery
    from tests.team.floor import Floor

OLD, NEW = playbook(), playbook(FRAMEWORK.replace("Put it right.", "Mend it."))


@pytest.fixture
def pulled(tmp_path: Path, database: Floor) -> Trial:
    """A desk that has version 1, while version 2 is current."""
    trial = Trial(tmp_path / "desk")
    put_by_hand(database, OLD)
    assert trial("team", "pull", RECOVERY_TEAM_DSN=database.dsn()).code == 0
    put_by_hand(database, NEW)
    return trial


def version_of(home: Path) -> int:
    """The version in force, which has to be whole; every reader finds it by the same pointer."""
    problems: list[str] = []
    at_hand = read_published(home, problems)
    assert at_hand is not None
    assert problems == []
    record = shelf.current(home)
    assert record is not None, at_hand
    assert record.digest == digest({1: OLD, 2: NEW}[at_hand.version])
    return at_hand.version


def each_step(
    pulled: Trial, database: Floor, folder: Path, fault: Fault, after: Path | None = None
) -> Iterator[tuple[str, Trial, int]]:
    """Pull again and again from the same beginning, the fault a step later each time, until none is left to meet."""
    for at in range(1, 200):
        trial = pulled.again(folder / str(at))
        wanted = Fault(fault.harm, at, fault.kinds, fault.error, fault.times)
        found = after / str(at) if after else None
        ended = trial("team", "pull", fault=wanted, after=found, RECOVERY_TEAM_DSN=database.dsn())
        assert_told_well(ended)
        met = [step for step in ended.steps if not fault.kinds or step.split()[0] in fault.kinds]
        if len(met) < at:
            assert at > 5
            return
        yield f"{at}: {met[at - 1]}: {ended.stderr}", trial, ended.code
    pytest.fail("the pull never ends")


@pytest.mark.parametrize("harm", ["kill", pytest.param("half", marks=pytest.mark.slow)])
def test_a_pull_that_is_killed_leaves_the_old_version_or_the_new(
    pulled: Trial, database: Floor, tmp_path: Path, harm: Harm
) -> None:
    found = set()
    for step, trial, _ in each_step(pulled, database, tmp_path / "killed", Fault(harm)):
        found.add(version_of(trial.data))
        again = trial("team", "pull", RECOVERY_TEAM_DSN=database.dsn())
        assert again.code == 0, step
        assert version_of(trial.data) == 2, step
        assert not [*content_folder(trial.data).glob(".*.tmp")], step
    assert found == {1, 2}


@pytest.mark.slow
def test_a_power_cut_leaves_the_old_version_or_the_new(pulled: Trial, database: Floor, tmp_path: Path) -> None:
    found = set()
    after = tmp_path / "after"
    after.mkdir()
    for step, _, _ in each_step(pulled, database, tmp_path / "cut", Fault("power"), after):
        number = step.partition(":")[0]
        found.add(version_of(after / number / "data"))
    assert found == {1, 2}


@pytest.mark.parametrize(
    ("times", "error"),
    [
        pytest.param(times, error, marks=() if (times, error) == (10_000, "ENOSPC") else pytest.mark.slow)
        for times in (1, 10_000)
        for error in ("ENOSPC", "EIO", "EROFS")
    ],
)
def test_a_disk_that_refuses_leaves_the_old_version_or_the_new(
    pulled: Trial, database: Floor, tmp_path: Path, error: str, times: int
) -> None:
    fault = Fault("error", kinds=("open", "write", "fsync", "mkdir", "rename", "replace"), error=error, times=times)
    for step, trial, code in each_step(pulled, database, tmp_path / "refused", fault):
        version = version_of(trial.data)
        assert code in {0, 1}, step
        assert (f"still uses team {version}" in step) == (code == 1), step


def test_a_server_that_ends_in_mid_pull_leaves_the_desk_as_it_was(database: Floor, recovery: Recovery) -> None:
    put_by_hand(database, OLD)
    environ = {"RECOVERY_TEAM_DSN": database.dsn()}
    assert recovery("team", "pull", environ=environ).returncode == 0
    put_by_hand(database, NEW)
    ended = []
    with psycopg.connect(database.dsn(OWNER)) as holder:
        holder.execute("LOCK TABLE recovery.content")
        pull = threading.Thread(target=lambda: ended.append(recovery("team", "pull", environ=environ)))
        pull.start()
        waiting = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name = 'recovery' AND wait_event_type = 'Lock' AND query LIKE '%%FROM recovery.content%%'"
        )
        while not database.ask(waiting):
            time.sleep(0)
    pull.join()
    (done,) = ended
    assert done.returncode == 1
    assert done.stderr.splitlines()[1] == "This desk still uses team 1."
    assert version_of(recovery.data) == 1


def test_a_server_that_is_away_leaves_the_desk_as_it_was(recovery: Recovery, tmp_path: Path) -> None:
    done = recovery("team", "pull", environ={"RECOVERY_TEAM_DSN": f"host={tmp_path}"})
    assert done.returncode == 1
    assert done.stderr.splitlines()[:2] == [
        "recovery: the database cannot be reached", "This desk was not changed.",
    ]  # fmt: skip
    assert not recovery.data.exists()


def test_pulls_at_once_end_with_one_whole_version(database: Floor, recovery: Recovery) -> None:
    put_by_hand(database, OLD)
    put_by_hand(database, NEW)
    environ = {"RECOVERY_TEAM_DSN": database.dsn()}
    ended: list[int] = []
    pulls = [
        threading.Thread(target=lambda: ended.append(recovery("team", "pull", environ=environ).returncode))
        for _ in range(4)
    ]
    for pull in pulls:
        pull.start()
    for pull in pulls:
        pull.join()
    assert ended == [0] * 4
    assert version_of(recovery.data) == 2
    assert len([*content_folder(recovery.data).glob("2-*")]) == 1


def test_the_folder_of_the_version_before_stays_for_calls_that_began_with_it(
    database: Floor, recovery: Recovery
) -> None:
    environ = {"RECOVERY_TEAM_DSN": database.dsn()}
    for files in (OLD, NEW, OLD):
        put_by_hand(database, files)
        assert recovery("team", "pull", environ=environ).returncode == 0
    assert sorted(path.name[0] for path in content_folder(recovery.data).iterdir() if path.is_dir()) == ["2", "3"]


def test_a_folder_that_is_a_link_is_not_followed(database: Floor, recovery: Recovery, tmp_path: Path) -> None:
    put_by_hand(database, OLD)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (recovery.data / "team").mkdir(parents=True)
    (recovery.data / "team" / "content").symlink_to(elsewhere)
    done = recovery("team", "pull", environ={"RECOVERY_TEAM_DSN": database.dsn()})
    assert (done.returncode, "it is a link" in done.stderr) == (1, True)
    assert not [*elsewhere.iterdir()]
    shutil.rmtree(elsewhere)
