"""A call on a terminal: the screen of a step, one prompt below, nothing that scrolls or blinks."""

from __future__ import annotations

import contextlib
import gc
import itertools
import sys
from typing import TYPE_CHECKING, Self

import msgspec

from recoverycli.session.phrases import phrases
from recoverycli.terminal.call.typed import Draft
from recoverycli.terminal.clipboard import copy, describe_copy
from recoverycli.terminal.console import prompt_styles, styles, terminal_size
from recoverycli.terminal.styled_text import render
from recoverycli.terminal.views.call.screen import Tone, View, close_page, open_page, screen_lines, turn_page
from recoverycli.terminal.views.call.toolbar import toolbar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from recoverycli.frameworks.model import IssueFamily
    from recoverycli.live.reply import Reply
    from recoverycli.session.model import Session
    from recoverycli.terminal.call.prompt import Prompt
    from recoverycli.terminal.call.typed import TypedLine
    from recoverycli.terminal.output import Output
    from recoverycli.terminal.views.call.screen import Face

# The alternate screen, empty, the cursor at its top; pasted lines are told from typed ones from the first key on.
_ENTER = "\x1b[?1049h\x1b[2J\x1b[H\x1b[?2004h"
_LEAVE = "\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l"
_HOW_TO_LEAVE = "Pause, end or go on?  p pauses · e ends · Enter goes on"
_NEITHER = "That is none of these:  p pauses · e ends · an empty line goes on"
_WAYS = {"": "", "p": "p", "pause": "p", "e": "e", "end": "e", "go on": ""}


class DrawnScreen:
    """The whole terminal, from the first paint to the end of the call; afterwards it is as it was found."""

    asks = True

    def __init__(
        self,
        output: Output,
        frameworks: Callable[[], tuple[str, ...]],
        environ: Mapping[str, str],
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        heed: Callable[[str], str],
        face: Face | None = None,
        families: Callable[[], tuple[IssueFamily, ...]] = lambda: (),
        cards: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self._output = output
        self._frameworks = frameworks
        self._families = families
        self._environ = environ
        self._clock = clock
        self._monotonic = monotonic
        self._heed = heed
        self._cards = cards
        self._face = face
        self._session: Session | None = None
        self._view = View()
        self._prompt: Prompt | None = None
        # The session itself: its id() could be that of a later one, once it is gone.
        self._drawn_session: Session | None = None
        self._drawn: tuple[object, ...] = ()
        self._ansi = ""
        # The size in which the screen was drawn last: pages are turned in it.
        columns, lines = terminal_size(sys.stdout)
        self._size = (columns, lines - 2)
        self._held = contextlib.ExitStack()
        self._waiting: Iterator[None] = iter(())

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
            with contextlib.suppress(OSError, ValueError):
                self._output.raw(_LEAVE)

    def afterwards(self, steps: Iterator[None]) -> None:
        """Do these steps once there is a prompt on the screen; keys are read between them."""
        self._waiting = itertools.chain(self._waiting, steps)

    def notice(self, text: str) -> None:
        """Put it where answers stand, after what stands there already."""
        if text:
            answer = " · ".join(filter(None, (self._view.answer, text)))
            self._view = msgspec.structs.replace(self._view, answer=answer)

    def draw(self, session: Session, reply: Reply | None) -> None:
        """Take in the call as it stands; before there is a prompt, paint it at once."""
        before, self._session = self._session, session
        if reply is not None and reply.copy is not None:
            copied = describe_copy(copy(reply.copy, self._environ, self._output.raw), reply.copies)
            reply = msgspec.structs.replace(reply, text=" · ".join(filter(None, (reply.text, copied))))
        if reply is not None and reply.meant:
            reply = msgspec.structs.replace(reply, text=f"Tab: {reply.meant} · {reply.text}")
        self._view = self._next_view(before or session, reply)
        if self._prompt is None:
            self._output.raw("\x1b[H" + self._render(*self._size).replace("\n", "\r\n"))

    def ask(self, draft: Draft) -> TypedLine:
        """Return the next line. The prompt's libraries are loaded at the first, when the step is on the screen."""
        if self._prompt is None:
            from recoverycli.terminal.call.prompt import Prompt, Surface

            look = self._output.look
            self._prompt = Prompt(
                Surface(
                    self._render,
                    self._toolbar,
                    self._completions,
                    lambda: self._view.show is not None,
                    self._turn_page,
                    self._close_page,
                    prompt_styles(look),
                    look.color,
                    self._monotonic,
                ),
                self._prepare,
            )
        return self._prompt.ask(draft)

    def forget(self, line: str) -> None:
        """Take a line out of the history of the prompt."""
        if self._prompt is not None:
            self._prompt.forget(line)

    def ask_how_to_leave(self) -> str:
        """Ask after Ctrl-C in the same place; a second Ctrl-C or the end of input pauses."""
        before, draft = self._view, Draft()
        self._view = View(_HOW_TO_LEAVE, "strong")
        while True:
            typed = self.ask(draft)
            if typed.interrupted or typed.line is None:
                return "p"
            way = _WAYS.get(typed.line.strip().casefold())
            if way is not None:
                self._view = before
                return way
            draft = Draft(typed.line, refused=True)
            self._view = View(_NEITHER, "warning")

    def _prepare(self) -> bool:
        """Do the next step of what was left for afterwards, and return whether something may be left."""
        for _ in self._waiting:
            return True
        # Everything is loaded: from here on garbage is collected again, but not among what stays.
        gc.freeze()
        gc.enable()
        return False

    def _next_view(self, session: Session, reply: Reply | None) -> View:
        """`m` and `?` show more, and again the next page of it; anything else returns to the call."""
        if reply is None:
            return View()
        tone: Tone = "warning" if reply.kind == "refused" or reply.warns else ""
        view = View(reply.text, tone, question=reply.question, card=reply.card)
        if reply.show is None:
            return view
        if reply.show == self._view.show:
            return turn_page(session, self._view, *self._size)
        over = view if reply.text else close_page(self._view)
        return open_page(reply.show, reply.text, over, reply.lines)

    def _turn_page(self) -> None:
        if self._session is not None:
            self._view = turn_page(self._session, self._view, *self._size)

    def _close_page(self) -> None:
        self._view = close_page(self._view)

    def _render(self, width: int, height: int) -> str:
        """Return the screen for that size as ANSI text; redrawn only when something has changed."""
        self._size = (width, height)
        key = (self._view, width, height)
        if self._session is not None and (self._drawn_session is not self._session or self._drawn != key):
            draw = screen_lines if self._face is None else self._face.lines
            lines = draw(self._session, self._view, width, height)
            self._ansi = render(lines, styles(self._output.look))
            self._drawn_session, self._drawn = self._session, key
        return self._ansi

    def _completions(self, typed: str) -> tuple[str, ...]:
        from recoverycli.terminal.call.completion import completions

        if self._session is None:
            return ()
        return completions(self._session, typed, self._frameworks, self._families, self._cards)

    def _toolbar(self, width: int, typed: str) -> list[tuple[str, str]]:
        if self._session is None:
            return []
        if self._face is not None:
            spans = self._face.bar(self._session, self._clock(), width)
        else:
            heed = self._heed(typed) if typed else ""
            page_open = self._view.show is not None
            offered = len(phrases(self._session))
            spans = toolbar(self._session, self._clock(), width, offered, heed, page_open=page_open)
        return [(f"class:{style}" if style else "", text) for style, text in spans]


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
