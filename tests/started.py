"""Commands where no process can be forked: one Python runs them one after another; where a fault strikes, its own.

Between two commands, what a process has of its own is set again: streams, environment, folder, clock.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import locale
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest

from recoverycli.system.disk import open_binary
from tests import present
from tests.faults.seam import Seam
from tests.forge import ROOT, Done, Forge, Order
from tests.platforms import NO_MODES

NAMES = ("in", "out", "err")
STRUCK = "--struck"


class Starter(Forge):
    """A forge for a platform without fork, which has no terminals either."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="forge-"))
        self._worker: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def close(self) -> None:
        """End the process."""
        if self._worker is not None:
            self._worker.communicate()
            self._worker = None

    def run(self, order: Order, stdin: bytes = b"") -> Done:
        """Run a command to its end."""
        if order.umask is not None:
            pytest.skip(NO_MODES)
        path = self._folder / "order.json"
        path.write_bytes(msgspec.json.encode(order))
        command = [sys.executable, "-m", "tests.started", str(path)]
        if order.damage is not None:
            done = subprocess.run(
                [*command, STRUCK], input=stdin, capture_output=True, cwd=ROOT, env=order.environ, check=False
            )
            return Done(done.returncode, done.stdout, done.stderr)
        (self._folder / "in").write_bytes(stdin)
        if self._worker is None:
            self._worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.write(b"\n")
        self._worker.stdin.flush()
        told = self._worker.stdout.readline()
        if not told:
            code = self._worker.wait()
            self._worker = None
        else:
            code = int(told)
        return Done(code, *((self._folder / name).read_bytes() for name in NAMES[1:]))


def main() -> None:
    """Run the command of the order in the file whenever a line is read, and answer with how it ended."""
    path = Path(sys.argv[1])
    if STRUCK in sys.argv:
        _be_struck(_order(path))
    environ, folder, modules = dict(os.environ), Path.cwd(), list(sys.path)
    with os.fdopen(os.dup(0), "rb", buffering=0) as lines, os.fdopen(os.dup(1), "wb", buffering=0) as answers:
        while _line(lines):
            code = _obey(_order(path), path.parent)
            os.environ.clear()
            os.environ.update(environ)
            os.chdir(folder)
            sys.path[:] = modules
            answers.write(b"%d\n" % code)


def _order(path: Path) -> Order:
    return msgspec.json.decode(path.read_bytes(), type=Order)


def _line(lines: BinaryIO) -> bytes:
    return lines.read(1)


def _obey(order: Order, folder: Path) -> int:
    """Be the command to its end; what it wrote is in the files of `folder`."""
    for number, name in enumerate(NAMES):
        flags = os.O_RDONLY if name == "in" else os.O_CREAT | os.O_WRONLY | os.O_TRUNC
        descriptor = open_binary(folder / name, flags)
        os.dup2(descriptor, number)
        os.close(descriptor)
    # As Python opens them where nothing says otherwise.
    encoding = locale.getencoding()
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding)
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)), encoding, "backslashreplace", line_buffering=True
    )
    os.environ.clear()
    os.environ.update(order.environ)
    os.chdir(order.cwd)
    present.set_shift(order.shift)
    tempfile.tempdir = None  # looked for again, in this environment
    try:
        code = _command(order)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        gc.collect()
        nothing = os.open(os.devnull, os.O_RDWR)  # noqa: TID251  # nothing is read or written there
        for number in range(3):
            os.dup2(nothing, number)
        os.close(nothing)
    return code


def _command(order: Order) -> int:
    sys.argv = ["recovery", *map(os.fsdecode, order.argv)]
    try:
        importlib.import_module("recoverycli.__main__").main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # whatever it is, the test has to see it
        traceback.print_exc()
        return 1
    return 0


def _be_struck(order: Order) -> None:
    assert order.damage is not None
    os.chdir(order.cwd)
    present.set_shift(order.shift)
    log = open_binary(order.damage.log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND)
    Seam(order.damage.root, order.damage.fault, log, order.damage.after).arm()
    sys.exit(_command(order))


if __name__ == "__main__":
    main()
