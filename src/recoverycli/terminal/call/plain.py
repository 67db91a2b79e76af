"""A call in lines: for pipes, screen readers, and terminals that can do no more."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

from recoverycli.session.phrases import phrases, spoken_text
from recoverycli.terminal.call.plain_input import PlainInput
from recoverycli.terminal.clipboard import copy, describe_copy
from recoverycli.terminal.views.call import plain
from recoverycli.terminal.views.call.notes import notes_read_aloud

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from recoverycli.live.reply import Reply
    from recoverycli.session.model import Session
    from recoverycli.terminal.call.interruptions import Interruptions
    from recoverycli.terminal.call.typed import Draft, TypedLine
    from recoverycli.terminal.output import Output
    from recoverycli.terminal.views.call.screen import Face


class PlainScreen:
    """Prints each screen once, and each answer in a line; asks only where somebody can answer."""

    def __init__(
        self,
        output: Output,
        environ: Mapping[str, str],
        face: Face | None = None,
        interruptions: Interruptions | None = None,
    ) -> None:
        self._output = output
        self._environ = environ
        self._face = face
        self.asks = output.look.interactive
        self._read = PlainInput(sys.stdin.buffer, self._prompt if self.asks else None, interruptions)
        self._said: tuple[str, ...] = ()
        self._fact = ""
        self._waiting: Iterator[None] = iter(())

    def afterwards(self, steps: Iterator[None]) -> None:
        """Do these steps once the first screen is printed."""
        self._waiting = itertools.chain(self._waiting, steps)

    def notice(self, text: str) -> None:
        """Print it as a line of its own."""
        if text:
            self._output.text(text.replace(" · ", "; "))

    def draw(self, session: Session, reply: Reply | None) -> None:
        """Print what the last line has changed."""
        words = tuple(spoken_text(session, phrase) for phrase in phrases(session))
        fact = plain.next_fact(session)
        if reply is not None:
            self._lines([text for text in (reply.text.replace(" · ", "; "), reply.card) if text])
        if reply is None or reply.kind == "moved":
            self._lines(plain.screen(session) if self._face is None else self._face.told(session))
        elif reply.show == "more":
            self._lines(plain.screen(session, more=True))
        elif reply.show == "notes":
            self._lines(notes_read_aloud(session))
        elif reply.show == "help" and not reply.lines:
            self._lines(plain.usage())
        elif session.here is not None and self._face is None:
            fresh = (*(["Say "] if words != self._said else []), *(["Capture: "] if fact != self._fact else []))
            self._lines([line for line in plain.screen(session) if line.startswith(fresh)] if fresh else [])
        self._lines(list(reply.lines) if reply is not None else [])
        if reply is not None and reply.show == "note" and session.escalations:
            self._lines((session.escalations[-1].note or "").splitlines())
        if reply is not None and reply.question is not None:
            self._lines(plain.question(reply.question))
        if reply is not None and reply.copy is not None and (self.asks or reply.kind == "copy"):
            # A script has no clipboard, and would overwrite that of the user there.
            copied = copy(reply.copy, self._environ, None) if self.asks else "no clipboard"
            self._output.text(describe_copy(copied, reply.copies))
        if reply is not None and reply.meant:
            self._output.text(f"Type / to {reply.meant}.")
        self._said, self._fact = words, fact
        for _ in self._waiting:
            pass

    def ask(self, draft: Draft) -> TypedLine:
        """Return the next line; a refused one cannot be edited here, it is typed again."""
        return self._read(draft)

    def forget(self, line: str) -> None:
        """Nothing is to be done: no typed line is kept here."""

    def ask_how_to_leave(self) -> str:
        """Ask after Ctrl-C: `p` pauses, `e` ends, anything else goes on; a second Ctrl-C pauses."""
        self._output.text("Interrupted. Type p to pause, e to end, or press Enter to go on.")
        typed = self._read()
        return "p" if typed.interrupted or typed.line is None else typed.line.strip().casefold()

    def _prompt(self) -> None:
        self._output.raw("> ")

    def _lines(self, lines: list[str]) -> None:
        for line in lines:
            self._output.text(line)
