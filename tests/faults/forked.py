"""A process that has everything loaded and forks for each trial: a new `recovery` in a twentieth of the time.

Reads one `Order` a line from standard input and answers each with the status of the child, as `waitpid` has it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import pkgutil
import signal
import sys
import tempfile
import time

import msgspec

import recoverycli
from tests.faults.seam import Fault, Seam

PATIENCE = 60  # seconds


class Order(msgspec.Struct, frozen=True):
    """A command to run: its words, environment, files for its three streams, and the fault that is to strike.

    `root` is the folder whose changes are counted, `log` the file that tells them, `after` where the folder is made
    anew as a power cut would leave it.
    """

    argv: tuple[str, ...]
    environ: dict[str, str]
    stdin: str
    stdout: str
    stderr: str
    root: str
    log: str
    after: str
    fault: Fault


def main() -> None:
    """Load all there is, then serve."""
    for module in pkgutil.walk_packages(recoverycli.__path__, "recoverycli."):
        importlib.import_module(module.name)
    # What is only loaded when it is needed, and needed by most commands.
    for name in ("filelock", "sqlite3", "yaml", "dateutil.parser", "rich.console", "rich.table", "humanize", "tomlkit"):
        importlib.import_module(name)
    orders = sys.stdin.buffer
    _warm()
    for line in orders:
        order = msgspec.json.decode(line, type=Order)
        child = os.fork()
        if child == 0:
            _become(order)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _warm() -> None:
    """Go through a call once: what is compiled at the first use need not be compiled in every child."""
    run = importlib.import_module("recoverycli.__main__").run
    lines = b"a\n1\n/promise x by tomorrow 5pm\n/said sorry\n/offer refund 5\n/end resolved\n"
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.environ.update(RECOVERY_HOME=folder, RECOVERY_CONFIG_HOME=folder)
        for argv, typed in ((["start", "learn"], lines), (["log", "list"], b""), (["log", "list", "--json"], b"")):
            sys.stdin = io.TextIOWrapper(io.BytesIO(typed))
            run(argv)
    gc.collect()
    gc.freeze()


def _become(order: Order) -> None:
    """Be the command, and end as it ends."""
    # What waits for ever is told by its end.
    signal.alarm(PATIENCE)
    os.environ.clear()
    os.environ.update(order.environ)
    time.tzset()
    writing = os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND
    streams = ((order.stdin, os.O_RDONLY), (order.stdout, writing), (order.stderr, writing))
    for number, (path, flags) in enumerate(streams):
        descriptor = os.open(path, flags, 0o600)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), "utf-8", line_buffering=True)
    log = os.open(order.log, writing, 0o600)
    Seam(order.root, order.fault, log, order.after).arm()
    code = 1
    try:
        code = importlib.import_module("recoverycli.__main__").run(order.argv)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # whatever it is, the trial has to see it
        importlib.import_module("traceback").print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
