"""Asking for a few words, where somebody can answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recoverycli.terminal.plain_input import PlainInput

if TYPE_CHECKING:
    from recoverycli.terminal.output import Output


def ask_text(output: Output, question: str, default: str) -> str:
    """Return the words that were typed; `default` for Enter alone, and where nobody can be asked.

    Raises KeyboardInterrupt where it was left.
    """
    if not output.look.interactive:
        return default
    shown = f" (Enter: {default})" if default else ""
    output.text(f"{question}{shown}")
    typed = PlainInput(sys.stdin.buffer, lambda: output.raw("> "))()
    if typed.interrupted or typed.line is None:
        raise KeyboardInterrupt
    return typed.line.strip() or default
