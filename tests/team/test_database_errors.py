"""A database that cannot: each fault is one plain line with what was kept and what to do, and exit code 1."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from recoverycli.errors import TeamProblem
from recoverycli.team.connection import DSN, check, open_database
from recoverycli.team.migrate import newest_version
from recoverycli.team.trial import OWNER, Trial
from tests.team.floor import Floors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.commands.recovery import Recovery
    from tests.team.floor import Floor


@contextlib.contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this computer at which somebody answers as told, or not at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    threading.Thread(target=answer, args=(connection,), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A server that is reached over the network and asks for passwords; it offers no encryption."""
    trial = Trial(tmp_path_factory.mktemp("s") / "t")
    trial.start(durable=False)
    trial.stop()
    port = free_port()
    with (trial.data / "postgresql.conf").open("a") as file:
        file.write(f"listen_addresses = '127.0.0.1'\nport = {port}\n")
    (trial.data / "pg_hba.conf").write_text(
        "local all all trust\nhost all ana 127.0.0.1/32 scram-sha-256\nhost all ben 127.0.0.1/32 reject\n",
        encoding="utf-8",
    )
    running = trial.start()
    try:
        with psycopg.connect(host=running.host, port=port, dbname="postgres", user=OWNER, autocommit=True) as server:
            server.execute("CREATE ROLE ana LOGIN PASSWORD 'the right one'")
            server.execute("CREATE ROLE ben LOGIN")
        yield {"host": "127.0.0.1", "port": str(port), "dbname": "postgres", "user": "ana"}
    finally:
        trial.stop("immediate")


def refused(recovery: Recovery, dsn: str, **environ: str) -> tuple[str, str]:
    """What a command says that needs the database: the line, and the rest of it. It has to fail in plain words."""
    done = recovery("team", "connect", environ={DSN: dsn, **environ})
    assert done.returncode == 1, done.stdout
    assert done.stdout == ""
    first, *rest = done.stderr.splitlines()
    assert "Traceback" not in done.stderr
    assert first.startswith("recovery: ")
    assert 1 <= len(rest) <= 2
    assert not (recovery.data / "team" / "desk.json").exists()
    return first.removeprefix("recovery: "), "\n".join(rest)


@pytest.mark.parametrize(
    "dsn",
    ["host=/nowhere", "host=127.0.0.1 port={free}", "host=db.invalid", "postgresql://ana@127.0.0.1:{free}/recovery"],
)
def test_a_database_that_is_away(recovery: Recovery, dsn: str) -> None:
    said, rest = refused(recovery, dsn.format(free=free_port()))
    assert said == "the database cannot be reached"
    assert "not changed" in rest
    assert "Check the network" in rest


def test_a_database_that_never_answers(recovery: Recovery) -> None:
    silent: list[socket.socket] = []
    with listening(silent.append) as port:
        said, _ = refused(recovery, f"host=127.0.0.1 port={port} connect_timeout=2")
    assert silent
    assert said == "the database does not answer in time"


def test_something_that_is_no_database(recovery: Recovery) -> None:
    def chat(connection: socket.socket) -> None:
        connection.recv(8)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        connection.close()

    with listening(chat) as port:
        said, _ = refused(recovery, f"host=127.0.0.1 port={port}")
    assert said.startswith("the database refused: ")


def test_a_question_that_takes_too_long(database: Floor, tmp_path: Path) -> None:
    with (
        pytest.raises(TeamProblem, match="does not answer in time"),
        open_database(tmp_path, {DSN: database.dsn()}, seconds=1) as connection,
    ):
        connection.execute("SELECT pg_sleep(60)")


@pytest.mark.parametrize("dsn", ["host", "postgresql://ana@[::1", "colour=red", "port=none-of-it"])
def test_an_address_that_is_none(recovery: Recovery, dsn: str) -> None:
    said, rest = refused(recovery, dsn)
    assert "address" in said or "refused" in said
    assert rest


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "the wrong one"}, "the database did not accept the password"),
        ({"passfile": "/nowhere"}, "the database did not accept the password"),
        ({"user": "ben"}, "the database does not let this role in from here"),
        ({"user": "someone"}, "the database does not let this role in from here"),
        ({"sslmode": "require"}, "the database offers no encrypted connection, and one was asked for"),
        ({"sslmode": "verify-full"}, "the database offers no encrypted connection, and one was asked for"),
        ({"password": "the right one", "dbname": "else"}, "there is no database of that name"),
    ],
)
def test_a_server_that_does_not_let_one_in(
    recovery: Recovery, reached: dict[str, str], change: dict[str, str], said: str
) -> None:
    found, rest = refused(recovery, psycopg.conninfo.make_conninfo("", **{**reached, **change}))
    assert found == said
    assert "the wrong one" not in rest


def test_a_role_that_is_not_known(recovery: Recovery, database: Floor) -> None:
    assert refused(recovery, database.dsn("someone"))[0] == "the database does not know that role"


