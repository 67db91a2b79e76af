"""Questions asked one after another, with a way back: what was answered is kept and can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from recoverycli.terminal.ask.questions import ask_one, ask_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recoverycli.terminal.output import Output

BACK = "/back"
HOW_TO_GO_BACK = f"{BACK} returns to the question before."
Answers = TypeVar("Answers")


class _GoBack(Exception):  # no error: an answer
    """The question before is wanted."""


class Interview:
    """Asks a series of questions. Where somebody goes back, the series starts again, with the answers before that."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._answers: list[str] = []
        self._place = 0
        # What was answered to a question before somebody went back over it.
        self._earlier: dict[tuple[int, str], str] = {}

    def ask(self, questions: Callable[[Interview], Answers]) -> Answers:
        """Return what `questions` makes of the answers; it asks all of them with `text` and `one`.

        It is called again where somebody goes back. Raises KeyboardInterrupt where the questions were left.
        """
        while True:
            self._place = 0
            try:
                return questions(self)
            except _GoBack:
                continue

    def text(self, question: str, default: str = "", longest: int | None = None) -> str:
        """Return the words that answer a question; see `ask_text`."""
        return self._answer(
            question, lambda: ask_text(self._output, question, default, longest, self._before(question))
        )

    def one(self, question: str, options: Sequence[str], default: str) -> str:
        """Return one of the options; see `ask_one`."""
        earlier = self._before(question)
        chosen = earlier if earlier in options else default
        offered = (*options, BACK) if self._answers else options
        return self._answer(question, lambda: ask_one(self._output, question, offered, chosen))

    def _before(self, question: str) -> str:
        return self._earlier.get((self._place, question), "")

    def _answer(self, question: str, ask: Callable[[], str]) -> str:
        if self._place == len(self._answers):
            answer = ask()
            while answer.casefold() == BACK and not self._answers:
                self._output.text("This is the first question.")
                answer = ask()
            if answer.casefold() == BACK:
                self._answers.pop()
                raise _GoBack
            self._answers.append(answer)
            self._earlier[self._place, question] = answer
        self._place += 1
        return self._answers[self._place - 1]
