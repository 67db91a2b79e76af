"""The home screen on a terminal, drawn or in plain lines, and the questions of the first time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recoverycli.terminal.call.plain_input import PlainInput
from recoverycli.terminal.console import prompt_styles, styles
from recoverycli.terminal.styled_text import render
from recoverycli.terminal.views.home import Entry, Home, home_screen, home_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.terminal.output import Output


def pick(output: Output, home: Home, selected: int = 0) -> int | None:
    """Return the place of the entry that was chosen, from 0; None to leave. `selected` is marked at first."""
    if output.look.plain:
        return _by_number(output, home)
    from recoverycli.terminal.ask.full_screen import menu

    named = styles(output.look)
    return menu(
        lambda here, width, height: render(home_screen(home, here, width, height), named),
        [entry.name for entry in home.entries],
        selected,
        color=output.look.color,
    )


def pick_one(output: Output, title: str, options: Sequence[str]) -> str | None:
    """Return one of several words; None to go back."""
    chosen = pick(output, Home(title, tuple(Entry(option, "", ()) for option in options)))
    return None if chosen is None else options[chosen]


def wait(output: Output, where: str = "back") -> bool:
    """Wait until what is on the screen was read; False where the reader wants to leave. `where` the next key leads."""
    if output.look.plain:
        output.text(f"Press Enter to go {where}.")
        typed = PlainInput(sys.stdin.buffer, lambda: output.raw("> "))()
        return typed.line is not None and not typed.interrupted
    from recoverycli.terminal.ask.full_screen import any_key

    return any_key(f"Press a key to go {where}.", prompt_styles(output.look), color=output.look.color)


def ask_line(output: Output, question: str, offered: Sequence[str] = ()) -> str | None:
    """Return the line that answers a question, empty for Enter alone; None where no more is to be asked.

    Tab completes to one of the words that are `offered`.
    """
    if output.look.plain:
        typed = PlainInput(sys.stdin.buffer, _prompter(output, question))()
        return None if typed.interrupted else typed.line
    from recoverycli.terminal.ask.full_screen import line

    return line(question, tuple(offered), prompt_styles(output.look), color=output.look.color)


def _prompter(output: Output, question: str) -> Callable[[], None]:
    return lambda: output.raw(f"{question} ")


def _by_number(output: Output, home: Home) -> int | None:
    for told in home_text(home):
        output.text(told)
    read = PlainInput(sys.stdin.buffer, lambda: output.raw("> "))
    while True:
        typed = read()
        if typed.interrupted or typed.line is None or typed.line.strip().casefold() in {"", "q", "quit", "\x1b"}:
            return None
        words = typed.line.strip()
        if words.isdecimal() and 1 <= int(words[:6]) <= len(home.entries):
            return int(words) - 1
        output.text(f"There is no {words[:40]}. A number from 1 to {len(home.entries)}; Enter alone leaves.")
