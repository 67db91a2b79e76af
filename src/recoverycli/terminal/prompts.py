"""The prompt of a call on a terminal: the only import of Questionary and prompt_toolkit.

One Questionary text question lives as long as the call. Its application fills the screen: the step above, the line
below it, the toolbar at the foot; prompt_toolkit redraws only what has changed, also when the window is resized.
Between two lines the application rests in its event loop, the terminal stays as it is, and typed-ahead keys wait.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.completion import WordCompleter
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

from recoverycli.terminal.pasting import Pastes
from recoverycli.terminal.plain_input import Typed

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

# A key held down repeats faster than this; a person who means a second Enter is slower.
HELD_DOWN = 0.3
_LEAVING = (Keys.Escape, Keys.ControlC, Keys.SIGINT, Keys.ControlD)
_NAMED = (
    (Keys.Up, "up"), (Keys.Down, "down"), (Keys.Tab, "down"), (Keys.BackTab, "up"), (Keys.PageUp, "pageup"),
    (Keys.PageDown, "pagedown"), (Keys.Home, "home"), (Keys.End, "end"), (Keys.Enter, "enter"),
    (Keys.Backspace, "backspace"), (Keys.Escape, "escape"), (Keys.ControlC, "leave"), (Keys.SIGINT, "leave"),
    (Keys.ControlD, "leave"),
)  # fmt: skip
_FIGURES = 9
# Below so many rows the line and the screen need what the toolbar would take.
_ROWS_FOR_TOOLBAR = 6
# Line editing keeps its keys; these would search, quote or transpose, and surprise whoever meets them in a call.
_UNHEARD = (
    Keys.ControlR, Keys.ControlS, Keys.ControlQ, Keys.ControlV, Keys.ControlX, Keys.ControlO, Keys.ControlT,
    Keys.ControlG, Keys.ControlAt, Keys.ControlSquareClose, Keys.ControlZ, Keys.ControlBackslash,
)  # fmt: skip


class Surface(msgspec.Struct, frozen=True):
    """What the prompt asks back: the screen as ANSI text, the toolbar, completions, looks, a monotonic clock."""

    screen: Callable[[int, int], str]
    toolbar: Callable[[int, str], list[tuple[str, str]]]
    completions: Callable[[str], tuple[str, ...]]
    styles: dict[str, str]
    color: bool
    monotonic: Callable[[], float]


def choose_from(question: str, options: Sequence[str]) -> str | None:
    """Let one of several words be chosen with the arrow keys; None where the question was left."""
    chosen: str | None = questionary.select(question, choices=list(options)).ask()
    return chosen


def menu(
    drawn: Callable[[int, int, int], str], names: Sequence[str], selected: int = 0, *, color: bool = True
) -> int | None:
    """Fill the screen with a list and return the place that is chosen from it, from 0; None where it is left.

    `drawn` returns the list for a selected place, a width and a height, as ANSI text. Arrows move, Enter chooses;
    a number or the first letter of a name chooses at once; Esc, q, Ctrl-C and Ctrl-D leave.
    """
    here = selected
    keys = KeyBindings()

    def move(to: int) -> None:
        nonlocal here
        here = to % len(names)

    def leave(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    def choose(place: int) -> Callable[[KeyPressEvent], None]:
        return lambda event: event.app.exit(result=place)

    # Of two names with the same first letter the one further up is meant: what is added last counts.
    for place, name in reversed([*enumerate(names)]):
        figure = str(place + 1) if place < _FIGURES else ""
        for key in {figure, name[:1].lower(), name[:1].upper()}:
            if key.isascii() and key.isalnum():
                keys.add(key)(choose(place))
    for key, by in ((Keys.Up, -1), (Keys.Down, 1), (Keys.BackTab, -1), (Keys.Tab, 1)):
        keys.add(key)(lambda _, by=by: move(here + by))
    for key, to in ((Keys.Home, 0), (Keys.End, -1), (Keys.PageUp, 0), (Keys.PageDown, -1)):
        keys.add(key)(lambda _, to=to: move(to))
    keys.add(Keys.Enter)(lambda event: event.app.exit(result=here))
    for leaving in (*_LEAVING, "q", "Q"):
        keys.add(leaving)(leave)

    def screen() -> ANSI:
        size = application.output.get_size()
        return ANSI(drawn(here, size.columns, size.rows))

    window = Window(FormattedTextControl(screen), always_hide_cursor=True, wrap_lines=False)
    application = _small(Layout(window), keys, color=color, full_screen=True)
    chosen: int | None = _answered(application)
    return chosen


def list_of_lines(
    drawn: Callable[[int, int], str], hear: Callable[[str, int], tuple[Any] | None], *, color: bool
) -> Any:
    """Fill the screen with what `drawn` returns for a width and a height, and give each key to `hear`.

    Letters are given as they are; other keys by name: up, down, pageup, pagedown, home, end, enter, backspace, escape,
    and leave for Ctrl-C and Ctrl-D. It ends when `hear` returns a tuple, with what is in it; None where the terminal
    is gone.
    """
    keys = KeyBindings()

    def given(name: str) -> Callable[[KeyPressEvent], None]:
        def pressed(event: KeyPressEvent) -> None:
            answer = hear(name or event.data, max(1, event.app.output.get_size().rows - 2))
            if answer is not None:
                event.app.exit(result=answer[0])

        return pressed

    keys.add(Keys.Any)(given(""))
    for key, name in _NAMED:
        keys.add(key)(given(name))

    def screen() -> ANSI:
        size = application.output.get_size()
        return ANSI(drawn(size.columns, size.rows))

    window = Window(FormattedTextControl(screen), always_hide_cursor=True, wrap_lines=False)
    application = _small(Layout(window), keys, color=color, full_screen=True)
    return _answered(application)


def any_key(text: str, styles: dict[str, str], *, color: bool) -> bool:
    """Show a line and wait for a key; False where it was Ctrl-C or Ctrl-D."""
    keys = KeyBindings()
    keys.add(Keys.Any)(lambda event: event.app.exit(result=True))
    for key in (Keys.Enter, Keys.Escape):
        keys.add(key)(lambda event: event.app.exit(result=True))
    for key in (Keys.ControlC, Keys.SIGINT, Keys.ControlD):
        keys.add(key)(lambda event: event.app.exit(result=False))
    window = Window(FormattedTextControl([("class:quiet", text)]), height=1, always_hide_cursor=True)
    return bool(_answered(_small(Layout(window), keys, styles, color=color)))


def line(question: str, offered: tuple[str, ...], styles: dict[str, str], *, color: bool) -> str | None:
    """Ask for one line, empty for Enter alone; None where it was left with Esc, Ctrl-C or Ctrl-D."""
    keys = KeyBindings()
    for leaving in _LEAVING:
        keys.add(leaving, eager=True)(lambda event: event.app.exit(result=None))
    asked = questionary.text(
        question,
        qmark="",
        style=Style.from_dict(styles),
        key_bindings=keys,
        completer=WordCompleter(list(offered), ignore_case=True),
        complete_while_typing=False,
        complete_style=CompleteStyle.READLINE_LIKE,
        color_depth=None if color else ColorDepth.DEPTH_1_BIT,
    )
    typed: str | None = _answered(asked.application)
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


def _answered(application: Any) -> Any:
    """Run an application to its answer; the end of a terminal is no answer."""
    # Esc alone must not hold up whoever pressed it.
    application.ttimeoutlen = application.timeoutlen = 0.05
    try:
        return application.run()
    except (EOFError, KeyboardInterrupt):
        return None


class Prompt:
    """Asks for lines until it is closed. `ready` is called once the first prompt is on the screen."""

    def __init__(self, surface: Surface, ready: Callable[[], None]) -> None:
        self._surface = surface
        self._ready = ready
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._failed)
        self._answer: asyncio.Future[Typed] | None = None
        # Keys that were typed ahead may hold several lines.
        self._waiting: deque[Typed] = deque()
        self._fault: BaseException | None = None
        self._pastes = Pastes()
        self._last_enter = float("-inf")
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

    def ask(self, draft: str) -> Typed:
        """Return the next line. `draft` stands in the prompt to be edited, unless something was typed meanwhile."""
        if draft and not self._buffer.text:
            text = self._pastes.folded(draft)
            self._buffer.reset(Document(text, len(text)))
        if self._running is None:
            run = self._application.run_async(set_exception_handler=False, handle_sigint=False)
            self._running = self._loop.create_task(run)
            self._running.add_done_callback(self._ended)
            self._application.after_render += self._first_rendered
        self._application.invalidate()
        if self._fault is not None:
            raise self._fault
        if self._waiting:
            return self._waiting.popleft()
        self._answer = self._loop.create_future()
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

    def _first_rendered(self, application: Any) -> None:
        application.after_render -= self._first_rendered
        self._loop.call_soon(self._ready)
        # What was found meanwhile is shown at once.
        self._loop.call_soon(application.invalidate)

    def _has_toolbar(self) -> bool:
        return bool(self._application.output.get_size().rows >= _ROWS_FOR_TOOLBAR)

    def _screen(self) -> ANSI:
        size = self._application.output.get_size()
        return ANSI(self._surface.screen(size.columns, size.rows - 1 - self._has_toolbar()))

    def _toolbar(self) -> StyleAndTextTuples:
        width = self._application.output.get_size().columns
        if len(self._offered) > 1:
            return offered(self._offered, str(self._buffer.text), width)
        return [*self._surface.toolbar(width, str(self._buffer.text))]

    def _ended(self, task: asyncio.Task[Any]) -> None:
        """The application is over: the terminal was closed, or something broke."""
        if self._answer is not None and not self._answer.done():
            fault = None if task.cancelled() else task.exception()
            if fault is None or isinstance(fault, EOFError):
                self._answer.set_result(Typed(None))
            else:
                self._answer.set_exception(fault)

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A fault in drawing or in a key ends the call as any fault does; nothing is printed across the screen."""
        fault = context.get("exception")
        if fault is None:
            return
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(fault)
        else:
            self._fault = fault

    def _give(self, typed: Typed) -> None:
        self._offered = ()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(typed)
        else:
            self._waiting.append(typed)

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add(Keys.Enter)(self._on_enter)
        # The half-typed line stays where it is.
        keys.add(Keys.BackTab)(lambda _: self._give(Typed("b")))
        keys.add(Keys.F1)(lambda _: self._give(Typed("?")))
        keys.add(Keys.Tab)(self._on_tab)
        keys.add(Keys.BracketedPaste)(self._on_paste)
        for interrupt in (Keys.ControlC, Keys.SIGINT):
            keys.add(interrupt)(self._on_interrupt)
        keys.add(Keys.ControlD)(self._on_end)
        for key in (Keys.Escape, *_UNHEARD):
            keys.add(key, eager=True)(lambda _: None)
        return keys

    def _on_enter(self, _event: KeyPressEvent) -> None:
        if not self._buffer.text.strip():
            now, before = self._surface.monotonic(), self._last_enter
            # Unheard presses count too: a key that is held down goes on being unheard.
            self._last_enter = now
            if now - before < HELD_DOWN:
                return
        self._give(Typed(self._taken()))

    def _on_interrupt(self, _event: KeyPressEvent) -> None:
        self._give(Typed(self._taken(), interrupted=True))

    def _on_end(self, _event: KeyPressEvent) -> None:
        if self._buffer.text:
            self._buffer.delete()
        else:
            self._give(Typed(None))

    def _on_tab(self, _event: KeyPressEvent) -> None:
        """Complete to what all candidates share; where that adds nothing, step through them."""
        text = str(self._buffer.text)
        if text in self._offered:
            following = self._offered[(self._offered.index(text) + 1) % len(self._offered)]
        else:
            self._offered = self._surface.completions(text)
            if not self._offered:
                return
            shared = shared_beginning(self._offered)
            following = shared if len(shared) > len(text) else self._offered[0]
        self._buffer.text = following
        self._buffer.cursor_position = len(following)

    def _on_paste(self, event: KeyPressEvent) -> None:
        self._buffer.insert_text(self._pastes.folded(event.data.replace("\r\n", "\n").replace("\r", "\n").strip("\n")))

    def _taken(self) -> str:
        """Take the line out of the prompt, as it was typed and pasted."""
        text = self._pastes.unfolded(str(self._buffer.text))
        self._buffer.reset(append_to_history=bool(text.strip()))
        return text


def offered(lines: tuple[str, ...], typed: str, width: int) -> StyleAndTextTuples:
    """Return the candidates of Tab for the toolbar, the one in the prompt marked; from there on where room is short."""
    words = [line.strip().rpartition(" ")[2] for line in lines]
    here = lines.index(typed) if typed in lines else 0
    first = here if sum(len(word) + 2 for word in words) > width - 1 else 0
    spans: StyleAndTextTuples = [("", " ")]
    left = width - 2
    for index, word in enumerate(words[first:], start=first):
        shown = f"[{word}]" if lines[index] == typed else f" {word} "
        if len(shown) > left:
            break
        spans.append(("class:accent" if lines[index] == typed else "", shown))
        left -= len(shown)
    return spans


def shared_beginning(lines: tuple[str, ...]) -> str:
    """Return the letters that all of `lines` begin with."""
    first, last = min(lines), max(lines)
    length = next(
        (place for place, (one, other) in enumerate(zip(first, last, strict=False)) if one != other),
        min(len(first), len(last)),
    )
    return first[:length]
