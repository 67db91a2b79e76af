"""The standard streams of the process: UTF-8 in pipes on every platform, and faults of the output.

Output to a pipe or a file is UTF-8, unless PYTHONIOENCODING says otherwise; a terminal gets its own encoding. Input
from a pipe is decoded by `text.decoding`.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import sys

from recoverycli.system.disk import open_binary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from recoverycli.system.windows_console import Console

OUTPUTS = ("stdout", "stderr")


class OutputBytes(io.RawIOBase):
    """The raw bytes of an output stream. `fault` is the last error of a write.

    A pipe that its reader has closed is a BrokenPipeError on every platform: Windows reports an invalid argument.
    """

    def __init__(self, stream: Any, *, closed_pipe: frozenset[int], console: Console | None = None) -> None:
        super().__init__()
        self.fault: OSError | None = None
        # The stream is referenced too: it closes the descriptor when it is collected.
        self._stream = stream
        self._raw = getattr(stream.buffer, "raw", stream.buffer)
        self._closed_pipe = closed_pipe
        self._console = console

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the stream."""
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        """Whether it is a terminal. On Windows the device NUL claims to be one."""
        return bool(self._raw.isatty()) and (self._console is None or self._console.mode(self.fileno()) is not None)

    def write(self, data: Any) -> int | None:
        """Write as much of `data` as the system accepts; remember its error."""
        try:
            written: int | None = self._raw.write(data)
        except OSError as refused:
            self.fault = refused
            if refused.errno in self._closed_pipe and self._is_pipe():
                self.fault = BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
                raise self.fault from refused
            raise
        return written

    def _is_pipe(self) -> bool:
        try:
            return stat.S_ISFIFO(os.fstat(self.fileno()).st_mode)
        except OSError:
            return False


def prepare(environ: Mapping[str, str], console: Console | None = None) -> None:
    """Replace the standard streams; `console` is that of Windows, None elsewhere."""
    _open_missing()
    chosen = bool(environ.get("PYTHONIOENCODING"))
    for name in OUTPUTS:
        setattr(sys, name, output(getattr(sys, name), chosen=chosen, console=console))
    if not (sys.stdin.isatty() and (console is None or console.mode(sys.stdin.fileno()) is not None)):
        sys.stdin = decode_input(sys.stdin, chosen=chosen, console=console)


def output(stream: Any, *, chosen: bool, console: Console | None = None) -> Any:
    """Return the replacement of an output stream; `chosen` says that the user has named an encoding."""
    closed_pipe = frozenset({errno.EPIPE} if console is None else {errno.EPIPE, errno.EINVAL})
    raw = OutputBytes(stream, closed_pipe=closed_pipe, console=console)
    unbuffered = isinstance(stream.buffer, io.RawIOBase)
    return io.TextIOWrapper(
        raw if unbuffered else io.BufferedWriter(raw),
        encoding=stream.encoding if chosen or raw.isatty() else "utf-8",
        errors="backslashreplace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def decode_input(stream: Any, *, chosen: bool, console: Console | None = None) -> io.TextIOWrapper:
    """Return the replacement of standard input from a pipe or a file: all text becomes UTF-8."""
    from recoverycli.text.decoding import Utf8, legacy_encodings

    named = stream.encoding if chosen else ""
    raw = Utf8(
        stream.detach(),
        lambda: legacy_encodings(console.code_page() if console is not None else 0, named),
        _warn_encoding,
    )
    return io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8", errors="surrogateescape")


def is_output_fault(fault: OSError) -> bool:
    """Whether the fault is one of standard output or standard error, and not of a file."""
    for name in OUTPUTS:
        buffer = getattr(getattr(sys, name), "buffer", None)
        if getattr(getattr(buffer, "raw", buffer), "fault", None) is fault:
            return True
    return False


def discard_output() -> None:
    """Discard what is still buffered: Python would write it again at exit."""
    os.dup2(open_binary(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _warn_encoding(encoding: str) -> None:
    sys.stderr.write(f"recovery: the input is not UTF-8; it was read as {encoding}\n")


def _open_missing() -> None:
    """Open the standard streams that the parent process has closed, so that they always exist."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(open_binary(os.devnull, os.O_RDONLY), encoding="utf-8")
    for name in OUTPUTS:
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(open_binary(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
