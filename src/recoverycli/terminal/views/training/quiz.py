"""A quiz: one question at a time, what is told after an answer, what came of it, and the whole of it on paper."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from recoverycli.pages.page import Row, Section
from recoverycli.terminal.views.call.parts import label_text, paragraph, plain
from recoverycli.text.safe import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.terminal.styled_text import Text
    from recoverycli.training.quiz.questions import QuizQuestion
    from recoverycli.training.quiz.result import QuizResult

_PAPER = 76
_WIDEST = 100


def question_screen(question: QuizQuestion, number: int, of: int, width: int) -> list[Text]:
    """Return a question as lines of at most `width` columns."""
    width = min(width, _WIDEST)
    lines = [plain(""), *paragraph(f"{number} of {of}", width, style="quiet")]
    lines += paragraph(escape(question.text), width, style="strong")
    if question.sentence:
        lines += paragraph(f'"{escape(question.sentence)}"', width, style="accent")
    for place, option in enumerate(question.options, start=1):
        lines += label_text(str(place), escape(option), width, column=3, label_style="accent")
    return lines


def question_text(question: QuizQuestion, number: int, of: int) -> list[str]:
    """Return the same as lines that read well aloud."""
    lines = ["", f"Question {number} of {of}: {question.text}"]
    if question.sentence:
        lines.append(f'Sentence: "{question.sentence}"')
    return [*lines, *(f"{place}: {option}" for place, option in enumerate(question.options, start=1))]


def how_to_answer(question: QuizQuestion) -> str:
    """Return what can be typed."""
    count = len(question.options)
    if len(question.answer) > 1:
        first = " ".join(map(str, range(1, count + 1)))
        return f"All numbers in order, such as {first}"
    return f"1 to {count}"


def feedback(question: QuizQuestion, given: tuple[int, ...] | None) -> Iterator[tuple[str, str]]:
    """Yield what is told after an answer, None for a question that was passed: the style of each line and its words."""
    if given == question.answer:
        yield "strong", "Right."
    elif given is None:
        yield "strong", f"Passed. {_right_answer(question)}"
    else:
        yield "strong", f"Not this time. {_right_answer(question)}"
        if len(given) == 1 and question.remarks and (remark := question.remarks[given[0] - 1]):
            yield "quiet", f"Your {given[0]}: {remark}"
    if len(question.answer) == 1 or given != question.answer:
        for line in question.because:
            yield "quiet", line


def result_page(result: QuizResult, again: str) -> Page:
    """Return what came of a quiz; `again` is the command that asks the same questions, empty where none does."""
    same = (Row("The same", again),) if again else ()
    if not result.answered:
        return (Section("Nothing was answered", "nothing is stored", rows=same),)
    passed = f"{result.passed} passed" if result.passed else ""
    left = f"{result.left} left for another time" if result.left else ""
    title = f"{result.right} of {result.answered} right"
    rows = tuple(
        Row(one.name, f"{one.right} of {one.answered} right", "" if one.right == one.answered else "look again")
        for one in result.steps
    )
    last = (*(Row(*one) for one in result.go_on), *same)
    return (Section(title, ", ".join(filter(None, (passed, left))), _encouragement(result), rows), Section(rows=last))


def paper_lines(questions: Sequence[QuizQuestion], title: str, *, key: bool) -> Iterator[str]:
    """Yield a quiz as it is handed out; with `key` the answers stand at its end."""
    yield from (title, "Name: ____________________")
    for number, question in enumerate(questions, start=1):
        yield ""
        yield from _wrap(f"{number}. ", question.text)
        if question.sentence:
            yield from _wrap("   ", f'"{question.sentence}"')
        for place, option in enumerate(question.options, start=1):
            mark = "__" if len(question.answer) > 1 else "( )"
            yield from _wrap(f"   {mark} {place}  ", option)
        if len(question.answer) > 1:
            yield f"   In order: {'  '.join(['___'] * len(question.answer))}"
    if key:
        yield from ("", "Answers")
        for number, question in enumerate(questions, start=1):
            yield from _wrap(f"{number}. ", " ".join((_right_answer(question), *question.because)))


def _encouragement(result: QuizResult) -> str:
    if result.right == result.answered:
        return "All of them. These come back later and later."
    if 2 * result.right >= result.answered:
        return "Good. What was missed comes back first."
    return "That is what a quiz is for: what was missed comes back first."


def _right_answer(question: QuizQuestion) -> str:
    if len(question.answer) > 1:
        return f"The order is: {', '.join(question.options[number - 1] for number in question.answer)}."
    (number,) = question.answer
    return f"It is {number}: {question.options[number - 1]}"


def _wrap(head: str, words: str) -> list[str]:
    return textwrap.wrap(words, _PAPER, initial_indent=head, subsequent_indent=" " * len(head))
