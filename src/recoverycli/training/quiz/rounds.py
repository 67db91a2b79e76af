"""Which questions come next: what is due today, what is new, and how much support each of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.training.drills.support import LADDER
from recoverycli.training.quiz.quiz import quiz

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from recoverycli.frameworks.model import Framework
    from recoverycli.training.drills.schedule import StepMemory
    from recoverycli.training.drills.support import Support
    from recoverycli.training.quiz.questions import QuizQuestion
    from recoverycli.wording.matcher import Matcher

# Questions per due step.
_EACH = 2


class Material(NamedTuple):
    """What questions are made of, and the chosen support of each step of a framework (by framework and step)."""

    frameworks: Mapping[str, Framework]
    matcher: Matcher
    customers: Callable[[], Sequence[str]]
    support: Callable[[str, str | None], Support]


def support_by_results(found: Mapping[tuple[str, str | None], Support]) -> Callable[[str, str | None], Support]:
    """Return the support that results leave; most of it for what was never asked about."""
    return lambda framework, step: found.get((framework, step), LADDER[0])


def ask_about(
    material: Material, framework: Framework, seed: int, count: int, steps: Sequence[str | None] = ()
) -> tuple[QuizQuestion, ...]:
    """Return questions about a framework, or about some steps of it."""
    return quiz(
        framework,
        material.matcher,
        seed,
        count,
        steps,
        support=lambda step: material.support(framework.id, step),
        customers=material.customers,
    )


def due_questions(
    material: Material, cards: Sequence[StepMemory], today: date, seed: int, count: int
) -> tuple[QuizQuestion, ...]:
    """Return questions about what is due, in order, then about steps that are new, as long as there is room."""
    due = [(card.framework, card.step) for card in cards if card.is_due(today)]
    tried = {(card.framework, card.step) for card in cards}
    begun = dict.fromkeys(card.framework for card in cards)
    new = [(one, step.id) for one in begun for step in material.frameworks[one].steps if (one, step.id) not in tried]
    questions: list[QuizQuestion] = []
    for waiting in (due, new):
        for framework in dict.fromkeys(one for one, _ in waiting):
            steps = [step for one, step in waiting if one == framework]
            room = min(_EACH * len(steps), count - len(questions))
            if room > 0:
                questions += ask_about(material, material.frameworks[framework], seed, room, steps[:room])
    return tuple(questions)
