"""A screen that says below each step of a call what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recoverycli.live.reply import Reply
from recoverycli.session.grammar.questions import Question
from recoverycli.training.tutorial import Course, after_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.session.model import Session
    from recoverycli.terminal.call.loop import CallScreen
    from recoverycli.terminal.call.typed import Draft, TypedLine


class TutorialScreen:
    """The screen of any call, with a hint where a question stands. `course` is how far the learner is."""

    def __init__(self, screen: CallScreen, small: Callable[[], bool]) -> None:
        """`small` tells whether there is room for one line only."""
        self._screen = screen
        self._small = small
        self._before: Session | None = None
        self.asks = screen.asks
        self.course = Course()

    def afterwards(self, steps: Iterator[None]) -> None:
        """Do these steps once the first screen is there."""
        self._screen.afterwards(steps)

    def notice(self, text: str) -> None:
        """Show a notice that came later than the screen."""
        self._screen.notice(text)

    def draw(self, session: Session, reply: Reply | None) -> None:
        """Show the call and what to try next; a question of the call itself comes first."""
        if self._before is not None:
            self.course = after_line(self.course, self._before, session)
        self._before = session
        self._screen.draw(session, self._with_hint(reply or Reply("moved")))

    def _with_hint(self, reply: Reply) -> Reply:
        if reply.question is not None:
            return reply
        if self._small():
            # A line is all that the phrases can spare.
            refused = reply.kind == "refused"
            return reply if refused else msgspec.structs.replace(reply, text=self.course.lesson.brief, warns=False)
        # Answered by whatever is typed: the call hears it as it always does.
        hint = Question(about="gap", text=self.course.hint, enter=self.course.lesson.enter)
        return msgspec.structs.replace(reply, question=hint)

    def ask(self, draft: Draft) -> TypedLine:
        """Return the next line."""
        return self._screen.ask(draft)

    def forget(self, line: str) -> None:
        """Take a line out of the history of the prompt."""
        self._screen.forget(line)

    def ask_how_to_leave(self) -> str:
        """Leave at once: there is nothing here that could be lost."""
        return "p"
