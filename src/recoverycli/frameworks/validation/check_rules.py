"""The rules of checks: counts that can be reached, and one check for each id that a condition names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.checks import check_capture, every_check, named_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from recoverycli.content.checker import Check, Path
    from recoverycli.frameworks.model import Capture, Framework, Step


def check_checklist(step: Step, known: Sequence[str], check: Check, place: Callable[..., Path], *, whole: bool) -> None:
    """Note the errors of the checklist of a step: ids that are taken, and counts that cannot be reached."""
    ids = []
    for number, item in enumerate(step.checklist):
        ids.append((place("checklist", number, "id"), item.id))
        ids += [(place("checklist", number, "of", at, "id"), part.id) for at, part in enumerate(item.of)]
        if item.of and item.id in known:
            check.fault_at(place("checklist", number, "id"), f"`{item.id}` is a value too", "another id")
        if item.at_least is not None and not item.of:
            found = f"the check `{item.id}` has nothing to count"
            check.fault_at(place("checklist", number, "at-least"), found, "list what is ticked under `of`")
        elif whole and item.of and item.at_least is None:
            found = f"the check `{item.id}` does not say how many of its {len(item.of)} are enough"
            check.fault_at(place("checklist", number, "of"), found, f"at-least: {len(item.of)} for all of them")
        elif item.at_least is not None and item.at_least > len(item.of):
            found = f"{item.at_least} of {len(item.of)} can never be ticked"
            check.fault_at(place("checklist", number, "at-least"), found, f"at most {len(item.of)}")
    check.each_once("checklist id", ids)


def check_named_checks(framework: Framework, check: Check, place: Callable[..., Path]) -> None:
    """Note the checks that a condition names and that several steps have: which one decides is not certain."""
    named = named_checks(framework, framework.live_steps)
    for name in named:
        steps = [step for step in framework.live_steps if any(one.id == name for one in every_check(step))]
        for step in steps[1:]:
            number = next(at for at, one in enumerate(step.checklist) if name in {one.id, *(of.id for of in one.of)})
            found = f"a condition names the check `{name}`, which the step `{steps[0].id}` has too"
            check.fault_at(place(step, "checklist", number), found, "another id in one of them")


def checks_of(steps: Iterable[Step]) -> dict[str, Capture]:
    """Return the checks of steps by id, in the form in which conditions look at them."""
    return {one.id: check_capture(one) for step in steps if step.phase == "live" for one in every_check(step)}
