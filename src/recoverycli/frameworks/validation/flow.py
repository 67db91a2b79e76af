"""The flow of a framework as a graph: which steps are never reached, and from which there is no way to the end."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from recoverycli.errors import nearest
from recoverycli.frameworks.conditions import condition_words
from recoverycli.frameworks.model import ON, WRAP_UP
from recoverycli.frameworks.paths import plain_next
from recoverycli.frameworks.validation.proof import hidden_by, never_holds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.model import Capture, Framework, Step
    from recoverycli.frameworks.validation.condition_rules import ConditionRules

# Words that people write for the end of a call.
_END = frozenset({"done", "end", "exit", "finish", "quit", "stop", "wrap", "wrapup"})


def check_flow(framework: Framework, conditions: ConditionRules, check: Check, place: Callable[..., Path]) -> None:
    """Note the errors in the paths of a framework; with unknown names, the flow is not checked."""
    before = len(check.problems)
    for step in framework.steps:
        if step.paths and step.phase != "live":
            check.fault_at(place(step, "paths"), "only a live step leads along paths", "phase: live")
        for number, path in enumerate(step.paths):
            where = (step, "paths", number)
            conditions.check(path.when, place(*where, "when"))
            for target, spot in ((path.to, ("to",)), *((one, ("through", n)) for n, one in enumerate(path.through))):
                _check_target(target, framework, check, place(*where, *spot))
    if len(check.problems) == before and conditions.prove:
        for step in framework.steps:
            _check_order(step, conditions.captures, check, place)
    if len(check.problems) == before:
        _check_reach(framework, check, place)


def leads(framework: Framework) -> dict[str, set[str]]:
    """Return for each live step the steps that it can lead to, whatever the answers; `wrap-up` is the end.

    A step within a `through` leads to the next one, or to the end of the sub-sequence.
    """
    steps = framework.live_steps
    ways: dict[str, set[str]] = {step.id: set() for step in steps}
    inner = {one for step in steps for path in step.paths for one in path.through}
    for step in steps:
        for path in step.paths:
            end = plain_next(steps, step) if path.to == ON else path.to
            chain = (step.id, *path.through, end)
            for before, after in itertools.pairwise(chain):
                ways[before].add(after)
        # A step that only a sub-sequence reaches continues within it, not in the plain order.
        if not _has_default(step) and (step.id not in inner or not step.by_path):
            ways[step.id].add(plain_next(steps, step))
    return ways


def _has_default(step: Step) -> bool:
    """Whether one of the paths always applies."""
    return any(not path.when for path in step.paths)


def _check_order(step: Step, captures: Mapping[str, Capture], check: Check, place: Callable[..., Path]) -> None:
    """Note the paths of a step that are never taken, whatever the answers."""
    whens = [path.when for path in step.paths]
    hidden = hidden_by(whens, captures)
    for number, path in enumerate(step.paths):
        where = place(step, "paths", number)
        spot = (*where, "when") if path.when else where
        words = condition_words(path.when)
        if path.when and never_holds(path.when, captures):
            check.fault_at(spot, f"this can never hold: {words}", "remove the path, or change its condition")
        elif number in hidden and path.when:
            first = " and ".join(str(one + 1) for one in hidden[number])
            check.fault_at(spot, f"this is never reached: {words}", f"path {first} of the step takes its cases")
        elif number in hidden:
            check.fault_at(where, "nothing reaches this path without `when`", "the paths before it take every case")


def _check_target(target: str, framework: Framework, check: Check, path: Path) -> None:
    live = [step.id for step in framework.live_steps]
    if target in {ON, WRAP_UP, *live}:
        return
    what = "a step after the call" if framework.step(target) else "no step"
    near = WRAP_UP if target in _END else nearest(target, [*live, ON, WRAP_UP])
    check.fault_at(path, f"`{target}` is {what}", f"live steps: {', '.join(live)}; or {ON}, {WRAP_UP}", near)


def _check_reach(framework: Framework, check: Check, place: Callable[..., Path]) -> None:
    ways = leads(framework)
    reached = _closure(framework.live_steps[0].id, ways)
    for step in framework.live_steps:
        if step.id not in reached:
            allowed = "a path to it" if step.by_path else "a path to it, or none before it that always leads elsewhere"
            check.fault_at(place(step, "id"), f"the step `{step.id}` is never reached", allowed)
        elif WRAP_UP not in _closure(step.id, ways):
            check.fault_at(
                place(step, "id"), f"from the step `{step.id}` there is no way to the end", "a path out of the loop"
            )


def _closure(start: str, ways: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            waiting += ways.get(step, ())
    return seen
