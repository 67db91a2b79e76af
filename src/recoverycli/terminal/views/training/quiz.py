"""A quiz: its questions, the feedback on an answer, the result, and the printed form."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from recoverycli.pages.page import Row, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recoverycli.pages.page import Page
    from recoverycli.training.quiz.judgement import JudgedAnswer, Verdict
    from recoverycli.training.quiz.questions import QuestionKind, QuizQuestion
    from recoverycli.training.quiz.result import QuizResult

_PAPER = 76
_LABELS: dict[QuestionKind, str] = {"say": "Customer", "goal": "Goal", "name": "Goal"}
_VERDICTS: dict[Verdict, str] = {
    "right": "Right.",
    "wrong": "Not this time.",
    "unknown": "Not known yet.",
    "unclear": "The reader cannot tell what your sentence does, so it does not count.",
}


class FeedbackLine(NamedTuple):
    """A line of a quiz: its label, which may be empty, its words, and how they are drawn."""

    label: str
    words: str
    style: str = ""


def question_lines(question: QuizQuestion, number: int, of: int, *, again: bool = False) -> Iterator[FeedbackLine]:
    """Yield a question, the sentence that it is about, and its options; `again` if it was missed before."""
    once_more = ", once more" if again else ""
    yield FeedbackLine(f"Question {number} of {of}{once_more}", question.text, "strong")
    if question.sentence:
        yield FeedbackLine(_LABELS.get(question.kind, "Sentence"), f'"{question.sentence}"', "accent")
    if question.hint:
        yield FeedbackLine("Hint", end_sentence(question.hint), "quiet")
    yield from (FeedbackLine(str(place), option) for place, option in enumerate(question.options, start=1))


def how_to_answer(question: QuizQuestion) -> str:
    """Return what can be typed."""
    if question.is_typed:
        return "The name of the step" if question.names else "Your sentence"
    count = len(question.options)
    if len(question.answer) > 1:
        first = " ".join(map(str, range(1, count + 1)))
        return f"All numbers in order, such as {first}"
    return f"1 to {count}"


def feedback(question: QuizQuestion, judgement: JudgedAnswer) -> Iterator[FeedbackLine]:
    """Yield the feedback on an answer."""
    told, remarks, because = _VERDICTS[judgement.verdict], judgement.remarks, question.because
    if judgement.verdict == "right":
        yield FeedbackLine("", told, "strong")
        # The whole order was typed, step by step.
        because = () if len(question.answer) > 1 else because
    elif judgement.verdict == "unclear":
        yield FeedbackLine("", " ".join((told, *remarks)), "strong")
        yield FeedbackLine("", right_answer(question))
        remarks = ()
    else:
        yield FeedbackLine("", f"{told} {right_answer(question)}", "strong")
    yield from (FeedbackLine("", end_sentence(line), "quiet") for line in (*remarks, *because))


def result_page(result: QuizResult, again: str, uncounted: str = "") -> Page:
    """Return the result of a quiz; `again` is the command that asks the same questions, if there is one.

    `uncounted` says why it does not count, if it does not.
    """
    same = (Row("The same", again),) if again else ()
    unclear = f"{result.unclear} not counted" if result.unclear else ""
    if not result.answered:
        return (Section("Nothing was answered", ", ".join(filter(None, (unclear, "nothing is stored"))), rows=same),)
    parts = (
        f"{result.unknown} not known" if result.unknown else "",
        unclear,
        f"{result.again_right} right when asked once more" if result.again_right else "",
        f"{result.left} left for another time" if result.left else "",
    )
    title = f"{result.right} of {result.answered} right"
    rows = tuple(
        Row(one.name, f"{one.right} of {one.answered} right", "" if one.right == one.answered else "look again")
        for one in result.steps
    )
    last = (*(Row(*one) for one in result.go_on), *same)
    lead = uncounted or _encouragement(result)
    return (Section(title, ", ".join(filter(None, parts)), lead, rows), Section(rows=last))


def paper_lines(questions: Sequence[QuizQuestion], title: str, *, key: bool) -> Iterator[str]:
    """Yield a quiz for printing; `key` adds the answers at its end."""
    yield from (title, "Name: ____________________")
    for number, question in enumerate(questions, start=1):
        yield ""
        yield from _wrap(f"{number}. ", question.text)
        if question.sentence:
            yield from _wrap("   ", f'"{question.sentence}"')
        if question.hint:
            yield from _wrap("   Hint: ", end_sentence(question.hint))
        if question.is_typed:
            yield f"   {'_' * (_PAPER - 3)}"
        for place, option in enumerate(question.options, start=1):
            mark = "__" if len(question.answer) > 1 else "( )"
            yield from _wrap(f"   {mark} {place}  ", option)
        if len(question.answer) > 1:
            yield f"   In order: {'  '.join(['___'] * len(question.answer))}"
    if key:
        yield from ("", "Answers")
        for number, question in enumerate(questions, start=1):
            yield from _wrap(f"{number}. ", " ".join((right_answer(question), *question.because)))


def _encouragement(result: QuizResult) -> str:
    if result.right == result.answered:
        return "All of them. These come back later and later."
    if 2 * result.right >= result.answered:
        return "Good. What was missed comes back first."
    return "That is what a quiz is for: what was missed comes back first."


def right_answer(question: QuizQuestion) -> str:
    """Return the right answer as a sentence."""
    if question.names:
        return end_sentence(f"It is {question.example}")
    if question.is_typed:
        return end_sentence(f'This one is read as right: "{question.example}"')
    if len(question.answer) > 1:
        return end_sentence(f"The order is: {', '.join(question.options[number - 1] for number in question.answer)}")
    (number,) = question.answer
    return end_sentence(f"It is {number}: {question.options[number - 1]}")


def end_sentence(words: str) -> str:
    """Return words with a full stop, unless they end with a mark or a quoted sentence."""
    return words if words.rstrip("\"'”’)").endswith((".", "!", "?", "…")) else f"{words}."


def _wrap(head: str, words: str) -> list[str]:
    return textwrap.wrap(words, _PAPER, initial_indent=head, subsequent_indent=" " * len(head))
