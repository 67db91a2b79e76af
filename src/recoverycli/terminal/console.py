"""What the output is: a terminal or a pipe, its width, and whether it shows colour."""

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
    """How to show things. `plain`: labelled lines for screen readers and pipes. `interactive`: somebody can answer."""

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
    """Return how to show things, from the environment, the flags and the streams.

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
        # Such a console wraps after the last column.
        width=_number(environ.get("COLUMNS")) or columns - (not supports_sequences),
        height=_number(environ.get("LINES")) or lines,
        theme=theme,
    )


def _can_be_drawn_on(environ: Mapping[str, str], stdout: TextIO) -> bool:
    """Whether the terminal can move its cursor and show our signs. Windows sets no TERM."""
    if environ.get("TERM", "" if sys.platform != "win32" else "windows") in _NO_SCREEN:
        return False
    try:
        _SIGNS.encode(stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def terminal_size(stdout: TextIO) -> tuple[int, int]:
    """Return columns and lines of the terminal itself, not of the environment; 80 and 24 without a terminal."""
    try:
        size = os.get_terminal_size(stdout.fileno())
    except (OSError, ValueError):
        return PIPE_WIDTH, _PIPE_HEIGHT
    # A terminal without a known size reports 0.
    return size.columns or PIPE_WIDTH, size.lines or _PIPE_HEIGHT


def console(look: Look, file: TextIO | None = None) -> Console:
    """Return a Rich console for that look, without markup, emoji names or highlighting."""
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
        # A console that obeys no sequences has no colour.
        legacy_windows=False,
    )


def styles(look: Look) -> Mapping[str, str]:
    """Return the styles of the theme in the words of Rich; empty without colour."""
    return drawn_styles(look.theme) if look.color else {}


def prompt_styles(look: Look) -> dict[str, str]:
    """Return the styles of the prompt and its toolbar."""
    named = themes.prompt_styles(look.theme)
    return named if look.color else dict.fromkeys(named, "fg:ansidefault nobold")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and 0 < int(text) < 10_000 else None
