"""Commands where no process can be forked: a Python is started for each. Run as a program, this is one with a fault."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from recoverycli.disk import open_binary
from tests import present
from tests.faults.seam import Seam
from tests.forge import ROOT, Done, Forge, Order
from tests.platforms import NO_MODES


class Starter(Forge):
    """A forge for a platform without fork, which has no terminals either."""

    def __init__(self) -> None:
        """There is no process to talk to."""

    def run(self, order: Order, stdin: bytes = b"") -> Done:
        """Run a command to its end."""
        if order.umask is not None:
            pytest.skip(NO_MODES)
        if order.damage is None:
            return _run(present.command(*map(os.fsdecode, order.argv)), order, order.cwd, stdin)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "order.json")
            path.write_bytes(msgspec.json.encode(order))
            return _run([sys.executable, "-m", "tests.started", str(path)], order, str(ROOT), stdin)


def _run(command: list[str], order: Order, cwd: str, stdin: bytes) -> Done:
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=order.environ, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def _struck() -> None:
    """Be the command of the order in the file, with its fault."""
    order = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Order)
    assert order.damage is not None
    from recoverycli.__main__ import main

    os.chdir(order.cwd)
    present.set_shift(order.shift)
    sys.argv = ["recovery", *map(os.fsdecode, order.argv)]
    log = open_binary(order.damage.log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND)
    Seam(order.damage.root, order.damage.fault, log, order.damage.after).arm()
    main()


if __name__ == "__main__":
    _struck()