def test_too_many_connections(recovery: Recovery, database: Floor) -> None:
    database.do(f"ALTER DATABASE {database.name} CONNECTION LIMIT 0")
    assert refused(recovery, database.dsn())[0] == "the database has too many connections"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate that nobody but its owner signed, with its key."""
    path = tmp_path / "own.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=elsewhere.example", "-days", "2",
         "-keyout", str(path), "-out", str(tmp_path / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return path


@pytest.mark.needs_openssl
@pytest.mark.parametrize("trusted", [False, True], ids=["signed by nobody", "of another computer"])
def test_a_certificate_that_is_wrong(recovery: Recovery, certificate: Path, tmp_path: Path, trusted: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def greet(connection: socket.socket) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            connection.recv(8)
            connection.sendall(b"S")
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(1)

    root = tmp_path / "cert.pem" if trusted else "system"
    with listening(greet) as port:
        said, rest = refused(recovery, f"host=127.0.0.1 port={port} sslmode=verify-full sslrootcert={root}")
    assert said == "the certificate of the database could not be verified"
    assert "Do not switch the check off" in rest


def test_no_authority_to_check_a_certificate_by(recovery: Recovery) -> None:
    environ = {"PGSSLROOTCERT": "/nowhere/root.crt"}
    said, _ = refused(recovery, f"host=127.0.0.1 port={free_port()} sslmode=verify-full", **environ)
    assert said in {"the certificate of the database could not be verified", "the database cannot be reached"}


def test_a_role_without_rights(recovery: Recovery, database: Floor, tmp_path: Path) -> None:
    with (
        pytest.raises(TeamProblem, match="no right to anything"),
        open_database(tmp_path, {DSN: database.dsn("nobody")}),
    ):
        pass
    done = recovery("team", "status", "--json", environ={DSN: database.dsn("nobody")})
    found = json.loads(done.stdout)
    assert (found["server"]["rights"], found["server"]["schema"]) == ([], None)
    assert "no rights yet" in found["remarks"][0]


def test_a_right_that_is_missing(database: Floor, tmp_path: Path) -> None:
    with (
        pytest.raises(TeamProblem, match="no right to that") as fault,
        open_database(tmp_path, {DSN: database.dsn("rita")}) as connection,
    ):
        connection.execute("DELETE FROM call")
    assert "not changed" in fault.value.kept


def test_a_database_that_is_read_only(recovery: Recovery, database: Floor, tmp_path: Path) -> None:
    database.do(f"ALTER DATABASE {database.name} SET default_transaction_read_only = on")
    with (
        pytest.raises(TeamProblem, match="read-only at the moment"),
        open_database(tmp_path, {DSN: database.dsn()}) as connection,
    ):
        connection.execute("DELETE FROM call")
    told = recovery("team", "status", environ={DSN: database.dsn()}).stdout
    assert "It is read-only at the moment" in told


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("53100", "the database is full"),
        ("53200", "the database is full"),
        ("53300", "too many connections"),
        ("57P03", "starting, stopping or was restarted"),
        ("55P03", "does not answer in time"),
        ("08006", "cannot be reached"),
        ("XX001", "the database refused: it says so"),
    ],
)
def test_what_a_server_says_of_itself(database: Floor, tmp_path: Path, state: str, said: str) -> None:
    with (
        pytest.raises(TeamProblem, match=said),
        open_database(tmp_path, {DSN: database.dsn()}) as connection,
    ):
        connection.execute(f"DO $$ BEGIN RAISE 'it says so' USING ERRCODE = '{state}'; END $$".encode())


def test_a_connection_that_is_cut(database: Floor, tmp_path: Path) -> None:
    with (
        pytest.raises(TeamProblem, match="starting, stopping or was restarted"),
        open_database(tmp_path, {DSN: database.dsn()}) as connection,
    ):
        database.ask("SELECT pg_terminate_backend(%s)", connection.info.backend_pid)
        connection.execute("SELECT 1")


def test_a_server_that_is_killed_meanwhile(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
    trial = Trial(tmp_path_factory.mktemp("k") / "t")
    floors = Floors(trial)
    try:
        dsn = floors.ready().dsn()
        with (
            pytest.raises(TeamProblem, match="starting, stopping or was restarted"),
            open_database(tmp_path, {DSN: dsn}) as connection,
        ):
            trial.stop("immediate")
            connection.execute("SELECT 1")
        with pytest.raises(TeamProblem, match="cannot be reached"), open_database(tmp_path, {DSN: dsn}):
            pass
        trial.start()
        with open_database(tmp_path, {DSN: dsn}) as connection:
            assert connection.execute("SELECT count(*) FROM call").fetchone() == (0,)
    finally:
        trial.stop("immediate")


def test_a_schema_that_is_older_newer_or_not_there(database: Floor, empty: Floor, tmp_path: Path) -> None:
    with database.connect() as connection:
        check(connection)
        with pytest.raises(TeamProblem, match=f"older version .schema {newest_version()}.*team init|older version"):
            check(connection, newest_version() + 1)
        with pytest.raises(TeamProblem, match="newer version"):
            check(connection, newest_version() - 1)
    with pytest.raises(TeamProblem, match="no tables for calls yet"), open_database(tmp_path, {DSN: empty.dsn()}):
        pass
    database.do("INSERT INTO migration (number, name, done_by) VALUES (9000, 'later', 'recovery 99')")
    with pytest.raises(TeamProblem, match="newer version") as fault, open_database(tmp_path, {DSN: database.dsn()}):
        pass
    assert "Update the tool" in fault.value.hint


@pytest.mark.parametrize("command", ["trial", "init", "status", "connect"])
def test_without_the_extra_one_line_says_what_to_install(recovery: Recovery, tmp_path: Path, command: str) -> None:
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "psycopg.py").write_text("raise ModuleNotFoundError(\"No module named 'psycopg'\")\n", encoding="utf-8")
    done = recovery("team", command, environ={"PYTHONPATH": str(shadow), DSN: "host=/nowhere"})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "recovery: PostgreSQL's driver is not installed",
        "This desk works without it as before.",
        'pip install "recoverycli[team]"',
    ]


def test_a_fault_as_json_has_a_word_for_scripts(recovery: Recovery) -> None:
    done = recovery("team", "status", "--json", environ={DSN: "host=/nowhere"})
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert (found["connected"], found["server"]) == (True, None)
    assert found["problem"] == "the database cannot be reached"
