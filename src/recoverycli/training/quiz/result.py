"""The result of a quiz: by step, what to repeat, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.drills.progress import ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.quiz.judgement import Verdict
    from recoverycli.training.quiz.questions import QuizQuestion


class AnsweredQuestion(NamedTuple):
    """A question and the verdict on its answer. `again`: it was asked once more, after it had been missed."""

    question: QuizQuestion
    verdict: Verdict
    again: bool = False


class StepResult(NamedTuple):
    """A step, how many questions about it were answered, and how many of them right."""

    name: str
    framework: str
    step: str | None
    right: int
    answered: int


class QuizResult(NamedTuple):
    """The result of a quiz, by the first answer to each question; `go_on` are commands with descriptions.

    Of those answered, `unknown` were not known; `unclear` are not counted as answered. `left` were never answered;
    `again_right` were right when they came again.
    """

    right: int
    answered: int
    unknown: int
    unclear: int
    left: int
    again_right: int
    steps: tuple[StepResult, ...]
    go_on: tuple[tuple[str, str], ...]


def result(answered: Sequence[AnsweredQuestion], asked: int) -> QuizResult:
    """Return the result; `asked` is the number of questions."""
    first = [one for one in answered if not one.again]
    counted = [one for one in first if one.verdict != "unclear"]
    many = len({one.question.framework for one in counted}) > 1
    steps = []
    for key in dict.fromkeys((one.question.framework, one.question.step) for one in counted):
        own = [one for one in counted if (one.question.framework, one.question.step) == key]
        name = own[0].question.step_name or ORDER
        of = f" of {own[0].question.framework_name}" if many else ""
        steps.append(StepResult(f"{name}{of}", *key, _right(own), len(own)))
    return QuizResult(
        right=_right(counted),
        answered=len(counted),
        unknown=sum(one.verdict == "unknown" for one in counted),
        unclear=len(first) - len(counted),
        left=asked - len(first),
        again_right=_right([one for one in answered if one.again]),
        steps=tuple(steps),
        go_on=tuple(_go_on(steps)),
    )


def _right(answered: Sequence[AnsweredQuestion]) -> int:
    return sum(one.verdict == "right" for one in answered)


def _go_on(steps: Sequence[StepResult]) -> list[tuple[str, str]]:
    missed = [one for one in steps if one.right < one.answered and one.step is not None]
    if missed:
        worst = min(missed, key=lambda one: one.right / one.answered)
        return [
            ("Again", f"recovery quiz {worst.framework} --step {worst.step}"),
            ("In a call", "recovery practice --weakest"),
        ]
    return [("Next", "recovery progress" if steps else "recovery quiz")]
