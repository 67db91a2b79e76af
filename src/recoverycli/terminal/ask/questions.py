"""Questions outside of a call: a choice, a line, a confirmation; drawn, or as numbered lines in plain mode."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.terminal.ask.menu import Menu, Option, menu_lines, menu_screen
from recoverycli.terminal.call.plain_input import PlainInput
from recoverycli.terminal.console import prompt_styles, styles
from recoverycli.terminal.styled_text import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.terminal.output import Output

_LEAVING = frozenset({"q", "quit", "\x1b"})


def choose(
    output: Output, question: str, options: Sequence[str], default: str | None = None, *, after: str = ""
) -> str | None:
    """Return one of the options; None where nobody can answer, or the question was left.

    Enter alone takes `default`. `after` is the answer to the question before: its first letter chose it, and letters
    of it that are typed all the same do not answer this question.
    """
    if not output.look.interactive:
        return None
    place = options.index(default) if default in options else None
    chosen = pick(output, Menu(question, tuple(map(Option, options)), place), whole_screen=False, after=after)
    if chosen is None:
        return None
    if not output.look.plain:
        # The menu is erased: print the answer.
        output.text(f"{question} {options[chosen]}")
    return options[chosen]


def pick(output: Output, menu: Menu, selected: int = 0, *, whole_screen: bool = True, after: str = "") -> int | None:
    """Return the place of the option that was chosen, from 0; None where the menu was left.

    `selected` is marked first, unless the menu has a default. `after` is the answer to the menu before (`choose`).
    """
    if output.look.plain:
        return _pick_by_number(output, menu)
    from recoverycli.terminal.ask.full_screen import menu_keys

    named = styles(output.look)
    return menu_keys(
        lambda here, width, height: render(menu_screen(menu, here, width, height), named),
        [option.name for option in menu.options],
        selected if menu.default is None else menu.default,
        color=output.look.color,
        whole_screen=whole_screen,
        after=after,
    )


def _pick_by_number(output: Output, menu: Menu) -> int | None:
    output.text("\n".join(menu_lines(menu)))
    while (typed := _plain_line(output, ">")) is not None:
        words = typed.strip().casefold()
        if not words:
            return menu.default
        place = place_of(words, [option.name for option in menu.options])
        if place is not None:
            return place
        if words in _LEAVING:
            return None
        near = nearest(words, [option.name for option in menu.options])
        such = f", or a name such as {near}" if near else ""
        output.text(f"There is no {words[:40]}. Type a number from 1 to {len(menu.options)}{such}.")
    return None


def place_of(words: str, names: Sequence[str]) -> int | None:
    """Return the place, from 0, that typed words stand for: a number from 1, a name, or the start of one name alone."""
    if words.isdecimal() and 1 <= int(words[:6]) <= len(names):
        return int(words[:6]) - 1
    folded = [name.casefold() for name in names]
    if words in folded:
        return folded.index(words)
    begun = [place for place, name in enumerate(folded) if name.startswith(words)]
    return begun[0] if len(begun) == 1 else None


def ask_line(output: Output, question: str, offered: Sequence[str] = (), written: str = "") -> str | None:
    """Return the line that answers a question, empty for Enter alone; None where the question was left.

    Tab completes the words that are `offered`; on a drawn line, `written` stands there and can be edited.
    """
    if output.look.plain:
        return _plain_line(output, question)
    from recoverycli.terminal.ask.full_screen import line

    return line(question, tuple(offered), prompt_styles(output.look), color=output.look.color, written=written)


def ask_text(output: Output, question: str, default: str = "", longest: int | None = None, written: str = "") -> str:
    """Return the words that answer a question; `default` for Enter alone, and where nobody can answer.

    `written` are words to begin with: on a drawn line they can be edited, in plain mode Enter takes them. Words of
    more than `longest` characters are asked for again. Raises KeyboardInterrupt where the question was left.
    """
    if not output.look.interactive:
        return default
    if output.look.plain and written:
        default = written
    asked = f"{question} (Enter: {default})" if default else question
    while True:
        typed = ask_line(output, asked, written=written)
        if typed is None:
            raise KeyboardInterrupt
        words = typed.strip()
        if longest is None or len(words) <= longest:
            return words or default
        output.text(f"That is {len(words)} characters; at most {longest} are allowed.")


def ask_one(output: Output, question: str, options: Sequence[str], default: str) -> str:
    """Return one of the options; `default` for Enter alone, and where nobody can answer.

    Raises KeyboardInterrupt where the question was left.
    """
    if not output.look.interactive:
        return default
    chosen = choose(output, question, options, default)
    if chosen is None:
        raise KeyboardInterrupt
    return chosen


def ask_yes(output: Output, question: str, word: str = "yes") -> bool:
    """Whether a question was answered with `word`; y is enough for yes."""
    asked = f"{question} [y/N]" if word == "yes" else f"{question} Type {word} to confirm:"
    typed = (ask_line(output, asked) or "").strip().casefold()
    return typed == word.casefold() or (word == "yes" and typed == "y")


def wait(output: Output, where: str = "back") -> bool:
    """Wait until the screen was read; False where the reader wants to leave. `where` is where the next key leads."""
    if output.look.plain:
        output.text(f"Press Enter to go {where}.")
        return _plain_line(output, ">") is not None
    from recoverycli.terminal.ask.full_screen import any_key

    return any_key(f"Press a key to go {where}.", prompt_styles(output.look), color=output.look.color)


def _plain_line(output: Output, prompt: str) -> str | None:
    typed = PlainInput(sys.stdin.buffer, lambda: output.raw(f"{prompt} "))()
    return None if typed.interrupted else typed.line
