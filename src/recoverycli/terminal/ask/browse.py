"""Browsing a list of calls: keys in, the chosen call and action out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec

from recoverycli.pages.lines import page_lines
from recoverycli.terminal.ask.questions import ask_line, place_of
from recoverycli.terminal.console import styles
from recoverycli.terminal.styled_text import render
from recoverycli.terminal.views.log.browse import BrowseState, browse_screen
from recoverycli.terminal.views.log.calls import calls_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from recoverycli.terminal.output import Output

    # Returns the list for typed words.
    Load = Callable[[str], BrowseState]

Action = Literal["show", "replay", "export"]
# The characters of Ctrl-R and Ctrl-X: every letter narrows the list.
_KEYS: dict[str, Action] = {"\x12": "replay", "\x18": "export"}
_LETTERS: dict[str, Action] = {"r": "replay", "x": "export"}
_NUMBERED = 20


class BrowseChoice(NamedTuple):
    """The action for the call that is marked in `state`."""

    action: Action
    call_id: str
    state: BrowseState


def browse(output: Output, load: Load, state: BrowseState, now: Callable[[], datetime]) -> BrowseChoice | None:
    """Let a call be chosen, beginning at `state`; None where the list is left."""
    return _by_number(output, load, state, now) if output.look.plain else _by_keys(output, load, state, now)


def _by_number(output: Output, load: Load, state: BrowseState, now: Callable[[], datetime]) -> BrowseChoice | None:
    while True:
        for number, line in enumerate(page_lines(calls_page(state.calls[:_NUMBERED], now())), start=1):
            output.text(f"{number}: {line}")
        output.text(
            f"{state.total} calls. A number shows a call, r and a number replays it, x and a number exports it."
        )
        typed = ask_line(output, "Words to find, or Enter to leave:")
        words = (typed or "").strip()
        if not words:
            return None
        action = _LETTERS.get(words[0].casefold(), "show")
        figure = words if action == "show" else words[1:].strip()
        ids = [call.id for call in state.calls[:_NUMBERED]]
        place = place_of(figure, ids) if figure.isdecimal() else None
        if place is not None:
            return BrowseChoice(action, ids[place], state)
        state = load(words)


def _by_keys(output: Output, load: Load, state: BrowseState, now: Callable[[], datetime]) -> BrowseChoice | None:
    from recoverycli.terminal.ask.full_screen import list_of_lines

    named = styles(output.look)
    keys = _Keys(load, state)
    chosen: BrowseChoice | None = list_of_lines(
        lambda width, height: render(browse_screen(keys.state, now(), width, height), named),
        keys,
        color=output.look.color,
    )
    sys.stdout.flush()
    return chosen


class _Keys:
    """What each key does. A key that ends browsing returns the choice in a tuple."""

    def __init__(self, load: Load, state: BrowseState) -> None:
        self.state = state
        self._load = load

    def __call__(self, key: str, page: int) -> tuple[BrowseChoice | None] | None:
        """Take a key: a printable letter or a name that `list_of_lines` gives; `page` is the number of rows."""
        state = self.state
        last = len(state.calls)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}
        if key in steps:
            here = max(0, min(last - 1, state.here + steps[key]))
            self.state = msgspec.structs.replace(state, here=here, typing=False)
        elif key == "leave" or (key == "escape" and not state.typed):
            return (None,)
        elif key == "escape":
            self.state = self._load("")
        elif key == "enter":
            return self._choose("show")
        elif key in {"left", "right"}:
            pass
        elif key == "backspace":
            self._narrow(state.typed[:-1])
        elif key in _KEYS:
            return self._choose(_KEYS[key])
        else:
            self._narrow(state.typed + key)
        return None

    def _narrow(self, words: str) -> None:
        if words.isprintable():
            self.state = self._load(words)

    def _choose(self, action: Action) -> tuple[BrowseChoice | None] | None:
        call: Any = self.state.call
        return (BrowseChoice(action, call.id, self.state),) if call is not None else None
