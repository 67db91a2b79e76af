"""The questions of a quiz, asked one after another on a terminal or answered from a pipe."""

from __future__ import annotations

import contextlib
import sys
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.terminal.call.plain_input import PlainInput
from recoverycli.terminal.console import prompt_styles, styles
from recoverycli.terminal.styled_text import render
from recoverycli.terminal.views.call.parts import label_text, paragraph, plain, wrap
from recoverycli.terminal.views.training.big import big_width, in_the_middle, join_parts
from recoverycli.terminal.views.training.quiz import FeedbackLine, feedback, how_to_answer, question_lines
from recoverycli.text.safe import escape
from recoverycli.training.quiz.questions import turn
from recoverycli.training.quiz.result import AnsweredQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from recoverycli.terminal.output import Output
    from recoverycli.terminal.styled_text import Text
    from recoverycli.training.quiz.judgement import JudgedAnswer
    from recoverycli.training.quiz.questions import QuizQuestion

_LEAVE = frozenset({"q", "quit", "/q", "/quit"})
_ENTER = "Enter: not known, q: leave"
_GO_ON = " Press a key to go on."
_WIDEST = 100


class _Asked(NamedTuple):
    """A question with its number; `again` if it was missed before."""

    number: int
    question: QuizQuestion
    again: bool


def ask_all(
    output: Output,
    questions: Sequence[QuizQuestion],
    judge: Callable[[QuizQuestion, str], JudgedAnswer | None],
    keep: Callable[[AnsweredQuestion], None],
    *,
    big: bool = False,
) -> tuple[AnsweredQuestion, ...]:
    """Ask until each question was right once or cannot be told, or until the quiz is left; return the answers.

    What is missed comes again after the others. `judge` returns None for what can be no answer. `keep` is called before
    the screen says whether it was right; what it raises ends the quiz. `big` fills the screen with each question.
    """
    answered: list[AnsweredQuestion] = []
    # Ctrl-C leaves the quiz as q does, also between two questions.
    with contextlib.suppress(KeyboardInterrupt):
        for one in _answers(output, questions, judge, keep, big=big):
            answered.append(one)  # noqa: PERF402  # what was answered before it is left counts
    return tuple(answered)


def _answers(
    output: Output,
    questions: Sequence[QuizQuestion],
    judge: Callable[[QuizQuestion, str], JudgedAnswer | None],
    keep: Callable[[AnsweredQuestion], None],
    *,
    big: bool,
) -> Iterator[AnsweredQuestion]:
    told = 0
    waiting = deque(_Asked(number, question, again=False) for number, question in enumerate(questions, start=1))
    while waiting:
        number, question, again = waiting.popleft()
        asked = [FeedbackLine("", ""), *question_lines(question, number, len(questions), again=again)]
        is_full = big or told + _height(output, asked) >= output.look.height
        if told and is_full and not _goes_on(output):
            return
        _say(output, asked, big=big)
        judgement = _judgement(output, question, judge)
        if judgement is None:
            return
        answer = AnsweredQuestion(question, judgement.verdict, again)
        if judgement.counts:
            keep(answer)
        yield answer
        if judgement.verdict in {"wrong", "unknown"}:
            waiting.append(_Asked(number, turn(question), again=True))
        shown = [*feedback(question, judgement)]
        _say(output, shown, big=big)
        told = _height(output, shown)
    if big:
        _goes_on(output)


def _judgement(
    output: Output, question: QuizQuestion, judge: Callable[[QuizQuestion, str], JudgedAnswer | None]
) -> JudgedAnswer | None:
    """What the answer is worth; None to leave. What can be no answer is asked for again."""
    while True:
        typed = _line(output, f"{how_to_answer(question)} ({_ENTER}):")
        if typed is None or typed.strip().casefold() in _LEAVE:
            return None
        judgement = judge(question, typed)
        if judgement is not None:
            return judgement
        wrong = f"{typed.strip()[:40]} is not an answer. {how_to_answer(question)}; {_ENTER}."
        _say(output, [FeedbackLine("", wrong, "warning")])


def _line(output: Output, asked: str) -> str | None:
    if not output.look.interactive:
        return PlainInput(sys.stdin.buffer)().line
    from recoverycli.terminal.ask.questions import ask_line

    return ask_line(output, asked)


def _goes_on(output: Output) -> bool:
    """Wait until the answer is read, where the next question would push it off the screen."""
    if output.look.plain or not output.look.interactive:
        return True
    from recoverycli.terminal.ask.full_screen import any_key

    return any_key(_GO_ON, prompt_styles(output.look), color=output.look.color)


def _say(output: Output, lines: Iterable[FeedbackLine], *, big: bool = False) -> None:
    if output.look.plain:
        output.text("\n".join(f"{line.label}: {line.words}" if line.label else line.words for line in lines))
    elif big and output.look.interactive:
        # The last row is for the answer.
        screen = in_the_middle(_draw_big(output, lines), output.look.width, output.look.height - 1)
        output.raw(render(screen, styles(output.look)) + "\n")
    else:
        output.raw(render(_draw(output, lines), styles(output.look)) + "\n")


def _height(output: Output, lines: Iterable[FeedbackLine]) -> int:
    return len(_draw(output, lines))


def _draw_big(output: Output, lines: Iterable[FeedbackLine]) -> list[Text]:
    """Each line as a part of its own, the options together."""
    room = big_width(output.look.width)
    parts: list[tuple[Text, ...]] = []
    options: list[Text] = []
    for label, words, style in lines:
        if label.isdecimal():
            options += label_text(label, escape(words), room, column=3, style=style, label_style="accent")
        elif words:
            head = (plain(label, "accent"),) if label else ()
            parts.append((*head, *wrap(plain(escape(words), style), room)))
    # The numbers of the options stand below each other.
    longest = max((line.cell_len for line in options), default=0)
    block = tuple(line + plain(" " * (longest - line.cell_len)) for line in options)
    return join_parts([*parts, *([block] if block else [])])


def _draw(output: Output, lines: Iterable[FeedbackLine]) -> list[Text]:
    width = min(output.look.width, _WIDEST)
    drawn: list[Text] = []
    for label, words, style in lines:
        if label.isdecimal():
            drawn += label_text(label, escape(words), width, column=3, style=style, label_style="accent")
        elif label:
            drawn += label_text(f"{label}:", escape(words), width, column=0, style=style)
        else:
            drawn += paragraph(escape(words), width, style=style)
    return drawn
