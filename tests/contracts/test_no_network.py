"""No command asks anything of a network, and none runs anything of the current folder.

Each runs in a world where a connection raises an error, in a folder that imitates modules, programs and settings.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.commands.recovery import Recovery
from tests.contracts.test_command_line import COMMANDS
from tests.hostile.unpacked import Unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Read by the Python of each command when it starts. At last the current folder comes first, as `python -m` puts it:
# behind what the tests themselves load, and the module that `python -m` finds.
FORBIDDING = """
import contextlib, datetime, os, pathlib, shlex, sys, time, typing
import recoverycli.__main__, recoverycli.times.clock
ASKING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto")
def forbid(event, words):
    # A socket file is no network; processes of one machine talk by it. `platform` asks Windows for its own name.
    asks = event.startswith("socket.get") and event != "socket.gethostname"
    if event in ASKING and not isinstance(words[-1], (str, bytes)) or asks:
        with open(os.environ["ASKED"], "a") as file:
            file.write(f"{event} {words!r}\\n")
        raise RuntimeError("the network was asked for")
sys.addaudithook(forbid)
sys.path.insert(0, os.getcwd())
"""
# What a command needs to do some work; the others do theirs without a word.
WORDS: Mapping[str, tuple[str, ...]] = {
    "start": ("learn",),
    "practice": ("late-parcel",),
    "demo": ("learn",),
    "check": ("We are sorry that it was late.",),
    "completion": ("bash",),
    "phrases add": ("Take your time.", "--intent", "listen"),
    "frameworks show": ("heart",),
    "frameworks compare": ("learn", "last"),
    "frameworks advise": ("--channel", "chat", "--time", "short", "--ours", "yes"),
    "scenarios show": ("late-parcel",),
    "log search": ("charged",),
    "log show": ("last",),
    "log export": ("last", "--format", "html"),
    "log amend": ("last", "--outcome", "resolved"),
    "log backup": ("kept.tar.gz",),
    "log report": ("--output", "-"),
    "log score": ("last",),
    # A server that is started here would outlive the test.
    "team trial": ("--stop",),
}
LINES = "Charged twice\n1\n/promise call back by tomorrow 5pm\n\n\n\n\n\n/end resolved\n"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Unpacked:
    folder = tmp_path_factory.mktemp("downloads")
    return Unpacked(folder / "unpacked", folder / "traces")


@pytest.fixture(scope="module")
def forbidden(tmp_path_factory: pytest.TempPathFactory) -> tuple[Recovery, dict[str, str], Path]:
    """A data folder with a call, and a world without a network."""
    home = tmp_path_factory.mktemp("offline")
    (home / "world").mkdir()
    (home / "world" / "sitecustomize.py").write_text(FORBIDDING, encoding="utf-8")
    asked = home / "asked"
    paths = os.pathsep.join(filter(None, [str(home / "world"), os.environ.get("PYTHONPATH")]))
    environ = {"PYTHONPATH": paths, "ASKED": str(asked)}
    recovery = Recovery(home)
    assert recovery("start", "learn", stdin=LINES, environ=environ).returncode == 0
    return recovery, environ, asked


def test_that_world_would_tell(forbidden: tuple[Recovery, dict[str, str], Path], tmp_path: Path) -> None:
    recovery, environ, _ = forbidden
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    told = tmp_path / "asked"
    world = recovery.environ(**{**environ, "ASKED": str(told)})
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=world, check=False, encoding="utf-8")
    assert "the network was asked for" in done.stderr
    assert told.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [words for words in COMMANDS if words], ids=" ".join)
def test_it_asks_nothing_of_a_network_and_runs_nothing_of_the_current_folder(
    forbidden: tuple[Recovery, dict[str, str], Path], unpacked: Unpacked, command: list[str]
) -> None:
    recovery, environ, asked = forbidden
    words = WORDS.get(" ".join(command), ())
    environ, before = {**environ, "PATH": unpacked.path}, unpacked.traces
    done = recovery(*command, *words, stdin=LINES, environ=environ, cwd=unpacked.folder)
    assert not asked.exists(), asked.read_text(encoding="utf-8")
    assert unpacked.traces == before
    assert {*unpacked.added} <= {"kept.tar.gz"}
    assert "Traceback" not in done.stderr
    if words:
        assert done.returncode in {0, 1}, done.stderr
