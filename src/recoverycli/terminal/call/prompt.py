"""The prompt of a call on a terminal. With `full_screen` the only import of Questionary and prompt_toolkit.

One Questionary text question lives as long as the call. Its application fills the screen: the step above, the line
below it, the toolbar at the foot; prompt_toolkit redraws only what has changed, also when the window is resized.
Between two lines the application rests in its event loop, the terminal stays as it is, and typed-ahead keys wait.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
import questionary
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

from recoverycli.terminal.call.candidates import candidate_line, common_prefix, refused_keys
from recoverycli.terminal.call.paste import NEW_LINE, Pastes, joins_lines
from recoverycli.terminal.call.process_end import end_in_loop
from recoverycli.terminal.call.typed import Draft, TypedLine

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

# A key held down repeats faster than this; a person who means a second Enter is slower.
HELD_DOWN = 0.3
# Letters need Enter in a call: an Enter out of habit so soon after `q` closed a page means nothing more.
AFTER_Q = 1.0
# Seconds that the prompt has to wait before several lines at once are a paste.
WAITED = 0.05
# A paste comes in pieces; the next one follows within this time.
PIECE = 0.03
# Below so many rows the line and the screen need what the toolbar would take.
_ROWS_FOR_TOOLBAR = 6
# Line editing keeps its keys; these would search, quote or transpose, and surprise users in a call.
_UNHEARD = (
    Keys.ControlR, Keys.ControlS, Keys.ControlQ, Keys.ControlV, Keys.ControlX, Keys.ControlO, Keys.ControlT,
    Keys.ControlG, Keys.ControlAt, Keys.ControlSquareClose, Keys.ControlZ, Keys.ControlBackslash,
)  # fmt: skip


# With a refused line selected these keys edit it, and those drop it.
_EDIT = (
    Keys.Left, Keys.Right, Keys.Up, Keys.Down, Keys.Home, Keys.End, Keys.ControlLeft, Keys.ControlRight,
    Keys.ShiftLeft, Keys.ShiftRight, Keys.ShiftHome, Keys.ShiftEnd, Keys.ControlA, Keys.ControlB, Keys.ControlE,
    Keys.ControlF,
)  # fmt: skip
_DROP = (Keys.Escape, Keys.Backspace, Keys.Delete, Keys.ControlD, Keys.ControlK, Keys.ControlU, Keys.ControlW)


class Surface(msgspec.Struct, frozen=True):
    """What the prompt asks back: the screen as ANSI text, the toolbar, completions, looks, a monotonic clock.

    `page_open` says that a page lies over the call: then `turn_page` shows the next one or closes the last.
    """

    screen: Callable[[int, int], str]
    toolbar: Callable[[int, str], list[tuple[str, str]]]
    completions: Callable[[str], tuple[str, ...]]
    page_open: Callable[[], bool]
    turn_page: Callable[[], None]
    close_page: Callable[[], None]
    styles: dict[str, str]
    color: bool
    monotonic: Callable[[], float]


class Prompt:
    """Asks for lines until it is closed.

    Once the first prompt is on the screen, `prepare` is called as long as it returns that something is left to do. Keys
    are read between two calls.
    """

    def __init__(self, surface: Surface, prepare: Callable[[], bool]) -> None:
        self._surface = surface
        self._prepare = prepare
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._on_fault)
        end_in_loop(self._loop)
        self._answer: asyncio.Future[TypedLine] | None = None
        # Keys that were typed ahead may hold several lines.
        self._waiting: deque[TypedLine] = deque()
        self._fault: BaseException | None = None
        self._pastes = Pastes()
        # Until then an empty Enter is not heard.
        self._deaf_until = float("-inf")
        self._draft = Draft()
        # Since when the prompt has waited for a line. What arrives at once is a paste only if it has waited a moment:
        # otherwise it was typed while the call was busy.
        self._waiting_since = math.inf
        # Whether Enter keys of an unmarked paste became signs in the prompt.
        self._joined = False
        self._width = 0
        # Whether the draft stands selected in the prompt.
        self._selected = False
        self._offered: tuple[str, ...] = ()
        self._running: asyncio.Task[Any] | None = None
        question = questionary.text(
            "›",
            qmark="",
            style=Style.from_dict(surface.styles),
            key_bindings=self._keys(),
            history=InMemoryHistory(),
            wrap_lines=False,
            # The candidates stand in the toolbar: a menu would cover the phrases.
            complete_style=CompleteStyle.READLINE_LIKE,
            color_depth=None if surface.color else ColorDepth.DEPTH_1_BIT,
        )
        self._application: Any = question.application
        self._buffer = self._application.current_buffer
        self._arrange()

    def ask(self, draft: Draft) -> TypedLine:
        """Return the next line. A draft stands in the prompt first, unless something was typed meanwhile."""
        self._draft = draft
        if draft.text and not self._buffer.text and not self._waiting:
            text = self._pastes.fold(draft.text)
            self._buffer.reset(Document(text, 0 if draft.refused else len(text)))
            if draft.refused:
                self._buffer.start_selection()
                self._buffer.cursor_position = len(text)
                self._selected = True
        if self._running is None:
            run = self._application.run_async(set_exception_handler=False, handle_sigint=False)
            self._running = self._loop.create_task(run)
            self._running.add_done_callback(self._on_exit)
            self._application.after_render += self._on_first_render
        else:
            self._start_waiting()
        self._application.invalidate()
        if self._fault is not None:
            raise self._fault
        while self._waiting:
            typed = self._waiting.popleft()
            if not self._turned_page(typed):
                return typed
        self._answer = self._loop.create_future()
        return self._loop.run_until_complete(self._answer)

    def forget(self, line: str) -> None:
        """Take a line out of what the up arrow brings back. What is half typed stays."""
        newest_first = self._buffer.history.load_history_strings()
        others = [one for one in newest_first if self._pastes.unfold(one) != line]
        self._buffer.history = InMemoryHistory(others[::-1])
        self._buffer.reset(self._buffer.document)

    def _turned_page(self, typed: TypedLine) -> bool:
        """Whether a line that was typed ahead only turned or closed the page that lies over the call."""
        line = (typed.line or "").strip()
        if typed.line is None or typed.interrupted or line not in {"", "q"} or not self._surface.page_open():
            return False
        if line:
            self._surface.close_page()
        else:
            self._surface.turn_page()
        return True

    def close(self) -> None:
        """Leave the screen and restore the terminal."""
        if self._running is not None and not self._running.done():
            # A closed terminal may have ended it already.
            if not self._application.is_done:
                self._application.exit()
            self._loop.run_until_complete(self._running)
        self._loop.close()

    def _arrange(self) -> None:
        application = self._application
        line = application.layout.container
        screen = Window(FormattedTextControl(self._screen), always_hide_cursor=True, wrap_lines=False)
        toolbar = Window(FormattedTextControl(self._toolbar), height=1, style="class:quiet")
        rows = HSplit([screen, line, ConditionalContainer(toolbar, filter=Condition(self._has_toolbar))])
        application.layout = Layout(rows, focused_element=self._buffer)
        application.full_screen = True
        application.renderer.full_screen = True
        application.refresh_interval = 1.0
        # Esc alone must not hold up the key after it.
        application.ttimeoutlen = 0.05
        application.timeoutlen = 0.05

    def _on_first_render(self, application: Any) -> None:
        application.after_render -= self._on_first_render
        self._start_waiting()
        self._after_reading(self._prepare_next)

    def _prepare_next(self) -> None:
        if self._prepare():
            self._after_reading(self._prepare_next)
        else:
            # What was found meanwhile is shown at once.
            self._application.invalidate()

    def _start_waiting(self) -> None:
        self._waiting_since = math.inf
        self._after_reading(self._begin_waiting)

    def _begin_waiting(self) -> None:
        self._waiting_since = self._loop.time()

    def _after_reading(self, what: Callable[[], None]) -> None:
        """Do `what` once the keys that have arrived are read: the event loop reads them in its next round."""
        self._loop.call_soon(self._loop.call_soon, what)

    def _has_toolbar(self) -> bool:
        return bool(self._application.output.get_size().rows >= _ROWS_FOR_TOOLBAR)

    def _screen(self) -> ANSI:
        size = self._application.output.get_size()
        if size.columns != self._width:
            # A line that scrolled in a narrow window is seen from its beginning where there is room again.
            self._width = size.columns
            self._application.layout.current_window.horizontal_scroll = 0
        return ANSI(self._surface.screen(size.columns, size.rows - 1 - self._has_toolbar()))

    def _toolbar(self) -> StyleAndTextTuples:
        width = self._application.output.get_size().columns
        if self._selected:
            return refused_keys(self._draft.suggestion, width)
        if len(self._offered) > 1:
            return candidate_line(self._offered, str(self._buffer.text), width)
        return [*self._surface.toolbar(width, str(self._buffer.text))]

    def _on_exit(self, task: asyncio.Task[Any]) -> None:
        """The application is over: the terminal was closed, or something broke."""
        if self._answer is not None and not self._answer.done():
            fault = None if task.cancelled() else task.exception()
            if fault is None or isinstance(fault, EOFError):
                self._answer.set_result(TypedLine(None))
            else:
                self._answer.set_exception(fault)

    def _on_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A fault in drawing or in a key ends the call as any fault does; nothing is printed across the screen."""
        fault = context.get("exception")
        if fault is None:
            return
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(fault)
        else:
            self._fault = fault

    def _give(self, typed: TypedLine) -> None:
        self._offered = ()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(typed)
        else:
            self._waiting.append(typed)

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.Enter)(self._on_enter)
        # The half-typed line stays where it is.
        keys.add(Keys.BackTab)(lambda _: self._give_for_key("b"))
        keys.add(Keys.F1)(lambda _: self._give_for_key("?"))
        keys.add(Keys.Tab)(self._on_tab)
        keys.add(Keys.BracketedPaste)(self._on_paste)
        for interrupt in (Keys.ControlC, Keys.SIGINT):
            keys.add(interrupt)(self._on_interrupt)
        keys.add(Keys.ControlD)(self._on_end)
        for key in (Keys.Escape, *_UNHEARD):
            keys.add(key, eager=True)(lambda _: None)
        self._add_keys_of_pages(keys)
        self._add_keys_of_refused_lines(keys)
        return keys

    def _add_keys_of_pages(self, keys: KeyBindings) -> None:
        """While a page lies over the call and nothing is typed, these keys turn or close it and do nothing else."""
        paging = Condition(lambda: self._surface.page_open() and not self._buffer.text)
        for key in (Keys.Enter, " "):
            keys.add(key, filter=paging)(lambda _: self._turn_page())
        keys.add(Keys.Escape, filter=paging, eager=True)(lambda _: self._close_page(HELD_DOWN))
        keys.add("q", filter=paging)(lambda _: self._close_page(AFTER_Q))

    def _turn_page(self) -> None:
        if not self._unheard():
            self._surface.turn_page()

    def _close_page(self, deaf: float) -> None:
        self._deaf_until = self._surface.monotonic() + deaf
        self._surface.close_page()

    def _add_keys_of_refused_lines(self, keys: KeyBindings) -> None:
        selected = Condition(lambda: self._selected)

        def again(event: KeyPressEvent) -> None:
            event.key_processor.feed(event.key_sequence[0], first=True)

        @keys.add(Keys.Any, filter=selected)
        def _replace(event: KeyPressEvent) -> None:
            self._drop()
            again(event)

        def edit(event: KeyPressEvent) -> None:
            self._edit()
            again(event)

        for key in _EDIT:
            keys.add(key, filter=selected)(edit)
        for key in _DROP:
            keys.add(key, filter=selected, eager=key is Keys.Escape)(lambda _: self._drop())

    def _drop(self) -> None:
        """Take a refused line out of the prompt; the up arrow brings it back."""
        if self._selected:
            self._selected = False
            self._buffer.reset()

    def _edit(self) -> None:
        self._selected = False
        self._buffer.exit_selection()

    def _unheard(self) -> bool:
        """Whether an empty Enter means nothing: it follows the last one as a key does that is held down."""
        now = self._surface.monotonic()
        unheard = now < self._deaf_until
        # Unheard presses count too: a key that is held down goes on being unheard.
        self._deaf_until = max(self._deaf_until, now + HELD_DOWN)
        return unheard

    def _on_enter(self, event: KeyPressEvent) -> None:
        if self._selected:
            self._drop()
            self._unheard()
            return
        if not self._buffer.text.strip() and self._unheard():
            return
        if self._is_pasted(event):
            self._joined = True
            self._buffer.insert_text(NEW_LINE)
        elif self._joined:
            self._buffer.insert_text(NEW_LINE)
            self._loop.call_later(PIECE, self._end_paste)
        else:
            self._give(TypedLine(self._take_line()))

    def _is_pasted(self, event: KeyPressEvent) -> bool:
        """Whether the Enter belongs to several lines that were pasted without being marked as a paste."""
        if not self._joined and self._loop.time() - self._waiting_since < WAITED:
            return False
        keys = [press.key for press in event.key_processor.input_queue]
        text = ["\n" if key in {Keys.ControlM, Keys.ControlJ} else str(key) for key in keys]
        return all(len(piece) == 1 for piece in text) and joins_lines(str(self._buffer.text), text)

    def _end_paste(self) -> None:
        """Take a paste that ended with a newline, unless another piece of it has come."""
        text = str(self._buffer.text)
        if self._joined and text.endswith(NEW_LINE):
            self._put(text.rstrip(NEW_LINE))
            self._give(TypedLine(self._take_line()))

    def _give_for_key(self, line: str) -> None:
        self._drop()
        self._give(TypedLine(line, by_key=True))

    def _on_interrupt(self, _event: KeyPressEvent) -> None:
        self._drop()
        self._give(TypedLine(self._take_line(), interrupted=True))

    def _on_end(self, _event: KeyPressEvent) -> None:
        if self._buffer.text:
            self._buffer.delete()
        else:
            self._give(TypedLine(None))

    def _on_tab(self, _event: KeyPressEvent) -> None:
        """Complete to what all candidates share; where that adds nothing, step through them."""
        if self._selected:
            self._edit()
            self._put(self._draft.suggestion or str(self._buffer.text))
            return
        text = str(self._buffer.text)
        if not text and self._draft.at_tab:
            self._give(TypedLine(self._draft.at_tab, by_key=True))
            return
        if text in self._offered:
            following = self._offered[(self._offered.index(text) + 1) % len(self._offered)]
        else:
            self._offered = self._surface.completions(text)
            if not self._offered:
                return
            shared = common_prefix(self._offered)
            following = shared if len(shared) > len(text) else self._offered[0]
        self._put(following)

    def _put(self, text: str) -> None:
        self._buffer.text = text
        self._buffer.cursor_position = len(text)

    def _on_paste(self, event: KeyPressEvent) -> None:
        self._drop()
        self._buffer.insert_text(self._pastes.fold(event.data.replace("\r\n", "\n").replace("\r", "\n").strip("\n")))

    def _take_line(self) -> str:
        """Take the line out of the prompt, as it was typed and pasted."""
        self._joined = False
        text = self._pastes.unfold(str(self._buffer.text))
        self._buffer.reset(append_to_history=bool(text.strip()))
        return text
