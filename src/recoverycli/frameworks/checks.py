"""The checks of a step: what is ticked, what is counted, and which of them the conditions of a framework name. Pure.

A check that a condition names is `done`, or `not done` once somebody said so. Until then it is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recoverycli.frameworks.model import CALL_FACTS, Capture, CheckItem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from recoverycli.frameworks.model import CheckPart, Framework, Step

DONE, NOT_DONE = "done", "not done"


def tickable(step: Step) -> tuple[CheckPart, ...]:
    """Return what can be ticked in a step, in the order of its numbers: of a counted check its parts."""
    return tuple(part for item in step.checklist for part in item.of or (item,))


def every_check(step: Step) -> tuple[CheckPart, ...]:
    """Return the checks of a step, those that are counted and their parts too."""
    return tuple(part for item in step.checklist for part in (item, *item.of))


def parts_of(check: CheckPart) -> tuple[CheckPart, ...]:
    """Return the parts of a counted check; none where it is ticked itself."""
    return check.of if isinstance(check, CheckItem) else ()


def is_done(check: CheckPart, ticked: Collection[str]) -> bool:
    """Whether a check is ticked, or enough of its parts are."""
    if not isinstance(check, CheckItem) or not check.of:
        return check.id in ticked
    return count_ticks(check, ticked) >= quota(check)


def count_ticks(check: CheckItem, ticked: Collection[str]) -> int:
    """Return how many parts of a counted check are ticked."""
    return sum(part.id in ticked for part in check.of)


def quota(check: CheckItem) -> int:
    """Return how many parts of a counted check have to be ticked."""
    return check.at_least or len(check.of)


def count_words(check: CheckPart, ticked: Collection[str]) -> str:
    """Return how far a counted check is: `2 of 3 so far`; empty for one that is not counted."""
    if not isinstance(check, CheckItem) or not check.of:
        return ""
    count = count_ticks(check, ticked)
    return f"{count} of {quota(check)} so far" if not is_done(check, ticked) else f"{count} ticked: done"


def check_capture(check: CheckPart) -> Capture:
    """Return a check in the form in which conditions look at it: done, or not done."""
    when = check.when if isinstance(check, CheckItem) else {}
    return Capture(id=check.id, ask=check.text, kind="choice", choices=(DONE, NOT_DONE), when=when)


def named_checks(framework: Framework, steps: Iterable[Step]) -> dict[str, CheckPart]:
    """Return the checks of `steps` that conditions of the framework, or their own, name.

    Captures and placeholders come first.
    """
    steps = tuple(steps)
    names = {name for step in (*framework.steps, *steps) for name in step.condition_names}
    names -= {*CALL_FACTS, "mood", *framework.placeholders}
    if not names:
        return {}
    names -= {capture.id for step in (*framework.steps, *steps) for capture in step.capture}
    return {check.id: check for step in steps for check in every_check(step) if check.id in names}
