"""The prompt of a call on a terminal: the only import of Questionary and prompt_toolkit.

One Questionary text question lives as long as the call. Its application fills the screen: the step above, the line in
the middle, the toolbar at the foot; prompt_toolkit redraws only what has changed, also when the window is resized.
Between two lines the application rests in its event loop, the terminal stays as it is, and typed-ahead keys wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
import questionary
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.styles import Style

from recoverycli.terminal.plain_input import Typed

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

# A key held down repeats faster than this; a person who means a second Enter is slower.
HELD_DOWN = 0.3
_NEW_LINE = "⏎"
_STYLE = {"qmark": "bold ansicyan", "toolbar": "", "late": "ansiyellow", "quiet": "ansibrightblack"}


class Surface(msgspec.Struct, frozen=True):
    """What the prompt asks back: the screen as ANSI text, the toolbar, completions, a monotonic clock."""

    screen: Callable[[int, int], str]
    toolbar: Callable[[int], StyleAndTextTuples]
    completions: Callable[[str], tuple[str, ...]]
    monotonic: Callable[[], float]


class Prompt:
    """Asks for lines until it is closed."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._loop = asyncio.new_event_loop()
        self._answer: asyncio.Future[Typed] | None = None
        self._last_enter = float("-inf")
        self._offered: tuple[str, ...] = ()
        question = questionary.text(
            "", qmark="›", style=Style.from_dict(_STYLE), key_bindings=self._keys(), history=InMemoryHistory()
        )
        self._application: Any = question.application
        self._buffer = self._application.current_buffer
        self._arrange()
        self._running: asyncio.Task[Any] | None = None

    def ask(self, draft: str) -> Typed:
        """Return the next line; `draft` stands in the prompt to be edited."""
        self._buffer.text = draft.replace("\n", _NEW_LINE)
        self._buffer.cursor_position = len(self._buffer.text)
        self._answer = self._loop.create_future()
        if self._running is None:
            run = self._application.run_async(set_exception_handler=False)
            self._running = self._loop.create_task(run)
            self._running.add_done_callback(self._ended)
        self._application.invalidate()
        return self._loop.run_until_complete(self._answer)

    def close(self) -> None:
        """Leave the screen and give the terminal back as it was."""
        if self._running is not None and not self._running.done():
            self._application.exit()
            self._loop.run_until_complete(self._running)
        self._loop.close()

    def _arrange(self) -> None:
        application = self._application
        line = application.layout.container
        screen = Window(FormattedTextControl(self._screen), always_hide_cursor=True, dont_extend_height=True)
        toolbar = Window(FormattedTextControl(self._toolbar), height=1, style="class:toolbar")
        rows = HSplit([screen, line, Window(), toolbar])
        application.layout = Layout(rows, focused_element=self._buffer)
        application.full_screen = True
        application.renderer.full_screen = True
        application.refresh_interval = 1.0
        # Esc alone must not hold up the key after it.
        application.ttimeoutlen = 0.05
        application.timeoutlen = 0.05

    def _screen(self) -> ANSI:
        size = self._application.output.get_size()
        # The line and the toolbar need a row each, and one stays free between them where there is room.
        return ANSI(self._surface.screen(size.columns, max(0, size.rows - 2)))

    def _toolbar(self) -> StyleAndTextTuples:
        width = self._application.output.get_size().columns
        if len(self._offered) > 1:
            return [("class:quiet", "  ".join(line.strip() for line in self._offered)[: width - 1])]
        return self._surface.toolbar(width)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        if self._answer is not None and not self._answer.done():
            fault = None if task.cancelled() else task.exception()
            if fault is not None:
                self._answer.set_exception(fault)
            else:
                self._answer.set_result(Typed(None))

    def _give(self, typed: Typed) -> None:
        self._offered = ()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(typed)

    def _text(self) -> str:
        return str(self._buffer.text).replace(_NEW_LINE, "\n")

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.Enter)(self._on_enter)
        keys.add(Keys.BackTab)(lambda _: self._give(Typed("b")))
        keys.add(Keys.F1)(lambda _: self._give(Typed("?")))
        keys.add(Keys.Tab)(self._on_tab)
        keys.add(Keys.Escape, eager=True)(lambda _: None)
        keys.add(Keys.BracketedPaste)(self._on_paste)
        for interrupt in (Keys.ControlC, Keys.SIGINT):
            keys.add(interrupt)(lambda _: self._give(Typed(self._text(), interrupted=True)))
        keys.add(Keys.ControlD)(self._on_end)
        return keys

    def _on_enter(self, _event: KeyPressEvent) -> None:
        text = self._text()
        if text.strip():
            self._buffer.append_to_history()
        else:
            now, before = self._surface.monotonic(), self._last_enter
            self._last_enter = now
            if now - before < HELD_DOWN:
                return
        self._buffer.reset()
        self._give(Typed(text))

    def _on_tab(self, _event: KeyPressEvent) -> None:
        """Complete to what all candidates share; where that adds nothing, step through them."""
        text = str(self._buffer.text)
        if text in self._offered:
            following = self._offered[(self._offered.index(text) + 1) % len(self._offered)]
        else:
            self._offered = self._surface.completions(text)
            if not self._offered:
                return
            shared = _shared_beginning(self._offered)
            following = shared if len(shared) > len(text) else self._offered[0]
        self._buffer.text = following
        self._buffer.cursor_position = len(following)

    def _on_paste(self, event: KeyPressEvent) -> None:
        pasted = event.data.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        self._buffer.insert_text(pasted.replace("\n", _NEW_LINE))

    def _on_end(self, _event: KeyPressEvent) -> None:
        if self._buffer.text:
            self._buffer.delete()
        else:
            self._give(Typed(None))


def _shared_beginning(lines: tuple[str, ...]) -> str:
    first, last = min(lines), max(lines)
    length = next((n for n, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]
