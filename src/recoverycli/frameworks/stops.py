"""The flow of a framework for readers: its live steps in order, and where each answer of a branch leads. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from recoverycli.frameworks.conditions import condition_words
from recoverycli.frameworks.model import ON, WRAP_UP
from recoverycli.frameworks.paths import condition_names, plain_next

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recoverycli.frameworks.model import Framework, Step, StepPath

END = "Wrap-up"
ALONG = "on along its path"


class Branch(NamedTuple):
    """An answer, and the names of the steps that it leads through; the call continues at the last one."""

    answer: str
    through: tuple[str, ...]


class FlowStep(NamedTuple):
    """A step of the flow. `aside` says that only a path leads to it, `on` where it leads when no branch is taken."""

    number: int
    id: str
    name: str
    aside: bool
    question: str
    branches: tuple[Branch, ...]
    on: str
    # The playbook that the step calls before it leads on; empty if it calls none.
    calls: str = ""


def flow(framework: Framework) -> tuple[FlowStep, ...]:
    """Return the live steps of a framework with their branches, in the order of the file."""
    steps = framework.live_steps
    names = {step.id: step.name for step in steps} | {WRAP_UP: END}
    inner = {one for step in steps for path in step.paths for one in path.through}
    return tuple(
        FlowStep(
            number,
            step.id,
            step.name,
            step.by_path,
            _question(step),
            tuple(_branch(step, path, steps, names) for path in step.paths),
            ALONG if step.id in inner and step.by_path else names[plain_next(steps, step)],
            step.call or "",
        )
        for number, step in enumerate(steps, start=1)
    )


def _question(step: Step) -> str:
    asks = {capture.id: capture.ask for capture in step.capture}
    names = condition_names(step)
    return " ".join(asks.get(name, f"{name.replace('_', ' ').capitalize()}?") for name in names)


def _branch(step: Step, path: StepPath, steps: Sequence[Step], names: dict[str, str]) -> Branch:
    end = plain_next(steps, step) if path.to == ON else path.to
    own = {capture.id for capture in step.capture}
    several = len(condition_names(step)) > 1
    said = condition_words(path.when, lambda name: several or name not in own)
    return Branch(said or "else", tuple(names[one] for one in (*path.through, end)))
