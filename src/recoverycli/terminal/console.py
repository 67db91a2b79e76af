"""What the screen is: a terminal or a pipe, how wide, with colour or without; and text made safe to show on it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

import msgspec

from recoverycli.terminal import themes
from recoverycli.terminal.themes import drawn_styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

PIPE_WIDTH = 80
_PIPE_HEIGHT = 24
# Kinds of terminal that print lines and can do no more.
_NO_SCREEN = frozenset({"", "dumb", "unknown", "emacs", "network"})
_SIGNS = "▸✓☐☑›·⏎…"


class Look(msgspec.Struct, frozen=True):
    """How to show things. `plain`: labels and lines that read well aloud. `interactive`: somebody can answer."""

    plain: bool
    color: bool
    interactive: bool
    width: int
    height: int
    theme: str = "default"


def decide(
    environ: Mapping[str, str],
    *,
    plain: bool,
    no_color: bool,
    no_input: bool,
    stdin: TextIO,
    stdout: TextIO,
    theme: str = "default",
    supports_sequences: bool = True,
) -> Look:
    """Return how to show things, from the environment, the flags and what the streams are.

    `supports_sequences` is False for a console of Windows that shows control sequences as letters.
    """
    terminal = stdin.isatty() and stdout.isatty()
    dumb = environ.get("TERM") == "dumb"
    coloured = (stdout.isatty() and not dumb and supports_sequences) or bool(environ.get("FORCE_COLOR"))
    columns, lines = terminal_size(stdout)
    return Look(
        plain=plain or not terminal or not supports_sequences or not _can_be_drawn_on(environ, stdout),
        color=coloured and not no_color and not environ.get("NO_COLOR") and theme != "none",
        interactive=terminal and not no_input,
        # Such a console begins a line by itself after the last column.
        width=_number(environ.get("COLUMNS")) or columns - (not supports_sequences),
        height=_number(environ.get("LINES")) or lines,
        theme=theme,
    )


def _can_be_drawn_on(environ: Mapping[str, str], stdout: TextIO) -> bool:
    """Whether the terminal can move its cursor and show our signs. Windows names no kind of terminal."""
    if environ.get("TERM", "" if sys.platform != "win32" else "windows") in _NO_SCREEN:
        return False
    try:
        _SIGNS.encode(stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def terminal_size(stdout: TextIO) -> tuple[int, int]:
    """Return columns and lines of the terminal itself, whatever the environment says; 80 and 24 where there is none."""
    try:
        size = os.get_terminal_size(stdout.fileno())
    except (OSError, ValueError):
        return PIPE_WIDTH, _PIPE_HEIGHT
    # A terminal that was never told its size says 0.
    return size.columns or PIPE_WIDTH, size.lines or _PIPE_HEIGHT


def console(look: Look, file: TextIO | None = None) -> Console:
    """Return a Rich console for that look. No markup, no emoji names, no guessing of highlights."""
    from rich.console import Console
    from rich.theme import Theme

    return Console(
        file=file,
        width=look.width,
        height=look.height,
        theme=Theme(drawn_styles(look.theme)),
        color_system="auto" if look.color else None,
        force_terminal=look.color,
        no_color=not look.color,
        highlight=False,
        markup=False,
        emoji=False,
        # Where the console obeys no sequences there is no colour either.
        legacy_windows=False,
    )


def styles(look: Look) -> Mapping[str, str]:
    """Return what each name of the theme looks like, worded as Rich does; nothing where there is no colour."""
    return drawn_styles(look.theme) if look.color else {}


def prompt_styles(look: Look) -> dict[str, str]:
    """Return the styles of the prompt and its toolbar."""
    named = themes.prompt_styles(look.theme)
    return named if look.color else dict.fromkeys(named, "fg:ansidefault nobold")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and 0 < int(text) < 10_000 else None
