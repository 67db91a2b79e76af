"""The rules of what applies under a condition: questions, checks and captures with `when`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.computed import names_behind
from recoverycli.frameworks.conditions import condition_words
from recoverycli.frameworks.validation.proof import never_holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.conditions import When
    from recoverycli.frameworks.model import Framework
    from recoverycli.frameworks.validation.condition_rules import ConditionRules


def check_applies(framework: Framework, conditions: ConditionRules, check: Check, place: Callable[..., Path]) -> None:
    """Note the errors in the conditions under which something applies."""
    before = len(check.problems)
    every = list(_conditions(framework, place))
    for name, when, path in every:
        conditions.check(when, path)
        if name and name in names_behind(name, conditions.captures):
            check.fault_at(path, f"`{name}` applies depending on itself", "another value that decides it")
    if len(check.problems) > before or not conditions.prove:
        return
    for _, when, path in every:
        if never_holds(when, conditions.captures):
            found = f"this can never hold: {condition_words(when)}"
            check.fault_at(path, found, "remove what it is for, or change its condition")


def _conditions(framework: Framework, place: Callable[..., Path]) -> Iterator[tuple[str, When, Path]]:
    """Every such condition with its place, and the id of what it is for; empty for a question."""
    for step in framework.steps:
        for number, question in enumerate(step.ask):
            if not isinstance(question, str):
                yield "", question.when, place(step, "ask", number, "when")
        for number, item in enumerate(step.checklist):
            if item.when:
                yield item.id, item.when, place(step, "checklist", number, "when")
        for number, capture in enumerate(step.capture):
            if capture.when:
                yield capture.id, capture.when, place(step, "capture", number, "when")
