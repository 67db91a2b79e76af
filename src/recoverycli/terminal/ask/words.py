"""Asking for a few words, or for one of several, where somebody can answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.terminal.call.plain_input import PlainInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.terminal.output import Output


def ask_text(output: Output, question: str, default: str, longest: int | None = None) -> str:
    """Return the words that were typed; `default` for Enter alone, and where nobody can be asked.

    What has more than `longest` characters is asked for again. Raises KeyboardInterrupt where it was left.
    """
    if not output.look.interactive:
        return default
    shown = f" (Enter: {default})" if default else ""
    output.text(f"{question}{shown}")
    while True:
        typed = _line(output)
        if longest is None or len(typed) <= longest:
            return typed or default
        output.text(f"That has {len(typed)} characters, and {longest} is the most. Say it in fewer:")


def ask_one(output: Output, question: str, options: Sequence[str], default: str) -> str:
    """Return one of the options; `default` for Enter alone, and where nobody can be asked.

    Raises KeyboardInterrupt where it was left.
    """
    if not output.look.interactive:
        return default
    if not output.look.plain:
        from recoverycli.terminal.ask.full_screen import choose_from

        chosen = choose_from(question, options, default)
        if chosen is None:
            raise KeyboardInterrupt
        return chosen
    output.text(f"{question} (Enter: {default})")
    for number, option in enumerate(options, start=1):
        output.text(f"{number}: {option}")
    while True:
        typed = _line(output)
        if typed.isdecimal() and 1 <= int(typed[:6]) <= len(options):
            return options[int(typed[:6]) - 1]
        if not typed or typed.casefold() in options:
            return typed.casefold() or default
        near = nearest(typed, options)
        output.text(f"A number from 1 to {len(options)}, or a word of the list{f', such as {near}' if near else ''}:")


def _line(output: Output) -> str:
    typed = PlainInput(sys.stdin.buffer, lambda: output.raw("> "))()
    if typed.interrupted or typed.line is None:
        raise KeyboardInterrupt
    return typed.line.strip()
