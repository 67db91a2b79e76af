"""Asking the questions of a quiz, one after another: on a terminal, in plain lines, or of a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from recoverycli.terminal.console import styles
from recoverycli.terminal.plain_input import PlainInput
from recoverycli.terminal.text import rendered
from recoverycli.terminal.views.parts import paragraph
from recoverycli.terminal.views.quiz import feedback, how_to_answer, question_screen, question_text
from recoverycli.training.questions import read_answer
from recoverycli.training.quiz_result import Answered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from recoverycli.terminal.output import Output
    from recoverycli.terminal.text import Text
    from recoverycli.training.questions import Question

_LEAVE = frozenset({"q", "quit", "/q", "/quit"})
_ENTER = "Enter passes, q leaves"


def ask_all(
    output: Output, questions: Sequence[Question], keep: Callable[[Question, bool], None]
) -> tuple[Answered, ...]:
    """Ask until the last question or until it is left, and return what was answered.

    `keep` is called before the screen says whether it was right; what it raises ends the quiz.
    """
    answered: list[Answered] = []
    for number, question in enumerate(questions, start=1):
        if output.look.plain:
            _tell(output, question_text(question, number, len(questions)))
        else:
            _paint(output, question_screen(question, number, len(questions), output.look.width))
        typed = _answer(output, question)
        if typed is None:
            break
        given = read_answer(question, typed) if typed else None
        right = None if given is None else given == question.answer
        if right is not None:
            keep(question, right)
        answered.append(Answered(question, right))
        for style, words in feedback(question, given):
            _say(output, words, style)
    return tuple(answered)


def _answer(output: Output, question: Question) -> str | None:
    """The line that answers, empty to pass; None to leave. What can be no answer is asked for again."""
    while True:
        typed = _line(output, f"{how_to_answer(question)} ({_ENTER}):")
        if typed is None or typed.strip().casefold() in _LEAVE:
            return None
        if not typed.strip() or read_answer(question, typed) is not None:
            return typed.strip()
        _say(output, f"{typed.strip()[:40]} is no answer here. {how_to_answer(question)}; {_ENTER}.", "warning")


def _line(output: Output, asked: str) -> str | None:
    if not output.look.interactive:
        return PlainInput(sys.stdin.buffer)().line
    from recoverycli.terminal.home import ask_line

    return ask_line(output, asked)


def _say(output: Output, words: str, style: str) -> None:
    if output.look.plain:
        output.text(words)
    else:
        _paint(output, paragraph(words, min(output.look.width, 100), style=style))


def _paint(output: Output, lines: Iterable[Text]) -> None:
    output.raw(rendered(lines, styles(output.look)) + "\n")


def _tell(output: Output, lines: Iterable[str]) -> None:
    for line in lines:
        output.text(line)
