"""A call on a terminal: the screen of a step in Rich, one prompt below, nothing that scrolls or blinks."""

from __future__ import annotations

import contextlib
import io
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, Self

from recoverycli.live.answers import clock as as_clock
from recoverycli.terminal.completion import completions
from recoverycli.terminal.console import console
from recoverycli.terminal.views.fitting import joined, page_line, pages
from recoverycli.terminal.views.help import help_lines
from recoverycli.terminal.views.step import step_details, step_screen
from recoverycli.terminal.views.wrap_up import wrap_up_details, wrap_up_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from rich.text import Text

    from recoverycli.live.reply import Reply
    from recoverycli.session.model import Session
    from recoverycli.terminal.output import Output
    from recoverycli.terminal.plain_input import Typed
    from recoverycli.terminal.prompts import Prompt

_ENTER, _LEAVE = "\x1b[?1049h\x1b[H", "\x1b[?1049l\x1b[?25h\x1b[?2004l"
# The keys in the order in which they are shown, each with its rank: 1 stays longest.
_STEP_KEYS = (("Enter next", 2), ("1-9 said", 3), ("b back", 5), ("u undo", 6), ("m more", 4), ("? help", 1))
_WRAP_UP_KEYS = (("Enter saves", 2), ("1-5 outcome", 3), ("b back", 4), ("u undo", 5), ("? help", 1))
_HOW_TO_LEAVE = "Interrupted: p pauses · e ends · Enter goes on"


class DrawnScreen:
    """The whole terminal, from the first paint to the end of the call; afterwards it is as it was found."""

    asks = True

    def __init__(self, output: Output, frameworks: Callable[[], tuple[str, ...]]) -> None:
        self._output = output
        self._frameworks = frameworks
        self._session: Session | None = None
        self._answer = ""
        self._view = ""
        self._page = 0
        self._prompt: Prompt | None = None
        self._drawn: tuple[object, ...] = ()
        self._ansi = ""
        self._held = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._held.enter_context(_quiet_keys())
        self._output.raw(_ENTER)
        return self

    def __exit__(self, *_fault: object) -> None:
        with self._held:
            # A terminal that was closed can be given back no more.
            with contextlib.suppress(OSError, RuntimeError):
                if self._prompt is not None:
                    self._prompt.close()
            with contextlib.suppress(OSError):
                self._output.raw(_LEAVE)

    def draw(self, session: Session, reply: Reply | None) -> None:
        """Take in the call as it stands; before there is a prompt, paint it at once."""
        self._session = session
        self._answer = reply.text if reply is not None else ""
        self._turn(reply)
        if reply is not None and reply.copy is not None:
            from recoverycli.terminal.clipboard import copy_sequence

            self._output.raw(copy_sequence(reply.copy))
        if self._prompt is None:
            look = self._output.look
            self._output.raw("\x1b[H" + self._rendered(look.width, look.height - 2).replace("\n", "\r\n"))

    def ask(self, draft: str) -> Typed:
        """Return the next line. The prompt's libraries are loaded at the first, when the step is on the screen."""
        if self._prompt is None:
            from recoverycli.terminal.prompts import Prompt, Surface

            self._prompt = Prompt(Surface(self._rendered, self._toolbar, self._completions, time.monotonic))
        return self._prompt.ask(draft)

    def ask_how_to_leave(self) -> str:
        """Ask after Ctrl-C in the same place; a second Ctrl-C or the end of input pauses."""
        before, self._answer = self._answer, _HOW_TO_LEAVE
        typed = self.ask("")
        self._answer = before
        return "p" if typed.interrupted or typed.line is None else typed.line.strip().casefold()

    def _turn(self, reply: Reply | None) -> None:
        """`m` and `?` show more, and again the next page of it; anything else returns to the call."""
        show = reply.show if reply is not None else None
        if show is None:
            self._view, self._page = "", 0
        elif show == self._view:
            self._page += 1
        else:
            self._view, self._page = show, 0

    def _rendered(self, width: int, height: int) -> str:
        """Return the screen for that size as ANSI text; drawn anew only when something has changed."""
        key = (id(self._session), self._answer, self._view, self._page, width, height)
        if self._drawn != key:
            file = io.StringIO()
            look = self._output.look
            drawn = console(type(look)(False, look.color, True, max(1, width), max(1, height)), file)
            drawn.print(self._screen(width, height), end="")
            self._ansi, self._drawn = file.getvalue(), key
        return self._ansi

    def _screen(self, width: int, height: int) -> Text:
        session = self._session
        if session is None:
            return joined([])
        if self._view:
            lines = help_lines(width) if self._view == "help" else self._details(session, width)
            found = pages(lines, height - 1)
            if self._page < len(found):
                return joined(
                    [*found[self._page], page_line(self._page + 1, len(found), "?" if self._view == "help" else "m")]
                )
            self._view, self._page = "", 0
        draw = wrap_up_screen if session.here is None else step_screen
        return draw(session, width, height, self._answer)

    def _details(self, session: Session, width: int) -> list[Text]:
        return wrap_up_details(session, width) if session.here is None else step_details(session, width)

    def _completions(self, typed: str) -> tuple[str, ...]:
        return completions(self._session, typed, self._frameworks) if self._session is not None else ()

    def _toolbar(self, width: int) -> StyleAndTextTuples:
        """Return the running times and the keys, as much of them as fits."""
        session = self._session
        if session is None:
            return []
        passed = max(0.0, (datetime.now().astimezone() - session.clock.last_at).total_seconds())
        times: list[tuple[str, str]] = [("", f" {as_clock(session.clock.seconds + passed)}")]
        here = session.here
        if here is not None:
            seconds = session.clock.by_step.get(here.key, 0.0) + passed
            style = "class:late" if seconds > here.step.target_seconds else ""
            times.append((style, f"  step {as_clock(seconds)} of {as_clock(here.step.target_seconds)}"))
        if session.on_hold:
            held = max(0.0, (datetime.now().astimezone() - session.holds[-1].at).total_seconds())
            times.append(("class:late", f"  on hold {as_clock(held)}"))
        return [*times, ("class:quiet", _keys(session, width - sum(len(text) for _, text in times) - 1))]


def _keys(session: Session, room: int) -> str:
    """Return the keys of the screen, as many as fit into `room`; those that are known by heart give way first."""
    keys = _STEP_KEYS if session.here is not None else _WRAP_UP_KEYS
    for most in range(len(keys), 0, -1):
        shown = "   " + " · ".join(words for words, rank in keys if rank <= most)
        if len(shown) <= room:
            return shown
    return ""


@contextlib.contextmanager
def _quiet_keys() -> Iterator[None]:
    """Keys that are typed while the step is being drawn are kept, and not echoed into it."""
    try:
        import termios
    except ImportError:  # Windows: its console echoes nothing while nobody reads.
        yield
        return
    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    quiet = termios.tcgetattr(file)
    quiet[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(file, termios.TCSANOW, quiet)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(file, termios.TCSANOW, before)
