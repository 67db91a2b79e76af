"""The process behind `tests.forge`: reads orders from a socket and answers each with the status that waitpid gave."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import gc
import importlib
import io
import os
import pkgutil
import signal
import socket
import sys
import tempfile
import termios
import threading
import time
import traceback
import warnings
from typing import TYPE_CHECKING, NoReturn

import msgspec
from coverage import Coverage

import recoverycli
from tests import kept, present
from tests.faults.seam import Seam
from tests.forge import HEADER, RUNNING, Asked, Copied, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PATIENCE = 300  # seconds; what waits for ever is told by its end
# What is only loaded when it is needed, and needed by most commands.
_LATER = (
    "babel.numbers", "dateutil.parser", "filelock", "humanize", "psycopg", "questionary", "rich.console", "rich.table",
    "sqlite3", "tomlkit", "yaml",
)  # fmt: skip
_ORDERS = msgspec.json.Decoder(Order | Asked | Copied)


def main() -> None:
    """Load all there is, then serve until the other end is closed."""
    for module in pkgutil.walk_packages(recoverycli.__path__, "recoverycli."):
        importlib.import_module(module.name)
    for name in _LATER:
        importlib.import_module(name)
    warnings.filterwarnings("error", category=DeprecationWarning, module=r"recoverycli|tests|__main__")
    kept.keep()
    _warm()
    covered = _told_so_far()
    _serve(socket.socket(fileno=int(sys.argv[1])), covered)


def _serve(orders: socket.socket, covered: Coverage | None) -> None:
    while True:
        header, streams, _, _ = socket.recv_fds(orders, HEADER, 3)
        if not header:
            return
        order = _ORDERS.decode(_whole(orders, int.from_bytes(header)))
        if isinstance(order, Asked):
            ended, status = os.waitpid(order.pid, 0 if order.wait else os.WNOHANG)
            answer = status if ended else RUNNING
        else:
            child = os.fork()
            if child == 0:
                orders.close()
                if isinstance(order, Copied):
                    _serve(socket.socket(fileno=streams[0]), covered)
                    os._exit(0)
                if covered is not None:
                    covered.start()
                _become(order, streams)
            for stream in streams:
                os.close(stream)
            waited_for = isinstance(order, Order) and not order.terminal
            answer = os.waitpid(child, 0)[1] if waited_for else child
        orders.sendall(answer.to_bytes(HEADER, signed=True))


def _whole(orders: socket.socket, length: int) -> bytes:
    return orders.recv(length, socket.MSG_WAITALL) if length else b""


def _warm() -> None:
    """Go through some commands once: what is compiled at the first use need not be compiled in every child."""
    run = importlib.import_module("recoverycli.__main__").run
    before, stdin = dict(os.environ), sys.stdin
    secrets = "/note her password is Xy7, and the answer to the security question, blue Vespa, was accepted\n"
    lines = f"a\n1\n/promise x by tomorrow 5pm\n/said sorry\n/offer refund 5\n{secrets}/end resolved\n"
    commands = {
        "start learn": lines, "log list": "", "log list --json": "", "frameworks list": "", "check Sorry!": "",
        "practice late-parcel": "1\n", "practice late-parcel --own-words": "Sorry.\n", "log show last": "",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.environ.update(RECOVERY_HOME=folder, RECOVERY_CONFIG_HOME=folder)
        for command, typed in commands.items():
            sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
            run(command.split())
    os.environ.clear()
    os.environ.update(before)
    sys.stdin = stdin
    gc.collect()
    gc.freeze()


def _told_so_far() -> Coverage | None:
    """Let what measures coverage, if anything does, write what was run so far: a command tells of itself alone."""
    covered = Coverage.current()
    if covered is not None:
        covered.stop()
        covered.save()
        # Which files nobody ran is told by others; to look for them takes longer than most commands.
        covered._post_save_work = lambda: None  # type: ignore[method-assign]
    return covered


def _become(order: Order, streams: Sequence[int]) -> NoReturn:
    """Be the command, and end as it ends."""
    signal.alarm(PATIENCE)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    if order.terminal:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8", line_buffering=order.terminal
    )
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)), "utf-8", "backslashreplace", line_buffering=True
    )
    os.chdir(order.cwd)
    os.environ.clear()
    os.environ.update(order.environ)
    time.tzset()
    present.set_shift(order.shift)
    tempfile.tempdir = None  # looked for anew, in this environment
    if order.umask is not None:
        os.umask(order.umask)
    sys.argv = ["recovery", *map(os.fsdecode, order.argv)]
    command = importlib.import_module("recoverycli.__main__").main
    if order.damage is None:
        _ended(command, tidy=True)
    # What is struck cannot tell what it has covered, and tidies nothing up.
    sys.settrace(None)
    log = os.open(order.damage.log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND, 0o600)  # noqa: TID251  # not of the product
    Seam(order.damage.root, order.damage.fault, log, order.damage.after).arm()
    _ended(command, tidy=False)


def _ended(command: Callable[[], None], *, tidy: bool) -> NoReturn:
    """Be the command to its end, but for taking down every module of this process: that takes longer than most do."""
    code = 1
    try:
        command()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # whatever it is, the test has to see it
        traceback.print_exc()
    finally:
        if tidy:
            threading._shutdown()  # type: ignore[attr-defined]  # as Python does before it ends
            atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
