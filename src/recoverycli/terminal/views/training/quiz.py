"""A quiz: its questions, the feedback on an answer, the result, and the printed form."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.pages.page import Row, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.training.quiz.questions import QuizQuestion
    from recoverycli.training.quiz.result import QuizResult

_PAPER = 76


class FeedbackLine(NamedTuple):
    """A line of a quiz: its label, which may be empty, its words, and how they are drawn."""

    label: str
    words: str
    style: str = ""


def question_lines(question: QuizQuestion, number: int, of: int) -> Iterator[FeedbackLine]:
    """Yield a question, the sentence that it is about, and its options."""
    yield FeedbackLine(f"Question {number} of {of}", question.text, "strong")
    if question.sentence:
        yield FeedbackLine("Sentence", f'"{question.sentence}"', "accent")
    yield from (FeedbackLine(str(place), option) for place, option in enumerate(question.options, start=1))


def how_to_answer(question: QuizQuestion) -> str:
    """Return what can be typed."""
    count = len(question.options)
    if len(question.answer) > 1:
        first = " ".join(map(str, range(1, count + 1)))
        return f"All numbers in order, such as {first}"
    return f"1 to {count}"


def feedback(question: QuizQuestion, given: tuple[int, ...] | None) -> Iterator[FeedbackLine]:
    """Yield the feedback on an answer; None is a question that was passed."""
    if given == question.answer:
        yield FeedbackLine("", "Right.", "strong")
    elif given is None:
        yield FeedbackLine("", f"Passed. {_right_answer(question)}", "strong")
    else:
        yield FeedbackLine("", f"Not this time. {_right_answer(question)}", "strong")
        if len(given) == 1 and question.remarks and (remark := question.remarks[given[0] - 1]):
            yield FeedbackLine("", f"Your {given[0]}: {remark}", "quiet")
    if len(question.answer) == 1 or given != question.answer:
        for line in question.because:
            yield FeedbackLine("", line, "quiet")


def result_page(result: QuizResult, again: str) -> Page:
    """Return the result of a quiz; `again` is the command that asks the same questions, if there is one."""
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
    """Yield a quiz for printing; `key` adds the answers at its end."""
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
