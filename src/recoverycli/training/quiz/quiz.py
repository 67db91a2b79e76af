"""A quiz: questions made of what frameworks and wording say. Pure: the same content and seed make the same quiz."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import msgspec

from recoverycli.training.drills.support import LADDER
from recoverycli.training.quiz.questions import Candidate, QuizQuestion, shuffle
from recoverycli.training.quiz.recall_questions import recall_questions
from recoverycli.training.quiz.sentences import SentenceReader
from recoverycli.training.quiz.step_questions import step_questions
from recoverycli.training.quiz.word_questions import word_questions
from recoverycli.wording.matcher import Signs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recoverycli.frameworks.model import Framework
    from recoverycli.training.drills.support import Support
    from recoverycli.wording.matcher import Matcher

USUAL = 8


def choose_without_hints(_step: str | None) -> Support:
    """The support where no results count: a class, a seed, paper."""
    return LADDER[1]


def quiz(
    framework: Framework,
    matcher: Matcher,
    seed: int,
    count: int = USUAL,
    steps: Sequence[str | None] = (),
    *,
    support: Callable[[str | None], Support] = choose_without_hints,
    customers: Callable[[], Sequence[str]] = tuple,
) -> tuple[QuizQuestion, ...]:
    """Return at most `count` questions, the easy ones first; fewer if there is not more to ask.

    With `steps` only what trains one of them is asked; None among them is the order of all. No question comes twice,
    and of a sentence or a pair of sentences only one is asked. `support` says for each step whether to choose or to
    answer from memory, and whether with a hint; `customers` returns sentences to answer, where they are needed.
    """
    chance = Random(seed)  # noqa: S311  # a quiz, no secret
    possible = _candidates(framework, matcher, support, customers)
    waiting = shuffle((one for one in possible if not steps or one.step in steps), chance)
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
        asked.append(question if support(best.step).hints else msgspec.structs.replace(question, hint=""))
        digests.add(question.digest)
        sentences.add(_bare(question))
        by_step[best.step] += 1
        by_kind[best.kind] += 1
    return tuple(sorted(asked, key=lambda question: question.difficulty))


def _candidates(
    framework: Framework,
    matcher: Matcher,
    support: Callable[[str | None], Support],
    customers: Callable[[], Sequence[str]],
) -> Iterator[Candidate]:
    """Yield choices or questions from memory, by the support of each step; choices where memory has nothing to ask."""
    every = (None, *(step.id for step in framework.steps))
    own_words = {step for step in every if support(step).own_words}
    if own_words:
        typed = [one for one in from_memory(framework, matcher, customers()) if one.step in own_words]
        yield from typed
        own_words = {one.step for one in typed}
    if own_words != set(every):
        yield from (one for one in choices(framework, matcher) if one.step not in own_words)


def _bare(question: QuizQuestion) -> str:
    """The letters of the sentence that is asked about, by which the same one is known again."""
    return "".join(letter for letter in question.sentence.casefold() if letter.isalnum())


def choices(framework: Framework, matcher: Matcher) -> tuple[Candidate, ...]:
    """Return all that can be asked with options, in the order of the content."""
    signs = Signs((one.id, sign) for one in matcher.wording.intents for sign in one.signs)
    return (*step_questions(framework, matcher, signs), *word_questions(framework, matcher))


def from_memory(framework: Framework, matcher: Matcher, customers: Sequence[str]) -> tuple[Candidate, ...]:
    """Return all that can be asked without options, in the order of the content."""
    return tuple(recall_questions(framework, matcher, SentenceReader(matcher), customers))
