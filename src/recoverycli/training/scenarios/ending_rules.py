"""The rules of endings: conditions that name what there is, and texts that tell of what must have happened."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from recoverycli.frameworks.conditions import evaluate
from recoverycli.frameworks.phrasing import placeholders
from recoverycli.frameworks.validation.condition_rules import ConditionRules
from recoverycli.frameworks.values import ANY_DAY, Known
from recoverycli.training.scenarios.draw import AGREED
from recoverycli.training.scenarios.facts import FOUND, PROMISED, SETTLED, fact_captures, promise_ids
from recoverycli.training.scenarios.model import ENDINGS, wordings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recoverycli.content.checker import Check
    from recoverycli.frameworks.conditions import AllOf
    from recoverycli.training.scenarios.model import Scenario, ScenarioEnding


def check_endings(scenario: Scenario, check: Check) -> None:
    """Note every fault of the endings."""
    kinds = {ending.kind for ending in scenario.endings}
    missing = [kind for kind in ENDINGS if kind not in kinds]
    if missing:
        check.fault_at(("endings",), f"there is no ending of the kind {' or '.join(missing)}", "at least one of each")
    *before, last = scenario.endings
    for at, ending in enumerate(before):
        if not ending.when:
            found = f"`{ending.id}` has no condition and hides those after it"
            check.fault_at(("endings", at), found, "`when`, such as {ease: {at-least: 4}}")
    if last.when or last.kind != "lost":
        found = f"the last ending, `{last.id}`, has a condition" if last.when else f"the last ending is {last.kind}"
        check.fault_at(("endings", len(before)), found, "`lost` and no `when`, so that one ending always applies")
    captures = fact_captures(scenario)
    rules = ConditionRules(captures, tuple(captures), check, prove=False)
    for at, ending in enumerate(scenario.endings):
        rules.check(ending.when, ("endings", at, "when"))
    if not check.problems:
        for at, ending in enumerate(scenario.endings):
            _check_tells(scenario, ending, at, check)


def _check_tells(scenario: Scenario, ending: ScenarioEnding, at: int, check: Check) -> None:
    """Note what an ending tells and its condition does not ask for."""
    needed = {
        **dict.fromkeys((one.id for one in scenario.facts), FOUND[0]),
        **dict.fromkeys((one.id for one in scenario.remedies), SETTLED[0]),
        **dict.fromkeys(promise_ids(scenario), PROMISED[0]),
    }
    for place, told in enumerate(ending.tells):
        check.one_of(("endings", at, "tells", place), "fact, remedy or promise", told, [*needed])
        if told in needed and not all(one.get(told) == needed[told] for one in _maps(ending)):
            found = f"`{ending.id}` tells of `{told}`, and can be reached without it"
            check.fault_at(("endings", at, "tells", place), found, f"`{told}: {needed[told]}` in its `when`")
    if any(gap.name == AGREED for text in _texts(ending) for gap in placeholders(text)) and not all(
        _implies_agreement(one, scenario) for one in _maps(ending)
    ):
        found = f"`{ending.id}` has {{{AGREED}}} in its text, and can be reached with nothing agreed"
        check.fault_at(("endings", at), found, "`agreed: {at-least: 1}` in its `when`, or a remedy that is agreed")


def _implies_agreement(one: AllOf, scenario: Scenario) -> bool:
    if any(one.get(remedy.id) == SETTLED[0] for remedy in scenario.remedies):
        return True
    number = one.get(AGREED)
    return number is not None and evaluate({AGREED: number}, Known({AGREED: Decimal(0)}, ANY_DAY)) is False


def _maps(ending: ScenarioEnding) -> tuple[AllOf, ...]:
    return (ending.when,) if isinstance(ending.when, dict) else ending.when


def _texts(ending: ScenarioEnding) -> Iterator[str]:
    yield from wordings_of(ending.says)
    yield ending.after
