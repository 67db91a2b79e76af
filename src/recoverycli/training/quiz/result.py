"""The result of a quiz: by step, what to repeat, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.drills.progress import ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.training.quiz.questions import QuizQuestion


class AnsweredQuestion(NamedTuple):
    """A question and whether it was answered right; None if it was passed."""

    question: QuizQuestion
    right: bool | None


class StepResult(NamedTuple):
    """A step, how many questions about it were answered, and how many of them right."""

    name: str
    framework: str
    step: str | None
    right: int
    answered: int


class QuizResult(NamedTuple):
    """The result of a quiz. `left` were never shown; `go_on` are commands with descriptions."""

    right: int
    answered: int
    passed: int
    left: int
    steps: tuple[StepResult, ...]
    go_on: tuple[tuple[str, str], ...]


def result(answered: Sequence[AnsweredQuestion], asked: int) -> QuizResult:
    """Return the result; `asked` is the number of questions."""
    counted = [one for one in answered if one.right is not None]
    many = len({one.question.framework for one in counted}) > 1
    steps = []
    for key in dict.fromkeys((one.question.framework, one.question.step) for one in counted):
        own = [one for one in counted if (one.question.framework, one.question.step) == key]
        name = own[0].question.step_name or ORDER
        of = f" of {own[0].question.framework_name}" if many else ""
        steps.append(StepResult(f"{name}{of}", *key, sum(bool(one.right) for one in own), len(own)))
    return QuizResult(
        right=sum(bool(one.right) for one in counted),
        answered=len(counted),
        passed=len(answered) - len(counted),
        left=asked - len(answered),
        steps=tuple(steps),
        go_on=tuple(_go_on(steps)),
    )


def _go_on(steps: Sequence[StepResult]) -> list[tuple[str, str]]:
    missed = [one for one in steps if one.right < one.answered and one.step is not None]
    if missed:
        worst = min(missed, key=lambda one: one.right / one.answered)
        return [
            ("Again", f"recovery quiz {worst.framework} --step {worst.step}"),
            ("In a call", "recovery practice --weakest"),
        ]
    return [("Next", "recovery progress" if steps else "recovery quiz")]
