"""Questions that react to keys: a menu, a list, a player, any key, one line.

Beside `prompts`, which holds the prompt of a call, the only import of Questionary and prompt_toolkit.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.key_binding import KeyPressEvent

# Enter that is typed between two questions comes as a line feed: the terminal is not in raw mode then.
_ENTER = (Keys.Enter, Keys.ControlJ)
_LEAVING = (Keys.Escape, Keys.ControlC, Keys.SIGINT, Keys.ControlD)
_NAMED = (
    (Keys.Up, "up"), (Keys.Down, "down"), (Keys.Left, "left"), (Keys.Right, "right"),
    (Keys.Tab, "down"), (Keys.BackTab, "up"), (Keys.PageUp, "pageup"),
    (Keys.PageDown, "pagedown"), (Keys.Home, "home"), (Keys.End, "end"), *((key, "enter") for key in _ENTER),
    (Keys.Backspace, "backspace"), (Keys.Escape, "escape"), (Keys.ControlC, "leave"), (Keys.SIGINT, "leave"),
    (Keys.ControlD, "leave"),
)  # fmt: skip
_FIGURES = 9


def menu_keys(
    drawn: Callable[[int, int, int], str],
    names: Sequence[str],
    selected: int,
    *,
    color: bool,
    whole_screen: bool,
    after: str = "",
) -> int | None:
    """Show a menu and return the place of the chosen option, from 0; None where the menu was left.

    `drawn` returns the list for a selected place, a width and a height, as ANSI text. Arrows move, Enter chooses;
    a number or the first letter of a name chooses at once; Esc, q, Ctrl-C and Ctrl-D leave. Where the rest of `after`,
    the name that was chosen in the menu before, is typed first, that and an Enter after it do nothing.
    """
    here = selected
    word, places = _WordRest(after[1:]), _places(names)
    keys = KeyBindings()

    def move(to: int) -> None:
        nonlocal here
        here = to % len(names)

    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    def on_key(event: KeyPressEvent) -> None:
        chosen = places.get(event.data.casefold())
        if not word.takes(event.data) and chosen is not None:
            event.app.exit(result=chosen)

    def on_enter(event: KeyPressEvent) -> None:
        if not word.takes("\r"):
            event.app.exit(result=here)

    keys.add(Keys.Any)(on_key)
    for key, by in ((Keys.Up, -1), (Keys.Down, 1), (Keys.BackTab, -1), (Keys.Tab, 1)):
        keys.add(key)(lambda _, by=by: move(here + by))
    for key, to in ((Keys.Home, 0), (Keys.End, -1), (Keys.PageUp, 0), (Keys.PageDown, -1)):
        keys.add(key)(lambda _, to=to: move(to))
    for enter in _ENTER:
        keys.add(enter)(on_enter)
    for leaving in (*_LEAVING, "q", "Q"):
        keys.add(leaving)(leave)

    def screen() -> ANSI:
        size = application.output.get_size()
        return ANSI(drawn(here, size.columns, size.rows))

    window = Window(FormattedTextControl(screen), always_hide_cursor=True, wrap_lines=False)
    application = _small(Layout(window), keys, color=color, full_screen=whole_screen)
    chosen: int | None = _run_to_answer(application)
    return chosen


def _places(names: Sequence[str]) -> dict[str, int]:
    """Return the keys that choose at once; of two names with the same first letter, the upper one has it."""
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if place < _FIGURES:
            places[str(place + 1)] = place
        first = name[:1].casefold()
        if first.isascii() and first.isalpha():
            places.setdefault(first, place)
    return places


class _WordRest:
    """The rest of a name that was chosen by its first letter, where somebody types all of it, and Enter."""

    def __init__(self, rest: str) -> None:
        self._expected = [*rest.casefold(), "\r"] if rest else []

    def takes(self, key: str) -> bool:
        """Whether a key only goes on with the name; the first that does not ends it."""
        if self._expected[:1] == [key.casefold()]:
            self._expected.pop(0)
            return True
        self._expected.clear()
        return False


def list_of_lines(
    drawn: Callable[[int, int], str],
    hear: Callable[[str, int], tuple[Any] | None],
    *,
    color: bool,
    after: Callable[[Application[Any]], None] | None = None,
) -> Any:
    """Fill the screen with what `drawn` returns for a width and a height, and pass each key to `hear`.

    Letters are given as they are; other keys by name: up, down, left, right, pageup, pagedown, home, end, enter,
    backspace, escape, and leave for Ctrl-C and Ctrl-D. It ends when `hear` returns a tuple, with what is in it; None
    where the terminal is gone. `after` is called when it has begun, and after each key.
    """
    keys = KeyBindings()

    def handler_of(name: str) -> Callable[[KeyPressEvent], None]:
        def on_key(event: KeyPressEvent) -> None:
            answer = hear(name or event.data, max(1, event.app.output.get_size().rows - 2))
            if answer is not None:
                event.app.exit(result=answer[0])
            elif after is not None:
                after(event.app)

        return on_key

    keys.add(Keys.Any)(handler_of(""))
    for key, name in _NAMED:
        keys.add(key)(handler_of(name))

    def screen() -> ANSI:
        size = application.output.get_size()
        return ANSI(drawn(size.columns, size.rows))

    window = Window(FormattedTextControl(screen), always_hide_cursor=True, wrap_lines=False)
    application = _small(Layout(window), keys, color=color, full_screen=True)
    return _run_to_answer(application, partial(after, application) if after else None)


def run_timed(
    drawn: Callable[[int, int], str],
    hear: Callable[[str, int], tuple[Any] | None],
    wait: Callable[[], float | None],
    *,
    color: bool,
) -> Any:
    """Fill the screen as `list_of_lines` does, and give `hear` an empty key when the seconds of `wait` are over.

    `wait` is asked again after every key; None waits for one.
    """
    timer: list[asyncio.TimerHandle] = []

    def wind(application: Application[Any]) -> None:
        """Set the timer for the next screen, in place of the last one."""
        while timer:
            timer.pop().cancel()
        seconds = wait()
        if seconds is not None:
            timer.append(asyncio.get_running_loop().call_later(seconds, on_timeout, application))

    def on_timeout(application: Application[Any]) -> None:
        if application.is_done:
            return
        answer = hear("", application.output.get_size().rows)
        if answer is not None:
            application.exit(result=answer[0])
            return
        wind(application)
        application.invalidate()

    return list_of_lines(drawn, hear, color=color, after=wind)


def any_key(text: str, styles: dict[str, str], *, color: bool) -> bool:
    """Show a line and wait for a key; False where it was Ctrl-C or Ctrl-D."""
    keys = KeyBindings()
    keys.add(Keys.Any)(lambda event: event.app.exit(result=True))
    for key in (Keys.Enter, Keys.Escape):
        keys.add(key)(lambda event: event.app.exit(result=True))
    for key in (Keys.ControlC, Keys.SIGINT, Keys.ControlD):
        keys.add(key)(lambda event: event.app.exit(result=False))
    window = Window(FormattedTextControl([("class:quiet", text)]), height=1, always_hide_cursor=True)
    return bool(_run_to_answer(_small(Layout(window), keys, styles, color=color)))


def line(
    question: str, offered: tuple[str, ...], styles: dict[str, str], *, color: bool, written: str = ""
) -> str | None:
    """Ask for one line, empty for Enter alone; None where it was left with Esc, Ctrl-C or Ctrl-D.

    `written` stands in the line and can be edited.
    """
    keys = KeyBindings()
    for leaving in _LEAVING:
        keys.add(leaving, eager=True)(lambda event: event.app.exit(result=None))
    asked = questionary.text(
        question,
        default=written,
        qmark="",
        style=Style.from_dict(styles),
        key_bindings=keys,
        completer=WordCompleter(list(offered), ignore_case=True),
        complete_while_typing=False,
        complete_style=CompleteStyle.READLINE_LIKE,
        color_depth=None if color else ColorDepth.DEPTH_1_BIT,
    )
    typed: str | None = _run_to_answer(asked.application)
    return typed


def _small(
    layout: Layout, keys: KeyBindings, styles: dict[str, str] | None = None, *, color: bool, full_screen: bool = False
) -> Application[Any]:
    return Application(
        layout,
        style=Style.from_dict(styles or {}),
        key_bindings=keys,
        full_screen=full_screen,
        erase_when_done=True,
        color_depth=None if color else ColorDepth.DEPTH_1_BIT,
    )


def _run_to_answer(application: Any, begun: Callable[[], Any] | None = None) -> Any:
    """Run an application to its answer; None where the terminal is gone. `begun` is called once it runs."""
    # Esc alone must act at once.
    application.ttimeoutlen = application.timeoutlen = 0.05
    try:
        return application.run(pre_run=begun)
    except (EOFError, KeyboardInterrupt):
        return None
