"""A desk that is connected: by an address, a service, the environment; never by a password that others can read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from recoverycli.team import desk
from recoverycli.team.connection import DSN, is_connected
from recoverycli.team.migrate import newest_version
from recoverycli.team.trial import OWNER
from tests import present
from tests.team.floor import PEOPLE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.recovery import Recovery
    from tests.team.floor import Floor


def status(recovery: Recovery, **environ: str) -> dict[str, Any]:
    done = recovery("team", "status", "--json", environ=environ)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_desk_is_on_its_own_until_it_is_connected(recovery: Recovery) -> None:
    found = status(recovery)
    assert (found["connected"], found["how"], found["server"], found["waiting"]) == (False, None, None, 0)
    assert recovery("team", "status").stdout.startswith("This desk is not connected.")
    assert not recovery.data.exists()


@pytest.mark.usefixtures("time_of_the_server")
def test_a_desk_is_connected_by_an_address_and_keeps_it(recovery: Recovery, database: Floor) -> None:
    done = recovery("team", "connect", database.dsn())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"connected to {database.name} at {database.socket}, PostgreSQL 16")
    assert "as ana (agent)" in done.stdout
    found = status(recovery)
    assert (found["how"], found["remarks"]) == ("libpq", [])
    server = found["server"]
    assert (server["role"], server["rights"], server["schema"], server["tls"]) == (
        "ana",
        ["agent"],
        newest_version(),
        "local",
    )
    assert not server["unbound"]
    assert is_connected(recovery.data, {})


@pytest.mark.usefixtures("time_of_the_server")
@pytest.mark.parametrize("role", [*PEOPLE])
def test_status_says_what_one_may(recovery: Recovery, database: Floor, role: str) -> None:
    found = status(recovery, **{DSN: database.dsn(role)})
    assert found["how"] == DSN
    assert found["server"]["rights"] == [group.removeprefix("recovery_") for group in PEOPLE[role]]
    assert bool(found["remarks"]) == (not PEOPLE[role])


@pytest.mark.parametrize(("off", "which"), [(3600, "ahead of"), (-3600, "behind")])
def test_a_clock_that_is_an_hour_off_is_reported(
    recovery: Recovery, database: Floor, time_of_the_server: float, off: int, which: str
) -> None:
    present.set_shift(time_of_the_server + off)
    (remark,) = status(recovery, **{DSN: database.dsn()})["remarks"]
    assert remark.startswith("The clock of this computer is 3,")
    assert f" seconds {which} the database's" in remark


def test_the_owner_is_warned_that_they_are_above_the_rights(recovery: Recovery, database: Floor) -> None:
    found = status(recovery, **{DSN: database.dsn(OWNER)})
    assert found["server"]["unbound"]
    assert "sees every call" in found["remarks"][0]


def test_the_environment_of_libpq_connects_as_well(recovery: Recovery, database: Floor) -> None:
    environ = {"PGHOST": database.socket, "PGDATABASE": database.name, "PGUSER": "rita"}
    assert recovery("team", "connect", environ=environ).returncode == 0
    assert status(recovery, **environ)["server"]["role"] == "rita"
    assert "target" in (recovery.data / "team" / "desk.json").read_text(encoding="utf-8")
    assert database.name not in (recovery.data / "team" / "desk.json").read_text(encoding="utf-8")


def test_a_service_file_connects_as_well(recovery: Recovery, database: Floor, tmp_path: Path) -> None:
    services = tmp_path / "services.conf"
    services.write_text(f"[floor]\nhost={database.socket}\ndbname={database.name}\nuser=paul\n", encoding="utf-8")
    environ = {"PGSERVICEFILE": str(services)}
    assert recovery("team", "connect", "--service", "floor", environ=environ).returncode == 0
    assert status(recovery, **environ)["server"]["rights"] == ["publisher"]
    done = recovery("team", "connect", "--service", "flor", environ=environ)
    assert done.returncode == 1
    assert "service file has no service of that name" in done.stderr


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://ana:geheim@db.example/recovery",
        "postgresql://ana@db.example/recovery?password=geheim",
        "host=db.example user=ana password=geheim",
        "host=db.example user=ana sslpassword='geheim'",
    ],
)
@pytest.mark.parametrize("command", ["connect", "init"])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(
    recovery: Recovery, typed: str, command: str
) -> None:
    done = recovery("team", command, typed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "a password does not belong on the command line" in done.stderr
    assert ".pgpass" in done.stderr
    assert "geheim" not in done.stderr
    assert not recovery.data.exists()


def test_what_cannot_be_read_is_not_repeated(recovery: Recovery) -> None:
    done = recovery("team", "connect", "postgresql://ana:geheim@[::1")
    assert done.returncode == 1
    assert "geheim" not in done.stderr


def test_a_password_of_the_environment_is_stored_nowhere(recovery: Recovery, database: Floor) -> None:
    environ = {DSN: f"{database.dsn()} password=geheim"}
    assert recovery("team", "connect", environ=environ).returncode == 0
    assert status(recovery, **environ)["connected"]
    for path in recovery.data.rglob("*"):
        assert path.is_dir() or b"geheim" not in path.read_bytes()


def test_leaving_keeps_who_the_desk_is(recovery: Recovery, database: Floor) -> None:
    recovery("team", "connect", database.dsn())
    before = status(recovery)["desk"]
    assert recovery("team", "connect", "--off").stdout == "This desk is no longer connected.\n"
    assert recovery("team", "connect", "--off").stdout == "This desk was not connected.\n"
    assert not is_connected(recovery.data, {})
    assert not status(recovery)["connected"]
    assert database.name not in "".join(path.read_text(encoding="utf-8") for path in recovery.data.rglob("*.json"))
    recovery("team", "connect", database.dsn())
    assert status(recovery)["desk"] == before


@pytest.mark.parametrize(
    "argv", [(), ("--off", "host=/x"), ("--service", "floor", "host=/x"), ("--service", "floor", "--off")]
)
def test_what_makes_no_sense_is_wrong_usage(recovery: Recovery, argv: tuple[str, ...]) -> None:
    done = recovery("team", "connect", *argv)
    assert done.returncode == 2
    assert "recovery team connect" in done.stderr


def test_what_waits_is_counted_by_its_files(recovery: Recovery, database: Floor) -> None:
    recovery("team", "connect", database.dsn())
    outbox = recovery.data / "team" / "outbox"
    outbox.mkdir()
    for name in ("one.json", "two.json", ".outbox.lock", ".three.json.1234.tmp"):
        (outbox / name).touch()
    assert status(recovery)["waiting"] == 2
    assert "2 changes to send: recovery team push" in recovery("team", "status").stdout


def test_the_last_push_and_pull_are_reported(recovery: Recovery, database: Floor) -> None:
    recovery("team", "connect", database.dsn())
    assert "Last push: never" in recovery("team", "status").stdout
    desk.change(recovery.data, pushed_at="2026-11-23T09:00:00+01:00")
    assert status(recovery)["pushed_at"] == "2026-11-23T09:00:00+01:00"
    assert "Last push: never" not in recovery("team", "status").stdout


def test_what_is_stored_of_the_desk_is_private_and_a_broken_file_is_named(recovery: Recovery, database: Floor) -> None:
    recovery("team", "connect", database.dsn())
    path = recovery.data / "team" / "desk.json"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    path.write_text("{", encoding="utf-8")
    done = recovery("team", "status")
    assert done.returncode == 1
    assert str(path) in done.stderr
    assert path.read_text(encoding="utf-8") == "{"


def test_a_database_is_made_ready_by_its_owner(recovery: Recovery, empty: Floor) -> None:
    assert "would be done" in recovery("team", "init", empty.dsn(OWNER), "--dry-run").stdout
    assert "0001_calls" in recovery("team", "init", empty.dsn(OWNER)).stdout
    assert (
        recovery("team", "init", empty.dsn(OWNER)).stdout == f"The database is up to date: schema {newest_version()}.\n"
    )
    assert recovery("team", "status", environ={DSN: empty.dsn()}).returncode == 0


def test_one_who_does_not_own_it_makes_nothing_ready(recovery: Recovery, empty: Floor) -> None:
    done = recovery("team", "init", empty.dsn("nobody"))
    assert done.returncode == 1
    assert "your role has no right to that" in done.stderr
    assert empty.ask("SELECT to_regnamespace('recovery')") == [(None,)]


def test_plain_lines_where_no_terminal_is(recovery: Recovery, database: Floor) -> None:
    told = recovery("team", "status", environ={DSN: database.dsn()}).stdout
    assert "\x1b" not in told
    assert "Role: ana (agent)" in told
    assert "Way: within this computer" in told
