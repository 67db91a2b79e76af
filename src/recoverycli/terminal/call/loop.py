"""The loop of a call: draw, ask, hear, until it is left. Calls differ in their screens alone."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Protocol

import msgspec

from recoverycli.errors import RecoveryError, StoreProblem
from recoverycli.live.reply import TAKE, CallLeft, Reply
from recoverycli.terminal.call.process_end import ProcessEnd, end_on_signal
from recoverycli.terminal.call.typed import Draft
from recoverycli.times.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from recoverycli.frameworks.model import IssueFamily
    from recoverycli.session.model import Session
    from recoverycli.terminal.call.typed import TypedLine
    from recoverycli.terminal.output import Output
    from recoverycli.terminal.views.call.screen import Face


class CallScreen(Protocol):
    """Where a call is shown and asked for. `asks` says that somebody is there to answer."""

    asks: bool

    def afterwards(self, steps: Iterator[None]) -> None:
        """Do these steps once the first screen is there and can be answered. Faults come out of `draw` or `ask`."""

    def notice(self, text: str) -> None:
        """Say something beside the call, once the first screen is there."""

    def draw(self, session: Session, reply: Reply | None) -> None:
        """Show the call as it stands, and the answer to the last line."""

    def ask(self, draft: Draft) -> TypedLine:
        """Return the next line; `draft` stands in the prompt first, where there is one that can be edited."""

    def forget(self, line: str) -> None:
        """Bring a line that was typed back no more: it holds what is masked where it is stored."""

    def ask_how_to_leave(self) -> str:
        """Ask after an interruption: `p` pause, `e` end, else go on."""


class InteractiveCall(Protocol):
    """What is led through: a call, or practice, which differs in who the customer is."""

    @property
    def session(self) -> Session:
        """The call as it stands."""

    def warm_in_steps(self) -> Iterator[None]:
        """Load what the first screen does without, a little in each step."""

    def hear(self, line: str) -> Reply:
        """Return the answer to a typed line, once what it says is on the disk."""

    def as_stored(self, text: str) -> str:
        """Return a text as it would be stored: masked."""

    def pause(self) -> Reply:
        """Set it aside."""

    def end_of_input(self) -> Reply:
        """Finish it or set it aside, as fits."""


@contextlib.contextmanager
def open_screen(
    output: Output,
    frameworks: Callable[[], tuple[str, ...]],
    environ: Mapping[str, str],
    clock: Callable[[], datetime] = now,
    monotonic: Callable[[], float] = time.monotonic,
    heed: Callable[[str], str] = lambda _typed: "",
    face: Face | None = None,
    families: Callable[[], tuple[IssueFamily, ...]] = lambda: (),
    cards: Callable[[], tuple[str, ...]] = tuple,
) -> Iterator[CallScreen]:
    """Open the screen that fits, and leave the terminal as it was found, however the call ends.

    `environ` says which clipboard there is. `clock` (aware) tells the running times, `monotonic` whether Enter is held
    down; `heed` returns a warning about the line that is being typed, or nothing. `face` is how it looks, that of a
    call where none is given. Tab completes the ids of `frameworks`, `families` and `cards`.
    """
    with end_on_signal(console=sys.stdin.isatty()):
        if output.look.plain or not output.look.interactive:
            from recoverycli.terminal.call.interruptions import hold_interruptions
            from recoverycli.terminal.call.plain import PlainScreen

            # Where nobody is asked, Ctrl-C ends the process.
            with hold_interruptions() if output.look.interactive else contextlib.nullcontext() as interruptions:
                yield PlainScreen(output, environ, face, interruptions)
            return
        from recoverycli.terminal.call.drawn import DrawnScreen

        with DrawnScreen(output, frameworks, environ, clock, monotonic, heed, face, families, cards) as screen:
            yield screen


def walk(
    call: InteractiveCall,
    screen: CallScreen,
    reply: Reply | None = None,
    later: Callable[[], str] = lambda: "",
    reopen: Callable[[], Reply] | None = None,
) -> CallLeft:
    """Lead through a call and return how it was left. `reply` goes with the first screen.

    `later` returns a notice that may take a moment to find: it is asked for when the first screen is there. `reopen`
    opens the call again after it was saved.

    Raises StoreProblem where a line could not be kept and nobody is there to try again.
    """
    try:
        screen.afterwards(_load_rest(call, screen, later))
        screen.draw(call.session, reply)
        while True:
            reply = _answer(call, screen, _draft(reply))
            if reply.left is not None:
                again = _after_saving(call, screen, reply.left, reopen)
                if again is None:
                    return reply.left
                reply = again
            screen.draw(call.session, reply)
    except (KeyboardInterrupt, ProcessEnd):
        # The journal holds everything already; without the mark the time until `resume` is told as a pause as well.
        with contextlib.suppress(StoreProblem):
            call.pause()
        raise


def _load_rest(call: InteractiveCall, screen: CallScreen, later: Callable[[], str]) -> Iterator[None]:
    yield from call.warm_in_steps()
    yield
    screen.notice(later())


def _after_saving(
    call: InteractiveCall, screen: CallScreen, left: CallLeft, reopen: Callable[[], Reply] | None
) -> Reply | None:
    """Show what was saved, and return the answer of the reopened call; None where it stays as it is."""
    if reopen is None or not screen.asks or not left.reopens:
        return None
    reply = Reply("recorded", text=f"saved: {left.summary} · u opens it again · Enter leaves")
    while True:
        screen.draw(call.session, reply)
        typed = screen.ask(_draft(reply))
        line = (typed.line or "").strip()
        if typed.interrupted or not line or line.casefold() == "q":
            return None
        if line.casefold() not in {"u", "/undo"}:
            text = "not recorded: the call is saved · u opens it again · Enter leaves"
            reply = Reply("refused", text=text, draft=line)
            continue
        try:
            return reopen()
        except RecoveryError as fault:
            reply = Reply("refused", text=" · ".join(filter(None, (fault.message, fault.hint))))


def _draft(reply: Reply | None) -> Draft:
    if reply is None:
        return Draft()
    return Draft(
        reply.draft, refused=reply.kind == "refused", suggestion=reply.suggestion, at_tab=TAKE if reply.meant else ""
    )


def _answer(call: InteractiveCall, screen: CallScreen, draft: Draft) -> Reply:
    typed = screen.ask(draft)
    while typed.interrupted:
        how = screen.ask_how_to_leave()
        if how == "p":
            return call.pause()
        if how == "e":
            return msgspec.structs.replace(_hear(call, screen, "/end"), draft=typed.line or "")
        typed = screen.ask(Draft(typed.line or "", at_tab=draft.at_tab))
    if typed.line is None:
        return call.end_of_input()
    reply = _hear(call, screen, typed.line)
    if reply.left is None and call.as_stored(typed.line) != typed.line:
        screen.forget(typed.line)
    return msgspec.structs.replace(reply, draft="") if typed.by_key else reply


def _hear(call: InteractiveCall, screen: CallScreen, line: str) -> Reply:
    try:
        return call.hear(line)
    except StoreProblem as fault:
        if not screen.asks or call.session.finished is not None:
            raise
        return Reply("refused", text=f"not stored: {fault.message}. {fault.hint}", draft=line)
