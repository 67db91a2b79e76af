"""Screens that play by themselves: they can be paused, stepped in both directions, and played faster or slower.

It knows nothing of what it plays: a screen is a wait and lines. A terminal plays; in plain mode the lines are told one
after another, and where nobody can press a key all at once.
"""

from __future__ import annotations

import select
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from recoverycli.terminal.console import styles
from recoverycli.terminal.styled_text import Text, render
from recoverycli.terminal.views.call.parts import MARGIN, one_line, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.terminal.output import Output

_KEYS = "space pauses · → on · ← back · + faster · - slower · Esc ends"
_KEYS_PAUSED = "paused · space goes on · → on · ← back · Esc ends"
_KEYS_AT_END = "the end · ← back · Enter ends"
_KEYS_IN_SHORT = "space · → ← · + - · Esc"
_BETWEEN_KEYS = 0.03  # seconds
SLOWEST, FASTEST = 0.1, 100.0


class PlayerScreen(NamedTuple):
    """A screen: the seconds before it at speed 1, what is drawn for a width and a height, and the same in a line."""

    wait: float
    drawn: Callable[[int, int], list[Text]]
    line: str


def play(output: Output, screens: Sequence[PlayerScreen], *, speed: float = 1.0, start: int = 0) -> None:
    """Play screens from the place `start` on, until the end or a key that ends it."""
    if not output.look.interactive:
        for screen in screens[start:]:
            output.text(screen.line)
    elif output.look.plain:
        _tell(output, screens[start:], speed)
    else:
        _film(output, screens, speed, start)


def _tell(output: Output, screens: Sequence[PlayerScreen], speed: float) -> None:
    output.text("Enter continues at once; Ctrl-C ends.")
    for screen in screens:
        _rest(screen.wait / speed)
        output.text(screen.line)


def _rest(seconds: float) -> None:
    """Wait, or until Enter."""
    if sys.platform == "win32":
        import msvcrt

        wait_for_enter(seconds, msvcrt.kbhit, msvcrt.getwch)
    elif select.select([sys.stdin], [], [], seconds)[0]:
        sys.stdin.readline()


def wait_for_enter(seconds: float, is_pressed: Callable[[], bool], read_key: Callable[[], str]) -> None:
    """Wait, or until Enter, where keys are read one by one. Raises KeyboardInterrupt for Ctrl-C."""
    import time

    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if not is_pressed():
            time.sleep(min(left, _BETWEEN_KEYS))
            continue
        key = read_key()
        if key == "\x03":
            raise KeyboardInterrupt
        if key in "\r\n":
            return


def _film(output: Output, screens: Sequence[PlayerScreen], speed: float, start: int) -> None:
    from recoverycli.terminal.ask.full_screen import run_timed

    named = styles(output.look)
    player = Player(screens, speed, start)
    run_timed(
        lambda width, height: render(player.screen(width, height), named),
        player,
        player.wait,
        color=output.look.color,
    )
    # The last screen stays in the window.
    for line in player.screen(output.look.width, output.look.height)[:-1]:
        if line.plain.strip():
            output.text(line.plain)


class Player:
    """The state of the player. It takes keys and time-outs; a key that ends it returns a tuple."""

    def __init__(self, screens: Sequence[PlayerScreen], speed: float = 1.0, start: int = 0) -> None:
        self._screens = screens
        self.speed = speed
        self.here = start
        self.paused = False

    def __call__(self, key: str, _page: int) -> tuple[Any] | None:
        """Take a key by its name or letter; an empty one says that the time of a screen is over."""
        last = len(self._screens) - 1
        if key in {"leave", "escape", "q"} or (key in {"enter", "right"} and self.here == last):
            return (None,)
        if key in {"", "enter", "right", "down", "pagedown"}:
            self.here = min(last, self.here + 1)
        elif key in {"left", "up", "backspace", "pageup"}:
            self.here, self.paused = max(0, self.here - 1), True
        elif key in {"home", "end"}:
            self.here, self.paused = (0 if key == "home" else last), True
        elif key == " ":
            self.paused = not self.paused
        elif key in {"+", "-"}:
            self.speed = min(FASTEST, max(SLOWEST, self.speed * (2 if key == "+" else 0.5)))
        return None

    def wait(self) -> float | None:
        """Return the seconds until the next screen; None to wait for a key."""
        if self.paused or self.here + 1 >= len(self._screens):
            return None
        return self._screens[self.here + 1].wait / self.speed

    def screen(self, width: int, height: int) -> list[Text]:
        """Return the screen with the keys below it."""
        at_end = self.here + 1 >= len(self._screens)
        keys = _KEYS_AT_END if at_end else _KEYS_PAUSED if self.paused else _KEYS
        keys = f"{keys} · {self.speed:g}x" if self.speed != 1 else keys
        keys = keys if len(keys) + MARGIN <= width else _KEYS_IN_SHORT
        rows = self._screens[self.here].drawn(width, max(1, height - 2))
        gap = [plain("")] * max(0, height - 1 - len(rows))
        return [*rows, *gap, one_line(plain(f"{' ' * MARGIN}{keys}", "quiet"), width)][-height:]
