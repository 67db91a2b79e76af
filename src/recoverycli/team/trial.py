"""A PostgreSQL of this desk's own, to try the floor on one computer: socket only, its folder private to the user.

The wheel `pgserver` lends its programs, or the system has them; starting and stopping is done here (docs/decisions/0010
says why).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import TeamProblem
from recoverycli.store.files import make_folder, refusal
from recoverycli.team import desk

if TYPE_CHECKING:
    from collections.abc import Sequence

OWNER = "postgres"
USER = "trial"
NAME = "recovery"
# What a socket's address has room for is 107 bytes on Linux and 103 on macOS; its name within the folder takes 14.
_LONGEST = 85
_SECONDS = 60
_KEPT = "The calls at this desk are untouched."


class Running(NamedTuple):
    """A server that runs: its process, and the folder of its socket."""

    pid: int
    socket: str


class Trial:
    """A server below `folder`: its data in `pg`, what it says in `log`."""

    def __init__(self, folder: Path, home: Path | None = None) -> None:
        """`home` is the data folder that it lies in, if it does: what is made on the way there is private as well."""
        self.folder = folder
        self.home = home or folder
        self.data = folder / "pg"
        self.log = folder / "log"
        self._binaries: Path | None = None

    @classmethod
    def at(cls, home: Path) -> Trial:
        """Return the one of a data folder, whether it is there or not."""
        return cls(desk.folder(home) / "trial", home)

    @property
    def exists(self) -> bool:
        """Whether it was made before."""
        return (self.data / "PG_VERSION").is_file()

    def start(self, *, durable: bool = True) -> Running:
        """Make it where it is not there, start it where it does not run. Raises TeamProblem or StoreProblem.

        What is not `durable` may be lost with the power, and is quicker: for tests.
        """
        if running := self.running():
            return running
        make_folder(self.folder, self.home)
        if not self.exists:
            self._make(durable=durable)
        self._configure()
        self._run("pg_ctl", "start", "--wait", f"--timeout={_SECONDS}", f"--log={self.log}", "--silent")
        running = self.running()
        if running is None:
            raise TeamProblem(
                "PostgreSQL ended as soon as it was started", kept=_KEPT, hint=f"It says why in {self.log}"
            )
        return running

    def stop(self, mode: str = "fast") -> bool:
        """Stop it; return whether it ran. Raises TeamProblem."""
        if self.running() is None:
            return False
        self._run("pg_ctl", "stop", "--wait", f"--timeout={_SECONDS}", f"--mode={mode}", "--silent")
        return True

    def remove(self) -> None:
        """Stop it and take away all of it. Raises TeamProblem or StoreProblem."""
        running = self.running()
        self.stop()
        try:
            if running and Path(running.socket) != self.folder:
                shutil.rmtree(running.socket, ignore_errors=True)
            shutil.rmtree(self.folder)
        except FileNotFoundError:
            return
        except OSError as refused:
            raise refusal(self.folder, refused) from refused

    def running(self) -> Running | None:
        """Return the server that runs here, or None. What a crash or a restart of the computer left is no server."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            pid, socket = int(lines[0]), lines[4].strip()
        except (OSError, ValueError, IndexError):
            return None
        return Running(pid, socket) if self._ask("pg_ctl", "status").returncode == 0 else None

    def parameters(self, *, owner: bool = False, database: str = NAME) -> dict[str, str]:
        """Return libpq's parameters for it, as its user or as its owner. Raises TeamProblem where it does not run."""
        running = self.running()
        if running is None:
            raise TeamProblem(
                "the database of the trial is not running", kept=_KEPT, hint="Start it: recovery team trial"
            )
        return {"host": running.socket, "dbname": database, "user": OWNER if owner else USER}

    def make_ready(self) -> str:
        """Make the database of a running server ready for calls, with a user who is agent, reviewer and publisher.

        Return the version of PostgreSQL. Raises psycopg's errors.
        """
        from recoverycli.team.connection import opened
        from recoverycli.team.migrating import GROUPS, migrate, migrations

        with opened(self.parameters(owner=True, database="postgres")) as server:
            if server.execute("SELECT FROM pg_database WHERE datname = %s", (NAME,)).fetchone() is None:
                server.execute(f"CREATE DATABASE {NAME}".encode())
        with opened(self.parameters(owner=True)) as database:
            migrate(database, migrations())
            if database.execute("SELECT FROM pg_roles WHERE rolname = %s", (USER,)).fetchone() is None:
                database.execute(f"CREATE ROLE {USER} LOGIN IN ROLE {', '.join(GROUPS)}".encode())
            return str(database.info.parameter_status("server_version"))

    def _make(self, *, durable: bool) -> None:
        """Make the folder of the data; one that an interrupted attempt left is made anew."""
        shutil.rmtree(self.data, ignore_errors=True)
        quick = [] if durable else ["--no-sync"]
        self._run("initdb", f"--username={OWNER}", "--auth=trust", "--encoding=utf8", "--locale=C", *quick)
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude_if_exists 'trial.conf'\n")
            if not durable:
                file.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")

    def _configure(self) -> None:
        socket = str(self.folder)
        if len(os.fsencode(socket)) > _LONGEST or "," in socket:
            socket = tempfile.mkdtemp(prefix="recovery-")
        quoted = socket.replace('"', '""').replace("'", "''")
        (self.data / "trial.conf").write_text(
            f"listen_addresses = ''\nunix_socket_directories = '\"{quoted}\"'\nunix_socket_permissions = 0700\n",
            encoding="utf-8",
        )

    def _run(self, program: str, *words: str) -> None:
        done = self._ask(program, *words)
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise TeamProblem(
                f"PostgreSQL could not be made ready here: {said[-1] if said else program}",
                kept=_KEPT,
                hint=f"What it says is in {self.log}" if self.log.exists() else "",
            )

    def _ask(self, program: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        binaries = self._binaries = self._binaries or found_binaries()
        command = [*_as_anybody(), str(binaries / program), *words, "-D", str(self.data)]
        # What it says goes into files: a server that is left behind would hold a pipe open for as long as it runs.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = subprocess.run(  # noqa: S603  # programs of our own choosing
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=_environ(), check=False
            ).returncode
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, code, out.read(), err.read())


def found_binaries() -> Path:
    """Return the folder of PostgreSQL's programs: those of the wheel, else those of the system. Raises TeamProblem."""
    from importlib.util import find_spec

    wheel = find_spec("pgserver")
    if wheel is not None and wheel.origin is not None:
        inside = Path(wheel.origin).parent / "pginstall" / "bin"
        if inside.is_dir():
            return inside
    if (there := shutil.which("initdb")) is not None:
        return Path(there).resolve().parent
    raise TeamProblem(
        "there is no PostgreSQL here to try it with",
        kept="Nothing was changed.",
        hint="pip install 'recoverycli[trial]' (Python 3.12 or older), or install PostgreSQL's server.",
    )


def _as_anybody() -> Sequence[str]:
    """PostgreSQL refuses to run as root. In a namespace of its own root is somebody else, and files stay its own."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return ()
    if (unshare := shutil.which("unshare")) is None:
        raise TeamProblem(
            "PostgreSQL does not run as root",
            kept="Nothing was changed.",
            hint="Run this as another user, or install unshare (util-linux).",
        )
    return unshare, "--user", "--map-user=1000", "--map-group=1000"


def _environ() -> dict[str, str]:
    """The environment without what would tell PostgreSQL's programs something else; their words in English."""
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, "LC_ALL": "C"}
