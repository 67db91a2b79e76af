"""Asking for a word that was left out on the command line, where somebody can answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recoverycli.terminal.call.plain_input import PlainInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.terminal.output import Output


def choose(output: Output, question: str, options: Sequence[str]) -> str | None:
    """Return the option that was chosen; None where nobody can be asked, or nothing was chosen."""
    if not output.look.interactive:
        return None
    if output.look.plain:
        return _by_number(output, question, options)
    from recoverycli.terminal.ask.full_screen import choose_from

    return choose_from(question, options)


def _by_number(output: Output, question: str, options: Sequence[str]) -> str | None:
    output.text(question)
    for number, option in enumerate(options, start=1):
        output.text(f"{number}: {option}")
    typed = (PlainInput(sys.stdin.buffer, lambda: output.raw("> "))().line or "").strip()
    if typed.isdecimal() and 1 <= int(typed[:6]) <= len(options):
        return options[int(typed) - 1]
    return typed or None
