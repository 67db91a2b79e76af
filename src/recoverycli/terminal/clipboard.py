"""The clipboard: that of the desktop where it can be reached, else the terminal is asked to fill its own (OSC 52).

A terminal does not say whether it did, and some never do: only what the desktop has taken is called copied.
"""

from __future__ import annotations

import os
import sys
from base64 import b64encode
from typing import TYPE_CHECKING, Literal

from recoverycli.system.programs import child_environ, find_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# xterm takes 100,000 bytes of such a sequence; others less, none less than this.
_MOST = 74_000
_PATIENCE = 2.0  # seconds, for a program of the desktop

Copied = Literal["copied", "sent", "too long", "no clipboard"]


def copy(
    text: str, environ: Mapping[str, str], send: Callable[[str], None] | None, *, platform: str = sys.platform
) -> Copied:
    """Put `text` on the clipboard and return how far it came.

    `send` writes control sequences to the terminal; it is None where the terminal is not to get any.
    """
    if platform == "win32" and not _is_remote(environ):
        from recoverycli.terminal.windows_clipboard import write_clipboard

        if write_clipboard(text):
            return "copied"
    elif any(_run_program(command, text, environ) for command in _programs(environ, platform)):
        return "copied"
    if send is None:
        return "no clipboard"
    sequence = to_terminal(text)
    if sequence is None:
        return "too long"
    send(sequence)
    return "sent"


def describe_copy(copied: Copied, what: str) -> str:
    """Say in a line what became of `what`, such as the quoted words of a phrase."""
    match copied:
        case "copied":
            return f"copied: {what}"
        case "sent":
            return f"sent to the terminal's clipboard: {what}"
        case "too long":
            return f"not copied, it is too long for a terminal: {what}"
        case "no clipboard":
            return f"not copied, there is no clipboard here: {what}"


def to_terminal(text: str) -> str | None:
    """Return the control sequence that asks the terminal to copy `text`, or None where `text` is too long for it."""
    data = b64encode(text.encode("utf-8", errors="replace"))
    return f"\x1b]52;c;{data.decode()}\x07" if len(data) <= _MOST else None


def _programs(environ: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """The programs that fill the clipboard of the user's own desktop, with their arguments."""
    if platform == "darwin":
        if not _is_remote(environ):
            yield ("pbcopy",)
        return
    if environ.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    # Over SSH, a display that is set is that of the desk.
    if environ.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")


def _is_remote(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _run_program(command: tuple[str, ...], text: str, environ: Mapping[str, str]) -> bool:
    program = find_program(command[0], environ)
    if program is None:
        return False
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603  # programs of our own choosing
            [program, *command[1:]],
            input=text.encode("utf-8", errors="replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # pbcopy reads its input in the encoding of the locale.
            env={**child_environ(environ), "LC_CTYPE": "UTF-8"} if command == ("pbcopy",) else child_environ(environ),
            timeout=_PATIENCE,
            # xclip and wl-copy stay behind to give what they have: Ctrl-C is not for them.
            start_new_session=os.name != "nt",
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
