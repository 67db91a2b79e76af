"""A quiz: questions made of what frameworks and wording say. Pure: the same content and seed make the same quiz."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from recoverycli.training.quiz.questions import Candidate, QuizQuestion, shuffle
from recoverycli.training.quiz.step_questions import step_questions
from recoverycli.training.quiz.word_questions import word_questions
from recoverycli.wording.matcher import Signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.wording.matcher import Matcher

USUAL = 8


def quiz(
    framework: Framework, matcher: Matcher, seed: int, count: int = USUAL, steps: Sequence[str | None] = ()
) -> tuple[QuizQuestion, ...]:
    """Return at most `count` questions, the easy ones first; fewer if there is not more to ask.

    With `steps` only what trains one of them is asked; None among them is the order of all. No question comes twice,
    and of a sentence or a pair of sentences only one is asked.
    """
    chance = Random(seed)  # noqa: S311  # a quiz, no secret
    waiting = shuffle((one for one in candidates(framework, matcher) if not steps or one.step in steps), chance)
    asked: list[QuizQuestion] = []
    by_step, by_kind = Counter[str | None](), Counter[str]()
    digests, sentences = set[str](), set[str]()
    while waiting and len(asked) < count:
        # The least asked step and kind come next.
        best = min(waiting, key=lambda one: by_step[one.step] + by_kind[one.kind])
        waiting.remove(best)
        question = best.make(chance)
        if question is None or question.digest in digests or (_bare(question) and _bare(question) in sentences):
            continue
        waiting = [one for one in waiting if one.source != best.source]
        asked.append(question)
        digests.add(question.digest)
        sentences.add(_bare(question))
        by_step[best.step] += 1
        by_kind[best.kind] += 1
    return tuple(sorted(asked, key=lambda question: question.difficulty))


def _bare(question: QuizQuestion) -> str:
    """The letters of the sentence that is asked about, by which the same one is known again."""
    return "".join(letter for letter in question.sentence.casefold() if letter.isalnum())


def candidates(framework: Framework, matcher: Matcher) -> tuple[Candidate, ...]:
    """Return all that could be asked, in the order of the content."""
    signs = Signs((one.id, sign) for one in matcher.wording.intents for sign in one.signs)
    return (*step_questions(framework, matcher, signs), *word_questions(framework, matcher))
